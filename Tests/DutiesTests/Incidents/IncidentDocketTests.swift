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

  @Test("What was known before the duty applied is never overdue, as in the assessment")
  func knownBefore() throws {
    let answers: [(String, JSON)] = [("death", .string("yes")), ("causal_link", .string("yes"))]
    func found(_ aware: String) -> [String: Deadline] {
      let state = S.record(
        "incident/i1",
        [("title", .string("Outage (fictional)")), ("model", .string("model/m1"))] + answers,
        [
          ("incident-received", aware), ("involvement-known", aware),
          ("incident-resolved", "2025-09-20"),
        ])
      let all = IncidentDocketTests.deadlines(state).map { ($0.ruleID ?? $0.id, $0) }
      return Dictionary(all) { first, _ in first }
    }
    // Chapter V applies from 2 August 2025 (Art. 113, third paragraph, point (b)).
    let before = found("2025-08-01")
    let initial = try #require(before["cop/safety/9.3/death"])
    #expect(initial.status == .notApplicable && initial.governedBy == nil)
    #expect(initial.basis.contains { $0.contains("not owed yet") && $0.contains("2025-08-02") })
    let final = try #require(before["cop/safety/9.3/final"])
    #expect(final.status == .undetermined && final.missing.count == 1)
    #expect(final.basis.contains { $0.contains("not settled") && $0.contains("2025-08-02") })

    let after = found("2025-08-02")
    #expect(after["cop/safety/9.3/death"]?.status == .overdue)
    #expect(after["cop/safety/9.3/final"]?.status == .overdue)
    #expect(after["cop/safety/9.3/final"]?.missing.isEmpty == true)
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

  @Test("An intermediate report that came late stays on the docket when the next clock runs")
  func lateRounds() throws {
    let answers: [(String, JSON)] = [("death", .string("yes")), ("causal_link", .string("yes"))]
    let state = S.record(
      "incident/i1",
      [("title", .string("Outage (fictional)")), ("model", .string("model/m1"))] + answers,
      [
        ("incident-received", "2026-06-01"), ("involvement-known", "2026-06-01"),
        ("initial-report-sent", "2026-06-02"), ("intermediate-report-sent", "2026-07-20"),
        ("intermediate-report-sent", "2026-08-10"), ("intermediate-report-sent", "2026-11-10"),
      ])
    let rounds = IncidentDocketTests.deadlines(state).filter {
      $0.ruleID == "cop/safety/9.3/intermediate"
    }.sorted { $0.occurrence < $1.occurrence }
    // Four weeks after 2 June and after 10 August; the one after 20 July came in time.
    #expect(rounds.map(\.alarmDay?.iso) == ["2026-06-30", "2026-09-07", "2026-12-08"])
    #expect(rounds.map(\.status) == [.metLate, .metLate, .dueSoon])
    #expect(rounds.map(\.ended?.day.iso) == ["2026-07-20", "2026-11-10", nil])
    #expect(rounds.map(\.occurrence) == [2, 4, 5])
    #expect(Set(rounds.map(\.id)).count == 3)
    // The first was under its number while it was open, so that a calendar knows it again.
    let before = S.record(
      "incident/i1",
      [("title", .string("Outage (fictional)")), ("model", .string("model/m1"))] + answers,
      [
        ("incident-received", "2026-06-01"), ("involvement-known", "2026-06-01"),
        ("initial-report-sent", "2026-06-02"),
      ])
    let open = IncidentDocketTests.deadlines(before).first {
      $0.ruleID == "cop/safety/9.3/intermediate"
    }
    #expect(open?.id == rounds[0].id && open?.status == .overdue)
    // What was resolved before the report was due, and came up again, left nothing to be late with.
    let resolved = S.applying("incident-resolved", "2026-06-20", to: state)
    let left = IncidentDocketTests.deadlines(resolved).filter {
      $0.ruleID == "cop/safety/9.3/intermediate" && $0.status == .metLate
    }
    #expect(!left.contains { $0.occurrence == 2 })
  }

  @Test(
    "For a model placed before Chapter V applied the docket says that it is open whether a report is owed yet",
    arguments: [("2025-07-01", true), ("2025-08-01", true), ("2025-08-02", false)])
  func placedEarlier(placed: String, isOpen: Bool) throws {
    let state = IncidentDocketTests.incident(
      [("death", .string("yes")), ("causal_link", .string("yes"))], aware: "2026-11-12",
      sent: "2026-11-13")
    let model = S.model([], [("threshold-met", "2026-01-01"), ("placed-on-market", placed)])
    let found = S.deadlines(state, provider: S.provider(), models: [model])
    for deadline in found {
      let id = deadline.ruleID ?? ""
      let isOfModel = id.hasPrefix("cop/safety/9.3") || id == "incident/clock"
      #expect((deadline.transitionWords != nil) == (isOpen && isOfModel), "\(id)")
    }
    #expect(
      found.contains {
        $0.ruleID == "cop/safety/9.3/intermediate" && $0.status == .open || $0.status == .dueSoon
      })
    let later = S.record(
      "incident/i1",
      [
        ("title", .string("Outage (fictional)")), ("model", .string("model/m1")),
        ("death", .string("yes")), ("causal_link", .string("yes")),
      ], [("incident-received", "2027-08-02"), ("involvement-known", "2027-08-02")])
    let after = S.deadlines(
      later, provider: S.provider(), models: [model], today: try #require(Day(2027, 8, 3)))
    #expect(after.contains { $0.ruleID == "cop/safety/9.3/death" && $0.transitionWords == nil })
    if isOpen {
      let words = try #require(found.lazy.compactMap(\.transitionWords).first)
      #expect(words.contains("Art. 111(3)") && words.contains("2027-08-02"))
    }
  }

  @Test(
    "A view that it is not serious ends what is open once it is confirmed, and nothing answered with yes"
  )
  func considered() throws {
    func status(_ answers: [(String, JSON)], isConfirmed: Bool) -> [Deadline.Status] {
      let state = IncidentDocketTests.incident(
        answers + [("outcome", .string("near_miss"))], aware: "2026-11-10")
      var related = DocketRecords(provider: S.provider(), models: [IncidentDocketTests.model])
      if isConfirmed { related.settled = [state.id] }
      return Docket.deadlines(state, related: related, law: S.law, today: S.today).filter {
        $0.ruleID == "cop/safety/9.3/death"
      }.map(\.status)
    }
    #expect(status([], isConfirmed: false) == [.undetermined])
    #expect(status([], isConfirmed: true) == [.notApplicable])
    let decided = status([("death", .string("yes"))], isConfirmed: true)
    #expect(decided == [.overdue] || decided == [.dueSoon])
  }

  @Test("Whether or not somebody signed, one of the two texts binds: its day is never left open")
  func unknownSignatory() throws {
    let state = IncidentDocketTests.incident(
      [("infrastructure", .string("yes")), ("causal_link", .string("suspected"))],
      aware: "2026-11-10")
    let listed = S.deadlines(
      state, provider: S.provider(signatory: nil), models: [IncidentDocketTests.model])
    let code = try #require(listed.first { $0.ruleID == "cop/safety/9.3/infrastructure" })
    #expect(code.status == .undetermined && code.missing.contains("signatory"))
    let other = try #require(listed.first { $0.id.contains("incident/clock/infrastructure") })
    #expect(other.status == .overdue && other.alarmDay?.iso == "2026-11-12")
  }

  @Test(
    "Incidents that lead back to each other have deadlines; one that leads to them has theirs",
    arguments: [2, 3, 5])
  func circle(of count: Int) throws {
    func moved(_ name: Int, into other: Int) -> RecordState {
      S.record(
        "incident/i\(name)",
        [
          ("title", .string("Report (fictional)")), ("model", .string("model/m1")),
          ("death", .string("yes")), ("merged_into", .string("incident/i\(other)")),
        ],
        [
          ("incident-received", "2026-11-01"), ("involvement-known", "2026-11-02"),
          ("incident-merged", "2026-11-03"),
        ])
    }
    let circle = (0..<count).map { moved($0, into: ($0 + 1) % count) }
    let outside = moved(count, into: 0)
    var related = DocketRecords(provider: S.provider(), models: [IncidentDocketTests.model])
    related.holders = Dictionary(circle.map { ($0.id, $0) }) { $1 }
    func reports(_ state: RecordState) -> Int {
      Docket.deadlines(state, related: related, law: S.law, today: S.today).count {
        $0.ruleID?.hasPrefix("cop/safety/9.3") == true
      }
    }
    for state in circle { #expect(reports(state) > 0) }
    #expect(reports(outside) == 0)
  }

  @Test(
    "While no model is named, the limits run if any model of the provider has systemic risk; triage always runs"
  )
  func noModel() throws {
    let state = S.record(
      "incident/i1",
      [
        ("title", .string("Outage (fictional)")), ("death", .string("yes")),
        ("causal_link", .string("yes")),
      ], [("incident-received", "2026-11-01"), ("involvement-known", "2026-11-02")])
    func status(_ models: [RecordState], _ id: String) -> Deadline.Status? {
      S.deadlines(state, models: models).first { $0.ruleID == id }?.status
    }
    #expect(status([IncidentDocketTests.model], "cop/safety/9.3/death") == .overdue)
    let open = S.deadlines(state).first { $0.ruleID == "cop/safety/9.3/death" }
    #expect(open?.status == .undetermined && open?.missing.contains("model") == true)
    for models in [[], [IncidentDocketTests.model]] {
      #expect(status(models, "house/triage") == .overdue)
    }
  }

  @Test(
    "A harm of which no report told is still to be reported, whatever was sent before it was known")
  func untold() throws {
    let answers: [(String, JSON)] = [
      ("rights", .string("yes")), ("death", .string("yes")), ("causal_link", .string("yes")),
      ("told", .object([("rights", .string("2026-11-12"))])),
    ]
    let state = IncidentDocketTests.incident(answers, aware: "2026-11-08", sent: "2026-11-12")
    func deadline(_ state: RecordState, _ id: String) throws -> Deadline {
      try #require(IncidentDocketTests.deadlines(state).first { $0.ruleID == id })
    }
    #expect(try deadline(state, "cop/safety/9.3/harm").status == .met)
    let death = try deadline(state, "cop/safety/9.3/death")
    #expect(death.ended == nil && !death.isClosed)
    #expect(IncidentRecord.untold(state) == [.death])
    #expect(IncidentRecord.assessment(state, law: S.law).clocks.governs == "cop/safety/9.3/death")
  }
}
