internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// The systems that are told of incidents, what each keeps about which, and what waits for a person.
struct ConnectorsPage {
  /// Most lines of the ledger.
  static let mostLines = 200

  let visit: Visit
  var note: String?

  static func endpoints(_ desk: Desk) -> [Endpoint] {
    let configuration = desk.configuration
    let own: [Endpoint] = [
      .get("/connectors") { visit in .page(try await ConnectorsPage(visit: visit).body()) },
      .post("/connectors/{key}/state") { visit in
        let id = try RecordPage.id("connector", visit.part("key"))
        try await visit.workspace.setConnector(id, isOn: visit.form.text("to") == "on")
        return .see("/connectors")
      },
      .post("/connectors/{key}/reconciliations") { visit in
        let id = try RecordPage.id("connector", visit.part("key"))
        try await visit.workspace.authorise(.write(.connector), id)
        let count = try await ConnectorRounds(visit.workspace, configuration).reconcile(id)
        let page = ConnectorsPage(visit: visit, note: "Tickets compared: \(count).")
        return .page(try await page.body())
      },
      .post("/tickets/{key}/choices") { visit in
        let id = try RecordPage.id("ticket", visit.part("key"))
        try await visit.workspace.settleConflict(
          id, field: visit.form.text("field") ?? "",
          ConflictChoice(rawValue: visit.form.text("choice") ?? "") ?? .theirs,
          reason: visit.form.text("reason") ?? "")
        await ConnectorRounds(visit.workspace, configuration).follow(id)
        return .see("/connectors")
      },
    ]
    return own + ConnectorPage.endpoints(desk)
  }

  func body() async throws(Problem) -> HTML {
    let connectors = try await visit.workspace.connectors()
    let tickets = try await visit.workspace.tickets()
    let names = Dictionary(connectors.map { ($0.id, $0.title) }) { first, _ in first }
    return Frame(title: "Connectors", visit: visit, eyebrow: Parts.link("/account", "Your account"))
      .around(
        """
        \(note.map { "<p class=\"done\" role=\"status\">\($0)</p>\n" } ?? "")<p class="note">Ticket systems, pagers and \
        chats. What changes there is told on the record of the incident and changes no date of it.</p>
        \(try await table(connectors))\(adding)
        <h2>Changed on both sides</h2>
        \(conflicts(tickets, names))<h2>Ledger</h2>
        \(ledger(tickets, names))
        """)
  }

  /// The way to a new one, for whoever may make one.
  private var adding: HTML {
    guard ConnectorPage.mayWrite(visit) else { return "" }
    return "<p class=\"actions\">\(Parts.button("/connectors/new", "Add a connector"))</p>"
  }

  private func table(_ connectors: [RecordState]) async throws(Problem) -> HTML {
    guard !connectors.isEmpty else {
      return Parts.empty("No other system is told.")
    }
    var rows: [[HTML]] = []
    for connector in connectors {
      let outbox = try await visit.workspace.outbox(of: connector.id)
      let isOn = connector.status == "on"
      let path = "/connectors/" + connector.id.key
      let standing: HTML =
        outbox.attempts > 0
        ? "\(outbox.attempts) attempts failed: \(outbox.deliveries.last?.result ?? "")"
        : "\(connector.text("notice") ?? "")"
      let changing: HTML =
        ConnectorPage.mayWrite(visit)
        ? Parts.link(path + "/change", "Change \(connector.title)") : ""
      rows.append([
        Parts.link(path, connector.title),
        "\(ConnectorSystem(rawValue: connector.text("system") ?? "").map(ConnectorForm.title) ?? "")",
        connector.text("texts") == "full" ? "full texts" : "neutral titles",
        "\(connector.status ?? "")", standing,
        """
        \(button(path + "/state", isOn ? "Switch off" : "Switch on", connector.title, ("to", isOn ? "off" : "on")))\
        \(button(path + "/reconciliations", "Compare now", connector.title))\(changing)
        """,
      ])
    }
    return Component.table(
      "Connectors",
      [
        .init("Name"), .init("System"), .init("Tells"), .init("State"), .init("Standing"),
        .init("Do"),
      ], rows)
  }

  private func conflicts(_ tickets: [TicketEntry], _ names: [RecordID: String]) -> HTML {
    let rows = tickets.flatMap { ticket in
      ticket.conflicts.map { conflict -> [HTML] in
        let field = conflict.field == FieldMap.state ? "state" : conflict.field
        let id = "reason-\(ticket.state.id.key)-\(field)"
        return [
          name(ticket), "\(ticket.connector.flatMap { names[$0] } ?? "")",
          conflict.isWithoutPath ? "\(field): no way there" : "\(field)", "\(conflict.ours)",
          "\(conflict.theirs)",
          """
          <form method="post" action="/tickets/\(ticket.state.id.key)/choices">\(Frame.key(visit))\
          <input type="hidden" name="field" value="\(conflict.field)">\
          <label for="\(id)">Reason</label><input id="\(id)" name="reason" type="text" required>\
          <button name="choice" value="ours">Ours</button><button name="choice" value="theirs">Theirs</button></form>
          """,
        ]
      }
    }
    guard !rows.isEmpty else { return Parts.empty("Nothing waits for a choice.") }
    return Component.table(
      "Fields that both sides changed",
      [
        .init("Incident"), .init("Connector"), .init("Field"), .init("Here"), .init("There"),
        .init("Choose"),
      ], rows)
  }

  private func ledger(_ tickets: [TicketEntry], _ names: [RecordID: String]) -> HTML {
    guard !tickets.isEmpty else { return Parts.empty("Nothing was sent yet.") }
    let rows = tickets.prefix(ConnectorsPage.mostLines).map { ticket -> [HTML] in
      [
        name(ticket), "\(ticket.connector.flatMap { names[$0] } ?? "")",
        "\(ticket.state.text("number") ?? "")", "\(ticket.state.status ?? "")",
        "\(ticket.state.text("result") ?? "")", Parts.moment(ticket.state.changed),
        Parts.link("/records/ticket/" + ticket.state.id.key, "History"),
      ]
    }
    return Component.table(
      tickets.count > ConnectorsPage.mostLines
        ? "The newest \(ConnectorsPage.mostLines) of \(tickets.count) tickets" : "Tickets",
      [
        .init("Incident"), .init("Connector"), .init("Ticket"), .init("State"), .init("Result"),
        .init("Last change"), .init("Ledger"),
      ], rows)
  }

  private func name(_ ticket: TicketEntry) -> HTML {
    guard let incident = ticket.incident else { return "" }
    return Parts.link("/records/" + incident.text, ticket.state.title)
  }

  private func button(
    _ path: String, _ title: String, _ connector: String, _ value: (String, String)? = nil
  ) -> HTML {
    let field: HTML =
      value.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" } ?? ""
    return """
      <form method="post" action="\(path)">\(Frame.key(visit))\(field)<button class="plain">\(title)\
      <span class="hidden"> \(connector)</span></button></form>
      """
  }
}
