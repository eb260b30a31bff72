internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What waits for whoever asks: what they look after, what their roles look after, and what a second person decides.
struct WorkPage {
  let visit: Visit
  let queues: WorkQueues
  let names: PeopleNames

  private static let mostShown = 50

  static let endpoints: [Endpoint] = [
    .get("/work") { visit in .page(try await WorkPage(visit).body) }
  ]

  init(_ visit: Visit) async throws(Problem) {
    self.visit = visit
    queues = try await WorkQueues(visit.workspace)
    names = try await PeopleNames(visit.workspace)
  }

  private var who: SignedIn { visit.workspace.who }

  var body: HTML {
    let roles = who.roles.map(\.rawValue).sorted().joined(separator: ", ")
    return Frame(title: "Work", visit: visit, section: "/work", eyebrow: "\(who.name) · \(roles)")
      .around(
        """
        \(messages)\(queue("approvals", "Waiting for a second person", queues.others, "Nothing waits for another person's decision."))\
        \(table("mine", "Assigned to you", queues.mine, "Nothing is assigned to you by name."))\
        \(table("roles", "Of your roles, not assigned to anybody", queues.ofRoles, "Nothing is left to your roles."))\
        \(queue("own", "Your drafts, which wait for others", queues.own, ""))
        """)
  }

  private var messages: HTML {
    guard !queues.messages.isEmpty else { return "" }
    let rows = queues.messages.prefix(WorkPage.mostShown).map { waiting -> [HTML] in
      [
        Parts.link(IncidentPages.path(waiting.incident.id) + "#messages", waiting.incident.title),
        "\(waiting.count)", "\(waiting.incident.status ?? "")", Parts.moment(waiting.since),
      ]
    }
    return Component.section(
      "messages", "Messages from outside that nobody has answered or settled",
      Component.table(
        "\(rows.count) of \(queues.messages.count)",
        [.init("Incident"), .init("Messages"), .init("Stands at"), .init("Since")], rows))
  }

  private func table(
    _ id: String, _ title: String, _ deadlines: [Deadline], _ empty: HTML
  ) -> HTML {
    let shown = Array(deadlines.prefix(WorkPage.mostShown))
    return Component.section(
      id, title,
      shown.isEmpty
        ? Parts.empty(empty)
        : DeadlineTable.html(
          "\(shown.count) of \(deadlines.count)", shown, today: visit.today,
          names: { names.name($0) }))
  }

  /// Where somebody decides on it: what belongs to an incident is decided on its page.
  private static func path(_ state: RecordState) -> String {
    if state.id.kind == RecordKind.opinion.name { return "/opinions/" + state.id.key }
    let incident = state.text("incident").flatMap { RecordID($0) }
    guard let incident, RecordKind.named(state.id.kind)?.isFiled != true else {
      return Parts.path(state.id)
    }
    let section = state.id.kind == RecordKind.nonReport.name ? "#outcome" : "#measures"
    return IncidentPages.path(incident) + section
  }

  private func queue(
    _ id: String, _ title: String, _ states: [RecordState], _ empty: HTML
  ) -> HTML {
    guard !states.isEmpty else {
      return empty.isEmpty ? "" : Component.section(id, title, Parts.empty(empty))
    }
    let rows = states.prefix(WorkPage.mostShown).map { state -> [HTML] in
      [
        Parts.link(WorkPage.path(state), state.title),
        "\(Typography.sentence(RecordKind.named(state.id.kind)?.title ?? state.id.kind))",
        "\(state.status ?? "")", "\(names.name(state.author))", Parts.moment(state.changed),
      ]
    }
    return Component.section(
      id, title,
      Component.table(
        "\(rows.count) of \(states.count)",
        [.init("Record"), .init("Kind"), .init("Status"), .init("By"), .init("Since")], rows))
  }
}
