public import Ground

/// A document that rules cite.
public struct DocumentEntry: Codable, Sendable {
  /// Key used by rules.
  public var key: String
  /// Full title.
  public var title: String
  /// Short name for citations.
  public var short: String
  /// What binds.
  public var force: Force
  /// Day of publication.
  public var published: Day
  /// CELEX or document number.
  public var number: String
  /// Where the publisher keeps the text.
  public var link: String?

  static func read(_ node: RuleNode, _ problems: inout [Problem]) -> DocumentEntry? {
    var fields = Fields(node, "a document")
    let published = fields.day("published")
    if fields.text("published") == nil { _ = fields.needed("published") }
    let entry = DocumentEntry(
      key: fields.needed("key"), title: fields.needed("title"), short: fields.needed("short"),
      force: fields.choice("force", of: Force.self) ?? .house,
      published: published ?? Day(sinceEpoch: 0), number: fields.needed("number"),
      link: fields.text("link"))
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? entry : nil
  }
}

/// A page that says something else than the primary source.
public struct DivergenceSource: Codable, Sendable {
  /// Key used by divergences.
  public var key: String
  /// Who published it.
  public var publisher: String
  /// Its title.
  public var title: String
  /// Its date, as far as it gives one.
  public var dated: String

  static func read(_ node: RuleNode, _ problems: inout [Problem]) -> DivergenceSource? {
    var fields = Fields(node, "a source")
    let source = DivergenceSource(
      key: fields.needed("key"), publisher: fields.needed("publisher"),
      title: fields.needed("title"), dated: fields.needed("dated"))
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? source : nil
  }
}

/// A known divergence: what a page says beside what the primary source says.
public struct Divergence: Codable, Sendable, Identifiable {
  /// Identity.
  public var id: String
  /// Who says it.
  public var source: DivergenceSource
  /// What it says, in our words.
  public var says: String
  /// What the primary source says, in our words.
  public var primary: String
  /// Where in the primary source.
  public var cite: String
  /// Key of the primary document.
  public var document: String
  /// How well the primary statement was checked.
  public var confidence: Confidence
  /// Ids of the rules concerned.
  public var rules: [String]
  /// The heading of the page under which it stands.
  public var heading: String?
  /// A caution.
  public var note: String?

  static func read(
    _ node: RuleNode, sources: [DivergenceSource], _ problems: inout [Problem]
  ) -> Divergence? {
    var fields = Fields(node, "a divergence")
    let key = fields.needed("source")
    let source = sources.first { $0.key == key }
    if source == nil, !key.isEmpty {
      fields.report(
        "rulefile.unknown-reference", "there is no source \"\(key)\" in this file",
        "a divergence names who says it", "add it under `sources:`", fields.place(of: "source"))
    }
    let confidence = fields.choice("confidence", of: Confidence.self)
    if fields.text("confidence") == nil { _ = fields.needed("confidence") }
    let divergence = Divergence(
      id: fields.needed("id"),
      source: source ?? DivergenceSource(key: key, publisher: "", title: "", dated: ""),
      says: fields.needed("says"), primary: fields.needed("primary"), cite: fields.needed("cite"),
      document: fields.needed("document"), confidence: confidence ?? .unverified,
      rules: fields.texts("rules"), heading: fields.text("where"), note: fields.text("note"))
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? divergence : nil
  }
}

/// The holidays of one year in one calendar.
public struct CalendarYear: Codable, Sendable {
  /// How the list came about.
  public enum Status: String, Codable, Sendable, CaseIterable {
    /// Published by the institution itself.
    case official
    /// Taken from a secondary source.
    case secondary
    /// Derived from the pattern of other years.
    case derived
  }
  /// Name of the calendar, such as `commission` or `BE`.
  public var calendar: String
  /// Whose calendar it is.
  public var title: String
  /// The year.
  public var year: Int
  /// How the list came about.
  public var status: Status
  /// Where it comes from.
  public var source: String
  /// The holidays.
  public var days: [Holiday]

  /// One holiday.
  public struct Holiday: Codable, Sendable {
    /// The day.
    public var day: Day
    /// Its name.
    public var name: String
  }

  static func read(
    _ node: RuleNode, calendar: String, title: String, _ problems: inout [Problem]
  ) -> CalendarYear? {
    var fields = Fields(node, "a year")
    let year = fields.integer("year") ?? 0
    let status = fields.choice("status", of: Status.self)
    if fields.text("status") == nil { _ = fields.needed("status") }
    var inner: [Problem] = []
    var days: [Holiday] = []
    for item in fields.list("days") {
      var entry = Fields(item, "a holiday")
      let day = entry.day("day")
      let name = entry.needed("name")
      entry.finish()
      if let day, day.year != year {
        entry.report(
          "rulefile.wrong-year", "\(day.iso) does not lie in \(year)", "a list covers one year",
          "move it", entry.place)
      }
      inner += entry.problems
      if let day { days.append(Holiday(day: day, name: name)) }
    }
    fields.absorb(inner)
    let result = CalendarYear(
      calendar: calendar, title: title, year: year, status: status ?? .derived,
      source: fields.needed("source"), days: days)
    fields.finish()
    problems += fields.problems
    return fields.problems.isEmpty ? result : nil
  }
}
