public import Duties
public import Ground

/// A line of the ledger: what another system keeps about an incident, and what was said last.
public struct TicketEntry: Sendable {
  /// Its record.
  public let state: RecordState

  /// A line.
  public init(_ state: RecordState) { self.state = state }

  /// The incident.
  public var incident: RecordID? { state.text("incident").flatMap { RecordID($0) } }
  /// The connector.
  public var connector: RecordID? { state.text("connector").flatMap { RecordID($0) } }
  /// By what it is asked for there; nil while it is not made.
  public var handle: String? { state.text("handle") }
  /// By what it is known there even when it is moved; nil where that was never told.
  package var lasting: String? { state.text("lasting") }
  /// Other tickets there that carry the same correlation, by their handles; people were told of each.
  var copies: [String] { state.texts("copies") }
  /// Whether it was not found there when it was last looked for.
  package var isGone: Bool { state.status == "gone" }
  /// What was last said of each field.
  public var sent: [String: String] { TicketEntry.texts(state.fields["sent"]) }
  /// What each field was last seen to hold.
  public var seen: [String: String] { TicketEntry.texts(state.fields["seen"]) }
  /// Fields for a person to choose.
  public var conflicts: [TicketConflict] {
    guard case .array(let items)? = state.fields["conflicts"] else { return [] }
    return items.compactMap { TicketConflict($0) }
  }
  /// The moment of the newest message from there.
  var heard: Instant? { state.text("heard").flatMap { Instant($0) } }
  /// Until when somebody is sending it.
  package var claimed: Instant? { state.text("claimed").flatMap { Instant($0) } }

  /// Whether what the other system tells is about the same ticket: copies carry its correlation too.
  func isSame(as incoming: IncomingTicket) -> Bool {
    if let lasting, let other = incoming.lasting { return lasting == other }
    return handle == incoming.handle
  }

  /// Whether it goes by another name there than is written down here.
  package func isRenamed(by incoming: IncomingTicket) -> Bool {
    handle != incoming.handle || (incoming.lasting != nil && lasting != incoming.lasting)
  }

  private static func texts(_ json: JSON?) -> [String: String] {
    guard case .object(let members)? = json else { return [:] }
    var texts: [String: String] = [:]
    for (name, value) in members { if let text = value.text { texts[name] = text } }
    return texts
  }

  /// Texts as they are kept: in one order.
  static func json(_ texts: [String: String]) -> JSON {
    .object(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }
}
