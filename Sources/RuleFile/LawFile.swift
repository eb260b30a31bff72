public import Ground

/// What one YAML file of law holds.
public struct LawFile: Sendable {
  /// Rules with the place where each begins.
  public var rules: [(rule: Rule, place: Place)] = []
  /// Documents.
  public var documents: [DocumentEntry] = []
  /// Divergences with the place where each begins.
  public var divergences: [(divergence: Divergence, place: Place)] = []
  /// Calendar years.
  public var years: [CalendarYear] = []
  /// Everything wrong with the file.
  public var problems: [Problem] = []

  /// Reads a file; problems are gathered, not thrown.
  public static func read(_ text: String, file: String) -> LawFile {
    var result = LawFile()
    let node: RuleNode
    do {
      node = try RuleNode.read(text, file: file)
    } catch {
      result.problems = [error]
      return result
    }
    var fields = Fields(node, "the file")
    let checked = fields.day("checked")
    if fields.text("checked") == nil { _ = fields.needed("checked") }
    var problems: [Problem] = []
    for item in fields.list("rules") {
      if let rule = Rule.read(item, checked: checked ?? Day(sinceEpoch: 0), into: &problems) {
        result.rules.append((rule, item.place))
      }
    }
    result.documents = fields.list("documents").compactMap { DocumentEntry.read($0, &problems) }
    let sources = fields.list("sources").compactMap { DivergenceSource.read($0, &problems) }
    for item in fields.list("divergences") {
      if let divergence = Divergence.read(item, sources: sources, &problems) {
        result.divergences.append((divergence, item.place))
      }
    }
    let years = fields.list("years")
    if !years.isEmpty || fields.text("calendar") != nil {
      let calendar = fields.needed("calendar")
      let title = fields.needed("title")
      result.years = years.compactMap {
        CalendarYear.read($0, calendar: calendar, title: title, &problems)
      }
    }
    fields.finish()
    result.problems = Array((fields.problems + problems).prefix(Fields.mostProblems))
    return result
  }
}

/// Checks what no single file can show: identity, references, circles.
public struct LawCheck {
  private var files: [LawFile] = []

  /// An empty check.
  public init() {}

  /// Adds a file.
  public mutating func add(_ file: LawFile) { files.append(file) }

  /// Problems between the files.
  public func problems() -> [Problem] {
    let rules = files.flatMap(\.rules)
    var problems: [Problem] = []
    var places: [String: Place] = [:]
    for (rule, place) in rules {
      if let first = places[rule.id] {
        problems.append(
          Problem(
            "rulefile.duplicate-id", what: "the rule \(rule.id) is written twice",
            why: "an id is the identity of one rule", mend: "join them, or give one another id",
            places: [place, first]))
      }
      places[rule.id] = place
    }
    let ids = Set(places.keys)
    let documents = Set(files.flatMap(\.documents).map(\.key))
    for (rule, place) in rules {
      let references =
        rule.related + rule.exceptions.map(\.cite) + (rule.when?.references ?? [])
        + rule.exceptions.flatMap(\.when.references)
      for id in references where !ids.contains(id) {
        problems.append(.unknownReference(id, in: rule.id, place))
      }
      for version in rule.versions where !documents.contains(version.document) {
        problems.append(.unknownReference(version.document, in: rule.id, place))
      }
    }
    for (divergence, place) in files.flatMap(\.divergences) {
      for id in divergence.rules where !ids.contains(id) {
        problems.append(.unknownReference(id, in: divergence.id, place))
      }
      if !documents.contains(divergence.document) {
        problems.append(.unknownReference(divergence.document, in: divergence.id, place))
      }
    }
    return problems + LawCheck.circles(rules.map(\.rule)) { places[$0] }
  }

  /// Rules whose conditions refer to themselves through others.
  public static func circles(_ rules: [Rule], place: (String) -> Place?) -> [Problem] {
    let edges = Dictionary(
      rules.map { ($0.id, ($0.when?.references ?? []) + $0.exceptions.flatMap(\.when.references)) },
      uniquingKeysWith: { $0 + $1 })
    var done: Set<String> = []
    var problems: [Problem] = []
    for start in edges.keys.sorted() where !done.contains(start) {
      var path: [String] = []
      visit(start, edges, &path, &done) { circle in
        problems.append(
          Problem(
            "rulefile.circle",
            what: "rules refer to each other in a circle: "
              + (circle + [circle[0]]).joined(separator: " → "),
            why: "none of them could ever be answered",
            mend: "let one of them state its own facts", places: circle.compactMap(place)))
      }
    }
    return problems
  }

  private static func visit(
    _ id: String, _ edges: [String: [String]], _ path: inout [String], _ done: inout Set<String>,
    found: ([String]) -> Void
  ) {
    if let index = path.firstIndex(of: id) {
      found(Array(path[index...]))
      return
    }
    guard !done.contains(id) else { return }
    path.append(id)
    for next in edges[id] ?? [] { visit(next, edges, &path, &done, found: found) }
    path.removeLast()
    done.insert(id)
  }
}

extension Problem {
  static func unknownReference(_ id: String, in owner: String, _ place: Place) -> Problem {
    Problem(
      "rulefile.unknown-reference", what: "\(owner) refers to \"\(id)\", which does not exist",
      why: "a reader would look for it in vain", mend: "correct the id, or add what it names",
      places: [place])
  }
}
