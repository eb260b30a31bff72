internal import Documents
internal import Duties
internal import Ground
internal import Rulebook
internal import Workspace

/// Incidents by the stage at which they stand, the most urgent first.
struct IncidentBoardPage {
  let visit: Visit
  let stages: [(title: String, total: Int, states: [RecordState])]
  let names: PeopleNames
  private let law: Law
  /// How many messages from outside wait.
  private let unread: [RecordID: Int]

  /// Most incidents of a stage that are looked at, and that are shown.
  private static let (mostRead, mostShown) = (200, 20)

  static let endpoints: [Endpoint] = [
    .page("/incidents/board") { visit in try await IncidentBoardPage(visit).body }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    law = visit.workspace.surroundings.law(visit.today)
    names = try await PeopleNames(visit.workspace)
    var stages: [(title: String, total: Int, states: [RecordState])] = []
    var resolved: [RecordState] = []
    for status in ["received", "in triage", "considered", "reported", "closed"] {
      var question = ListQuestion(.incident)
      question.status = status
      question.limit = IncidentBoardPage.mostRead
      let list = try await visit.workspace.stateList(question)
      // Resolved is said by a date; its final report may still be owed.
      let isDone = { (state: RecordState) in state.happened["incident-resolved"] != nil }
      let moved = status == "closed" ? [] : list.states.filter(isDone)
      if status == "closed" { stages.append(("Resolved", resolved.count, resolved)) }
      resolved += moved
      let left = status == "closed" ? list.states : list.states.filter { !isDone($0) }
      stages.append((Typography.sentence(status), list.total - moved.count, left))
    }
    self.stages = stages
    unread = try await visit.workspace.unreadMessages(about: stages.flatMap(\.states).map(\.id))
  }

  var body: HTML {
    let columns = stages.map { stage -> HTML in
      let lines = stage.states.map { ($0, IncidentLine($0, law)) }.sorted { left, right in
        let ends = (left.1.clock?.due?.alarm, right.1.clock?.due?.alarm)
        guard let first = ends.0 else { return ends.1 == nil && left.0.changed > right.0.changed }
        return ends.1.map { first < $0 } ?? true
      }
      let shown = lines.prefix(IncidentBoardPage.mostShown)
      let more: HTML =
        stage.total > shown.count
        ? "<p class=\"note\">\(stage.total - shown.count) more in \(Parts.link("/incidents", "the list"))</p>\n"
        : ""
      let id = stage.title.lowercased().replacing(" ", with: "-")
      return """
        <section aria-labelledby="stage-\(id)"><h2 id="stage-\(id)">\(stage.title) \
        <span class="note">\(stage.total)</span></h2>
        \(shown.isEmpty ? "<p class=\"note\">nothing</p>\n" : "<ul>\(shown.map { card($0.0, $0.1) })</ul>\n" as HTML)\(more)</section>

        """
    }
    return Frame(title: "Board of incidents", visit: visit, section: "/incidents").around(
      "\(IncidentPages.views(visit))<div class=\"stages\">\n\(columns)</div>\n")
  }

  private func card(_ state: RecordState, _ line: IncidentLine) -> HTML {
    let isOverdue = line.clock?.isOverdue(on: visit.today) == true
    let end: HTML =
      line.clock?.due.map { due in
        let countdown = IncidentPages.countdown(
          to: due.alarm, from: visit.workspace.surroundings.now())
        return """
          <p class="status\(isOverdue ? " overdue" : "")">\(isOverdue ? "! " : "")\(line.words) \(countdown)</p>
          """
      } ?? "<p>\(line.words)</p>"
    let owner = state.text("owner").map { names.name($0.replacing("person/", with: "")) }
    let facts = [line.harm, owner ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
    return """
      <li><p>\(Parts.link(IncidentPages.path(state.id), state.title))\(IncidentPages.waiting(unread[state.id], state.id))</p>\(end)\
      \(facts.isEmpty ? "" : "<p class=\"note\">\(facts)</p>" as HTML)</li>

      """
  }
}
