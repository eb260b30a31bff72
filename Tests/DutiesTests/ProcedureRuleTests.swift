import Compute
import Ground
import Rulebook
import Testing

@testable import Duties

@Suite("The rules of the procedure before the Commission")
struct ProcedureRuleTests {
  @Test(
    "A figure with two significant figures never hides on which side of the threshold it lies",
    arguments: [
      ("11064000000000000000000000", "1.1×10^25 FLOP"),
      ("10000000000000000000000001", "above 10^25; rounds to 1.0×10^25 FLOP"),
      ("10499999999999999999999999", "above 10^25; rounds to 1.0×10^25 FLOP"),
      ("10500000000000000000000000", "1.1×10^25 FLOP"),
      ("10000000000000000000000000", "1.0×10^25 FLOP"),
      ("9999999999999999999999999", "not above 10^25; rounds to 1.0×10^25 FLOP"),
      ("9950000000000000000000000", "not above 10^25; rounds to 1.0×10^25 FLOP"),
      ("9949999999999999999999999", "9.9×10^24 FLOP"), ("23", "2.3×10^1 FLOP"),
    ])
  func figures(digits: String, words: String) throws {
    let count = try #require(UInt128(digits))
    let reported = ReportedCompute(FLOP(count))
    #expect(reported.words == words)
    #expect(reported.flop.digits == digits, "the exact figure stays beside it")
  }

  private static func designated(
    _ day: String, under basis: String = "52(4)", maintained: String? = nil
  ) -> RecordState {
    DocketSamples.model(
      [("designated_under", .string(basis))],
      [("designated", day)] + (maintained.map { [("designation-maintained", $0)] } ?? []))
  }

  /// Designation, maintaining decision, first day: Saturdays, holidays and short months move it.
  static let periods: [(String, String?, String)] = [
    // 15 June 2026 ends on Monday 14 December; six months after 15 June end on Tuesday 15 December.
    ("2026-06-15", nil, "2026-12-16"),
    // Six months after 31 August have no 31st: the last day of February, a Sunday, moves to Monday.
    ("2025-08-31", nil, "2026-03-03"),
    // Six months after 20 June end on Sunday 20 December 2026, which moves to Monday.
    ("2026-06-20", nil, "2026-12-22"),
    ("2025-09-01", "2026-03-10", "2026-09-11"),
  ]

  @Test("A reassessment may be requested after six months, one day early is refused with the day")
  func periods() throws {
    for (day, maintained, first) in ProcedureRuleTests.periods {
      let rule = try ReassessmentRule(
        ProcedureRuleTests.designated(day, maintained: maintained), law: DocketSamples.law)
      #expect(rule.alarmDay.iso == first, "\(day) \(maintained ?? "")")
      #expect(rule.statutoryDay <= rule.alarmDay)
      #expect(rule.rule == (maintained == nil ? "ai-act/52/5" : "ai-act/52/5/maintained"))
      try rule.check(sentOn: rule.alarmDay)
      let problem = #expect(throws: Problem.self) {
        try rule.check(sentOn: rule.alarmDay.adding(days: -1))
      }
      #expect(problem?.code == "duties.too-early")
      #expect(problem?.what.contains(first) == true && problem?.mend.contains(first) == true)
    }
  }

  @Test(
    "Only a designation under Art. 52(4) opens a reassessment",
    arguments: [("52(4)", true), ("52(1)", false), ("", false)])
  func designation(basis: String, opens: Bool) {
    let model = ProcedureRuleTests.designated("2026-01-15", under: basis)
    let rule = Result { try ReassessmentRule(model, law: DocketSamples.law) }
    #expect(((try? rule.get()) != nil) == opens)
    if case .failure(let error) = rule {
      #expect((error as? Problem)?.code == "duties.not-designated")
    }
    let never = DocketSamples.model([("designated_under", .string("52(4)"))])
    #expect(throws: Problem.self) { try ReassessmentRule(never, law: DocketSamples.law) }
  }

  @Test(
    "Reasons are new when they arose since the designation",
    arguments: [
      ("2026-01-14", "duties.reason-not-new"), ("2026-01-15", nil), ("2026-03-01", nil),
    ])
  func reasons(day: String, code: String?) throws {
    let rule = try ReassessmentRule(
      ProcedureRuleTests.designated("2026-01-15"), law: DocketSamples.law)
    let reason = NewReason(reason: "Retired", detail: "report", since: DocketSamples.day(day))
    let found = Result { try rule.check([reason]) }
    if case .failure(let error) = found {
      #expect((error as? Problem)?.code == code)
    } else {
      #expect(code == nil)
    }
    let none = #expect(throws: Problem.self) { try rule.check([]) }
    #expect(none?.code == "duties.no-reasons")
  }

  @Test(
    "A reason without detail or day cannot be read",
    arguments: [
      #"{"reason":"a","detail":"b"}"#, #"{"reason":"a","detail":" ","since":"2026-01-01"}"#,
      #"{"reason":"","detail":"b","since":"2026-01-01"}"#,
      #"{"reason":"a","detail":"b","since":"2026-02-30"}"#, #""text""#,
    ])
  func unreadable(text: String) throws {
    let json = JSON.array([try JSON(parsing: text.utf8, file: "test")])
    let problem = #expect(throws: Problem.self) { try NewReason.read(json) }
    #expect(problem?.code == "duties.bad-reason")
    #expect(try NewReason.read(nil).isEmpty)
  }

  private func rebuttal(_ fields: [String]) -> RecordState {
    DocketSamples.record(
      "rebuttal/r1", fields.map { ($0, .string("text")) }, [("rebuttal-drafted", "2026-11-01")])
  }

  @Test(
    "Arguments need substance, and mitigations are none",
    arguments: [
      (["arguments", "capabilities"], nil), (["arguments"], "duties.no-arguments"),
      (["mitigations"], "duties.mitigations-only"), ([], "duties.no-arguments"),
      (["capabilities", "mitigations"], "duties.no-arguments"),
      (["arguments", "capabilities", "mitigations"], nil),
    ])
  func arguments(fields: [String], code: String?) {
    let found = Result { try RebuttalRule.checkArguments(rebuttal(fields)) }
    if case .failure(let error) = found {
      #expect((error as? Problem)?.code == code)
    } else {
      #expect(code == nil)
    }
  }

  @Test(
    "Arguments go with a notification that was not sent",
    arguments: [("draft", true), ("submitted", false), ("given up", false)])
  func late(status: String, isOpen: Bool) throws {
    let events =
      ["draft": [], "submitted": ["notification-submitted"], "given up": ["notification-given-up"]]
    let notification = DocketSamples.record(
      "notification/n1", [],
      [("notification-drafted", "2026-11-01")]
        + (events[status] ?? []).map { ($0, "2026-11-02") })
    let found = Result { try RebuttalRule.checkOpen(notification) }
    #expect(((try? found.get()) != nil) == isOpen)
    let draft = rebuttal([])
    #expect(throws: Problem.self) { try RebuttalRule.checkSettled([draft]) }
    try RebuttalRule.checkSettled([])
  }

  @Test("A mandate holds every task of Art. 54(3) and its document")
  func mandate() throws {
    let tasks = MandateTask.allCases.map { ($0.rawValue, JSON.bool(true)) }
    func draft(_ fields: [(String, JSON)]) -> RecordState {
      DocketSamples.record("mandate/m1", fields, [("mandate-drafted", "2026-11-01")])
    }
    let document = [("document", JSON.string("evidence/e1"))]
    try MandateTask.checkSignature(of: draft(tasks + document))
    for index in tasks.indices {
      var fewer = tasks
      fewer.remove(at: index)
      let problem = #expect(throws: Problem.self) {
        try MandateTask.checkSignature(of: draft(fewer + document))
      }
      #expect(problem?.code == "duties.mandate-incomplete")
      #expect(problem?.what.contains(MandateTask.allCases[index].words) == true)
    }
    #expect(throws: Problem.self) { try MandateTask.checkSignature(of: draft(tasks)) }
    for task in MandateTask.allCases { #expect(DocketSamples.law.citation(task.rule) != nil) }
  }

  @Test(
    "A mandate is asked of providers outside the Union only",
    arguments: [(true, "duties.mandate-not-asked"), (false, nil), (nil, nil)] as [(Bool?, String?)])
  func asked(inUnion: Bool?, code: String?) {
    let provider = DocketSamples.provider(inUnion: inUnion)
    let found = Result { try MandateTask.checkAsked(of: provider) }
    if case .failure(let error) = found {
      #expect((error as? Problem)?.code == code)
    } else {
      #expect(code == nil)
    }
  }

  @Test("A mandate signed after a model was placed on the market is cautioned, not refused")
  func lateMandate() {
    let placed = DocketSamples.model([], [("placed-on-market", "2026-10-01")])
    #expect(MandateTask.caution(signed: DocketSamples.day("2026-09-30"), models: [placed]) == nil)
    #expect(MandateTask.caution(signed: DocketSamples.day("2026-10-01"), models: [placed]) != nil)
  }

  @Test("To notify again is asked by the Guidelines after an acceptance, else by nobody")
  func renotification() {
    let plain = RenotificationRule(DocketSamples.model(), law: DocketSamples.law)
    #expect(plain.force == .house && plain.citation == nil)
    let accepted = DocketSamples.model(
      [], [("commission-notified", "2026-01-01"), ("arguments-accepted", "2026-03-01")])
    let asked = RenotificationRule(accepted, law: DocketSamples.law)
    #expect(asked.force == .guideline && asked.citation?.id == "guidelines/40/re-notification")
  }

  @Test("The docket says where a notification and the classification contradict each other")
  func contradiction() {
    let model = DocketSamples.model([], [("commission-notified", "2026-01-10")])
    func notes(_ standing: ModelStanding?) -> Bool {
      DocketSamples.deadlines(
        model, standings: standing.map { [model.id: $0] } ?? [:]
      ).contains { $0.basis.contains { $0.contains("contradict") } }
    }
    #expect(notes(ModelStanding(isGeneralPurpose: .yes, isSystemic: .no)))
    #expect(!notes(ModelStanding(isGeneralPurpose: .yes, isSystemic: .yes)))
    #expect(!notes(nil))
  }

  @Test("A designation that the Commission ended opens no clock any more")
  func ended() {
    let fields: [(String, JSON)] = [("designated_under", .string("52(4)"))]
    let first = DocketSamples.model(fields, [("designated", "2026-01-15")])
    #expect(DocketSamples.deadline("ai-act/52/5", first) != nil)
    let ended = DocketSamples.model(
      fields, [("designated", "2026-01-15"), ("designation-ended", "2026-10-01")])
    #expect(DocketSamples.deadline("ai-act/52/5", ended) == nil)
  }
}
