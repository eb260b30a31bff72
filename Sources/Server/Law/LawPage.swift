internal import Documents
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// The law as dated rules: a list as of a day, by the documents in which they stand.
struct LawPage {
  let visit: Visit
  let day: Day
  let force: Force?

  static let endpoints: [Endpoint] =
    [
      .get("/law") { visit in .page(try LawPage(visit).body) },
      .get("/law/divergences") { visit in .page(try LawPage(visit).divergences) },
    ] + LawChangesPage.endpoints + RulePage.endpoints

  init(_ visit: Visit) throws(Problem) {
    self.visit = visit
    day = try DocketView.day("day", visit) ?? visit.today
    force = visit.query.text("force").flatMap { Force(rawValue: $0) }
  }

  private var law: Law { visit.workspace.surroundings.law(day) }

  /// The ways to look at the law.
  static func views(_ path: String) -> HTML {
    let views = [
      ("/law", "As of a day"), ("/law/changes", "What changes when"),
      ("/law/divergences", "Pages that say otherwise"),
    ].map { target, title -> HTML in
      let isHere: HTML = target == path ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(target)\"\(isHere)>\(title)</a></li>\n"
    }
    return "<ul class=\"views\" aria-label=\"Views\">\(views)</ul>\n"
  }

  private var choices: HTML {
    let forces = Force.allCases.map { one -> HTML in
      let chosen: HTML = one == force ? " selected" : ""
      return "<option\(chosen)>\(one.rawValue)</option>"
    }
    return """
      <form method="get" action="/law" class="choices">
      <label>Words <input type="search" name="q" value="\(visit.query.text("q") ?? "")"></label>
      <label>Force <select name="force"><option value="">all</option>\(forces)</select></label>
      <label>As of <input type="date" name="day" value="\(day.iso)"></label>
      <button>Show</button></form>

      """
  }

  var body: HTML {
    let words = (visit.query.text("q") ?? "").split(separator: " ").map(String.init)
    let found = (words.isEmpty ? ListRules(law: law).provisions : ListRules.search(words, law: law))
      .filter { provision in force.map { $0 == provision.rule.force } ?? true }
    let groups = grouped(found)
    let content: HTML =
      found.isEmpty
      ? Parts.empty("No rule of that day holds these words.")
      : .joined(groups.enumerated().map { index, group in section(index, group) })
    return Frame(title: "The law", visit: visit, section: "/law").around(
      """
      \(LawPage.views("/law"))\(choices)\
      <p>\(found.count) rules as of \(Component.day(day)), in \(groups.count) documents.</p>
      \(groups.count > 1 && isAsked ? contents(groups) : "")\(content)
      """)
  }

  private typealias Group = (document: DocumentEntry?, provisions: [Provision])

  /// The rules by the document that each cites, in the order of the files.
  private func grouped(_ provisions: [Provision]) -> [Group] {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for provision in provisions {
      let key = provision.version.document
      if let place = places[key] {
        groups[place].provisions.append(provision)
      } else {
        places[key] = groups.count
        groups.append((provision.document, [provision]))
      }
    }
    return groups
  }

  private func title(_ group: Group) -> String {
    group.document?.title ?? "Rules of the house"
  }

  private func contents(_ groups: [Group]) -> HTML {
    Component.list(
      groups.enumerated().map { index, group in
        "<a href=\"#document-\(index)\">\(title(group))</a> <span class=\"note\">\(group.provisions.count)</span>"
      })
  }

  /// Whether something was looked for; nobody reads all rules in a row, so that else they stay folded.
  private var isAsked: Bool { visit.query.text("q") != nil || force != nil }

  private func section(_ index: Int, _ group: Group) -> HTML {
    let count = group.provisions.count == 1 ? "1 rule" : "\(group.provisions.count) rules"
    let table = Component.table(
      count, [.init("Rule"), .init("Citation"), .init("Force"), .init("From")],
      group.provisions.map { provision in
        [
          Parts.link("/law/\(provision.rule.id)?day=\(day.iso)", provision.rule.title),
          "\(provision.citation.text)", Parts.force(provision.rule.force),
          Component.day(provision.version.from),
        ]
      })
    return Component.section(
      "document-\(index)", title(group),
      isAsked ? table : "<details><summary>\(count)</summary>\n\(table)</details>\n")
  }

  var divergences: HTML {
    let law = law
    let items = law.divergences.map { divergence -> HTML in
      let rules = divergence.rules.map { id in
        Parts.link("/law/" + id, law.citation(id)?.text ?? id)
      }
      return """
        <section class="divergence"><h2>\(divergence.source.publisher): \(divergence.source.title)</h2>
        <dl><dt>It says</dt><dd>\(Component.prose(divergence.says))</dd>
        <dt>The primary text</dt><dd>\(Component.prose(divergence.primary)) (\(divergence.cite))</dd>
        <dt>Rules</dt><dd>\(HTML.joined(rules, by: "; "))</dd></dl>
        <p class="note">\(divergence.confidence.rawValue)\(divergence.note.map { "; " + $0 } ?? "")</p></section>

        """
    }
    return Frame(
      title: "Pages that say otherwise", visit: visit, section: "/law",
      eyebrow: "<a href=\"/law\">The law</a>"
    ).around(
      """
      \(LawPage.views("/law/divergences"))\
      <p>Public pages whose figures or citations differ from the primary text, so that nobody relies on them unawares.</p>
      \(items)
      """)
  }
}
