@testable import Duties
import Ground
import Rulebook
import Testing

/// Records made by their events, as the journal makes them.
enum DocketSamples {
  static let today = Day(2026, 11, 20)!
  static let law = Law.at(today)

  /// A record; the first event begins it and sets the fields.
  static func record(
    _ id: String, _ fields: [(String, JSON)] = [], _ events: [(String, String)]
  ) -> RecordState {
    var state: RecordState?
    for (event, day) in events {
      state = applying(event, day, set: state == nil ? fields : [], to: state, id: id)
    }
    return state!
  }

  /// The record after one more event; `corrects` replaces the last of its kind.
  static func applying(
    _ event: String, _ time: String, set: [(String, JSON)] = [], corrects: Bool = false,
    to state: RecordState?, id: String? = nil
  ) -> RecordState {
    let record = state?.id ?? RecordID(id!)!
    let kind = RecordKind.named(record.kind)
    let envelope = Envelope(
      record: record, version: (state?.version ?? 0) + 1, event: event,
      effective: Effective(time)!, recorded: Instant(seconds: 1_790_000_000),
      actor: Actor(id: "local", role: .localOperator),
      confidentiality: kind?.confidentiality ?? .internal)
    let content = JSON.object([("set", .object(set)), ("corrects", .bool(corrects))])
    return RecordState.applying(
      envelope, content: content, status: kind?.event(event)?.status, to: state)
  }

  /// A fictional model; its name, and closed weights, unless said otherwise.
  static func model(
    _ fields: [(String, JSON)] = [], _ events: [(String, String)] = [], key: String = "m1"
  ) -> RecordState {
    let named = [("name", JSON.string("Aurora 3")), ("open_weights", .bool(false))]
    return record(
      "model/" + key, named + fields, [("model-registered", "2025-09-01")] + events)
  }

  /// A fictional provider, signatory and established in the Union unless said otherwise.
  static func provider(
    signatory: Bool? = true, inUnion: Bool? = true, _ fields: [(String, JSON)] = [],
    _ events: [(String, String)] = []
  ) -> RecordState {
    var all: [(String, JSON)] = [("name", .string("Fictional Labs SA"))] + fields
    if let signatory { all.append(("signatory", .bool(signatory))) }
    if let inUnion { all.append(("established_in_union", .bool(inUnion))) }
    return record("provider/p1", all, [("provider-registered", "2025-09-01")] + events)
  }

  static func request(
    _ events: [(String, String)], fields: [(String, JSON)] = []
  ) -> RecordState {
    record(
      "downstream-request/r1",
      [("model", .string("model/m1")), ("title", .string("Context window"))] + fields, events)
  }

  static func evidence(
    _ fields: [(String, JSON)] = [], _ events: [(String, String)] = []
  ) -> RecordState {
    record(
      "evidence/e1", [("title", .string("Evaluation report"))] + fields,
      [("evidence-added", "2026-01-15")] + events)
  }

  static func deadlines(
    _ state: RecordState, provider: RecordState? = provider(), models: [RecordState] = [],
    standings: [RecordID: ModelStanding] = [:], law: Law = law, today: Day = today
  ) -> [Deadline] {
    let own = state.id.kind == "model" ? [state] : []
    return Docket.deadlines(
      state,
      related: DocketRecords(provider: provider, models: own + models, standings: standings),
      law: law, today: today)
  }

  /// The deadline of a rule, or of a key where it has no rule.
  static func deadline(
    _ key: String, _ state: RecordState, provider: RecordState? = provider(),
    models: [RecordState] = [], law: Law = law, today: Day = today
  ) -> Deadline? {
    deadlines(state, provider: provider, models: models, law: law, today: today)
      .first { $0.prepared.clock.key == key && !$0.isShortened }
  }

  static func day(_ text: String) -> Day { Day(iso: text)! }
}
