@testable import Duties
import Ground
import Rulebook
import Testing

@Suite("House rules in the docket")
struct DocketHouseTests {
  private typealias S = DocketSamples

  private func law(_ text: String = DocketHouse.all) throws -> Law {
    Law.at(S.today, overlay: try DocketHouse.overlay(text))
  }

  @Test("Rhythms are there only when the house rules switch them on")
  func rhythms() throws {
    let provider = S.provider(
      [], [("testing-completed", "2026-08-31"), ("records-reviewed", "2026-01-31")])
    let models = [S.model([], [("threshold-met", "2026-01-01")])]
    let off = S.deadlines(provider, models: models)
    #expect(off.allSatisfy { $0.force != .house })
    let found = S.deadlines(provider, models: models, law: try law()).filter { $0.force == .house }
    #expect(
      Set(found.map { $0.ruleID ?? "" })
        == ["house/quarterly-testing", "house/board-report", "house/annual-review"])
    let testing = try #require(found.first { $0.ruleID == "house/quarterly-testing" })
    #expect(testing.alarmDay?.iso == "2026-11-30" && testing.status == .dueSoon)
    #expect(testing.occurrence == 2 && testing.repeats)
    let board = try #require(found.first { $0.ruleID == "house/board-report" })
    #expect(board.status == .undetermined && board.missing == ["board-informed"])
  }

  @Test("A shortened period stands beside the law's own, and the earlier governs")
  func shortened() throws {
    let model = S.model([], [("threshold-known", "2026-11-20")])
    let found = S.deadlines(model, law: try law()).filter { $0.ruleID == "ai-act/52/1" }
    #expect(found.map(\.force) == [.house, .statute])
    #expect(found.map { $0.alarmDay?.iso } == ["2026-11-27", "2026-12-04"])
    #expect(found.map(\.id) == ["model/m1:ai-act/52/1:1:house", "model/m1:ai-act/52/1:1"])
    #expect(found.map(\.governedBy) == [nil, "model/m1:ai-act/52/1:1:house"])
    #expect(found[0].citation?.text == "House rules of Fictional Labs")
    #expect(found[0].basis.contains { $0.contains("itself gives 2 weeks") })
  }

  @Test("Both limits on the Framework are kept, and the earlier governs")
  func framework() throws {
    let events = [
      ("threshold-known", "2026-11-01"), ("commission-notified", "2026-11-10"),
      ("placement-planned", "2026-12-10"),
    ]
    func limits(_ placement: String) -> [String: String?] {
      let model = S.model([], events.dropLast() + [("placement-planned", placement)])
      let found = S.deadlines(model).filter { $0.prepared.clock.group == "framework-confirmed" }
      return Dictionary(uniqueKeysWithValues: found.map { ($0.ruleID ?? "", $0.governedBy) })
    }
    let near = limits("2026-12-10")
    #expect(near["cop/safety/1.1/before-market"] == .some(nil))
    #expect(
      near["cop/safety/1.1/after-notification"] == "model/m1:cop/safety/1.1/before-market:1")
    let far = limits("2027-06-10")
    #expect(far["cop/safety/1.1/after-notification"] == .some(nil))
    #expect(far["cop/safety/1.1/before-market"] == "model/m1:cop/safety/1.1/after-notification:1")
    let confirmed = S.provider([], [("framework-confirmed", "2026-11-15")])
    let met = S.deadlines(S.model([], events), provider: confirmed)
      .filter { $0.prepared.clock.group == "framework-confirmed" }
    #expect(met.allSatisfy { $0.status == .met && $0.governedBy == nil } && met.count == 2)
  }
}
