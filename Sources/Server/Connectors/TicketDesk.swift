internal import Duties
internal import Ground
internal import Outbound
internal import Sealing
internal import Workspace

/// A system that keeps tickets: they are made, looked up, read, changed and moved.
protocol TicketDesk: Sendable {
  /// The request that makes a ticket, as it would be sent.
  func creation(_ ticket: Ticket) throws(Setback) -> OutboundRequest
  /// What it asks for before it makes a ticket; empty where it does not say.
  func demands() async throws(Setback) -> [FieldDemand]
  /// The tickets that keep a correlation.
  func find(_ correlation: String) async throws(Setback) -> [IncomingTicket]
  /// Makes a ticket.
  func make(_ ticket: Ticket) async throws(Setback) -> IncomingTicket
  /// Leads from a ticket to the record, where the system has links.
  func link(_ handle: String, _ ticket: Ticket) async
  /// A ticket as it stands; nil when it is not there any more, or not for us.
  func read(_ handle: String) async throws(Setback) -> IncomingTicket?
  /// Says fields anew: their names and texts; what was said of them before is taken away where fields hold several.
  func set(
    _ handle: String, _ values: [String: String], before: [String: String]
  ) async throws(Setback)
  /// Moves a ticket to a state; false when there is no way.
  func move(_ handle: String, to state: String) async throws(Setback) -> Bool
  /// Puts our correlation on a ticket that began there.
  func mark(_ handle: String, _ correlation: String) async throws(Setback)
  /// The tickets of ours that were changed in the last minutes.
  func changes(minutes: Int, now: Instant) async throws(Setback) -> [IncomingTicket]
  /// The tickets that began there in the last minutes and do not carry our mark.
  func begun(minutes: Int, now: Instant) async throws(Setback) -> [IncomingTicket]
}

/// A field that the other system asks for.
struct FieldDemand: Sendable, Equatable {
  /// Its name for programs.
  let field: String
  /// Its name for people.
  let name: String
  /// Whether a ticket cannot be made without it.
  let isRequired: Bool
  /// What it may hold; empty for anything.
  let allowed: [String]
}

extension Connector {
  /// The system behind it, where it keeps tickets.
  func desk(_ ask: @escaping ConnectorLine.Ask) -> (any TicketDesk)? {
    switch system {
    case .jiraCloud, .jiraDataCenter: JiraDesk(self, ask)
    case .serviceNow: ServiceNowDesk(self, ask)
    case .pagerDuty, .opsgenie, .slack, .standard: nil
    }
  }

  /// The field by which it signs in with a name and a password or token.
  ///
  /// Source: RFC 7617, section 2.
  var basic: String { "Basic " + Base64.text("\(account):\(token)".utf8) }

  /// Reads what it says of its tickets.
  var reader: TicketReader {
    let place =
      switch system {
      case .jiraCloud, .jiraDataCenter: url + "/browse/"
      case .serviceNow: "\(url)/\(Desk.encoded(type)).do?sys_id="
      case .pagerDuty, .opsgenie, .slack, .standard: ""
      }
    return TicketReader(system, connector: id, place: place, compared: comparedFields)
  }

  /// The fields of others that are compared.
  var comparedFields: [String] { mapping.rules.filter { $0.ours != nil }.map(\.theirs) }
}
