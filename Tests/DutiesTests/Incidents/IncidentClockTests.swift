import Duties
import Ground
import Rulebook
import TestSupport
import Testing

/// Days were counted by hand with the rules of Regulation (EEC, Euratom) No 1182/71 and the Commission's closing days.
@Suite("The clocks of an incident")
struct IncidentClockTests {
  static let law = Law.at(Law.checked)
  static let all = "death:yes, health:yes, infrastructure:yes, cyber_breach:yes, causal_link:yes"

  static func clocks(
    _ facts: String, _ times: [IncidentMoment: String], reports: [(ReportType, String)] = [],
    law: Law = law
  ) throws -> IncidentClocks {
    var known = IncidentTimes()
    for (moment, text) in times { known[moment] = Instant(text) }
    try #require(known.moments.count == times.count)
    known.reports = try reports.map { SubmittedReport(type: $0.0, at: try #require(Instant($0.1))) }
    return IncidentAssessment(
      facts: try IncidentFactsTests.facts(facts), times: known, law: law
    ).clocks
  }

  static func clock(_ id: String, _ clocks: IncidentClocks) throws -> IncidentClock {
    try #require(clocks.all.first { $0.id == id })
  }

  @Test(
    "initial reports are due after 2, 5, 10 or 15 days, by both readings",
    arguments: [
      // Friday: the worked example of two days.
      ("2026-11-20T02:00:00+01:00", "infrastructure", "2026-11-22", "2026-11-24"),
      ("2026-11-20T02:00:00+01:00", "cyber", "2026-11-25", "2026-11-25"),
      ("2026-11-20T02:00:00+01:00", "death", "2026-11-30", "2026-11-30"),
      ("2026-11-20T02:00:00+01:00", "harm", "2026-12-05", "2026-12-07"),
      // Before the closed days of the Commission, 24 December to 2 January.
      ("2026-12-23T16:40:00+01:00", "infrastructure", "2026-12-25", "2027-01-05"),
      ("2026-12-23T16:40:00+01:00", "cyber", "2026-12-28", "2027-01-05"),
      ("2026-12-23T16:40:00+01:00", "death", "2027-01-02", "2027-01-05"),
      ("2026-12-23T16:40:00+01:00", "harm", "2027-01-07", "2027-01-07"),
      // The day is that of Brussels: late evening in New York and in London is the next day.
      ("2026-11-20T23:30:00-05:00", "infrastructure", "2026-11-23", "2026-11-24"),
      ("2026-11-20T23:30:00Z", "infrastructure", "2026-11-23", "2026-11-24"),
      ("2026-11-20T22:30:00Z", "infrastructure", "2026-11-22", "2026-11-24"),
      ("2026-06-30T22:30:00Z", "infrastructure", "2026-07-03", "2026-07-03"),
      ("2026-07-01T05:00:00+09:00", "infrastructure", "2026-07-02", "2026-07-02"),
      // A day alone, and a time without offset, are those of Brussels.
      ("2026-11-20", "infrastructure", "2026-11-22", "2026-11-24"),
      ("2026-11-20T23:59", "infrastructure", "2026-11-22", "2026-11-24"),
      // Easter 2027: 25, 26 and 29 March are closed.
      ("2027-03-23T10:00:00+01:00", "infrastructure", "2027-03-25", "2027-03-30"),
      // The end of February, a Sunday.
      ("2027-02-18T10:00:00+01:00", "death", "2027-02-28", "2027-03-01"),
      // Ascension, and the Friday behind it.
      ("2026-05-09T10:00:00+02:00", "cyber", "2026-05-14", "2026-05-18"),
      // The nights in which summer time begins and ends.
      ("2026-03-29T03:30:00+02:00", "infrastructure", "2026-03-31", "2026-03-31"),
      ("2026-10-25T02:30:00+01:00", "infrastructure", "2026-10-27", "2026-10-27"),
    ])
  func initial(aware: String, rule: String, plain: String, regulation: String) throws {
    let clock = try IncidentClockTests.clock(
      "cop/safety/9.3/" + rule,
      try IncidentClockTests.clocks(IncidentClockTests.all, [.awareOfInvolvement: aware]))
    let due = try #require(clock.due)
    #expect(clock.state == .running)
    #expect(due.plainLastDay.iso == plain)
    #expect(due.regulationLastDay.iso == regulation)
    #expect(due.alarm == min(due.plain, due.regulation))
    #expect(due.plain.local.secondOfDay == 0 && due.plain.day.adding(days: -1).iso == plain)
    #expect(clock.force(IncidentClockTests.law) == .code)
  }

  @Test(
    "the clock that governs is the strictest of those that run",
    arguments: [
      ("death:yes, causal_link:yes", "cop/safety/9.3/death"),
      ("rights:yes, causal_link:yes", "cop/safety/9.3/harm"),
      ("rights:yes, death:yes, causal_link:yes", "cop/safety/9.3/death"),
      ("rights:yes, cyber_breach:yes, causal_link:yes", "cop/safety/9.3/cyber"),
      (all, "cop/safety/9.3/infrastructure"), ("weights_exfiltrated:yes", "cop/safety/9.3/cyber"),
      ("death:yes", "cop/safety/9.3/death"), ("death:yes, causal_link:no", nil), ("", nil),
      ("infrastructure_disrupted:yes, causal_link:yes, death:yes", "cop/safety/9.3/death"),
    ] as [(String, String?)])
  func governs(facts: String, expected: String?) throws {
    let clocks = try IncidentClockTests.clocks(
      facts, [.awareOfInvolvement: "2026-11-20T02:00+01:00"])
    #expect(clocks.governs == expected)
  }

  @Test("no clock without its start: it waits and says what is missing")
  func waiting() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes", [.occurred: "2026-11-18"])
    let death = try IncidentClockTests.clock("cop/safety/9.3/death", clocks)
    #expect(death.state == .waiting && death.due == nil && death.from == nil)
    #expect(death.missing == ["aware_of_involvement"])
    #expect(clocks.governs == nil)
    #expect(
      try IncidentClockTests.clock("cop/safety/9.3/intermediate", clocks).missing == [
        "initial report"
      ])
    #expect(try IncidentClockTests.clock("ai-act/55/1/c", clocks).due == nil)
  }

  @Test("the final report is due 60 days after the resolution, and not after awareness")
  func final() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes",
      [.awareOfInvolvement: "2026-11-20", .resolved: "2026-12-01T12:00:00+01:00"])
    let due = try #require(try IncidentClockTests.clock("cop/safety/9.3/final", clocks).due)
    #expect(due.plainLastDay.iso == "2027-01-30" && due.regulationLastDay.iso == "2027-02-01")
    #expect(clocks.governs == "cop/safety/9.3/death", "no final report before the initial one")
  }

  @Test("intermediate reports follow every four weeks, counted from the last report")
  func intermediate() throws {
    func due(_ reports: [(ReportType, String)]) throws -> DueDate {
      let clocks = try IncidentClockTests.clocks(
        "death:yes, causal_link:yes", [.awareOfInvolvement: "2026-11-20"], reports: reports)
      #expect(clocks.governs == "cop/safety/9.3/intermediate")
      #expect(try IncidentClockTests.clock("cop/safety/9.3/death", clocks).state == .ended)
      return try #require(try IncidentClockTests.clock("cop/safety/9.3/intermediate", clocks).due)
    }
    #expect(try due([(.initial, "2026-11-24T09:00")]).plainLastDay.iso == "2026-12-22")
    let closed = try due([(.initial, "2026-11-26T09:00")])
    #expect(closed.plainLastDay.iso == "2026-12-24" && closed.regulationLastDay.iso == "2027-01-04")
    let second = try due([(.initial, "2026-11-24"), (.intermediate, "2026-12-08")])
    #expect(second.plainLastDay.iso == "2027-01-05")
  }

  @Test(
    "what is dated by its day was done on that day: on the last day in time, on the next one late",
    arguments: [
      ("2026-11-26", nil), ("2026-11-27", "late by both readings"),
      ("2026-11-26T23:59:59+01:00", nil), ("2026-11-27T00:00:01+01:00", "late by both readings"),
    ] as [(String, String?)])
  func dayOnly(sent: String, lateness: String?) throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes", [.awareOfInvolvement: "2026-11-16"], reports: [(.initial, sent)]
    )
    let death = try IncidentClockTests.clock("cop/safety/9.3/death", clocks)
    #expect(death.state == .ended && death.due?.plainLastDay.iso == "2026-11-26")
    #expect(death.notes == (lateness.map { ["It was done \($0)."] } ?? []))
  }

  @Test("a resolution by its day ends a round that was due by then, and none that was due before")
  func resolvedByDay() throws {
    func state(_ resolved: String) throws -> IncidentClock {
      try IncidentClockTests.clock(
        "cop/safety/9.3/intermediate",
        try IncidentClockTests.clocks(
          "death:yes, causal_link:yes",
          [.awareOfInvolvement: "2026-09-01", .resolved: resolved],
          reports: [(.initial, "2026-09-08")]))
    }
    // Four weeks after Tuesday 8 September.
    #expect(try state("2026-10-06").state == .ended)
    let late = try state("2026-10-07")
    #expect(late.due?.plainLastDay.iso == "2026-10-06" && late.state == .running)
  }

  @Test("a resolution that is planned ends no round yet")
  func planned() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes",
      [.awareOfInvolvement: "2026-11-10", .resolved: "2026-12-08"],
      reports: [(.initial, "2026-11-12")])
    let round = try IncidentClockTests.clock("cop/safety/9.3/intermediate", clocks)
    #expect(round.state == .running && round.due?.plainLastDay.iso == "2026-12-10")
    #expect(clocks.governs == round.id)
    #expect(
      try IncidentClockTests.clock("cop/safety/9.3/final", clocks).due?.plainLastDay.iso
        == "2027-02-06")
  }

  @Test("triage begins with what was known first, and says at the latest only of that")
  func triageStart() throws {
    func start(_ times: [IncidentMoment: String]) throws -> IncidentClock {
      try IncidentClockTests.clock(
        "house/triage", try IncidentClockTests.clocks("death:yes, causal_link:yes", times))
    }
    let bound = try start([.awareOfIncident: "2026-11-12", .awareOfInvolvement: "2026-11-10"])
    #expect(bound.from?.day.iso == "2026-11-10" && bound.isFromAtTheLatest)
    let own = try start([.firstReport: "2026-11-12", .awareOfInvolvement: "2026-11-10"])
    #expect(own.from?.day.iso == "2026-11-10" && !own.isFromAtTheLatest)
  }

  @Test("what was known before the duty applied owes its later reports at most possibly")
  func knownBefore() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes",
      [.awareOfInvolvement: "2025-07-30", .resolved: "2025-09-21"])
    let final = try IncidentClockTests.clock("cop/safety/9.3/final", clocks)
    #expect(final.state == .possible && final.notes.contains { $0.contains("2025-08-02") })
    #expect(clocks.governs == nil)
  }

  @Test("a breach of others with an excluded link asks about the model itself")
  func breachOfOthers() throws {
    let clocks = try IncidentClockTests.clocks(
      "others_breached:yes, breach_serious:yes, causal_link:no",
      [.awareOfInvolvement: "2026-11-20"])
    let cyber = try IncidentClockTests.clock("cop/safety/9.3/cyber", clocks)
    #expect(cyber.state == .running && cyber.notes.contains { $0.contains("the model itself") })
  }

  @Test("an incident that is resolved needs no further intermediate report")
  func resolved() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes",
      [.awareOfInvolvement: "2026-11-20", .resolved: "2026-12-10"],
      reports: [(.initial, "2026-11-24")])
    #expect(try IncidentClockTests.clock("cop/safety/9.3/intermediate", clocks).state == .ended)
    #expect(clocks.governs == "cop/safety/9.3/final")
  }

  @Test(
    "documents are kept for five years from the later of document and incident, to the later reading"
  )
  func retention() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes", [.occurred: "2026-11-18", .documented: "2026-11-30"])
    let due = try #require(try IncidentClockTests.clock("cop/safety/9.4", clocks).due)
    #expect(due.plainLastDay.iso == "2031-11-30" && due.regulationLastDay.iso == "2031-12-01")
    #expect(due.alarmDay.iso == "2031-12-01")
  }

  @Test("house practice is shown as such, counted in hours, and never governs")
  func house() throws {
    let clocks = try IncidentClockTests.clocks(
      "rights:yes, causal_link:yes",
      [
        .firstReport: "2026-11-20T09:00:00+01:00", .deployerAware: "2026-11-19T09:00:00+01:00",
        .awareOfIncident: "2026-11-20T10:00:00+01:00",
        .awareOfInvolvement: "2026-11-30T10:00:00+01:00",
      ])
    let ends = [
      ("house/triage", "2026-11-22T09:00:00+01:00"),
      ("house/triage-urgent", "2026-11-20T21:00:00+01:00"),
      ("house/deployer-notice", "2026-11-22T09:00:00+01:00"),
      ("house/incident-countdown", "2026-12-06T00:00:00+01:00"),
    ]
    for (id, end) in ends {
      let clock = try IncidentClockTests.clock(id, clocks)
      #expect(clock.due?.plain.rfc3339 == end, "\(id)")
      #expect(clock.track == .house && clock.force(IncidentClockTests.law) == .house)
      #expect(!clock.isFromAtTheLatest)
    }
    #expect(
      clocks.governs == "cop/safety/9.3/harm", "though the house countdown ends nine days earlier")
  }

  @Test("a house clock whose own start is unknown says that it began earlier")
  func bound() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes", [.awareOfInvolvement: "2026-11-20T02:00:00+01:00"])
    let countdown = try IncidentClockTests.clock("house/incident-countdown", clocks)
    #expect(countdown.isFromAtTheLatest && countdown.missing == ["aware_of_incident"])
    #expect(countdown.due?.plainLastDay.iso == "2026-12-05")
    #expect(try !IncidentClockTests.clock("cop/safety/9.3/death", clocks).isFromAtTheLatest)
  }

  @Test("a rule that did not apply yet starts no clock")
  func notInForce() throws {
    let clocks = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes", [.awareOfInvolvement: "2025-07-09"])
    let death = try IncidentClockTests.clock("cop/safety/9.3/death", clocks)
    #expect(death.state == .notInForce && death.due == nil)
    #expect(clocks.governs == nil)
    // The Code was published before; what did not apply yet is the duty itself.
    let later = try IncidentClockTests.clock(
      "cop/safety/9.3/death",
      try IncidentClockTests.clocks(
        "death:yes, causal_link:yes", [.awareOfInvolvement: "2025-07-20"]))
    #expect(
      later.notes.contains(
        "The duty to report did not apply yet on 2025-07-20: Art. 55(1)(c) AI Act applies from "
          + "2025-08-02 (Art. 113, third paragraph, point (b) AI Act)."))
    let day = try #require(Day(iso: "2025-07-01"))
    let before = try IncidentClockTests.clocks(
      "death:yes, causal_link:yes", [.awareOfInvolvement: "2025-06-30"], law: Law.at(day))
    #expect(before.all.isEmpty, "no rule stood on that day")
  }

  @Test("an own high-risk system has a track of its own, which never governs the model's")
  func system() throws {
    let law = Law.at(try #require(Day(iso: "2028-01-10")))
    let times: [IncidentMoment: String] = [
      .deployerAware: "2028-01-10T08:00", .awareOfIncident: "2028-01-11T08:00",
      .awareOfInvolvement: "2028-01-14T08:00",
    ]
    let facts = IncidentClockTests.all + ", rights:yes, high_risk_system:yes"
    let clocks = try IncidentClockTests.clocks(facts, times, law: law)
    for (id, day) in [
      ("ai-act/73/3", "2028-01-12"), ("ai-act/73/4", "2028-01-20"), ("ai-act/73/2", "2028-01-25"),
    ] {
      let clock = try IncidentClockTests.clock(id, clocks)
      #expect(clock.due?.plainLastDay.iso == day && clock.force(law) == .statute, "\(id)")
      #expect(clock.state == .running && !clock.categories.contains(.cyberBreach))
    }
    #expect(clocks.governsSystem == "ai-act/73/3")
    #expect(clocks.governs == "cop/safety/9.3/infrastructure")
    #expect(
      try IncidentClockTests.clocks(IncidentClockTests.all, times, law: law).governsSystem == nil)
    let early = try IncidentClockTests.clocks(facts, [.awareOfIncident: "2026-11-20"])
    #expect(try IncidentClockTests.clock("ai-act/73/4", early).state == .possible)
    #expect(early.governsSystem == nil, "the high-risk rules do not apply yet")
  }

  @Test(
    "a death learned on the sixth day is due by the same awareness, and late where that has passed")
  func learnedLate() throws {
    func note(_ learned: String, _ facts: String, _ category: IncidentCategory, _ rule: String)
      throws -> String
    {
      var times = IncidentTimes()
      times[.awareOfInvolvement] = Instant("2026-11-02T09:00")
      times.learned[category] = Instant(learned)
      let clocks = IncidentAssessment(
        facts: try IncidentFactsTests.facts(facts), times: times, law: IncidentClockTests.law
      ).clocks
      return try #require(try IncidentClockTests.clock(rule, clocks).notes.last)
    }
    let death = try note(
      "2026-11-08T10:00", "death:yes, causal_link:yes", .death, "cop/safety/9.3/death")
    #expect(death.contains("is due by 2026-11-12"))
    let grid = try note(
      "2026-11-08T10:00", "infrastructure:yes, causal_link:yes", .infrastructure,
      "cop/safety/9.3/infrastructure")
    #expect(grid.contains("was due by 2026-11-04 already"))
  }

  @Test("more categories never relax the clock that governs, nor an open link")
  func stricter() {
    property(cases: 300) { random in
      var facts = IncidentFacts([.modelInvolved: true, .causalLink: true])
      var times = IncidentTimes()
      times[.awareOfInvolvement] = Instant(seconds: 1_790_000_000 + random.int(0...40_000_000))
      var last: Instant?
      var order = IncidentCategory.allCases
      order.shuffle(using: &random)
      for category in order {
        facts[whole: category] = true
        if category == .death { facts[IncidentQuestion.death] = true }
        if category == .rights { facts[IncidentQuestion.rights] = true }
        let clocks = IncidentAssessment(facts: facts, times: times, law: IncidentClockTests.law)
          .clocks
        let governing = clocks.all.first { $0.id == clocks.governs }?.due?.alarm
        guard let governing else { return "nothing governs with \(category)" }
        if let last, governing > last { return "\(category) relaxed \(last) to \(governing)" }
        last = governing
        var open = facts
        open[.causalLink] = nil
        let still = IncidentAssessment(facts: open, times: times, law: IncidentClockTests.law)
          .clocks
        if still.governs != clocks.governs { return "an open link changed what governs" }
      }
      return nil
    }
  }
}
