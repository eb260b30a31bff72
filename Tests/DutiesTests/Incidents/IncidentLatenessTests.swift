import Duties
import Ground
import Rulebook
import TestSupport
import Testing

/// Days were counted by hand, as for the clocks: four weeks are 28 days.
@Suite("What was late, missed or is not known of an incident")
struct IncidentLatenessTests {
  private typealias T = IncidentClockTests
  private static let yes = "death:yes, causal_link:yes"

  private static func intermediate(
    _ reports: [(ReportType, String)], resolved: String? = nil
  ) throws -> IncidentClock {
    var times: [IncidentMoment: String] = [.awareOfInvolvement: "2026-01-05"]
    times[.resolved] = resolved
    return try T.clock("cop/safety/9.3/intermediate", try T.clocks(yes, times, reports: reports))
  }

  @Test(
    "an intermediate report that was missed before the resolution is told, and nothing denies it")
  func missed() throws {
    let was = "An intermediate report was due by 2026-02-07, 4 weeks after the report of 2026-01-10"
    let resolved =
      was + ". None was sent until the incident was resolved on 2026-04-01."
      + " 2 were due in all."
    let final = try IncidentLatenessTests.intermediate(
      [(.initial, "2026-01-10"), (.final, "2026-05-01")], resolved: "2026-04-01")
    #expect(final.state == .ended && final.notes == [resolved])
    let open = try IncidentLatenessTests.intermediate(
      [(.initial, "2026-01-10")], resolved: "2026-04-01")
    #expect(open.state == .running && open.notes == [resolved])
    #expect(open.due?.alarmDay.iso == "2026-02-07" && open.isOverdue(on: T.law.day))
    let never = try IncidentLatenessTests.intermediate([(.initial, "2026-10-10")])
    #expect(
      never.notes == [
        "An intermediate report was due by 2026-11-07, 4 weeks after the report of 2026-10-10. "
          + "None was sent until 2026-11-20."
      ])
  }

  @Test("each intermediate report that came late stays told, whatever followed")
  func late() throws {
    let clock = try IncidentLatenessTests.intermediate([
      (.initial, "2026-01-10"), (.intermediate, "2026-03-02"), (.intermediate, "2026-03-20"),
      (.intermediate, "2026-10-30"),
    ])
    #expect(clock.from?.day.iso == "2026-10-30" && clock.due?.plainLastDay.iso == "2026-11-27")
    #expect(
      clock.notes == [
        "An intermediate report was due by 2026-02-07, 4 weeks after the report of 2026-01-10. "
          + "The next was sent on 2026-03-02, late by both readings.",
        "An intermediate report was due by 2026-04-17, 4 weeks after the report of 2026-03-20. "
          + "The next was sent on 2026-10-30, late by both readings.",
      ])
    // 2026-02-07 is a Saturday: by the Regulation the report was due on Monday.
    let monday = try IncidentLatenessTests.intermediate([
      (.initial, "2026-01-10"), (.intermediate, "2026-02-09T12:00"),
    ])
    #expect(
      monday.notes.first?.hasSuffix("sent on 2026-02-09, in time by one reading only.") == true)
    let inTime = try IncidentLatenessTests.intermediate(
      [(.initial, "2026-01-10"), (.intermediate, "2026-02-07T23:00")], resolved: "2026-02-20")
    #expect(inTime.notes == ["The incident was resolved before another report was due."])
  }

  @Test(
    "only what is known to be owed was late; of the rest it is said when it would have been due")
  func onlyKnown() throws {
    let clocks = try T.clocks(
      "death:yes, causal_link:yes", [.awareOfInvolvement: "2026-10-01"],
      reports: [(.initial, "2026-10-30")])
    let death = try T.clock("cop/safety/9.3/death", clocks)
    #expect(death.notes == ["It was done late by both readings."])
    let cyber = try T.clock("cop/safety/9.3/cyber", clocks)
    #expect(cyber.state == .ended)
    #expect(
      cyber.notes == [
        "Whether it was owed is open; if it was, it was due by 2026-10-06 and done late by both readings."
      ])
  }

  @Test("a death learned behind the final report is to be told in another report")
  func behindFinal() throws {
    var times = IncidentTimes()
    times[.awareOfInvolvement] = Instant("2026-01-05")
    times[.resolved] = Instant("2026-01-20")
    times.learned[.death] = Instant("2026-10-01")
    for (type, day) in [(ReportType.initial, "2026-01-10"), (.final, "2026-02-01")] {
      times.reports.append(SubmittedReport(type: type, at: try #require(Instant(day))))
    }
    let clocks = IncidentAssessment(
      facts: try IncidentFactsTests.facts("health:yes, death:yes, causal_link:yes"), times: times,
      law: T.law
    ).clocks
    let note = try #require(try T.clock("cop/safety/9.3/death", clocks).notes.last)
    #expect(
      note.contains("2026-10-01, after the final report: tell of it in an intermediate report"))
    var after = times
    after.reports.append(
      SubmittedReport(type: .intermediate, at: try #require(Instant("2026-10-02"))))
    let told = IncidentAssessment(
      facts: try IncidentFactsTests.facts("health:yes, death:yes, causal_link:yes"), times: after,
      law: T.law
    ).clocks
    #expect(
      try T.clock("cop/safety/9.3/death", told).notes == [
        "The category death became known on 2026-10-01; its report was due by 2026-01-15, "
          + "before it was known.", "It was done late by both readings.",
      ])
    try ReportOrder.check(
      SubmittedReport(type: .intermediate, at: try #require(Instant("2026-10-02"))),
      after: times.reports, resolved: times[.resolved], learned: Array(times.learned.values))
  }

  @Test(
    "what reached the provider first dates its awareness of the incident, where nothing else does")
  func firstReport() throws {
    let law = Law.at(try #require(Day(iso: "2028-01-30")))
    let facts = IncidentLatenessTests.yes + ", high_risk_system:yes"
    func last(_ times: [IncidentMoment: String], _ id: String) throws -> String? {
      try T.clock(id, try T.clocks(facts, times, law: law)).due?.plainLastDay.iso
    }
    for (times, system, house) in [
      (
        [.firstReport: "2028-01-03", .awareOfInvolvement: "2028-01-20"], "2028-01-13", "2028-01-18"
      ),
      (
        [.firstReport: "2028-01-22", .awareOfInvolvement: "2028-01-20"], "2028-01-30", "2028-02-04"
      ),
      ([.firstReport: "2028-01-03", .awareOfIncident: "2028-01-05"], "2028-01-15", "2028-01-20"),
      ([.firstReport: "2028-01-03", .deployerAware: "2028-01-02"], "2028-01-12", "2028-01-18"),
    ] as [([IncidentMoment: String], String, String)] {
      #expect(try last(times, "ai-act/73/4") == system, "\(times)")
      #expect(try last(times, "house/incident-countdown") == house, "\(times)")
    }
    let bound = try T.clock(
      "ai-act/73/4", try T.clocks(facts, [.firstReport: "2028-01-03"], law: law))
    #expect(bound.isFromAtTheLatest && bound.missing == ["aware_of_incident"])
  }

  @Test(
    "whether a high-risk system did it is asked where the model did not",
    arguments: [
      ("death:yes, causal_link:no, cyber_breach:no", ["high_risk_system"]),
      ("causal_link:no, cyber_breach:no", ["high_risk_system"]),
      ("death:yes, causal_link:no, cyber_breach:no, high_risk_system:no", []),
      (
        "death:yes, causal_link:no, cyber_breach:no, high_risk_system:yes", ["aware_of_incident"]
      ),
      (IncidentFactsTests.allNo, []),
    ] as [(String, [String])])
  func system(facts: String, missing: [String]) throws {
    let assessment = IncidentAssessment(
      facts: try IncidentFactsTests.facts(facts), times: IncidentTimes(), law: T.law)
    #expect(assessment.facts.serious == .no)
    #expect(assessment.missing == missing)
  }

  @Test("an answer without any clock says why")
  func silence() throws {
    func notes(_ facts: String, _ day: String) throws -> [String] {
      IncidentAssessment(
        facts: try IncidentFactsTests.facts(facts), times: IncidentTimes(),
        law: Law.at(try #require(Day(iso: day)))
      ).notes
    }
    #expect(
      try notes(IncidentLatenessTests.yes, "2024-01-01") == [
        "No clock runs by the law of 2024-01-01: Art. 55(1)(c) AI Act applies from 2025-08-02 "
          + "(Art. 113, third paragraph, point (b) AI Act)."
      ])
    let none =
      "By the answers it is no serious incident of the model: no report on the model is owed."
    #expect(try notes(IncidentFactsTests.allNo, "2026-11-20") == [none])
    #expect(
      try notes("death:yes, causal_link:no, cyber_breach:no", "2026-11-20") == [
        none,
        "Whether a report on a high-risk system of one's own is owed is open (Art. 73(1) AI Act).",
      ])
    #expect(try notes(IncidentLatenessTests.yes, "2026-11-20").isEmpty)
  }

  @Test(
    "every dated clock says how it was counted, and that the Regulation is unsettled for the Code")
  func basis() throws {
    let clocks = try T.clocks(
      T.all, [.awareOfInvolvement: "2026-11-20", .firstReport: "2026-11-20"])
    for clock in clocks.all {
      let basis = clock.basis(T.law)
      #expect(basis.isEmpty == (clock.due == nil), "\(clock.id)")
      #expect(
        basis.contains { $0.contains("unsettled") } == (clock.due != nil && clock.track == .model))
    }
    let derived = try T.clock(
      "cop/safety/9.3/death", try T.clocks(T.all, [.awareOfInvolvement: "2040-01-05"]))
    #expect(derived.basis(T.law).last?.contains("derived, not an official list") == true)
  }
}
