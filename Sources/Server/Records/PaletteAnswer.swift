internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// What the palette offers for some letters: pages, records and rules by name.
enum PaletteAnswer {
  /// Most of each sort.
  private static let most = 6
  /// Letters from which records are searched.
  private static let fewest = 2

  static let endpoints: [Endpoint] = [
    .get("/palette") { visit in
      Reply(.json(.object([("items", .array(try await items(visit)))])))
    }
  ]

  private static let pages: [(path: String, title: String, note: String)] = [
    ("/", "Home", "page"), ("/work", "Work", "page"), ("/board", "Board", "page"),
    ("/notifications", "Notifications to the Commission", "page"), ("/models", "Models", "page"),
    ("/models/new", "Register a model", "step"),
    ("/docket", "Docket", "page"), ("/docket/calendar", "Docket as a calendar", "page"),
    ("/docket/timeline", "Docket as a timeline", "page"), ("/evidence", "Evidence", "page"),
    ("/evidence/new", "Add a file", "step"), ("/records", "Records", "page"),
    ("/comments", "Questions to you", "page"), ("/search", "Search", "page"),
    ("/law", "The law", "page"), ("/law/changes", "What changes in the law, and when", "page"),
    ("/law/divergences", "Pages that say otherwise", "page"), ("/journal", "Journal", "page"),
    ("/account", "Your account", "page"),
  ]

  private static func items(_ visit: Visit) async throws(Problem) -> [JSON] {
    let words = (visit.query.text("q") ?? "").lowercased()
    func item(_ path: String, _ title: String, _ note: String) -> JSON {
      .object([("path", .string(path)), ("title", .string(title)), ("note", .string(note))])
    }
    var items = pages.filter { words.isEmpty || $0.title.lowercased().contains(words) }
      .map { item($0.path, $0.title, $0.note) }
    for view in try await visit.workspace.ownViews()
    where words.isEmpty || view.title.lowercased().contains(words) {
      items.append(item(view.path, view.title, "your view"))
    }
    guard words.count >= fewest else { return items }
    if let found = try? await visit.workspace.search(words, limit: most) {
      items += found.matches.map { match in
        item(path(match.record.id), match.record.title, match.record.id.kind)
      }
    }
    let law = visit.workspace.surroundings.law(visit.today)
    let parts = words.split(separator: " ").map(String.init)
    let rules = law.resolve(words).flatMap { law.provision($0) }.map { [$0] } ?? []
    items += (rules + ListRules.search(parts, law: law)).prefix(most).map { provision in
      item("/law/" + provision.rule.id, provision.rule.title, provision.citation.text)
    }
    return items
  }

  /// The page that shows most of a record.
  private static func path(_ id: RecordID) -> String {
    switch id.kind {
    case "model": "/models/" + id.key
    case "evidence": "/evidence/" + id.key
    default: "/records/" + id.text
    }
  }
}
