import Duties
import Ground
import Testing

@Suite("The order of reports")
struct ReportOrderTests {
  private static func report(_ type: ReportType, _ day: String) throws -> SubmittedReport {
    SubmittedReport(type: type, at: try #require(Instant(day)))
  }

  @Test(
    "what may not follow is refused, by its reason",
    arguments: [
      ([], ReportType.initial, nil), ([], .intermediate, "duties.report-without-initial"),
      ([], .final, "duties.report-without-initial"), ([.initial], .initial, "duties.report-twice"),
      ([.initial], .intermediate, nil), ([.initial], .final, nil),
      ([.initial, .final], .intermediate, "duties.report-after-final"),
      ([.initial, .final], .final, "duties.report-after-final"),
      ([.initial, .intermediate], .intermediate, nil),
    ] as [([ReportType], ReportType, String?)])
  func order(before: [ReportType], next: ReportType, code: String?) throws {
    let sent = try before.map { try ReportOrderTests.report($0, "2026-11-20") }
    let resolved = Instant("2026-11-01")
    #expect(try ReportOrderTests.code(next, "2026-11-21", sent, resolved) == code)
  }

  @Test("a final report needs the resolution, and no report is dated before the last")
  func dates() throws {
    let sent = [try ReportOrderTests.report(.initial, "2026-11-20")]
    func code(
      _ type: ReportType, _ day: String, _ sent: [SubmittedReport], _ resolved: Instant?
    ) throws -> String? { try ReportOrderTests.code(type, day, sent, resolved) }
    #expect(try code(.final, "2026-12-01", sent, nil) == "duties.report-before-resolution")
    #expect(
      try code(.final, "2026-12-01", sent, Instant("2026-12-02"))
        == "duties.report-before-resolution")
    #expect(try code(.final, "2026-12-02", sent, Instant("2026-12-02")) == nil)
    #expect(try code(.intermediate, "2026-11-19", sent, nil) == "duties.report-out-of-order")
  }

  @Test(
    "behind a final report only what became known since is told, and then the order goes on",
    arguments: [
      (["2026-11-24"], [], ReportType.intermediate, nil),
      (["2026-11-25"], [], .intermediate, nil),
      // Known before the final report, or only behind the report that would tell of it.
      (["2026-11-23"], [], .intermediate, "duties.report-after-final"),
      (["2026-12-02"], [], .intermediate, "duties.report-after-final"),
      (["2026-11-25"], [], .final, "duties.report-after-final"),
      (["2026-11-25"], [], .initial, "duties.report-after-final"),
      (["2026-11-25"], [.intermediate], .final, nil),
      (["2026-11-25"], [.intermediate], .intermediate, nil),
      (["2026-11-25"], [.intermediate], .initial, "duties.report-twice"),
      (["2026-11-25"], [.intermediate, .final], .intermediate, "duties.report-after-final"),
      (["2026-11-25", "2026-11-30"], [.intermediate, .final], .intermediate, nil),
    ] as [([String], [ReportType], ReportType, String?)])
  func behindFinal(learned: [String], more: [ReportType], next: ReportType, code: String?) throws {
    var sent = [
      try ReportOrderTests.report(.initial, "2026-11-20"),
      try ReportOrderTests.report(.final, "2026-11-24T10:00"),
    ]
    sent += try more.map { try ReportOrderTests.report($0, "2026-11-29") }
    let days = try learned.map { try #require(Instant($0)) }
    #expect(
      try ReportOrderTests.code(next, "2026-12-01", sent, Instant("2026-11-01"), days) == code)
  }

  @Test(
    "a report that was noted with a wrong time keeps its place among the others",
    arguments: [
      (0, "2026-11-25", nil), (0, "2026-12-18", nil), (0, "2026-12-19", "out-of-order"),
      (1, "2026-11-20", nil), (1, "2026-11-19", "out-of-order"),
      (1, "2027-01-16", "out-of-order"), (3, "2027-02-01", nil),
      (3, "2027-01-31", "before-resolution"), (3, "2027-03-01", nil),
    ] as [(Int, String, String?)])
  func corrected(place: Int, day: String, code: String?) throws {
    let sent = try [
      (ReportType.initial, "2026-11-20"), (.intermediate, "2026-12-18"),
      (.intermediate, "2027-01-15"), (.final, "2027-02-10"),
    ].map { try ReportOrderTests.report($0.0, $0.1) }
    func check() throws -> String? {
      do {
        try ReportOrder.checkCorrected(
          sent, at: place, to: try #require(Instant(day)), resolved: Instant("2027-02-01"))
        return nil
      } catch let problem as Problem { return problem.code }
    }
    #expect(try check() == code.map { "duties.report-" + $0 })
  }

  @Test("what was sent is frozen")
  func frozen() throws {
    try ReportOrder.checkEditable(.initial, submitted: nil)
    #expect(throws: Problem("duties.report-frozen", what: "")) {
      try ReportOrder.checkEditable(.initial, submitted: Instant("2026-11-20"))
    }
  }

  private static func code(
    _ type: ReportType, _ day: String, _ sent: [SubmittedReport], _ resolved: Instant?,
    _ learned: [Instant] = []
  ) throws -> String? {
    do {
      try ReportOrder.check(
        try report(type, day), after: sent, resolved: resolved, learned: learned)
      return nil
    } catch let problem as Problem {
      return problem.code
    }
  }
}
