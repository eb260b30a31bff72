internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// What follows from an incident: measures, consequences as tasks, and reports of the same event under other law.
struct IncidentPaperSection {
  let page: IncidentPage

  private var visit: Visit { page.visit }

  /// What an incident may ask for beside correcting it, each with the provision nearest to it.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 1.2, second paragraph (what is known of serious incidents widens
  /// the assessment), Measures 1.3 and 7.6; Regulation (EU) 2024/1689, Art. 53(1)(b) (documentation is kept up to date).
  private static let offered: [(consequence: String, title: String, rule: String)] = [
    ("framework assessment", "Assess whether the Framework must change", "cop/safety/1.3"),
    ("Model Report update", "Update the Model Report", "cop/safety/7.6"),
    (
      "evaluation", "Run the evaluations again that the incident puts in doubt",
      "cop/safety/1.2/continuous"
    ),
    ("downstream notice", "Tell downstream providers and deployers", "ai-act/53/1/b"),
  ]

  var html: HTML {
    Component.section(
      "measures", "What follows",
      """
      \(page.problem(of: .steps).map(RefusalPage.box) ?? "")\(measures)\(offers)<p class="actions">\(Parts.link(path(.measure), "Note a measure"))</p>
      \(others)<p class="actions">\(Parts.link(path(.otherReport), "Note a report under other law"))</p>

      """)
  }

  private func path(_ kind: RecordKind) -> String { page.path + "/papers/" + kind.name }

  private var measures: HTML {
    let papers = page.view.papers(.measure)
    guard !papers.isEmpty else { return Parts.empty("No measure is on the record.") }
    return Component.table(
      "Corrective measures and tasks; another person than the author verifies each",
      [
        .init("What"), .init("Follows from"), .init("Who"), .init("Until"), .init("Stands at"),
        .init("Checked by"), .init("Next"),
      ],
      papers.map { paper in
        [
          Parts.link(paper), "\(paper.text("consequence") ?? "—")", owner(paper),
          paper.text("due").flatMap { Day(iso: $0) }.map { Component.day($0) } ?? "—",
          "\(paper.status ?? "")", "\(paper.text("verification") ?? "—")", steps(paper),
        ]
      })
  }

  private func owner(_ paper: RecordState) -> HTML {
    paper.text("owner").map { "\(page.names.name($0.replacing("person/", with: "")))" } ?? "—"
  }

  /// Consequences that nobody has noted yet, one button each.
  private var offers: HTML {
    let noted = Set(page.view.papers(.measure).compactMap { $0.text("consequence") })
    let items = Self.offered.filter { !noted.contains($0.consequence) }.map { offer -> HTML in
      """
      <li><form method="post" action="\(path(.measure))">\(Frame.key(visit))
      <input type="hidden" name="f.title" value="\(offer.title)">\
      <input type="hidden" name="f.consequence" value="\(offer.consequence)">\
      <button class="plain">\(offer.title)</button>\
      <span class="note">nearest: \(Parts.rule(offer.rule, page.law.citation(offer.rule))) \
      \(page.law.citation(offer.rule).map { Parts.force($0.force) } ?? "")</span></form></li>

      """
    }
    guard !items.isEmpty else { return "" }
    return """
      <p>What an incident may ask for, beside correcting it; one step makes it a task. That it is offered is house \
      practice.</p>
      <ul class="plain">\(items)</ul>

      """
  }

  private var others: HTML {
    let papers = page.view.papers(.otherReport)
    let note: HTML = """
      <p>The same event may have to be reported under other law, for example Directive (EU) 2022/2555, Regulation (EU) \
      2016/679 or Art. 73. Its deadline is the one that you set.</p>

      """
    let table = Component.table(
      "Reports of the same event under other law",
      [
        .init("Report"), .init("Law"), .init("To"), .init("Until"), .init("Stands at"),
        .init("Reference"), .init("Next"),
      ],
      papers.map { paper in
        [
          Parts.link(paper), "\(paper.text("regime") ?? "")", "\(paper.text("authority") ?? "—")",
          paper.text("due").flatMap { Day(iso: $0) }.map { Component.day($0) } ?? "—",
          "\(paper.status ?? "")", "\(paper.text("reference") ?? "—")", steps(paper),
        ]
      })
    return "<h3>Reports under other law</h3>\n\(note)\(table)"
  }

  /// What can happen to a paper now, one button each; whoever wrote it is not offered to approve it.
  func steps(_ paper: RecordState) -> HTML {
    guard let kind = RecordKind.named(paper.id.kind) else { return "" }
    let possible = kind.events.filter { event in
      !event.begins && !event.name.hasSuffix("-changed")
        && ChangePage.isOffered(event, of: kind, on: paper)
        && !(event.isApproval && paper.authors.contains(visit.workspace.who.id))
    }
    let forms = possible.map { event -> HTML in
      if event.needsReason {
        return Parts.link(
          "/records/\(paper.id.text)/changes/\(event.name)", Typography.sentence(event.title))
      }
      return """
        <form method="post" action="\(page.path)/steps#measures">\(Frame.key(visit))
        <input type="hidden" name="paper" value="\(paper.id.text)">\
        <input type="hidden" name="event" value="\(event.name)">\
        <input type="hidden" name="version" value="\(paper.version)">\
        <button class="plain">\(Typography.sentence(event.title))</button></form>
        """
    }
    let waits: HTML =
      kind.events.contains {
        $0.isApproval && ChangePage.isOffered($0, of: kind, on: paper)
          && paper.authors.contains(visit.workspace.who.id)
      } ? "<span class=\"note\">waits for another person</span>" : ""
    return "<div class=\"steps-of\">\(HTML.joined(forms, by: " "))\(waits)</div>"
  }
}
