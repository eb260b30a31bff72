public import Duties
public import Ground
public import Rulebook

/// What another system is told of an incident: no more than its connector allows.
public struct Ticket: Sendable, Equatable {
  /// The name of the incident that the other system keeps: made with the incident, and the same for ever.
  public let correlation: String
  /// What is told, by the names that a mapping uses.
  public let values: [String: String]

  /// What may always be told: that there is an incident, where it stands and where to look; where a mapping asks for it,
  /// until when the next report is due.
  public static let neutral: Set = [
    "title", "text", "link", "stage", "reference", "due", "due_moment",
  ]
  /// The last day of the report that governs, and its end as a moment in UTC.
  static let dues: Set = ["due", "due_moment"]
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
  /// - Parameters:
  ///   - connector: To whom it is told.
  ///   - base: The address of the desk, without a slash at its end; empty where none is configured.
  ///   - due: Until when the next report is due, where that is to be told.
  public init(
    _ incident: RecordState, to connector: RecordID, isFull: Bool, base: String,
    due: DueDate? = nil
  ) {
    let name = Ticket.name(incident.id)
    let link = base.isEmpty ? "" : base + "/records/" + incident.id.text
    var values = [
      "title": name, "reference": name, "link": link, "stage": incident.status ?? "",
      "text": "An incident is on the record." + (link.isEmpty ? "" : " Its page: " + link),
    ]
    let isOpen = incident.confidentiality <= .confidential
    if isOpen, let due {
      values["due"] = due.alarmDay.iso
      values["due_moment"] = Ticket.moment(due.alarm)
    }
    if isFull, isOpen {
      values["title"] = incident.title
      values["text"] = incident.text("narrative") ?? incident.title
      for field in Ticket.full { values[field] = incident.text(field) ?? "" }
    }
    self.init(correlation: Correlation(incident.id, connector).text, values: values)
  }

  /// The last second before an end, as ServiceNow writes moments: `2026-12-04 22:59:59` in UTC.
  private static func moment(_ end: Instant) -> String {
    Instant(seconds: end.seconds - 1).utc.replacing("T", with: " ").replacing("Z", with: "")
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
