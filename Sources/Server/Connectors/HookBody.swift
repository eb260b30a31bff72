internal import Duties
internal import Ground
internal import Workspace

/// Reads what a system says of one of its tickets.
enum HookBody {
  /// The ticket; nil for a message about something else.
  ///
  /// - Throws: `ground.not-json`, `server.bad-body`.
  static func ticket(_ body: [UInt8], _ connector: Connector) throws(Problem) -> IncomingTicket? {
    let json = try JSON(parsing: body, file: "the message")
    switch connector.system {
    case .jiraCloud, .jiraDataCenter: return jira(json, connector)
    case .serviceNow: return try serviceNow(json, connector)
    case .standard, .pagerDuty, .opsgenie, .slack: return try standard(json)
    }
  }

  private static func jira(_ json: JSON, _ connector: Connector) -> IncomingTicket? {
    let event = json["webhookEvent"]?.text ?? ""
    guard event.hasPrefix("jira:issue_"), let issue = json["issue"],
      var ticket = JiraDesk(connector, silent).issue(issue)
    else { return nil }
    ticket.isGone = event == "jira:issue_deleted"
    // Thousandths of a second.
    ticket.at = json["timestamp"]?.count.map { Instant(seconds: $0 / 1000) }
    return ticket
  }

  private static func serviceNow(
    _ json: JSON, _ connector: Connector
  ) throws(Problem) -> IncomingTicket? {
    guard var ticket = ServiceNowDesk(connector, silent).record(json) else { throw bad("sys_id") }
    ticket.isGone = json["operation"]?.text == "delete"
    return ticket
  }

  /// `{"type": "ticket.changed", "timestamp": …, "data": {"id", "number", "url", "correlation", "title", "text", "state"}}`.
  private static func standard(_ json: JSON) throws(Problem) -> IncomingTicket? {
    guard let type = json["type"]?.text, type.hasPrefix("ticket.") else { return nil }
    guard let data = json["data"], let id = data["id"]?.text, !id.isEmpty, id.utf8.count <= 200
    else { throw bad("data.id") }
    var values: [String: String] = [:]
    if let state = data["state"]?.text { values[FieldMap.state] = state }
    return IncomingTicket(
      handle: id, number: data["number"]?.text ?? id, place: data["url"]?.text,
      correlation: data["correlation"]?.text.flatMap {
        Ticket.incident(of: $0) == nil ? nil : $0
      },
      values: values, title: data["title"]?.text ?? "", text: data["text"]?.text ?? "",
      at: json["timestamp"]?.text.flatMap { Instant($0) }, isGone: type == "ticket.deleted")
  }

  /// Reading asks nobody.
  private static let silent: ConnectorLine.Ask = { _ throws(Problem) in
    throw Problem("server.not-told", what: "nothing is sent while a message is read")
  }

  private static func bad(_ field: String) -> Problem {
    Problem(
      "server.bad-body", what: "the message has no \(field)",
      why: "it would not be known which ticket it is about",
      mend: "send it as docs/guides/connectors.md says", places: [Place(field)])
  }
}
