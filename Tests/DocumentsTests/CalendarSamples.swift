@testable import Documents
@testable import Duties
import Ground
import Rulebook

/// Deadlines of fictional records for calendar files.
enum CalendarSamples {
  static let today = Day(2026, 11, 20)!
  static let law = Law.at(today)
  static let now = Instant("2026-11-20T09:00:00+01:00")!
  static let later = Instant("2026-12-01T09:00:00+01:00")!
  static let provider = record(
    "provider/p1", .internal,
    [("name", "Fictional Labs SA"), ("signatory", true), ("established_in_union", true)],
    [("provider-registered", "2026-01-01"), ("framework-confirmed", "2026-11-18")])

  static func record(
    _ id: String, _ confidentiality: Confidentiality, _ fields: [(String, any Sendable)],
    _ events: [(String, String)]
  ) -> RecordState {
    let content = JSON.object([
      (
        "set",
        .object(
          fields.map { name, value in
            (name, (value as? Bool).map { .bool($0) } ?? .string("\(value)"))
          })
      )
    ])
    var state: RecordState?
    for (event, time) in events {
      let envelope = Envelope(
        record: RecordID(id)!, version: (state?.version ?? 0) + 1, event: event,
        effective: Effective(time)!, recorded: now, actor: .system,
        confidentiality: confidentiality)
      state = RecordState.applying(
        envelope, content: state == nil ? content : nil, status: nil, to: state)
    }
    return state!
  }

  static func model(
    _ events: [(String, String)], name: String = "Aurora 3",
    class confidentiality: Confidentiality = .internal, key: String = "m1"
  ) -> RecordState {
    record(
      "model/" + key, confidentiality, [("name", name), ("open_weights", false)],
      [("model-registered", "2026-01-01")] + events)
  }

  static func deadlines(_ states: [RecordState], today: Day = today) -> [Deadline] {
    let models = states.filter { $0.id.kind == "model" }
    var docket = DocketClock(
      law: law, today: today, related: DocketRecords(provider: provider, models: models))
    return docket.deadlines(of: states)
  }

  /// The lines of a file with their folds undone.
  static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).replacing("\r\n ", with: "")
      .split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
  }
}
