internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// What pagers and chats are told: each message is whole, and carries the name by which the other side knows it again.
///
/// Source: PagerDuty Events API v2; Opsgenie Alert API v2; Slack, incoming webhooks.
struct Signals: Sendable {
  /// What a message asks for.
  enum Act: String, Sendable { case raise, acknowledge, close }

  /// Longest line of an alert in characters.
  ///
  /// Source: Opsgenie Alert API, create alert: message.
  private static let opsgenieLine = 130
  /// Source: PagerDuty Events API v2: summary.
  private static let pagerDutyLine = 1024
  /// Longest description that Opsgenie takes, in characters.
  private static let opsgenieText = 15_000

  let connector: Connector
  let line: ConnectorLine

  init(_ connector: Connector, _ ask: @escaping ConnectorLine.Ask) {
    self.connector = connector
    line = ConnectorLine(
      connector,
      authorization: connector.system == .opsgenie ? "GenieKey " + connector.token : nil,
      ask: ask)
  }

  /// What the stage of an incident asks for.
  static func act(_ ticket: Ticket) -> Act {
    switch ticket.values["stage"] ?? "" {
    case "received", "": .raise
    case "closed", "merged": .close
    default: .acknowledge
    }
  }

  /// What is sent after what was last said, in this order: an alert that is not there, or was closed, hears of nothing but
  /// being raised.
  static func acts(_ act: Act, after last: String?) -> [Act] {
    let isOpen = last != nil && last != Act.close.rawValue
    return act == .acknowledge && !isOpen ? [.raise, act] : [act]
  }

  /// The message; nil where the system is told nothing.
  func request(_ ticket: Ticket, _ act: Act) throws(Setback) -> OutboundRequest? {
    switch connector.system {
    case .pagerDuty: try line.request(.post, "/v2/enqueue", pagerDuty(ticket, act))
    case .opsgenie: try opsgenie(ticket, act)
    case .slack: try line.request(.post, "", .object([("text", .string(chat(ticket)))]))
    case .jiraCloud, .jiraDataCenter, .serviceNow, .standard: nil
    }
  }

  private func pagerDuty(_ ticket: Ticket, _ act: Act) -> JSON {
    let words = [Act.raise: "trigger", .acknowledge: "acknowledge", .close: "resolve"]
    var body: [(String, JSON)] = [
      ("routing_key", .string(connector.token)), ("event_action", JSON(words[act])),
      ("dedup_key", .string(ticket.correlation)),
    ]
    guard act == .raise else { return .object(body) }
    body.append(
      (
        "payload",
        .object([
          ("summary", .string(String(title(ticket).prefix(Signals.pagerDutyLine)))),
          ("source", .string("Systemic")), ("severity", .string(always("severity") ?? "error")),
          ("custom_details", .object([("text", .string(ticket.values["text"] ?? ""))])),
        ])
      ))
    body.append(("client", .string("Systemic")))
    if let link = link(ticket) {
      body.append(("client_url", .string(link)))
      body.append(
        (
          "links",
          .array([.object([("href", .string(link)), ("text", .string("The record"))])])
        ))
    }
    return .object(body)
  }

  private func opsgenie(_ ticket: Ticket, _ act: Act) throws(Setback) -> OutboundRequest {
    guard act == .raise else {
      let word = act == .close ? "close" : "acknowledge"
      return try line.request(
        .post, "/v2/alerts/\(Desk.encoded(ticket.correlation))/\(word)?identifierType=alias",
        .object([("source", .string("Systemic"))]))
    }
    var body: [(String, JSON)] = [
      ("message", .string(String(title(ticket).prefix(Signals.opsgenieLine)))),
      ("alias", .string(ticket.correlation)),
      (
        "description",
        .string(String((ticket.values["text"] ?? "").prefix(Signals.opsgenieText)))
      ),
      ("source", .string("Systemic")),
    ]
    if let priority = always("priority") { body.append(("priority", .string(priority))) }
    return try line.request(.post, "/v2/alerts", .object(body))
  }

  /// Signs that begin a link or a mention are written so that they do not.
  private func chat(_ ticket: Ticket) -> String {
    let stage = ticket.values["stage"] ?? ""
    let said = "\(title(ticket)): \(stage)" + (link(ticket).map { "\n" + $0 } ?? "")
    return said.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;")
  }

  private func title(_ ticket: Ticket) -> String { ticket.values["title"] ?? ticket.correlation }

  private func link(_ ticket: Ticket) -> String? {
    ticket.values["link"].flatMap { $0.isEmpty ? nil : $0 }
  }

  private func always(_ field: String) -> String? {
    connector.mapping.rules.first { $0.theirs == field }?.always
  }
}
