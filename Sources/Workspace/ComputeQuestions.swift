public import Compute
internal import Duties
public import Ground
internal import RuleFile
public import Rulebook

/// The use case behind `compute reconcile`.
public enum Reconcile {
  /// Amounts given one by one, the first reported.
  ///
  /// - Throws: the codes of `FLOP(reading:)`.
  public static func amounts(_ texts: [String]) throws(Problem) -> [Reconciliation] {
    var estimates: [Estimate] = []
    for text in texts {
      estimates.append(Estimator.stated(try FLOP(reading: text), method: .measured))
    }
    return estimates.dropFirst().map { Reconciliation(reported: estimates[0], other: $0) }
  }

  /// All methods that the facts of a model file allow.
  ///
  /// - Throws: the problems of the file; `workspace.one-method`.
  public static func model(_ path: String) throws(Problem) -> [Reconciliation] {
    let figures = ComputeFigures(try ModelFile(path: path).dossier.facts)
    let complete = figures.complete
    guard let reported = complete.first, complete.count > 1 else {
      throw Problem(
        "workspace.one-method", what: "\(path) allows fewer than two methods",
        why: "two figures are needed to hold one against the other",
        mend: "add published_flop, or params and tokens, or chips, hours and utilisation")
    }
    return complete.dropFirst().map { Reconciliation(reported: reported, other: $0) }
  }
}

/// The use case behind `compute count`: an item of the Guidelines' annex.
public struct CountActivity: Sendable {
  /// Name of the item.
  public let id: String
  /// What it is.
  public let title: String
  /// Counted, not counted or undetermined as training compute.
  public let training: String
  /// Counted, not counted or undetermined as cumulative compute.
  public let cumulative: String
  /// Why.
  public let reason: String
  /// A caution.
  public let note: String?
  /// Legal basis.
  public let citation: Citation?

  /// The item of this name.
  ///
  /// - Throws: `workspace.unknown-item`.
  public init(_ name: String, law: Law) throws(Problem) {
    let bare = name.hasPrefix("count/") ? String(name.dropFirst(6)) : name
    guard let found = CountActivity.all(law).first(where: { $0.id == bare }) else {
      throw Problem(
        "workspace.unknown-item", what: "\"\(name)\" is not an item of the counting table",
        why: "what counts is decided item by item",
        mend: "`systemic compute count --list` shows the items of \(law.day.iso)")
    }
    self = found
  }

  private init?(_ provision: Provision) {
    guard let counts = provision.rule.counts else { return nil }
    id = String(provision.rule.id.dropFirst("count/".count))
    title = provision.rule.title
    training = counts.training.rawValue
    cumulative = counts.cumulative.rawValue
    reason = provision.version.text
    note = provision.version.note
    citation = provision.citation
  }

  /// All items as they stand on the law's day.
  public static func all(_ law: Law) -> [CountActivity] {
    law.ids.filter { $0.hasPrefix("count/") }.compactMap(law.provision)
      .compactMap { CountActivity($0) }
  }

  /// `{id, title, training_compute, cumulative_compute, reason, citation, force, note}`.
  public var json: JSON {
    .object([
      ("id", .string(id)), ("title", .string(title)), ("training_compute", .string(training)),
      ("cumulative_compute", .string(cumulative)), ("reason", .string(reason)),
      ("citation", JSON(citation?.text)), ("force", JSON(citation?.force.rawValue)),
      ("confidence", JSON(citation?.confidence.rawValue)), ("note", JSON(note)),
    ])
  }
}

/// The use case behind `compute hardware`.
public enum HardwareList {
  /// Chips whose name or alias holds the text.
  public static func chips(matching text: String?) -> [Chip] {
    let wanted = text?.lowercased() ?? ""
    return HardwareCatalogue.embedded.chips.filter { chip in
      wanted.isEmpty || chip.name.lowercased().contains(wanted)
        || chip.aliases.contains { $0.contains(wanted.filter { !" -_".contains($0) }) }
    }
  }

  /// Name, peaks in FLOP/s by number format, power.
  public static func json(_ chip: Chip) -> JSON {
    .object([
      ("name", .string(chip.name)), ("maker", .string(chip.maker)),
      ("aliases", JSON(chip.aliases)),
      (
        "peak_flop_per_s",
        .object(chip.formats.map { ($0.rawValue, JSON(chip.peak($0)?.decimal)) })
      ),
      ("power_w", JSON(chip.watts)), ("source", .string(HardwareCatalogue.attribution)),
    ])
  }
}
