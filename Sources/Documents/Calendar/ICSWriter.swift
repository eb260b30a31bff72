public import Duties
public import Ground

/// Writes deadlines as a calendar file that others subscribe to or import.
///
/// An event keeps its identity for as long as its deadline exists. When its content changes, its sequence rises; when its
/// deadline is met or has gone, it is cancelled and stays in the file, since a calendar keeps what merely disappears.
/// Source: RFC 5545; sections 3.8.7.4 for the sequence, 3.8.1.11 for the status.
public struct ICSWriter: Sendable {
  /// When the file is written.
  public var now: Instant
  /// Whether titles and reasons of confidential and narrower records are shown.
  public var reveals: Bool
  /// Whether only days are shown, under neutral titles: for addresses that a calendar service keeps.
  public var isBare = false
  /// The sequence of an event that is new here; one that rises with time holds when the last edition was lost.
  public var firstSequence = 0

  /// Names this program as the maker of a file.
  static let product = "-//Systemic//Docket//EN"

  /// A writer.
  public init(now: Instant, reveals: Bool = false) {
    self.now = now
    self.reveals = reveals
  }

  /// The file, and what it publishes, which the next edition needs.
  ///
  /// Deadlines without a day are left out. The same deadlines after the same `previous` give the same bytes, whatever the
  /// time.
  /// - Parameter previous: what the last edition published: `ICSReader.memory(of:file:)` reads it from that file.
  public func write(
    _ deadlines: [Deadline], previous: [ICSMemory] = []
  ) -> (bytes: [UInt8], memory: [ICSMemory]) {
    let known = Dictionary(previous.map { ($0.uid, $0) }) { first, _ in first }
    var memory: [ICSMemory] = []
    var published: Set<String> = []
    for deadline in deadlines where !deadline.isClosed {
      let uid = ICSEvent.uid(deadline)
      guard let lines = ICSEvent(deadline: deadline, reveals: reveals, isBare: isBare).lines,
        published.insert(uid).inserted
      else { continue }
      memory.append(edition(uid, lines, isCancelled: false, after: known[uid]))
    }
    for gone in previous where published.insert(gone.uid).inserted {
      memory.append(cancelled(gone))
    }
    memory.sort { ($0.content.first ?? "", $0.uid) < ($1.content.first ?? "", $1.uid) }
    return (ICSWriter.bytes(memory), memory)
  }

  private func edition(
    _ uid: String, _ content: [String], isCancelled: Bool, after before: ICSMemory?
  ) -> ICSMemory {
    if let before, before.content == content, before.isCancelled == isCancelled { return before }
    let stamp = ICSText.stamp(now)
    return ICSMemory(
      uid: uid, sequence: max(before.map { $0.sequence + 1 } ?? 0, firstSequence),
      isCancelled: isCancelled,
      stamp: stamp, modified: stamp, content: content)
  }

  /// An event whose deadline is met or has gone, without alarms; what was confidential keeps its day only.
  private func cancelled(_ before: ICSMemory) -> ICSMemory {
    let head = before.content.prefix { $0 != "BEGIN:VALARM" }
    let isWithheld = isBare || head.contains("CLASS:CONFIDENTIAL") && !reveals
    let hidden = ["SUMMARY:", "DESCRIPTION:", "CATEGORIES:", "URL:"]
    var content = isWithheld ? head.filter { !hidden.contains(where: $0.hasPrefix) } : Array(head)
    if isWithheld {
      let neutral = Deadline.neutralTitle(key: String(before.uid.prefix { $0 != "@" }))
      content.insert("SUMMARY:" + ICSText.escaped(neutral), at: min(1, content.count))
    }
    return edition(before.uid, content, isCancelled: true, after: before)
  }

  private static func bytes(_ memory: [ICSMemory]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(512 * (memory.count + 1))
    for line in ICSWriter.opening { ICSText.append(line, to: &text) }
    for event in memory {
      ICSText.append("BEGIN:VEVENT", to: &text)
      ICSText.append("UID:" + event.uid, to: &text)
      ICSText.append("DTSTAMP:" + event.stamp, to: &text)
      ICSText.append("LAST-MODIFIED:" + event.modified, to: &text)
      ICSText.append("SEQUENCE:\(event.sequence)", to: &text)
      ICSText.append("STATUS:" + (event.isCancelled ? "CANCELLED" : "CONFIRMED"), to: &text)
      for line in event.content { ICSText.append(line, to: &text) }
      ICSText.append("END:VEVENT", to: &text)
    }
    ICSText.append("END:VCALENDAR", to: &text)
    return text
  }

  static let opening = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:" + product, "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    "X-WR-CALNAME:Regulatory deadlines",
  ]
}
