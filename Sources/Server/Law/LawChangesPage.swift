internal import Documents
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// What changes when: the days on which rules begin, change and end, and the fixed days that they name.
struct LawChangesPage {
  let visit: Visit
  let from: Day?
  let until: Day?

  static let endpoints: [Endpoint] = [
    .get("/law/changes") { visit in .page(try LawChangesPage(visit).body) }
  ]

  init(_ visit: Visit) throws(Problem) {
    self.visit = visit
    from = try DocketView.day("from", visit)
    until = try DocketView.day("until", visit)
  }

  struct Item: Sendable {
    let day: Day
    let id: String
    let title: String
    let word: String
    let cite: String
    let force: Force
  }

  private var items: [Item] {
    LawChangesPage.items(
      visit.workspace.surroundings.law(visit.today), from: from, until: until)
  }

  /// What begins, changes, ends or is named between two days.
  static func items(_ law: Law, from: Day?, until: Day?) -> [Item] {
    var items: [Item] = []
    for rule in law.rules {
      for (index, version) in rule.versions.enumerated() {
        let word = version.repealed ? "ends" : index == 0 ? "begins" : "changes"
        items.append(
          Item(
            day: version.from, id: rule.id, title: rule.title, word: word, cite: version.cite,
            force: rule.force))
      }
    }
    items += ListRules.timeline(law).map { entry in
      Item(
        day: entry.day, id: entry.provision.rule.id, title: entry.provision.rule.title,
        word: "day named", cite: entry.provision.citation.text, force: entry.provision.rule.force)
    }
    return items.filter { item in
      (from.map { $0 <= item.day } ?? true) && (until.map { item.day <= $0 } ?? true)
    }
  }

  var body: HTML {
    let days = Dictionary(grouping: items, by: \.day).sorted { $0.key > $1.key }
    let list = days.map { day, items in section(day, items) }
    let content: HTML =
      list.isEmpty
      ? Parts.empty("Nothing changes between these days.") : .joined(list)
    return Frame(
      title: "What changes when", visit: visit, section: "/law",
      eyebrow: "<a href=\"/law\">The law</a>"
    ).around(
      """
      \(LawPage.views("/law/changes"))<form method="get" action="/law/changes" class="choices">
      <label>From <input type="date" name="from" value="\(from?.iso ?? "")"></label>
      <label>Until <input type="date" name="until" value="\(until?.iso ?? "")"></label>
      <button>Show</button></form>
      \(content)
      """)
  }

  private func section(_ day: Day, _ items: [Item]) -> HTML {
    let isFuture: HTML = visit.today < day ? " <span class=\"note\">to come</span>" : ""
    let counts = ["begins", "changes", "ends", "day named"].compactMap { word -> String? in
      let count = items.count { $0.word == word }
      guard count > 0 else { return nil }
      return switch word {
      case "begins": "\(count) \(count == 1 ? "rule begins" : "rules begin")"
      case "changes": "\(count) \(count == 1 ? "changes" : "change")"
      case "ends": "\(count) \(count == 1 ? "ends" : "end")"
      default: "named in \(count) \(count == 1 ? "rule" : "rules")"
      }
    }
    let rows = items.map { item -> [HTML] in
      [
        Parts.link("/law/\(item.id)?day=\(day.iso)", item.title), "\(item.word)", "\(item.cite)",
        Parts.force(item.force),
      ]
    }
    let isOpen: HTML = items.count <= 12 ? " open" : ""
    return """
      <section aria-labelledby="day-\(day.iso)"><h2 id="day-\(day.iso)">\(Component.day(day))\(isFuture)</h2>
      <details\(isOpen)><summary>\(counts.joined(separator: ", "))</summary>
      \(Component.table("Rules on \(day.words)", [.init("Rule"), .init("What"), .init("Source"), .init("Force")], rows))\
      </details></section>

      """
  }
}
