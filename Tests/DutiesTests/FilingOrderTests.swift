import Ground
import Testing

@testable import Duties

@Suite("The order of the steps of a filing")
struct FilingOrderTests {
  static let author = Actor(id: "author", role: .compliance)
  static let second = Actor(id: "second", role: .counsel)
  static let kinds = RecordKind.all.filter(\.isFiled).map(\.name)

  /// The filing after steps, each decided as the use cases have it decided.
  static func filing(
    _ name: String, _ steps: [(String, String)], by writer: Actor = author
  ) throws -> RecordState {
    let kind = try #require(RecordKind.named(name))
    var state: RecordState?
    for (step, day) in steps {
      let isFirst = state == nil
      var set: [(String, JSON)] = []
      if isFirst {
        set = [("model", .string("model/m1")), ("title", .string("Filing"))]
        if name == "rebuttal" { set.append(("notification", .string("notification/n1"))) }
        if name == "incident-report" {
          set += [("incident", .string("incident/i1")), ("type", .string("initial"))]
        }
      }
      let actor = step == "approved" ? second : writer
      let change = Change(
        name + "-" + step, set: set, effective: Effective(day) ?? .day(DocketSamples.today),
        reason: "because")
      let content = try kind.decide(change, on: state, actor: actor, today: DocketSamples.today)
      let envelope = Envelope(
        record: RecordID(name + "/f1")!, version: (state?.version ?? 0) + 1, event: change.event,
        effective: change.effective, recorded: Instant(startOf: DocketSamples.today), actor: actor,
        confidentiality: .confidential)
      state = kind.applying(envelope, content: content, to: state)
    }
    return try #require(state)
  }

  static let whole = [
    ("drafted", "2026-11-01"), ("sent-for-review", "2026-11-02"), ("approved", "2026-11-03"),
    ("submitted", "2026-11-04"), ("acknowledged", "2026-11-05"),
  ]

  @Test(
    "A filing goes from draft through review and approval to the acknowledgement", arguments: kinds)
  func order(name: String) throws {
    #expect(try FilingOrderTests.filing(name, FilingOrderTests.whole).status == "acknowledged")
  }

  /// Steps so far, the step, whether it may happen.
  static let steps: [([String], String, Bool)] = [
    (["drafted"], "approved", false), (["drafted"], "submitted", false),
    (["drafted"], "changed", true), (["drafted", "sent-for-review"], "changed", false),
    (["drafted", "sent-for-review"], "submitted", false),
    (["drafted", "sent-for-review", "returned"], "changed", true),
    (["drafted", "sent-for-review", "returned"], "approved", false),
    (["drafted", "sent-for-review", "approved"], "changed", false),
    (["drafted", "sent-for-review", "approved"], "submitted", true),
    (["drafted", "sent-for-review", "approved", "approval-withdrawn"], "submitted", false),
    (["drafted", "sent-for-review", "approved", "approval-withdrawn"], "changed", true),
    (["drafted", "sent-for-review", "approved", "submitted"], "submitted", false),
    (["drafted", "sent-for-review", "approved", "submitted"], "given-up", false),
    (["drafted", "sent-for-review", "approved", "submitted"], "approval-withdrawn", false),
    (["drafted", "given-up"], "changed", false), (["drafted"], "acknowledged", false),
  ]

  @Test("A step that the status does not allow is refused", arguments: kinds)
  func refusals(name: String) throws {
    for (before, step, isPossible) in FilingOrderTests.steps {
      let all = (before + [step]).map { ($0, "2026-11-10") }
      let found = Result { try FilingOrderTests.filing(name, all) }
      #expect(((try? found.get()) != nil) == isPossible, "\(before) \(step)")
      if case .failure(let error) = found {
        #expect((error as? Problem)?.code == "duties.wrong-order", "\(before) \(step)")
      }
    }
  }

  @Test("After a withdrawn approval the way to the Commission leads through review again")
  func again() throws {
    let steps = [
      "drafted", "sent-for-review", "approved", "approval-withdrawn", "changed", "sent-for-review",
      "approved", "submitted",
    ].map { ($0, "2026-11-10") }
    #expect(try FilingOrderTests.filing("notification", steps).status == "submitted")
  }

  @Test("A step cannot lie before the one that it follows")
  func earlier() throws {
    var steps = FilingOrderTests.whole
    steps[3].1 = "2026-11-02"
    let problem = #expect(throws: Problem.self) {
      try FilingOrderTests.filing("notification", steps)
    }
    #expect(problem?.code == "duties.wrong-order")
    #expect(problem?.mend.contains("2026-11-03") == true)
  }

  @Test("Neither who began it nor who changed it since approves it", arguments: kinds)
  func samePerson(name: String) throws {
    let kind = try #require(RecordKind.named(name))
    var state = try FilingOrderTests.filing(
      name, [("drafted", "2026-11-01"), ("sent-for-review", "2026-11-02")])
    state.fields["written_by"] = JSON(["author", "third"])
    let change = Change(name + "-approved", effective: .day(DocketSamples.today))
    for (id, code) in [
      ("author", "duties.same-person"), ("third", "duties.same-person"), ("second", nil),
    ] {
      let actor = Actor(id: id, role: .approver)
      let found = Result {
        try kind.decide(change, on: state, actor: actor, today: DocketSamples.today)
      }
      if case .failure(let error) = found {
        #expect((error as? Problem)?.code == code, "\(id)")
      } else {
        #expect(code == nil, "\(id)")
      }
    }
    state.fields["written_by"] = JSON(["author", "local"])
    let problem = #expect(throws: Problem.self) {
      try kind.decide(
        change, on: state, actor: FilingOrderTests.second, today: DocketSamples.today)
    }
    #expect(problem?.code == "duties.author-not-signed-in")
  }

  @Test("What is sent back, withdrawn or given up says why", arguments: kinds)
  func reasons(name: String) throws {
    let kind = try #require(RecordKind.named(name))
    for step in ["returned", "approval-withdrawn", "given-up"] {
      #expect(kind.event(name + "-" + step)?.needsReason == true)
    }
  }
}
