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
  /// Messages from outside that nobody has settled, by incident.
  private let unread: [RecordID: Int]

  static let endpoints: [Endpoint] = [
    .page("/incidents") { visit in try await IncidentsPage(visit).body },
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
    unread = try await visit.workspace.unreadMessages(about: list.states.map(\.id))
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
          .init("Next, and its basis"), .init("Act by"), .init("Looks after it"),
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
        <span class="note">\(Parts.rule(clock.id, clock.provision.citation)) \(Parts.force(clock.force(law)))</span>
        """
      } ?? ""
    return [
      "\(Parts.link(IncidentPages.path(state.id), state.title))\(IncidentPages.waiting(unread[state.id], state.id))",
      "\(state.status ?? "")",
      "\(IncidentPages.considered(state))", "\(next.harm)",
      "\(next.words)\(basis)", end,
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
      "act_by", "basis", "force", "owner", "unread_messages",
    ])
    for state in list.states {
      let next = IncidentLine(state, law)
      bytes += CSVLine.of([
        state.id.text, state.title, state.status ?? "", IncidentPages.considered(state), next.harm,
        state.text("model") ?? "", state.happened["incident-received"]?.text ?? "",
        state.happened["involvement-known"]?.text ?? "", next.words,
        next.clock?.due?.alarm.rfc3339 ?? "", next.clock?.provision.citation.text ?? "",
        next.clock.map { $0.force(law).rawValue } ?? "", owner(state) ?? "",
        String(unread[state.id] ?? 0),
      ])
    }
    return bytes
  }
}
