internal import Documents
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook
internal import Workspace

/// All incidents: where each stands, what it is considered to be, and what is due next.
struct IncidentsPage {
  let visit: Visit
  let list: StateList
  let choice: ListChoice
  let views: ViewsBar
  let names: PeopleNames
  private let law: Law

  static let endpoints: [Endpoint] = [
    .get("/incidents") { visit in .page(try await IncidentsPage(visit).body) },
    .get("/incidents/table.csv") { visit in
      let page = try await IncidentsPage(visit, isWhole: true)
      return Reply(.bytes(page.csv, type: "text/csv; charset=utf-8", name: "incidents.csv"))
    },
  ]

  init(_ visit: Visit, isWhole: Bool = false) async throws(Problem) {
    self.visit = visit
    let choice = ListChoice(visit, .incident)
    self.choice = choice
    var question = choice.question
    if isWhole { (question.start, question.limit) = (0, .max) }
    list = try await visit.workspace.stateList(question)
    views = try await ViewsBar(visit)
    names = try await PeopleNames(visit.workspace)
    law = visit.workspace.surroundings.law(visit.today)
  }

  var body: HTML {
    let table =
      list.states.isEmpty
      ? Parts.empty(
        choice.isNarrowed
          ? "No incident fits these choices."
          : """
          No incident is on the record. Take in every report, however small: it is triaged afterwards, and the record \
          shows when you knew what.
          """)
      : Component.table(
        "\(list.total) on the record, computed today",
        [
          .init("Incident"), .init("Stands at"), .init("Considered as"), .init("Harm"),
          .init("Next"), .init("Act by"), .init("Basis"), .init("Looks after it"),
        ], list.states.map(row))
    return Frame(title: "Incidents", visit: visit, section: "/incidents").around(
      """
      \(IncidentPages.views(visit))<p class="actions">\(Parts.button("/incidents/new", "Take in a report")) \
      <a href="/records/incident">Choose columns, change several</a> \
      <a href="/incidents/table.csv\(query)">CSV of this view</a></p>
      \(views.html)\(choice.form(list.statuses))\(table)\(choice.pages(list.total))
      """)
  }

  private var query: String {
    let pairs = visit.query.pairs.filter { $0.name != "page" && !$0.value.isEmpty }
    let text = pairs.map { Desk.encoded($0.name) + "=" + Desk.encoded($0.value) }
      .joined(separator: "&")
    return text.isEmpty ? "" : "?" + text
  }

  private func row(_ state: RecordState) -> [HTML] {
    let next = IncidentLine(state, law)
    let isOverdue = next.clock?.isOverdue(on: visit.today) == true
    let countdown = next.clock?.due.map {
      IncidentPages.countdown(to: $0.alarm, from: visit.workspace.surroundings.now())
    }
    let end: HTML =
      next.clock.map { clock in
        """
        \(IncidentPages.end(clock)) <span class="note">\(isOverdue ? "overdue: " : "")\(countdown ?? "")</span>
        """
      } ?? "—"
    let basis: HTML =
      next.clock.map { clock in
        """
        \(Parts.rule(clock.id, clock.provision.citation)) \(Parts.force(clock.force(law)))
        """
      } ?? "—"
    return [
      Parts.link(IncidentPages.path(state.id), state.title), "\(state.status ?? "")",
      "\(IncidentPages.considered(state))", "\(next.harm)", "\(next.words)", end, basis,
      "\(owner(state) ?? "—")",
    ]
  }

  private func owner(_ state: RecordState) -> String? {
    state.text("owner").map { names.name($0.replacing("person/", with: "")) }
  }

  /// The same rows as a table for a spreadsheet.
  var csv: [UInt8] {
    var bytes = CSVLine.of([
      "id", "title", "status", "considered", "harm", "model", "received", "awareness", "next",
      "act_by", "basis", "force", "owner",
    ])
    for state in list.states {
      let next = IncidentLine(state, law)
      bytes += CSVLine.of([
        state.id.text, state.title, state.status ?? "", IncidentPages.considered(state), next.harm,
        state.text("model") ?? "", state.happened["incident-received"]?.text ?? "",
        state.happened["involvement-known"]?.text ?? "", next.words,
        next.clock?.due?.alarm.rfc3339 ?? "", next.clock?.provision.citation.text ?? "",
        next.clock.map { $0.force(law).rawValue } ?? "", owner(state) ?? "",
      ])
    }
    return bytes
  }
}

/// What of an incident stands in a row: its harm, and what is due next.
struct IncidentLine {
  /// The clock that governs what is due next; nil where none can be dated.
  let clock: IncidentClock?
  /// What is due next, or why nothing is.
  let words: String
  /// The categories that are not excluded and that somebody answered.
  let harm: String

  init(_ state: RecordState, _ law: Law) {
    let facts = IncidentRecord.facts(state)
    let times = IncidentRecord.times(state)
    harm =
      IncidentCategory.byUrgency.filter { facts.harm($0) == .yes }.map(\.title)
      .joined(separator: ", ")
    let isOver = ["merged", "closed"].contains(state.status) || state.text("bundled_with") != nil
    let clocks = IncidentClocks(facts: facts, times: times, law: law)
    let id = isOver ? nil : clocks.governs
    let governing = clocks.all.first { $0.id == id && $0.state == .running }
    let other = IncidentLine.words(state, facts, times)
    // Until somebody said what it is, the house limit of the triage is what runs.
    let triage = clocks.all.first { $0.id == "house/triage" && $0.state != .ended && $0.due != nil }
    clock = governing ?? (other == IncidentLine.triage ? triage : nil)
    words = governing?.words ?? other
  }

  private static func words(
    _ state: RecordState, _ facts: IncidentFacts, _ times: IncidentTimes
  ) -> String {
    if let other = state.text("merged_into") { return "merged into \(other)" }
    if let other = state.text("bundled_with") { return "reported with \(other)" }
    if state.status == "closed" { return "closed" }
    if times.submitted(.final) != nil { return "every report was sent" }
    if facts.serious == .no { return "no report by the answers" }
    if facts.anyCategory == .yes, times[.awareOfInvolvement] == nil {
      return "say since when the involvement is known"
    }
    return triage
  }

  private static let triage = "Triage"
}
