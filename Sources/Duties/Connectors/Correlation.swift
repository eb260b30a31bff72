public import Ground

/// The name under which another system knows an incident: made from the incident and the connector, and the same for ever.
///
/// Two connectors to one project have names of their own, so that neither takes the other's ticket for its own.
public struct Correlation: Hashable, Sendable {
  /// The incident.
  public let incident: RecordID
  /// The connector that keeps the ticket.
  public let connector: RecordID

  /// What all tickets of ours are marked with, where a system has labels.
  public static let label = "systemic"
  /// What stands before the keys.
  public static let prefix = "systemic-"

  /// The name of an incident for a connector.
  public init(_ incident: RecordID, _ connector: RecordID) {
    self.incident = incident
    self.connector = connector
  }

  /// A name as another system shows it; nil for any other text.
  public init?(_ text: String) {
    guard text.hasPrefix(Correlation.prefix), let last = text.lastIndex(of: "-"),
      let incident = RecordID("incident/" + text[..<last].dropFirst(Correlation.prefix.count)),
      let connector = RecordID("connector/" + text[text.index(after: last)...])
    else { return nil }
    self.init(incident, connector)
  }

  /// `systemic-INCIDENT-CONNECTOR`, by their keys.
  public var text: String { "\(Correlation.prefix)\(incident.key)-\(connector.key)" }
}
