public import Duties
public import Ground

/// What another system is told of an incident: no more than its connector allows.
public struct Ticket: Sendable, Equatable {
  /// The name of the incident that the other system keeps: made with the incident, and the same for ever.
  public let correlation: String
  /// What is told, by the names that a mapping uses.
  public let values: [String: String]

  /// What may always be told: that there is an incident, where it stands and where to look.
  public static let neutral: Set = ["title", "text", "link", "stage", "reference"]
  /// What is told only where the whole text may be.
  public static let full: Set = ["outcome", "model", "harm"]

  /// A ticket.
  public init(correlation: String, values: [String: String]) {
    self.correlation = correlation
    self.values = values
  }

  /// What a connector tells of an incident.
  ///
  /// What is open to the people of one incident only, or was obtained under the Act, is never told in full.
  /// - Parameter base: The address of the desk, without a slash at its end; empty where none is configured.
  public init(_ incident: RecordState, isFull: Bool, base: String) {
    let name = Ticket.name(incident.id)
    let link = base.isEmpty ? "" : base + "/records/" + incident.id.text
    var values = [
      "title": name, "reference": name, "link": link, "stage": incident.status ?? "",
      "text": "An incident is on the record." + (link.isEmpty ? "" : " Its page: " + link),
    ]
    if isFull, incident.confidentiality <= .confidential {
      values["title"] = incident.title
      values["text"] = incident.text("narrative") ?? incident.title
      for field in Ticket.full { values[field] = incident.text(field) ?? "" }
    }
    self.init(correlation: Ticket.correlation(incident.id), values: values)
  }

  /// What stands before the key of an incident in the correlation.
  private static let prefix = "systemic-"

  /// The correlation of an incident.
  public static func correlation(_ incident: RecordID) -> String { prefix + incident.key }

  /// The incident of a correlation; nil for any other text.
  public static func incident(of correlation: String) -> RecordID? {
    guard correlation.hasPrefix(prefix) else { return nil }
    return RecordID("incident/" + correlation.dropFirst(prefix.count))
  }

  /// A name that tells nothing: the key in groups of four.
  static func name(_ incident: RecordID) -> String {
    var groups: [String] = []
    var rest = incident.key[...]
    while !rest.isEmpty {
      groups.append(String(rest.prefix(4)))
      rest = rest.dropFirst(4)
    }
    return "Incident " + groups.joined(separator: "-")
  }
}
