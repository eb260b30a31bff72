import Duties
import Ground
import Testing

/// A kind with every sort of field and event; its names are fictional.
enum Sample {
  static let kind = RecordKind(
    "sample", "sample",
    fields: [
      RecordField("name", "the name", required: true, example: "Aurora"),
      RecordField("digest", "the digest", fixed: true), RecordField("tokens", "tokens", .amount),
      RecordField("tags", "tags", .list), RecordField("open", "whether it is open", .yesNo),
      RecordField("model", "its model", .record("model")),
    ],
    events: [
      RecordEvent("begun", "begun", begins: true, status: "new"),
      RecordEvent("changed", "changed"), RecordEvent("explained", "explained", needsReason: true),
      RecordEvent("planned", "planned", mayBePlanned: true, status: "planned"),
      RecordEvent("placed", "placed", status: "placed", isOnce: true),
      RecordEvent("updated", "updated", after: ["placed"], status: "updated"),
      RecordEvent("approved", "approved", notAfter: ["refused"], isApproval: true, isOnce: true),
      RecordEvent("refused", "refused", notAfter: ["approved"], status: "refused"),
    ], writers: [.compliance])

  static let today = Day(2026, 11, 20) ?? Day(sinceEpoch: 0)
  static let author = Actor(id: "author", role: .compliance)
  static let other = Actor(id: "other", role: .approver)

  /// The state after events, each decided as a use case would.
  static func state(_ changes: [Change], actor: Actor = author) throws(Problem) -> RecordState? {
    var state: RecordState?
    for change in changes {
      let content = try kind.decide(
        change, on: state, actor: change.event == "approved" ? other : actor, today: today)
      state = kind.applying(
        envelope(change, version: (state?.version ?? 0) + 1, actor), content: content, to: state)
    }
    return state
  }

  static func envelope(_ change: Change, version: Int, _ actor: Actor) -> Envelope {
    Envelope(
      record: RecordID("sample/k3v9qz7d2m5x") ?? RecordID("a/b").unsafelyUnwrapped,
      version: version, event: change.event, effective: change.effective,
      recorded: Instant(startOf: today), actor: actor,
      confidentiality: change.confidentiality ?? .internal)
  }

  static func change(
    _ event: String, _ set: [(String, JSON)] = [], on day: String = "2026-11-01",
    reason: String? = nil, confidentiality: Confidentiality? = nil, corrects: Bool = false
  ) -> Change {
    Change(
      event, set: set, effective: Effective(day) ?? .day(today), reason: reason,
      confidentiality: confidentiality, corrects: corrects)
  }

  static let begun = change("begun", [("name", .string("Aurora")), ("digest", .string("f7"))])
  static let placed = change("placed")
}

@Suite("What may happen to a record")
struct DecideTests {
  typealias Row = (name: String, before: [Change], change: Change, code: String?)

  private static func row(
    _ name: String, _ before: [Change], _ change: Change, _ code: String? = nil
  ) -> Row { (name, before, change, code) }

  static let events: [Row] = [
    row("a record begins", [], Sample.begun),
    row(
      "an event that the kind does not have", [], Sample.change("melted"), "duties.unknown-event"),
    row(
      "something happens before the beginning", [], Sample.change("changed"), "duties.wrong-order"),
    row("it begins twice", [Sample.begun], Sample.begun, "duties.wrong-order"),
    row(
      "an event without the one before", [Sample.begun], Sample.change("updated"),
      "duties.wrong-order"),
    row("an event after the one before", [Sample.begun, Sample.placed], Sample.change("updated")),
    row("once", [Sample.begun], Sample.placed),
    row(
      "twice what happens once", [Sample.begun, Sample.placed], Sample.placed, "duties.wrong-order"),
    row(
      "approved after it was refused", [Sample.begun, Sample.change("refused")],
      Sample.change("approved"), "duties.wrong-order"),
    row(
      "refused after it was approved", [Sample.begun, Sample.change("approved")],
      Sample.change("refused"), "duties.wrong-order"),
    row("today", [Sample.begun], Sample.change("changed", on: "2026-11-20")),
    row("later today", [Sample.begun], Sample.change("changed", on: "2026-11-20T22:59:59Z")),
    row("tomorrow", [Sample.begun], Sample.change("changed", on: "2026-11-21"), "duties.in-future"),
    row(
      "tomorrow in Brussels", [Sample.begun], Sample.change("changed", on: "2026-11-20T23:00:00Z"),
      "duties.in-future"),
    row("a plan for tomorrow", [Sample.begun], Sample.change("planned", on: "2027-11-21")),
    row("before the beginning", [Sample.begun], Sample.change("changed", on: "2020-01-01")),
    row(
      "no reason where one is due", [Sample.begun], Sample.change("explained"), "duties.reason-due"),
    row(
      "a blank reason", [Sample.begun], Sample.change("explained", reason: " \n"),
      "duties.reason-due"),
    row("a reason", [Sample.begun], Sample.change("explained", reason: "new figures")),
    row(
      "a correction", [Sample.begun, Sample.placed],
      Sample.change("placed", reason: "slip", corrects: true)),
    row(
      "a correction without a reason", [Sample.begun, Sample.placed],
      Sample.change("placed", corrects: true), "duties.reason-due"),
    row(
      "a correction of the beginning", [Sample.begun],
      Sample.change("begun", reason: "slip", corrects: true)),
    row(
      "a correction of nothing", [Sample.begun],
      Sample.change("placed", reason: "slip", corrects: true),
      "duties.wrong-order"),
    row(
      "a correction before the beginning", [],
      Sample.change("begun", [("name", .string("x"))], reason: "slip", corrects: true),
      "duties.wrong-order"),
    row(
      "more people may read it, without a reason",
      [Sample.change("begun", [("name", .string("x"))], confidentiality: .secret)],
      Sample.change("changed", confidentiality: .confidential), "duties.reason-due"),
    row(
      "more people may read it, with a reason",
      [Sample.change("begun", [("name", .string("x"))], confidentiality: .secret)],
      Sample.change("changed", reason: "published", confidentiality: .everyone)),
    row(
      "fewer people may read it", [Sample.begun], Sample.change("changed", confidentiality: .secret)
    ),
  ]

  static let fields: [Row] = [
    row(
      "a field that it does not have", [Sample.begun], Sample.change("changed", [("nmae", .null)]),
      "duties.unknown-field"),
    row(
      "a field of another kind", [Sample.begun], Sample.change("changed", [("set", .object([]))]),
      "duties.unknown-field"),
    row("no name at the beginning", [], Sample.change("begun"), "duties.missing-field"),
    row(
      "a null name at the beginning", [], Sample.change("begun", [("name", .null)]),
      "duties.missing-field"),
    row(
      "a blank name", [], Sample.change("begun", [("name", .string(" "))]), "duties.missing-field"),
    row(
      "a name is unset", [Sample.begun], Sample.change("changed", [("name", .null)]),
      "duties.missing-field"),
    row("another field is unset", [Sample.begun], Sample.change("changed", [("tokens", .null)])),
    row(
      "a change without the name", [Sample.begun],
      Sample.change("changed", [("tokens", .string("15T"))])),
    row(
      "a value of another form", [Sample.begun],
      Sample.change("changed", [("open", .string("yes"))]),
      "duties.bad-field"),
    row(
      "a record of another kind", [Sample.begun],
      Sample.change("changed", [("model", .string("person/x"))]),
      "duties.bad-field"),
    row(
      "a field set twice", [Sample.begun],
      Sample.change("changed", [("tokens", .string("1T")), ("tokens", .string("2T"))]),
      "duties.bad-field"),
    row(
      "a fixed field", [Sample.begun], Sample.change("changed", [("digest", .string("f8"))]),
      "duties.fixed-field"),
    row(
      "a fixed field is unset", [Sample.begun], Sample.change("changed", [("digest", .null)]),
      "duties.fixed-field"),
    row(
      "a fixed field in a correction", [Sample.begun],
      Sample.change("begun", [("digest", .string("f8"))], reason: "slip", corrects: true),
      "duties.fixed-field"),
    row(
      "a fixed field with its own value", [Sample.begun],
      Sample.change("changed", [("digest", .string("f7"))])),
    row(
      "a fixed field that was never set", [Sample.change("begun", [("name", .string("x"))])],
      Sample.change("changed", [("digest", .string("f8"))]), "duties.fixed-field"),
  ]

  @Test("A change is decided by the events of the kind", arguments: events.map(\.name))
  func event(name: String) throws {
    try decide(try #require(DecideTests.events.first { $0.name == name }))
  }

  @Test("A change is decided by the fields of the kind", arguments: fields.map(\.name))
  func field(name: String) throws {
    try decide(try #require(DecideTests.fields.first { $0.name == name }))
  }

  private func decide(_ row: Row) throws {
    let before = try Sample.state(row.before)
    let actor = row.change.event == "approved" ? Sample.other : Sample.author
    var code: String?
    do {
      _ = try Sample.kind.decide(row.change, on: before, actor: actor, today: Sample.today)
    } catch { code = error.code }
    #expect(code == row.code, "\(row.name)")
  }

  @Test("Whoever began a record cannot approve it, in no role")
  func approval() throws {
    let state = try Sample.state([Sample.begun])
    for role in Role.allCases {
      let problem = #expect(throws: Problem.self) {
        try Sample.kind.decide(
          Sample.change("approved"), on: state, actor: Actor(id: "author", role: role),
          today: Sample.today)
      }
      #expect(problem?.code == "duties.same-person")
    }
    #expect(throws: Never.self) {
      try Sample.kind.decide(
        Sample.change("approved"), on: state, actor: Sample.other, today: Sample.today)
    }
  }

  @Test("The content of an event says what was set, why, and whether it corrects")
  func content() throws {
    let state = try Sample.state([Sample.begun, Sample.placed])
    let set: [(String, JSON)] = [
      ("tokens", .int(15)), ("tags", .array([.string("a")])), ("open", .null),
    ]
    let content = try Sample.kind.decide(
      Sample.change("placed", set, reason: "slip", corrects: true), on: state, actor: Sample.author,
      today: Sample.today)
    #expect(
      content.compact
        == #"{"set":{"tokens":"15","tags":["a"],"open":null},"reason":"slip","corrects":true}"#)
    let bare = try Sample.kind.decide(
      Sample.change("changed"), on: state, actor: Sample.author, today: Sample.today)
    #expect(bare.compact == #"{"set":{}}"#)
  }
}
