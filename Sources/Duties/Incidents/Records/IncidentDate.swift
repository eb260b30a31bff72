public import Ground

/// One date of an incident as it was written: what it dates, when it was, who wrote it and what shows it.
///
/// A correction is a new event; the value before it stays in the list.
public struct IncidentDate: Sendable, Equatable {
  /// The event of the record.
  public let event: String
  /// What it dates, in words.
  public let words: String
  /// When it was.
  public let at: Effective
  /// The date as its source has it, with its time zone; nil where that was not written down.
  public let asWritten: String?
  /// Records that show it.
  public let shownBy: [String]
  /// When it was written.
  public let recorded: Instant
  /// Who wrote it: key and role.
  public let actor: Actor
  /// Why it was corrected; nil where it corrects nothing.
  public let correction: String?
  /// Whether a later event corrects it.
  public var isCorrected = false

  /// The dates among the events of an incident, in the order in which they were written.
  public static func all(_ events: [(envelope: Envelope, content: JSON?)]) -> [IncidentDate] {
    var dates: [IncidentDate] = []
    for (envelope, content) in events {
      guard dating.contains(envelope.event),
        let event = RecordKind.incident.event(envelope.event)
      else { continue }
      let corrects = content?["corrects"] == .bool(true)
      let was = content?["was"]?.text.flatMap { Effective($0) }
      if corrects,
        let index = dates.lastIndex(where: { date in
          date.event == envelope.event && was.map { $0 == date.at && !date.isCorrected } ?? true
        })
      {
        dates[index].isCorrected = true
      }
      dates.append(
        IncidentDate(
          event: envelope.event, words: event.title, at: envelope.effective,
          asWritten: content?["set"]?["as_written"]?.text,
          shownBy: texts(content?["set"]?["shown_by"]), recorded: envelope.recorded,
          actor: envelope.actor,
          correction: corrects ? content?["reason"]?.text ?? "" : nil))
    }
    return dates
  }

  private static let dating: Set<String> = [
    "incident-received", "incident-occurred", "incident-detected", "deployer-aware",
    "incident-known", "view-formed", "involvement-known", "link-assessed", "incident-considered",
    "initial-report-sent", "intermediate-report-sent", "final-report-sent", "system-report-sent",
    "incident-resolved", "incident-closed",
  ]

  private static func texts(_ value: JSON?) -> [String] {
    guard case .array(let items)? = value else { return [] }
    return items.compactMap(\.text)
  }

  /// `{event, words, at, as_written, shown_by, recorded, by, role, corrected, correction}`.
  public var json: JSON {
    .object([
      ("event", .string(event)), ("words", .string(words)), ("at", .string(at.text)),
      ("as_written", JSON(asWritten)), ("shown_by", JSON(shownBy)),
      ("recorded", .string(recorded.utc)), ("by", .string(actor.id)),
      ("role", .string(actor.role.rawValue)), ("corrected", .bool(isCorrected)),
      ("correction", JSON(correction)),
    ])
  }
}
