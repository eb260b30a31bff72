import Ground
import Rulebook
import TestSupport
import Testing

@testable import Duties

@Suite("Many incidents together")
struct ManyIncidentsTests {
  private typealias S = DocketSamples

  /// Enough for two cores, given in no order, with several models, unknown ones and none, and incidents in each other.
  @Test("The docket of many on two cores is that of each alone", arguments: [7, 51])
  func together(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let models = ManyIncidentsTests.models
    let incidents = (0..<700).map { ManyIncidentsTests.incident($0, &random) }
    let states = ([S.provider(signatory: nil)] + models + incidents).shuffled(using: &random)
    var related = DocketRecords(
      provider: S.provider(signatory: nil), models: models,
      standings: [models[1].id: ModelStanding(thresholdMet: S.day("2026-01-01"))])
    related.holders = Dictionary(incidents.map { ($0.id, $0) }) { $1 }
    related.settled = Set(incidents.filter { $0.id.key.hasSuffix("3") }.map(\.id))
    let clock = DocketClock(law: S.law, today: S.today, related: related)

    let together = await clock.deadlines(ofMany: states) { _ in true }
    var alone: [Deadline] = []
    for state in states {
      // Nothing that was worked out for another one.
      var fresh = clock
      alone += fresh.deadlines(of: state)
    }
    alone = Docket.inOrder(alone)
    #expect(together.count > 1000)
    #expect(together.map(\.json.compact) == alone.map(\.json.compact))

    let open = await clock.deadlines(ofMany: states) { !$0.isClosed }
    #expect(open.map(\.id) == alone.filter { !$0.isClosed }.map(\.id))
  }

  @Test("What is known of incidents with the same answers is forgotten when their model changes")
  func changed() throws {
    let incident = S.record(
      "incident/i1", [("model", .string("model/m1")), ("death", .string("yes"))],
      [("incident-received", "2026-11-01"), ("involvement-known", "2026-11-02")])
    var clock = DocketClock(
      law: S.law, today: S.today,
      related: DocketRecords(provider: S.provider(), models: [ManyIncidentsTests.models[0]]))
    let before = clock.deadlines(of: incident).map(\.id)
    #expect(before.contains { $0.contains("9.3/death") })
    let narrow = S.model([("generality", .string("narrow"))], [("placed-on-market", "2026-03-01")])
    clock.relate(
      DocketRecords(provider: S.provider(), models: [narrow]), portfolio: PortfolioShares())
    let after = clock.deadlines(of: incident).map(\.id)
    #expect(!after.contains { $0.contains("9.3/death") })
  }

  @Test("No clock of an incident starts with an act that shows systemic risk")
  func starts() {
    for clock in Clock.incidents where clock.kind == RecordKind.incident.name {
      #expect(!clock.showsSystemicRisk, "\(clock.key)")
    }
  }

  private static let models: [RecordState] = [
    S.model([], [("threshold-met", "2026-01-01"), ("placed-on-market", "2026-03-01")]),
    S.model([("signatory", .bool(true))], [("placed-on-market", "2025-06-01")], key: "m2"),
    S.model([("generality", .string("narrow"))], [("placed-on-market", "2026-02-01")], key: "m3"),
    S.model([], [("threshold-known", "2026-02-01"), ("model-abandoned", "2026-04-01")], key: "m4"),
  ]

  private static func incident(_ number: Int, _ random: inout SplitMix64) -> RecordState {
    var fields: [(String, JSON)] = [("title", .string("Outage \(number) (fictional)"))]
    let model = Int.random(in: 0..<7, using: &random)
    if model < 6 { fields.append(("model", .string("model/m\(model)"))) }
    for name in ["death", "infrastructure", "health", "causal_link", "high_risk_system"] {
      switch Int.random(in: 0..<4, using: &random) {
      case 0: fields.append((name, .string("yes")))
      case 1: fields.append((name, .string("no")))
      default: break
      }
    }
    if Int.random(in: 0..<5, using: &random) == 0 {
      let other = Int.random(in: 0..<700, using: &random)
      fields.append(("bundled_with", .string("incident/i\(other)")))
    }
    var events = [("incident-received", "2026-10-01")]
    let day = S.day("2026-10-01")
    for event in [
      "involvement-known", "initial-report-sent", "intermediate-report-sent",
      "intermediate-report-sent", "incident-resolved", "final-report-sent",
    ] where Bool.random(using: &random) {
      events.append((event, day.adding(days: Int.random(in: 0..<60, using: &random)).iso))
    }
    return S.record("incident/i\(number)", fields, events)
  }
}
