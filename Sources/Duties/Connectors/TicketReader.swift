public import Ground

/// Reads what another system says of its tickets, in answers and in messages: bytes in, a ticket out, and nobody is asked.
///
/// Source: Jira platform REST API, issues and webhooks; ServiceNow Table API; Standard Webhooks 1.0.
public struct TicketReader: Sendable {
  /// The name under which the state of a ticket is compared.
  public static let state = "@state"
  /// Longest name of a ticket in bytes.
  public static let longestHandle = 200

  private let system: ConnectorSystem
  private let connector: RecordID
  private let place: String
  private let compared: [String]

  /// A reader.
  ///
  /// - Parameters:
  ///   - connector: For whom is read: its own names go before those of other connectors.
  ///   - place: What stands before the name of a ticket in its address.
  ///   - compared: Their names of the fields that are compared.
  public init(
    _ system: ConnectorSystem, connector: RecordID, place: String, compared: [String]
  ) {
    self.system = system
    self.connector = connector
    self.place = place
    self.compared = compared
  }

  /// The ticket of a message; nil for a message about something else.
  ///
  /// - Throws: `ground.not-json`, `duties.unreadable-ticket`.
  public func message(_ body: [UInt8]) throws(Problem) -> IncomingTicket? {
    let json = try JSON(parsing: body, file: "the message")
    switch system {
    case .jiraCloud, .jiraDataCenter: return jira(json)
    case .serviceNow:
      guard var ticket = record(json) else { throw TicketReader.bad("sys_id") }
      ticket.isGone = json["operation"]?.text == "delete"
      ticket.isNew = json["operation"]?.text == "insert"
      return ticket
    case .standard, .pagerDuty, .opsgenie, .slack: return try standard(json)
    }
  }

  private func jira(_ json: JSON) -> IncomingTicket? {
    let event = json["webhookEvent"]?.text ?? ""
    guard event.hasPrefix("jira:issue_"), let issue = json["issue"], var ticket = self.issue(issue)
    else { return nil }
    if system == .jiraCloud {
      for name in compared where TicketReader.isMarkup(issue["fields"]?[name], name) {
        ticket.values[name] = nil
      }
    }
    ticket.isGone = event == "jira:issue_deleted"
    ticket.isNew = event == "jira:issue_created"
    // Thousandths of a second.
    if case .int(let moment)? = json["timestamp"] {
      ticket.at = TicketReader.moment(Instant(seconds: moment / 1000))
    }
    return ticket
  }

  /// Whether a message of Jira Cloud may give a field as wiki markup that its interface gives as a document: two forms of
  /// one text are no change, so that such a field is compared where the ticket is read.
  private static func isMarkup(_ value: JSON?, _ name: String) -> Bool {
    guard let text = value?.text else { return false }
    return ["description", "environment"].contains(name) || text.contains(where: \.isNewline)
  }

  /// `{"type": "ticket.changed", "timestamp": …, "data": {"id", "number", "url", "correlation", "title", "text", "state"}}`.
  private func standard(_ json: JSON) throws(Problem) -> IncomingTicket? {
    guard let type = json["type"]?.text, type.hasPrefix("ticket.") else { return nil }
    guard let data = json["data"], let id = data["id"]?.text, !id.isEmpty,
      id.utf8.count <= TicketReader.longestHandle
    else { throw TicketReader.bad("data.id") }
    var values: [String: String] = [:]
    if let state = data["state"]?.text { values[TicketReader.state] = state }
    return IncomingTicket(
      handle: id, number: data["number"]?.text ?? id, place: data["url"]?.text,
      correlation: data["correlation"]?.text.flatMap { Correlation($0) }, values: values,
      title: data["title"]?.text ?? "", text: data["text"]?.text ?? "",
      at: json["timestamp"]?.text.flatMap { Instant($0) }.flatMap(TicketReader.moment),
      isGone: type == "ticket.deleted", isNew: type == "ticket.created")
  }

  /// A ticket as Jira writes it.
  public func issue(_ json: JSON) -> IncomingTicket? {
    guard let key = json["key"]?.text, TicketReader.isKey(key), let fields = json["fields"] else {
      return nil
    }
    var values: [String: String] = [:]
    for name in compared { values[name] = fields[name].map(TicketText.of) }
    if let state = fields["status"]?["name"]?.text { values[TicketReader.state] = state }
    var names: [Correlation] = []
    if case .array(let labels)? = fields["labels"] {
      let texts = labels.compactMap(\.text)
      names = texts.compactMap { Correlation($0) }
      // Our own marks say nothing about the ticket.
      if compared.contains("labels") {
        values["labels"] = texts.filter { $0 != Correlation.label && Correlation($0) == nil }
          .joined(separator: ", ")
      }
    }
    return IncomingTicket(
      handle: key, number: key,
      lasting: json["id"]?.text.flatMap { TicketReader.isKey($0) ? $0 : nil },
      project: key.lastIndex(of: "-").map { String(key[..<$0]) }, place: place + key,
      correlation: names.first { $0.connector == connector } ?? names.first, values: values,
      title: fields["summary"].map(TicketText.of) ?? "",
      text: fields["description"].map(TicketText.of) ?? "")
  }

  /// A record as ServiceNow and its business rules write it.
  public func record(_ json: JSON) -> IncomingTicket? {
    guard let id = json["sys_id"]?.text, TicketReader.isKey(id) else { return nil }
    var values: [String: String] = [:]
    for name in compared {
      if let text = json[name]?.text { values[name] = TicketText.plain(text) }
    }
    if let state = json["state"]?.text { values[TicketReader.state] = state }
    let updated = json["sys_updated_on"]?.text.map { $0.replacing(" ", with: "T") + "Z" }
    return IncomingTicket(
      handle: id, number: json["number"]?.text ?? id, place: place + id,
      correlation: json["correlation_id"]?.text.flatMap { Correlation($0) }, values: values,
      title: json["short_description"]?.text ?? "", text: json["description"]?.text ?? "",
      at: updated.flatMap { Instant($0) }.flatMap(TicketReader.moment))
  }

  /// Whether a text is the key of a ticket, and can stand in a path.
  public static func isKey(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 80
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == 0x2D || $0 == 0x5F
      }
  }

  /// A moment that can be written down; nil for one that no calendar has.
  private static func moment(_ moment: Instant) -> Instant? {
    Effective(Effective.moment(moment).text) == nil ? nil : moment
  }

  private static func bad(_ field: String) -> Problem {
    Problem(
      "duties.unreadable-ticket", what: "the message has no \(field)",
      why: "it would not be known which ticket it is about",
      mend: "send it as docs/guides/connectors.md says", places: [Place(field)])
  }
}
