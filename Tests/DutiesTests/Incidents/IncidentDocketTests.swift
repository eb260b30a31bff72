import Ground
import Rulebook
import TestSupport
import Testing

@testable import Duties

@Suite("The docket of an incident says what its assessment says")
struct IncidentDocketTests {
  private typealias S = DocketSamples

  /// A model with systemic risk that is on the market.
  private static let model = S.model(
    [], [("threshold-met", "2026-01-01"), ("placed-on-market", "2026-03-01")])

  private static func incident(
    _ answers: [(String, JSON)], aware: String?, sent: String? = nil
  ) -> RecordState {
    var events = [("incident-received", "2026-11-01")]
    if let aware { events.append(("involvement-known", aware)) }
    if let sent { events.append(("initial-report-sent", sent)) }
    return S.record(
      "incident/i1",
      [("title", .string("Outage (fictional)")), ("model", .string("model/m1"))] + answers, events)
  }

  private static func deadlines(_ state: RecordState) -> [Deadline] {
    S.deadlines(state, provider: S.provider(), models: [model])
  }

  @Test("Initial reports of random incidents: the same clocks, days and governing one")
  func agreement() throws {
    var random = SplitMix64(seed: 49)
    let names = IncidentQuestion.allCases.map(\.rawValue) + ["infrastructure", "health"]
    for _ in 0..<300 {
      let answers = names.compactMap { name -> (String, JSON)? in
        switch Int.random(in: 0..<5, using: &random) {
        case 0: (name, .string("yes"))
        case 1: (name, .string("no"))
        default: nil
        }
      }
      let day = Day(2026, 11, 1)?.adding(days: Int.random(in: 0..<20, using: &random))
      let state = IncidentDocketTests.incident(answers, aware: try #require(day).iso)
      let assessment = IncidentRecord.assessment(state, law: S.law)
      let open = assessment.clocks.all.filter {
        $0.track == .model && $0.task == .initial
          && ["running", "possible"].contains($0.state.rawValue)
      }
      let listed = IncidentDocketTests.deadlines(state).filter {
        $0.prepared.clock.group == "initial-report" && $0.status != .notApplicable
      }
      let comment: Comment = "\(answers)"
      #expect(Set(open.map(\.id)) == Set(listed.compactMap(\.ruleID)), comment)
      for deadline in listed {
        let clock = try #require(open.first { $0.id == deadline.ruleID })
        #expect(clock.due?.alarmDay == deadline.alarmDay, comment)
        #expect((clock.state == .running) == (deadline.status != .undetermined), comment)
      }
      let governing = listed.first { $0.governedBy == nil && $0.status != .undetermined }
      #expect(assessment.clocks.governs == governing?.ruleID, comment)
    }
  }

  @Test("Without an awareness the report is listed with what is missing, never with a day")
  func noAwareness() throws {
    let state = IncidentDocketTests.incident([("death", .string("yes"))], aware: nil)
    let death = try #require(
      IncidentDocketTests.deadlines(state).first { $0.ruleID == "cop/safety/9.3/death" })
    #expect(death.status == .undetermined && death.alarmDay == nil)
    #expect(death.missing.contains("involvement-known"))
  }

  @Test("A resolution after another report was due does not hide that it was late")
  func lateResolution() throws {
    let answers: [(String, JSON)] = [("death", .string("yes")), ("causal_link", .string("yes"))]
    let sent = S.record(
      "incident/i1",
      [("title", .string("Outage (fictional)")), ("model", .string("model/m1"))] + answers,
      [
        ("incident-received", "2026-09-01"), ("involvement-known", "2026-09-01"),
        ("initial-report-sent", "2026-09-02"),
      ])
    for (resolved, status) in [
      ("2026-09-20", Deadline.Status.notApplicable), ("2026-10-15", .metLate),
    ] {
      let state = S.applying("incident-resolved", resolved, to: sent)
      let next = try #require(
        IncidentDocketTests.deadlines(state).first {
          $0.ruleID == "cop/safety/9.3/intermediate"
        })
      #expect(next.status == status, "\(resolved)")
    }
  }

  @Test("A view that it is not serious ends what is open, and nothing that was answered with yes")
  func considered() throws {
    func status(_ answers: [(String, JSON)]) -> [Deadline.Status] {
      let state = IncidentDocketTests.incident(
        answers + [("outcome", .string("near_miss"))], aware: "2026-11-10")
      return IncidentDocketTests.deadlines(state).filter {
        $0.ruleID == "cop/safety/9.3/death"
      }.map(\.status)
    }
    #expect(status([]) == [.notApplicable])
    #expect(
      status([("death", .string("yes"))]) == [.overdue]
        || status([("death", .string("yes"))]) == [.dueSoon])
  }
}
