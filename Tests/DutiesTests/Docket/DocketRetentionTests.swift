@testable import Duties
import Ground
import Rulebook
import Testing

@Suite("Until when a record is kept")
struct DocketRetentionTests {
  private typealias S = DocketSamples

  private func outcome(
    _ state: RecordState, model: RecordState? = nil, provider: RecordState? = S.provider(),
    incidentDay: Day? = nil, law: Law = S.law
  ) -> Retention.Outcome {
    Retention.earliestErasure(
      state, model: model, provider: provider, incidentDay: incidentDay, law: law
    ).outcome
  }

  private static let placed = DocketSamples.model(
    [], [("threshold-met", "2026-01-01"), ("placed-on-market", "2026-03-01")])

  private static let run = DocketSamples.record(
    "training-run/t1", [("model", .string("model/m1")), ("name", .string("pretraining"))],
    [("run-recorded", "2026-01-01")])

  @Test("Ten years after the placing, and the day after the later reading")
  func tenYears() {
    // 1 March 2036 is a Saturday: under the Regulation the period ends on Monday 3 March.
    let day = S.day("2036-03-04")
    for state in [Self.placed, Self.run, S.evidence([("model", .string("model/m1"))])] {
      #expect(outcome(state, model: Self.placed) == .from(day))
    }
  }

  @Test("A model that was not placed keeps its records")
  func notPlaced() {
    let model = S.model([], [("threshold-met", "2026-01-01"), ("placement-planned", "2026-12-01")])
    #expect(outcome(model) == .undetermined(missing: ["placed-on-market"]))
    #expect(outcome(Self.run, model: model) == .undetermined(missing: ["placed-on-market"]))
    #expect(outcome(Self.run) == .undetermined(missing: ["placed-on-market"]))
    let claimed = S.model([("released", .string("2026-01-01"))])
    #expect(outcome(claimed) == .undetermined(missing: ["placed-on-market"]))
  }

  @Test("Unknown facts never shorten: a signature or seat that is unknown keeps as a yes does")
  func unknown() {
    let model = S.model([], [("placed-on-market", "2026-03-01")])
    let provider = S.provider(signatory: nil, inUnion: nil)
    #expect(outcome(model, provider: provider) == .from(S.day("2036-03-04")))
    #expect(outcome(model, provider: nil) == .from(S.day("2036-03-04")))
    let abroad = S.provider(signatory: false, inUnion: false)
    #expect(outcome(model, provider: abroad) == .from(S.day("2036-03-04")))
  }

  @Test("Where no rule surely asks, the answer says so and warns while the model is on the market")
  func none() {
    let provider = S.provider(signatory: false)
    let found = Retention.earliestErasure(Self.placed, model: nil, provider: provider, law: S.law)
    #expect(found.outcome == .noRule && found.day == nil)
    #expect(found.cautions.count == 1)
    #expect(found.lines.allSatisfy { $0.status == .notApplicable })
    let withdrawn = S.applying("withdrawn", "2026-06-01", to: Self.placed)
    #expect(
      Retention.earliestErasure(withdrawn, model: nil, provider: provider, law: S.law).cautions
        .isEmpty)
    #expect(outcome(S.request([("request-received", "2026-01-01")])) == .noRule)
  }

  @Test("Documents of an incident are kept five years from the later day")
  func incident() {
    let early = S.model([], [("threshold-met", "2026-01-01"), ("placed-on-market", "2016-01-04")])
    let paper = S.evidence([("model", .string("model/m1")), ("incident", .string("incident/i1"))])
    #expect(outcome(paper, model: early) == .undetermined(missing: ["the day of incident/i1"]))
    // 15 January 2031 is a Wednesday; 20 June 2031 a Friday; 3 June 2032 a Thursday.
    #expect(
      outcome(paper, model: early, incidentDay: S.day("2025-12-01")) == .from(S.day("2031-01-16")))
    #expect(
      outcome(paper, model: early, incidentDay: S.day("2026-06-20")) == .from(S.day("2031-06-21")))
    let plain = S.evidence([("model", .string("model/m1"))])
    #expect(outcome(plain, model: early) == .from(S.day("2031-01-16")))
  }

  @Test("The lines give rule, citation, force and both readings")
  func lines() throws {
    let found = Retention.earliestErasure(Self.placed, model: nil, provider: nil, law: S.law)
    #expect(
      found.lines.map(\.ruleID) == ["cop/transparency/1.1", "cop/safety/10.1", "ai-act/54/3/b"])
    #expect(found.lines.map(\.force) == [.code, .code, .statute])
    let statute = try #require(found.lines.last)
    #expect(statute.plainDay?.iso == "2036-03-02" && statute.regulationDay?.iso == "2036-03-04")
    #expect(statute.statutoryDay?.iso == "2036-03-04" && statute.kind == .notBefore)
    #expect(found.lines[0].statutoryDay?.iso == "2036-03-02")
    #expect(found.lines.allSatisfy { $0.isRetention && $0.citation != nil })
  }

  @Test("House rules keep longer only when they are switched on, and ends are listed when asked")
  func house() throws {
    let opinion = S.record(
      "opinion/o1", [("model", .string("model/m1")), ("title", .string("Opinion"))],
      [("opinion-drafted", "2026-01-01")])
    let law = Law.at(S.today, overlay: try DocketHouse.overlay(DocketHouse.all))
    func rules(_ law: Law) -> [String?] {
      Retention.earliestErasure(opinion, model: Self.placed, law: law).lines.map(\.ruleID)
    }
    #expect(!rules(S.law).contains("house/notification-retention"))
    #expect(rules(law).contains("house/notification-retention"))
    var docket = DocketClock(
      law: law, today: S.today,
      related: DocketRecords(provider: S.provider(), models: [Self.placed]))
    #expect(docket.deadlines(of: opinion).isEmpty)
    let ends = docket.retentionDeadlines(of: opinion)
    #expect(ends.count == 3 && ends.allSatisfy { $0.kind == .notBefore })
    #expect(Set(ends.map(\.status)) == [.opensLater])
    #expect(ends.first?.id == "opinion/o1:keep/cop/safety/10.1:1")
  }

  @Test("A rule that does not stand on the day is no reason to erase")
  func noLaw() {
    let early = Law.at(S.day("2025-07-01"))
    let missing = ["cop/transparency/1.1", "cop/safety/10.1", "ai-act/54/3/b"]
    #expect(outcome(Self.placed, law: early) == .undetermined(missing: missing))
  }
}
