public import Duties
public import Ground
package import Sealing

/// A connector with what it is asked with: for the program that sends, and shown to nobody.
package struct Connector: Sendable {
  package let id: RecordID
  package let title: String
  package let system: ConnectorSystem
  package let isOn: Bool
  package let url: String
  package let account: String
  package let token: String
  package let project: String
  package let type: String
  package let isFull: Bool
  package let takesIn: Bool
  package let mapping: FieldMap
  /// When it was last compared.
  package let reconciled: Instant?
  /// When it was made.
  package let made: Instant
  /// The secret by which messages from it are known.
  package let secret: WebhookSecret?

  /// - Throws: `workspace.bad-state`, `workspace.bad-mapping`.
  init(_ state: RecordState) throws(Problem) {
    guard let system = state.text("system").flatMap({ ConnectorSystem(rawValue: $0) }) else {
      throw Problem(
        "workspace.bad-state", what: "\(state.id.text) leads to no system that is known",
        why: "it was written by a newer version", mend: "use that version")
    }
    id = state.id
    title = state.title
    self.system = system
    isOn = state.status == "on"
    let address = state.text("url") ?? ""
    url = address.hasSuffix("/") ? String(address.dropLast()) : address
    account = state.text("account") ?? ""
    token = state.text("token") ?? ""
    project = state.text("project") ?? ""
    type = state.text("type") ?? ""
    isFull = state.text("texts") == "full"
    takesIn = state.fields["takes_in"] == .bool(true)
    mapping = try FieldMap(state.fields["mapping"], system, isFull: isFull)
    reconciled = state.text("reconciled").flatMap { Instant($0) }
    made = state.begun
    secret = state.text("signing").flatMap { WebhookSecret($0) }
  }
}

/// A connector to be registered, or what is to change of one.
public struct NewConnector: Sendable {
  /// What it is for.
  public var title: String
  /// Which system it leads to.
  public var system: ConnectorSystem
  /// Its address, checked by whoever sends.
  public var url: String
  /// The name to sign in with.
  public var account: String?
  /// What proves who we are there; nil keeps what there is.
  public var token: String?
  /// The project of its tickets; for ServiceNow which of its new records begin an incident, as an encoded query.
  public var project: String?
  /// The type of its tickets, or their table.
  public var type: String?
  /// Whether it tells what is on the record, and not only that there is an incident.
  public var isFull = false
  /// Whether a ticket that begins there begins an incident.
  public var takesIn = false
  /// Which of our fields are which of theirs.
  public var mapping: JSON?

  /// A connector.
  public init(title: String, system: ConnectorSystem, url: String) {
    self.title = title
    self.system = system
    self.url = url
  }
}
