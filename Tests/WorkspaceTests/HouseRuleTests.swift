import Compute
import Duties
import Ground
import RuleFile
import Rulebook
import Testing
import Workspace

@Suite("House rules in an opinion")
struct HouseRuleTests {
  static let text = """
    overlay: Example Labs (fictional)
    switch:
      - {rule: house/early-warning, on: yes}
      - {rule: house/quarterly-testing, on: yes}
    shorten:
      - {rule: 52(1), amount: 7, unit: days, reason: board policy}
    """

  private func law() throws -> Law {
    guard case .success(let overlay) = Overlay.read(Self.text, file: "house.yaml") else {
      throw Problem("test.overlay", what: "the overlay was refused")
    }
    return Law.at(Day(2026, 11, 20)!, overlay: overlay)
  }

  @Test("A shortened period stands beside the statute's and does not take its name")
  func besideStatute() throws {
    let law = try law()
    let opinion = try OpinionWriter.write(
      ModelFile(text: OpinionTests.planned, file: "m.yaml").dossier, law: law)
    let clocks = opinion.clocks.filter { $0.rule == "ai-act/52/1" && $0.start.iso == "2026-11-10" }
    #expect(clocks.map(\.citation.force) == [.statute, .house])
    #expect(clocks.map(\.due.alarmDay.iso) == ["2026-11-24", "2026-11-17"])
    let duty = try #require(opinion.duties.first { $0.entry.id == "ai-act/52/1" })
    #expect(duty.due?.iso == "2026-11-24" && duty.basis.contains("house rules 2026-11-17"))
  }

  @Test("Switched-on duties are listed as house duties")
  func listed() throws {
    let opinion = try OpinionWriter.write(
      ModelFile(text: OpinionTests.planned, file: "m.yaml").dossier, law: law())
    let house = opinion.duties.filter { $0.entry.citation.force == .house }.map(\.entry.id)
    #expect(house == ["house/early-warning", "house/quarterly-testing"])
  }

  @Test("Counting a shortened rule says what the law itself gives")
  func counted() throws {
    let count = try CountPeriod(rule: "52(1)", from: "2026-11-20", law: law())
    #expect(count.force == .house && count.due.alarmDay.iso == "2026-11-27")
    #expect(count.basis.contains { $0.contains("itself gives 2 weeks (statute)") })
  }
}
