internal import FoundationEssentials
public import Ground
public import RuleFile
internal import Synchronization

/// The law as it stands on a day, with an organisation's overlay if it has one.
public struct Law: Sendable {
  /// The day for which it answers.
  public let day: Day
  /// The organisation's own rules.
  public let overlay: Overlay?
  private let text: LawText
  private let cache: LawCache

  /// The law of a day.
  public static func at(_ day: Day, overlay: Overlay? = nil) -> Law {
    // What is embedded says the same on every day: without an overlay it is decoded once for all of them.
    Law(
      day: day, overlay: overlay, text: .embedded,
      cache: overlay == nil ? LawCache.embedded : LawCache())
  }

  init(day: Day, overlay: Overlay?, text: LawText) {
    self.init(day: day, overlay: overlay, text: text, cache: LawCache())
  }

  private init(day: Day, overlay: Overlay?, text: LawText, cache: LawCache) {
    self.day = day
    self.overlay = overlay
    self.text = text
    self.cache = cache
  }

  /// The day on which the rules were last compared with their sources: of all files, the oldest.
  public static let checked: Day =
    LawText.embedded.entry("meta", "checked", as: Day.self) ?? Day(sinceEpoch: 0)

  /// The rules as they were embedded, with the overlay: the bytes behind the digest that decisions keep.
  public var canonicalBytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let own = overlay.flatMap { try? encoder.encode($0.rules) } ?? Data()
    return text.bytes + own
  }

  /// A caution for days after the law was last checked; nil otherwise.
  public var staleness: String? {
    guard day > Law.checked else { return nil }
    return "The rules were last compared with their sources on \(Law.checked.iso). "
      + "For \(day.iso) the law may have changed since."
  }

  /// Ids of all rules, whatever the day, the overlay's last.
  public var ids: [String] {
    let shipped = text.ids["rule"] ?? []
    guard let overlay else { return shipped }
    let known = Set(shipped)
    return shipped + overlay.rules.map(\.id).filter { !known.contains($0) }
  }

  /// The rule with this id, whatever the day, with the overlay's shortened periods.
  public func rule(_ id: String) -> Rule? {
    if let own = overlay?.rules.first(where: { $0.id == id }) { return own }
    return cache.rules.value(id) {
      text.entry("rule", id, as: Rule.self).map { overlay?.applied(to: $0) ?? $0 }
    }
  }

  /// The period that the law itself sets, where the overlay shortened it; nil where it did not.
  public func ownPeriod(_ id: String) -> PeriodRule? {
    guard let overlay, overlay.shortens(id) else { return nil }
    return text.entry("rule", id, as: Rule.self)?.version(on: day)?.period
  }

  /// All rules, whatever the day.
  public var rules: [Rule] { ids.compactMap(rule) }

  /// The rule with this id as it stands on the day; nil when there is no such rule then.
  public func provision(_ id: String) -> Provision? {
    guard let rule = rule(id), let version = rule.version(on: day) else { return nil }
    return Provision(
      rule: rule, version: version, until: rule.nextChange(after: version.from),
      document: document(version.document))
  }

  /// All rules that stand on the day.
  public var provisions: [Provision] { ids.compactMap(provision) }

  /// The citation of a rule as it stands on the day, else as it first stands later.
  public func citation(_ id: String) -> Citation? {
    if let provision = provision(id) { return provision.citation }
    guard let rule = rule(id), let version = rule.versions.first else { return nil }
    return Provision(
      rule: rule, version: version, until: rule.nextChange(after: version.from),
      document: document(version.document)
    ).citation
  }

  /// The document with this key.
  public func document(_ key: String) -> DocumentEntry? {
    cache.documents.value(key) { text.entry("document", key, as: DocumentEntry.self) }
  }

  /// Every known divergence.
  public var divergences: [Divergence] {
    cache.divergences.value("") { text.all("divergence", as: Divergence.self) } ?? []
  }

  /// The divergences that concern a rule.
  public func divergences(about id: String) -> [Divergence] {
    divergences.filter { $0.rules.contains(id) }
  }

  /// Names of the holiday calendars.
  public var calendarNames: [String] {
    var names: [String] = []
    for id in text.ids["year"] ?? [] {
      let name = String(id.prefix { $0 != "/" })
      if !names.contains(name) { names.append(name) }
    }
    return names.sorted { ($0.count, $0) > ($1.count, $1) }
  }

  /// The holiday calendar of this name, upper or lower case; nil when there is none.
  public func calendar(_ name: String) -> HolidayCalendar? {
    cache.calendars.value(name.lowercased()) {
      guard let known = calendarNames.first(where: { $0.lowercased() == name.lowercased() })
      else { return nil }
      let years = (text.ids["year"] ?? []).filter { $0.hasPrefix(known + "/") }
        .compactMap { text.entry("year", $0, as: CalendarYear.self) }
      return HolidayCalendar(name: known, years: years)
    }
  }

  /// The id that a person means by `52(1)`, `52.1`, `art 52(1)`, `recital 111`, `annex XIII(f)` or an id.
  public func resolve(_ spelling: String) -> String? {
    RuleSpelling.candidates(spelling).first { id in
      text.has("rule", id) || overlay?.rules.contains { $0.id == id } == true
    }
      ?? rules.first { $0.aliases.contains(spelling) }?.id
  }

  /// Ids that begin like what was asked for, for suggestions.
  public func near(_ spelling: String) -> [String] {
    let wanted = RuleSpelling.candidates(spelling)
    for candidate in wanted {
      var stem = candidate
      // A whole chapter of the Code is no neighbourhood.
      while stem.contains("/"), !["cop/safety", "cop/transparency", "cop/copyright"].contains(stem)
      {
        let found = ids.filter { $0.hasPrefix(stem + "/") || $0 == stem }
        if !found.isEmpty { return Array(found.prefix(8)) }
        stem = String(stem[..<(stem.lastIndex(of: "/") ?? stem.startIndex)])
      }
    }
    return []
  }
}

/// What was decoded already: an opinion cites the same rules many times, and a docket asks for many opinions.
private final class LawCache: Sendable {
  /// What the embedded text says.
  static let embedded = LawCache()

  let rules = Decoded<Rule>()
  let documents = Decoded<DocumentEntry>()
  let divergences = Decoded<[Divergence]>()
  let calendars = Decoded<HolidayCalendar>()
}

/// Values by name, each made once.
private final class Decoded<Value: Sendable>: Sendable {
  private let values = Mutex<[String: Value]>([:])

  func value(_ name: String, _ make: () -> Value?) -> Value? {
    if let known = values.withLock({ $0[name] }) { return known }
    guard let made = make() else { return nil }
    values.withLock { $0[name] = made }
    return made
  }
}

/// A rule as it stands on a day.
public struct Provision: Sendable {
  /// The rule.
  public let rule: Rule
  /// The version that stands.
  public let version: RuleVersion
  /// First day of the next version, if there is one.
  public let until: Day?
  /// The document cited.
  public let document: DocumentEntry?

  /// Its citation.
  public var citation: Citation {
    let link = document?.link.map { base in version.anchor.map { base + "#" + $0 } ?? base }
    let named = document.map { version.cite + " " + $0.short } ?? version.cite
    return Citation(
      id: rule.id, text: rule.force == .house ? rule.title : named, force: rule.force,
      confidence: rule.confidence, from: version.from, until: until, link: link)
  }

  /// For `law show --format json` and the API.
  public var json: JSON {
    let period = version.period
    return .object([
      ("id", .string(rule.id)), ("kind", .string(rule.kind.rawValue)),
      ("title", .string(rule.title)), ("text", .string(version.text)),
      ("citation", .string(citation.text)), ("force", .string(rule.force.rawValue)),
      ("confidence", .string(rule.confidence.rawValue)), ("link", JSON(citation.link)),
      ("valid_from", .string(version.from.iso)), ("valid_until", JSON(until?.iso)),
      ("published", JSON((version.published ?? document?.published)?.iso)),
      ("document", JSON(document?.number)), ("checked", .string(rule.checked.iso)),
      ("for", JSON(rule.audience.map(\.rawValue))), ("tier", .string(rule.tier.rawValue)),
      ("evidence", JSON(rule.evidence)), ("exemption", JSON(rule.exemption)),
      ("deadline", JSON(rule.deadline ?? period?.words)), ("note", JSON(version.note)),
      ("day", JSON(version.day?.iso)),
      (
        "period",
        period.map {
          .object([
            ("amount", .int($0.amount)), ("unit", .string($0.unit.rawValue)),
            ("kind", .string($0.kind.rawValue)), ("counting", .string($0.counting.rawValue)),
            ("starts", .string($0.starts)), ("repeats", .bool($0.repeats)),
          ])
        } ?? .null
      ),
      (
        "threshold",
        version.threshold.map {
          .object([
            ("quantity", .string($0.quantity)), ("comparison", .string($0.comparison.rawValue)),
            ("value", .string($0.value)), ("unit", .string($0.unit)),
          ])
        } ?? .null
      ),
      ("recipients", JSON(rule.recipients.map(\.rawValue))), ("related", JSON(rule.related)),
    ])
  }
}
