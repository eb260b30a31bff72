public import Ground
public import RuleFile
public import Rulebook

/// The use case behind `law show`: one rule with what belongs beside it.
public struct ShowRule: Sendable {
  /// The rule.
  public let rule: Rule
  /// As it stands on the day; nil when it does not.
  public let provision: Provision?
  /// The day asked for.
  public let day: Day
  /// Pages that say otherwise.
  public let divergences: [Divergence]
  /// The official wording, where the user imported it.
  public let official: [String]
  /// A caution about the day.
  public let staleness: String?

  /// Finds a rule by citation or id.
  ///
  /// - Throws: `workspace.unknown-rule`.
  public init(_ spelling: String, law: Law) throws(Problem) {
    let rule = try law.found(spelling)
    self.rule = rule
    provision = law.provision(rule.id)
    day = law.day
    divergences = law.divergences(about: rule.id)
    official = OfficialStore.text(for: rule.id)
    staleness = law.staleness
  }

  /// The rule as JSON, with versions, official wording and divergences.
  public var json: JSON {
    let versions = rule.versions.map { version in
      JSON.object([
        ("from", .string(version.from.iso)), ("cite", .string(version.cite)),
        ("document", .string(version.document)), ("repealed", .bool(version.repealed)),
      ])
    }
    var members: [(String, JSON)] = []
    if case .object(let known)? = provision?.json {
      members = known
    } else {
      members = [("id", .string(rule.id)), ("title", .string(rule.title))]
    }
    return .object(
      members + [
        ("as_of", .string(day.iso)), ("applies", .bool(provision != nil)),
        ("versions", .array(versions)), ("official", JSON(official)),
        ("divergences", JSON(divergences.map(\.id))), ("caution", JSON(staleness)),
      ])
  }
}

extension Law {
  /// The rule that a person means, whatever the day.
  ///
  /// - Throws: `workspace.unknown-rule`.
  func found(_ spelling: String) throws(Problem) -> Rule {
    if let id = resolve(spelling), let rule = rule(id) { return rule }
    let near = near(spelling)
    throw Problem(
      "workspace.unknown-rule", what: "there is no rule \"\(spelling)\"",
      why: "a rule is found by its citation, such as 52(1) or cop/safety/9.3/death",
      mend: near.isEmpty
        ? "`systemic law list` shows all rules" : "did you mean \(near.joined(separator: ", "))?")
  }
}

/// A date of the timeline.
public struct TimelineEntry: Sendable {
  /// The day.
  public let day: Day
  /// The rule that names it.
  public let provision: Provision

  /// `{day, id, title, citation, force, confidence}`.
  public var json: JSON {
    .object([
      ("day", .string(day.iso)), ("id", .string(provision.rule.id)),
      ("title", .string(provision.rule.title)), ("citation", .string(provision.citation.text)),
      ("force", .string(provision.rule.force.rawValue)),
      ("confidence", .string(provision.rule.confidence.rawValue)),
    ])
  }
}

/// The use case behind `law list`, `law search` and `law timeline`.
public struct ListRules: Sendable {
  /// What was found, in the order of the files.
  public let provisions: [Provision]

  /// Rules that stand on the law's day, narrowed down; `tier` systemic holds all that binds such a model.
  public init(
    law: Law, audience: Rule.Audience? = nil, tier: Rule.Tier? = nil, force: Force? = nil,
    kind: Rule.Kind? = nil
  ) {
    provisions = law.provisions.filter { provision in
      let rule = provision.rule
      let isOn = rule.force != .house || rule.isOn != false || kind != nil || force == .house
      return isOn && (audience.map(rule.audience.contains) ?? true)
        && (tier.map { ListRules.concerns(rule.tier, $0) } ?? true)
        && (force.map { $0 == rule.force } ?? true) && (kind.map { $0 == rule.kind } ?? true)
    }
  }

  private static func concerns(_ rule: Rule.Tier, _ model: Rule.Tier) -> Bool {
    switch model {
    case .systemic: true
    case .gpai: rule != .systemic
    case .any: rule == .any
    }
  }

  /// Rules that name a fixed day, in the order of those days.
  public static func timeline(_ law: Law) -> [TimelineEntry] {
    law.rules.compactMap { rule in
      guard rule.kind == .date,
        let provision = law.provision(rule.id), let day = provision.version.day
      else { return nil }
      return TimelineEntry(day: day, provision: provision)
    }
    .sorted { ($0.day, $0.provision.rule.id) < ($1.day, $1.provision.rule.id) }
  }

  /// Rules of the day whose id, title or text holds all the words.
  public static func search(_ words: [String], law: Law) -> [Provision] {
    let wanted = words.map { $0.lowercased() }
    return law.provisions.filter { provision in
      let text = [provision.rule.id, provision.rule.title, provision.version.text]
        .joined(separator: " ").lowercased()
      return wanted.allSatisfy(text.contains)
    }
  }
}

/// Reads an overlay from a file.
public enum OverlayFile {
  /// The overlay in a file.
  ///
  /// - Throws: one problem that lists all found, with file and line.
  public static func read(_ path: String) throws(Problem) -> Overlay {
    let text = try TextFile.read(path)
    switch Overlay.read(text, file: path) {
    case .success(let overlay): return overlay
    case .failure(let list): throw Problem.several(list.problems, file: path)
    }
  }
}

extension Divergence {
  /// All its parts, with the document's name.
  public func json(_ law: Law) -> JSON {
    let document = law.document(self.document)
    return .object([
      ("id", .string(id)), ("publisher", .string(source.publisher)),
      ("title", .string(source.title)), ("dated", .string(source.dated)),
      ("says", .string(says)), ("primary", .string(primary)), ("citation", .string(cite)),
      ("document", JSON(document?.title)), ("force", JSON(document?.force.rawValue)),
      ("confidence", .string(confidence.rawValue)), ("rules", JSON(rules)),
      ("note", JSON(note)),
    ])
  }
}
