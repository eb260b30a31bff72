import Duties
import Ground
import Rulebook
import TestSupport
import Testing

/// Cases worked out by hand: what governs, and its last day by the plain calendar and by the Regulation.
///
/// Source: Code of Practice, Safety and Security, Measure 9.3; Regulation (EU) 2024/1689, Art. 73; Regulation (EEC,
/// Euratom) No 1182/71, with the closing days of the Commission.
@Suite("Deadlines of incidents, case by case")
struct IncidentDeadlineTests {
  /// One case; `times` are `moment=text`, with `initial`, `intermediate` and `final` for reports and `learned/category`.
  struct Case: Sendable, CustomStringConvertible {
    let facts: String
    let times: String
    let governs: String?
    let plain: String
    let regulation: String

    init(_ facts: String, _ times: String, _ governs: String?, _ plain: String, _ other: String) {
      (self.facts, self.times, self.governs) = (facts, times, governs)
      (self.plain, regulation) = (plain, other)
    }

    var description: String { facts + " | " + times }
  }

  @Test(
    "what governs, and until when",
    arguments: startsOfDays + holidays + categories + reports)
  func deadline(example: Case) throws {
    let law = Law.at(Law.checked)
    let clocks = IncidentAssessment(
      facts: try IncidentFactsTests.facts(example.facts),
      times: try IncidentDeadlineTests.times(example.times),
      law: law
    ).clocks
    #expect(clocks.governs == example.governs.map { "cop/safety/9.3/" + $0 })
    guard let governs = clocks.governs else { return }
    let clock = try #require(clocks.all.first { $0.id == governs })
    #expect(clock.state == .running && clock.force(law) == .code)
    #expect(clock.due?.plainLastDay.iso == example.plain)
    #expect(clock.due?.regulationLastDay.iso == example.regulation)
    #expect(clock.due.map { $0.alarm == min($0.plain, $0.regulation) } == true)
  }

  private static func times(_ text: String) throws -> IncidentTimes {
    var times = IncidentTimes()
    for pair in text.split(separator: ", ") {
      let parts = pair.split(separator: "=").map(String.init)
      let at = try #require(Instant(parts[1]))
      if let type = ReportType(rawValue: parts[0]) {
        times.reports.append(SubmittedReport(type: type, at: at))
      } else if parts[0].hasPrefix("learned/") {
        times.learned[try #require(IncidentCategory(rawValue: String(parts[0].dropFirst(8))))] = at
      } else {
        let name = parts[0] == "aware" ? "aware_of_involvement" : parts[0]
        times[try #require(IncidentMoment(rawValue: name))] = at
      }
    }
    times.reports.sort { $0.at < $1.at }
    return times
  }

  @Test("every clock has its force and its citation, whatever it waits for")
  func cited() throws {
    for law in [Law.at(Law.checked), Law.at(try #require(Day(iso: "2028-01-10")))] {
      for example in IncidentDeadlineTests.categories + IncidentDeadlineTests.reports {
        let clocks = IncidentAssessment(
          facts: try IncidentFactsTests.facts(
            example.facts + (example.facts.isEmpty ? "" : ", ") + "high_risk_system:yes"),
          times: try IncidentDeadlineTests.times(example.times), law: law
        ).clocks
        for clock in clocks.all {
          let json = clock.json(law)
          #expect(json["citation"]?.text?.isEmpty == false, "\(clock.id)")
          #expect(json["force"]?.text == clock.force(law).rawValue)
        }
      }
    }
  }

  @Test(
    "the clocks of Article 73 stay where the model is not the cause, because they ask about the system"
  )
  func system() throws {
    let law = Law.at(try #require(Day(iso: "2028-01-10")))
    var times = IncidentTimes()
    times[.awareOfIncident] = Instant("2028-01-10T09:00")
    let facts = "death:yes, causal_link:no, cyber_breach:no, high_risk_system:yes"
    let assessment = IncidentAssessment(
      facts: try IncidentFactsTests.facts(facts), times: times, law: law)
    #expect(assessment.facts.serious == .no)
    let clock = try #require(assessment.clocks.all.first { $0.id == "ai-act/73/4" })
    #expect(clock.state == .possible && clock.due?.plainLastDay.iso == "2028-01-20")
    #expect(assessment.clocks.all.allSatisfy { $0.track == .highRiskSystem })
    #expect(assessment.clocks.governs == nil && assessment.clocks.governsSystem == nil)
  }
}
