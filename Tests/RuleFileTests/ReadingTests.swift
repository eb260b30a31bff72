import Foundation
import Ground
import RuleFile
import TestSupport
import Testing

@Suite("What a rule file says")
struct ReadingTests {
  private let text = """
    checked: 2026-11-20
    documents:
      - {key: act, title: An act, short: Act, force: statute, published: 2024-07-12, number: "1"}
    rules:
      - id: ai-act/1
        kind: duty
        title: A rule
        force: statute
        confidence: primary text read
        for: [provider, commission]
        tier: systemic
        when: {all: [{fact: is-gpai}, {any: [{fact: is-systemic}, {not: {fact: own-system}}]}]}
        versions:
          - from: 2025-08-02
            document: act
            cite: Art. 1
            text: The first version.
            period: {amount: 2, unit: working-days, kind: backward, counting: plain, starts: a day}
          - from: 2026-07-27
            document: act
            cite: Art. 1a
            text: The second version.
            threshold: {quantity: compute, value: 10^25, unit: FLOP, comparison: above}
          - {from: 2028-01-01, document: act, cite: Art. 1b, repealed: yes}
    """

  private func rule() throws -> Rule {
    let file = LawFile.read(text, file: "rule.yaml")
    #expect(file.problems.isEmpty)
    return try #require(file.rules.first?.rule)
  }

  static let days: [(String, String?)] = [
    ("2025-08-01", nil), ("2025-08-02", "Art. 1"), ("2026-07-26", "Art. 1"),
    ("2026-07-27", "Art. 1a"), ("2027-12-31", "Art. 1a"), ("2028-01-01", nil), ("2040-01-01", nil),
  ]

  @Test(
    "On a day the version stands that came last, none before the first or after a repeal",
    arguments: days)
  func version(day: String, cite: String?) throws {
    let rule = try rule()
    #expect(rule.version(on: try #require(Day(iso: day)))?.cite == cite)
  }

  @Test("The next change is the first day of a later version")
  func nextChange() throws {
    let rule = try rule()
    #expect(rule.nextChange(after: try #require(Day(2025, 8, 2)))?.iso == "2026-07-27")
    #expect(rule.nextChange(after: try #require(Day(2026, 7, 27)))?.iso == "2028-01-01")
    #expect(rule.nextChange(after: try #require(Day(2028, 1, 1))) == nil)
  }

  @Test("A period and a threshold are read with all their parts")
  func parts() throws {
    let rule = try rule()
    let period = try #require(rule.versions.first?.period)
    #expect(
      period
        == PeriodRule(
          amount: 2, unit: .workingDays, kind: .backward, counting: .plain, starts: "a day"))
    #expect(period.words == "2 working days")
    #expect(PeriodRule(amount: 1, unit: .months).words == "1 month")
    let threshold = try #require(rule.versions[1].threshold)
    #expect(threshold.comparison == .above)
    #expect(threshold.value == "10^25")
    #expect(rule.audience == [.provider, .commission])
    #expect(rule.tier == .systemic)
  }

  static let conditions: [(gpai: Answer, systemic: Answer, own: Answer, result: Answer)] = [
    (.yes, .yes, .yes, .yes), (.yes, .no, .no, .yes), (.yes, .no, .yes, .no),
    (.no, .yes, .yes, .no), (.yes, .undetermined(["s"]), .yes, .undetermined(["s"])),
    (.yes, .undetermined(["s"]), .no, .yes), (.no, .undetermined(["s"]), .yes, .no),
    (
      .undetermined(["g"]), .undetermined(["s"]), .undetermined(["o"]),
      .undetermined(["g", "s", "o"])
    ),
  ]

  @Test("A condition is answered in three values and names what is missing", arguments: conditions)
  func condition(gpai: Answer, systemic: Answer, own: Answer, result: Answer) throws {
    let condition = try #require(try rule().when)
    let answers = ["is-gpai": gpai, "is-systemic": systemic, "own-system": own]
    #expect(condition.answer(fact: { answers[$0] ?? .no }, rule: { _ in .no }) == result)
  }

  @Test("A rule survives the way through the compiler's JSON")
  func json() throws {
    let rule = try rule()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let data = try encoder.encode(rule)
    let back = try JSONDecoder().decode(Rule.self, from: data)
    #expect(try encoder.encode(back) == data)
    #expect(back.when == rule.when)
    #expect(back.versions.map(\.repealed) == [false, false, true])
  }

  @Test("Every file of the law is read without a problem, together too")
  func theLaw() throws {
    var check = LawCheck()
    let root = "Sources/Rulebook/Law/"
    let folders = Repository.files(in: root, ending: "")
    for folder in folders {
      let names =
        folder.hasSuffix(".yaml")
        ? [root + folder]
        : Repository.files(in: root + folder, ending: ".yaml").map { root + folder + "/" + $0 }
      for name in names {
        let file = LawFile.read(try Repository.text(name), file: name)
        #expect(file.problems.map(\.compilerLine) == [])
        check.add(file)
      }
    }
    #expect(check.problems().map(\.compilerLine) == [])
  }
}
