import Ground
import RuleFile
import Rulebook
import TestSupport
import Testing
import Workspace

@Suite("When a period ends, as it is asked")
struct PeriodQuestionTests {
  private let law = Law.at(Law.checked)

  @Test(
    "A rule is found by how people write it, and the answer names basis, force and both readings")
  func rule() throws {
    let answer = try CountPeriod(rule: "art 52(1)", from: "2026-12-12", law: law).json
    #expect(answer["rule"] == .string("ai-act/52/1"))
    #expect(answer["force"] == .string("statute"))
    #expect(answer["kind"] == .string("deadline"))
    #expect(answer["plain"] == .string("2026-12-27T00:00:00+01:00"))
    #expect(answer["regulation_1182_71"] == .string("2027-01-05T00:00:00+01:00"))
    #expect(answer["alarm"] == .string("2026-12-27T00:00:00+01:00"))
    #expect(answer["plain_last_day"] == .string("2026-12-26"))
    #expect(answer["regulation_1182_71_last_day"] == .string("2027-01-04"))
    #expect(answer["time_zone"] == .string("Europe/Brussels"))
  }

  @Test(
    "A period of the Code says that Regulation 1182/71 is unsettled for it, a derived calendar that it is"
  )
  func basis() throws {
    let code = try CountPeriod(rule: "cop/safety/9.3/infrastructure", from: "2026-11-20", law: law)
    #expect(code.basis.contains { $0.contains("unsettled") })
    #expect(code.basis.contains { $0.contains("derived") })
    let statute = try CountPeriod(rule: "52(1)", from: "2026-11-20", calendar: "BE", law: law)
    #expect(!statute.basis.contains { $0.contains("unsettled") })
  }

  static let words: [(String, String)] = [
    ("2 weeks", "2026-12-04"), ("1 week", "2026-11-27"), ("14 days", "2026-12-04"),
    ("5 working days", "2026-11-27"), ("5 business days", "2026-11-27"),
    ("1 working day", "2026-11-23"), ("48 hours", "2026-11-21"), ("1 month", "2026-12-20"),
    ("1 year", "2027-11-20"), ("2-weeks", "2026-12-04"), ("2 Weeks", "2026-12-04"),
  ]

  @Test("A free period is read as people write it", arguments: words)
  func free(text: String, last: String) throws {
    let answer = try CountPeriod(period: text, backward: false, from: "2026-11-20", law: law)
    #expect(answer.due.plainLastDay.iso == last)
    #expect(answer.json["rule"] == .null)
  }

  static let refused: [(String, String, String, String)] = [
    ("two weeks", "2026-11-20", "commission", "workspace.not-a-period"),
    ("0 days", "2026-11-20", "commission", "workspace.not-a-period"),
    ("2 fortnights", "2026-11-20", "commission", "workspace.not-a-period"),
    ("2", "2026-11-20", "commission", "workspace.not-a-period"),
    ("", "2026-11-20", "commission", "workspace.not-a-period"),
    ("99999999999999999999 days", "2026-11-20", "commission", "workspace.not-a-period"),
    ("2 days", "2026-11-31", "commission", "workspace.not-a-time"),
    ("2 days", "2027-03-28T02:30", "commission", "workspace.not-a-time"),
    ("2 days", "2026-11-20", "XX", "workspace.unknown-calendar"),
    ("9000 years", "2026-11-20", "commission", "workspace.out-of-range"),
    ("2 days", "0001-01-01", "commission", "workspace.out-of-range"),
  ]

  @Test("What is no period, no time, no calendar or out of range is refused", arguments: refused)
  func refusal(period: String, time: String, calendar: String, code: String) {
    let problem = #expect(throws: Problem.self) {
      try CountPeriod(period: period, backward: false, from: time, calendar: calendar, law: law)
    }
    #expect(problem?.code == code)
  }

  @Test(
    "A negative period and one that ends behind the year 9999 are refused",
    arguments: ["-1 days", "9000 years", "20000 years"])
  func refusedToo(period: String) {
    #expect(throws: Problem.self) {
      try CountPeriod(period: period, backward: false, from: "2026-11-20", law: law)
    }
  }

  static let rules: [(String, String)] = [
    ("51(2)", "workspace.no-period"), ("111(3)", "workspace.no-period"),
    ("999", "workspace.unknown-rule"),
  ]

  @Test("A rule without a period and a rule that does not exist are told apart", arguments: rules)
  func noPeriod(spelling: String, code: String) {
    let problem = #expect(throws: Problem.self) {
      try CountPeriod(rule: spelling, from: "2026-11-20", law: law)
    }
    #expect(problem?.code == code)
  }

  @Test("A rule that did not apply yet is refused with its first day")
  func notYet() throws {
    let early = Law.at(try #require(Day(2025, 7, 1)))
    let problem = #expect(throws: Problem.self) {
      try CountPeriod(rule: "52(1)", from: "2025-07-01", law: early)
    }
    #expect(problem?.code == "workspace.no-such-rule-then")
    #expect(problem?.why.contains("2025-08-02") == true)
  }

  @Test("The key dates come in order and are those that were recorded")
  func timeline() throws {
    let entries = ListRules.timeline(law)
    #expect(entries.map(\.day) == entries.map(\.day).sorted())
    let lines = entries.map { "\($0.day.iso)  \($0.provision.rule.id)  \($0.provision.rule.title)" }
    try expectGolden(lines.joined(separator: "\n") + "\n", "timeline.txt")
  }

  @Test(
    "A list for providers of systemic models on the first day of Chapter V holds their duties, not later ones"
  )
  func list() throws {
    let first = Law.at(try #require(Day(2025, 8, 2)))
    let ids = Set(
      ListRules(law: first, audience: .provider, tier: .systemic).provisions.map(\.rule.id))
    #expect(ids.isSuperset(of: ["ai-act/52/1", "ai-act/53/1/a", "ai-act/55/1/c"]))
    #expect(!ids.contains("ai-act/101/1") && !ids.contains("ai-act/91/5"))
    let plain = Set(
      ListRules(law: first, audience: .provider, tier: .gpai).provisions.map(\.rule.id))
    #expect(plain.contains("ai-act/53/1/a") && !plain.contains("ai-act/55/1/c"))
  }
}
