@testable import Duties
import Ground
import Rulebook
import TestSupport
import Testing

@Suite("A deadline as a value")
struct DocketValueTests {
  private typealias S = DocketSamples

  @Test("The neutral title and the key follow from the id and tell nothing")
  func neutral() throws {
    let model = S.model([], [("threshold-known", "2026-11-20")])
    let deadline = try #require(S.deadline("ai-act/52/1", model))
    #expect(deadline.title == "Notify the Commission without delay: Aurora 3")
    #expect(deadline.confidentiality == .confidential)
    let digits = deadline.neutralTitle.dropFirst("Regulatory deadline, ".count)
    #expect(deadline.neutralTitle.hasPrefix("Regulatory deadline, "))
    #expect(digits.count == 9 && digits.allSatisfy { $0.isNumber || $0 == "-" })
    #expect(deadline.stableKey.count == 32)
    // FNV-1a with 128 bits of "" and "a", as its draft gives them.
    #expect(String(StableHash.of(""), radix: 16) == "6c62272e07bb014262b821756295c58d")
    #expect(String(StableHash.of("a"), radix: 16) == "d228cb696f1a8caf78912b704e4a8964")
  }

  @Test("An assignment names who looks after a deadline, else the record's owner does")
  func assigned() throws {
    let model = S.model([("owner", .string("person/p7"))], [("placement-planned", "2026-12-01")])
    let assignment = S.record(
      "assignment/a1",
      [
        ("deadline", .string("model/m1:ai-act/53/1/c:1")), ("owner", .string("person/p9")),
      ], [("deadline-assigned", "2026-11-01")])
    let related = DocketRecords(
      provider: S.provider(), models: [model], assignments: [assignment])
    let found = Docket.deadlines(model, related: related, law: S.law, today: S.today)
    #expect(found.first { $0.ruleID == "ai-act/53/1/c" }?.assignedTo == "person/p9")
    #expect(found.first { $0.ruleID == "ai-act/53/1/d" }?.assignedTo == "person/p7")
    let reviewed = S.evidence(
      [
        ("review_by", .string("2026-12-01")), ("reviewer", .string("person/p8")),
        ("duties", JSON(["ai-act/53/1/a", "cop/safety/10.1"])),
      ])
    let review = try #require(S.deadlines(reviewed).first)
    #expect(review.assignedTo == "person/p8")
    #expect(review.linkedRules == ["ai-act/53/1/a", "cop/safety/10.1"] && review.ruleID == nil)
  }

  @Test("Ids are unique in a docket, and many records give what each gives alone")
  func bulk() {
    property(cases: 60) { generator in
      let states = (0..<8).map { DocketValueTests.random(&generator, key: "m\($0)") }
      let related = DocketRecords(provider: S.provider(inUnion: nil), models: states)
      var docket = DocketClock(law: S.law, today: S.today, related: related)
      let together = docket.deadlines(of: states.reversed())
      guard Set(together.map(\.id)).count == together.count else { return "an id occurs twice" }
      guard Set(together.map(\.stableKey)).count == together.count else { return "a key, too" }
      let alone = Docket.inOrder(
        states.flatMap { Docket.deadlines($0, related: related, law: S.law, today: S.today) })
      guard together.map(\.json.compact) == alone.map(\.json.compact) else { return "they differ" }
      let days = together.map { $0.alarmDay?.iso ?? "9999" }
      return days == days.sorted() ? nil : "they are out of order"
    }
  }

  @Test("Whatever happens to a model, no deadline is open without a day, nor late in time")
  func consistency() {
    property(cases: 300) { generator in
      let model = DocketValueTests.random(&generator, key: "m1")
      let today = S.day("2026-01-01").adding(days: generator.int(0...700))
      let provider = S.provider(signatory: generator.pick([true, false, nil]))
      for deadline in S.deadlines(model, provider: provider, today: today) {
        switch deadline.status {
        case .undetermined:
          if deadline.missing.isEmpty { return "nothing is missing: \(deadline.id)" }
        case .overdue:
          guard let day = deadline.statutoryDay, day < today else { return "not over" }
        case .met, .metLate:
          guard let ended = deadline.ended, let day = deadline.statutoryDay else { return "no end" }
          if (ended.day <= day) != (deadline.status == .met) { return "wrong: \(deadline.id)" }
        case .open, .dueSoon, .opensLater, .notApplicable:
          guard deadline.alarmDay != nil || deadline.isClosed else { return "no day" }
        }
        if let alarm = deadline.alarmDay, let binding = deadline.statutoryDay,
          deadline.kind == .notBefore ? alarm < binding : alarm > binding
        {
          return "the day to plan with is not the cautious one: \(deadline.id)"
        }
      }
      return nil
    }
  }

  @Test("A start outside the years that can be counted is undetermined")
  func absurd() throws {
    let model = S.model([("known_since", .string("9998-01-01"))])
    let found = try #require(S.deadline("ai-act/52/1", model))
    #expect(found.status == .undetermined && !found.missing.isEmpty)
  }

  @Test("Events that happened more than once are kept, and survive the cache")
  func earlier() throws {
    var model = S.model([], [("model-report-provided", "2026-03-01")])
    model = S.applying("model-report-provided", "2026-02-01", to: model)
    model = S.applying("model-report-provided", "2026-06-01", to: model)
    #expect(
      model.times("model-report-provided").map(\.text) == [
        "2026-02-01", "2026-03-01", "2026-06-01",
      ])
    model = S.applying("model-report-provided", "2026-05-01", corrects: true, to: model)
    #expect(
      model.times("model-report-provided").map(\.text) == [
        "2026-02-01", "2026-03-01", "2026-05-01",
      ])
    let read = try #require(RecordState(json: model.json))
    #expect(read == model && read.times("model-report-provided").count == 3)
  }

  /// A model to which a few things happened in some order.
  private static func random(_ generator: inout SplitMix64, key: String) -> RecordState {
    let names = [
      "threshold-met", "threshold-known", "commission-notified", "placement-planned",
      "placed-on-market", "model-report-confirmed", "model-report-provided",
      "documentation-drawn-up", "summary-published", "withdrawn", "designated",
    ]
    let base = S.day("2025-06-01")
    let events = (0..<generator.int(0...8)).map { _ in
      (generator.pick(names), base.adding(days: generator.int(0...700)).iso)
    }
    var fields: [(String, JSON)] = []
    if generator.int(0...3) == 0 { fields.append(("open_weights", .null)) }
    if generator.int(0...3) == 0 { fields.append(("signatory", .bool(true))) }
    return S.model(fields, events, key: key)
  }
}
