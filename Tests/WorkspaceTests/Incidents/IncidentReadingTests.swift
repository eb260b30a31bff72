import Duties
import Ground
import Rulebook
import TestSupport
import Testing
import Workspace

@Suite("How an incident of a file is read")
struct IncidentReadingTests {
  private static let law = Law.at(Law.checked)

  private static func rows(_ text: String, law: Law = law) throws -> [AssessIncidents.Row] {
    try withFile(text.utf8) { path in
      var rows: [AssessIncidents.Row] = []
      _ = try AssessIncidents(law: law).run(path: path) { rows.append($0) }
      return rows
    }
  }

  private static func row(_ text: String) throws -> AssessIncidents.Row {
    try #require(try rows(text).first)
  }

  @Test(
    "reports count by the days on which they were sent, in whatever order the list has them",
    arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
  func order(places: [Int]) throws {
    let reports = [
      #"{"type":"initial","submitted":"2026-09-08"}"#,
      #"{"type":"intermediate","submitted":"2026-10-05"}"#,
      #"{"type":"intermediate","submitted":"2026-10-30"}"#,
      #"{"type":"final","submitted":"2026-11-15"}"#,
    ]
    let list = places.map { reports[$0] }.joined(separator: ",")
    let row = try IncidentReadingTests.row(
      #"{"aware_of_involvement":"2026-09-01","resolved":"2026-11-10","#
        + #""facts":{"death":"yes","causal_link":"yes"},"reports":[\#(list)]}"#)
    #expect(row.problems.isEmpty && row.assessment.clocks.governs == nil)
    #expect(
      row.assessment.times.reports.map(\.type) == [.initial, .intermediate, .intermediate, .final])
  }

  @Test("reports of one day stay as the list goes, which may begin with the newest")
  func listOfOneDay() throws {
    for list in [["initial", "intermediate"], ["intermediate", "initial"]] {
      let reports = list.map { #"{"type":"\#($0)","submitted":"2026-11-12"}"# }
      let last = #"{"type":"intermediate","submitted":"2026-11-14"}"#
      let all = list[0] == "initial" ? reports + [last] : [last] + reports
      let row = try IncidentReadingTests.row(
        #"{"aware_of_involvement":"2026-11-10","reports":[\#(all.joined(separator: ","))]}"#)
      #expect(row.problems.isEmpty && row.assessment.times.reports.count == 3)
    }
  }

  @Test(
    "what cannot be true or has not come yet is told, and so is a slip in the name of a member",
    arguments: [
      (#""aware_of_involvement":"2027-01-05""#, "workspace.moment-in-future"),
      (
        #""aware_of_involvement":"2026-11-10","resolved":"2026-12-10""#,
        "workspace.moment-in-future"
      ),
      (#""learned":{"death":"2029-11-01"}"#, "workspace.moment-in-future"),
      // The day after the day asked may have begun somewhere; the one after it has not.
      (#""occurred":"2026-11-22""#, "workspace.moment-in-future"),
      (
        #""aware_of_involvement":"2026-11-15","reports":[{"type":"initial","submitted":"2026-11-02"}]"#,
        "workspace.incident-contradiction"
      ),
      (#""aware_of_involvment":"2026-10-20""#, "workspace.incident-member"),
      (#""narative":"He died.""#, "workspace.incident-member"),
    ])
  func told(members: String, code: String) throws {
    #expect(try IncidentReadingTests.row("{\(members)}").problems.map(\.code) == [code])
  }

  @Test("members of another system are passed over without a word")
  func others() throws {
    let row = try IncidentReadingTests.row(
      #"{"severity":3,"title":"x","source":"y","kid":"z","occurred":"2026-11-21"}"#)
    #expect(row.problems.isEmpty && row.ignored.count == 4)
  }

  @Test("a line that is not quite JSON is mended and told, and keeps what it says")
  func mended() throws {
    let twice = try IncidentReadingTests.row(
      #"{"id":"x","aware_of_involvement":"2026-11-20","facts":{"death":"no","death":"yes"}}"#)
    #expect(twice.id == .string("x") && twice.assessment.facts.harm(.death) == .yes)
    #expect(
      twice.problems.map(\.code) == ["workspace.incident-contradiction", "ground.not-json"])
    let half = try IncidentReadingTests.row(#"{"id":"x","narrative":"He died \ud83d yesterday."}"#)
    #expect(half.assessment.suggestions.map(\.category) == [.death])
    #expect(half.problems.map(\.code) == ["ground.not-json"])
    var latin = Array(#"{"id":"x","narrative":"Der Fahrer starb in N?rnberg."}"#.utf8)
    latin[latin.firstIndex(of: 0x3F) ?? 0] = 0xFC
    let rows = try withFile(latin) { path in
      var rows: [AssessIncidents.Row] = []
      _ = try AssessIncidents(law: IncidentReadingTests.law).run(path: path) { rows.append($0) }
      return rows
    }
    #expect(rows.first?.id == .string("x") && rows.first?.problems.count == 1)
    #expect(rows.first?.assessment.suggestions.map(\.category).contains(.death) == true)
  }

  @Test(
    "a suspicion that was named is not lost, in whatever order the answers stand",
    arguments: [
      #""causal_link":"suspected","causal_link_suspected":"unknown""#,
      #""causal_link_suspected":"unknown","causal_link":"suspected""#,
      #""causal_link_suspected":null,"causal_link":"suspected""#,
      #""causal_link":"suspected","causal_link_suspected":"no""#,
    ])
  func suspicion(answers: String) throws {
    let row = try IncidentReadingTests.row(
      #"{"facts":{"model_involved":"no",\#(answers),"death":"yes"}}"#)
    #expect(row.assessment.facts.serious == .yes)
    #expect(row.assessment.facts.linkWord == "suspected")
    // The model is said to be not involved, which contradicts; so does a suspicion that is denied.
    #expect(row.problems.count == (answers.contains("\"no\"") ? 2 : 1))
  }

  @Test(
    "one fact under two spellings is told, and the cautious answer counts",
    arguments: [
      (#""death":"yes","Death":"no""#, true), (#""Death":"no","death":"yes""#, true),
      (#""death":"unknown","Death":"no""#, false), (#""death":"yes","DEATH":"unknown""#, true),
    ])
  func facts(answers: String, expected: Bool) throws {
    let row = try IncidentReadingTests.row("{\"facts\":{\(answers)}}")
    #expect(row.assessment.facts[.death] == expected)
    #expect(row.problems.map(\.code) == ["workspace.incident-contradiction"])
    #expect(row.problems.first?.what.contains("Death") == true || answers.contains("DEATH"))
  }

  @Test(
    "what two spellings say alike, or one of them leaves empty, is no problem",
    arguments: [
      #""facts":{"death":"yes","Death":true}"#, #""facts":{"death":"yes","Death":null}"#,
      #""resolved":"2026-11-20","Resolved":"2026-11-20""#,
      #""resolved":"2026-11-20","Resolved":null"#,
    ])
  func alike(members: String) throws {
    #expect(try IncidentReadingTests.row("{\(members)}").problems.isEmpty)
  }

  @Test("one date under two spellings is told, and the one that leaves less time counts")
  func dates() throws {
    for members in [
      #""awareOfInvolvement":"2026-11-10","aware_of_involvement":"2026-11-18""#,
      #""aware_of_involvement":"2026-11-18","awareOfInvolvement":"2026-11-10""#,
    ] {
      let row = try IncidentReadingTests.row("{\(members)}")
      #expect(row.assessment.times[.awareOfInvolvement]?.day.iso == "2026-11-10")
      #expect(row.problems.map(\.code) == ["workspace.incident-contradiction"])
    }
    let kept = try IncidentReadingTests.row(
      #"{"documented":"2026-11-10","Documented":"2026-11-18"}"#)
    #expect(kept.assessment.times[.documented]?.day.iso == "2026-11-18")
    let learned = try IncidentReadingTests.row(
      #"{"learned":{"death":"2026-11-18","Death":"2026-11-10"}}"#)
    #expect(learned.assessment.times.learned[.death]?.day.iso == "2026-11-18")
    #expect(learned.problems.count == 1)
  }

  @Test(
    "a date without an hour is any moment of its day, and contradicts only another day",
    arguments: [
      (#""occurred":"2026-11-20T10:00+01:00","aware_of_involvement":"2026-11-20""#, nil),
      (#""aware_of_involvement":"2026-11-20T09:00","resolved":"2026-11-20""#, nil),
      (#""occurred":"2026-11","aware_of_involvement":"2026-11-05""#, nil),
      (
        #""occurred":"2026-11-20T10:00+01:00","aware_of_involvement":"2026-11-19""#,
        "the provider became aware of the involvement of its model on 2026-11-19, before the "
          + "incident occurred on 2026-11-20 at 10:00 in Brussels"
      ),
      (
        #""occurred":"2026-11","resolved":"2026-10-31""#,
        "the incident was resolved on 2026-10-31, before the incident occurred "
          + "on 2026-11-01 to 2026-11-30"
      ),
    ] as [(String, String?)])
  func ranges(members: String, expected: String?) throws {
    #expect(
      try IncidentReadingTests.row("{\(members)}").problems.map(\.what)
        == (expected.map { [$0] } ?? []))
  }

  @Test(
    "a moment is read with the zones that people write",
    arguments: [
      ("2026-11-20T10:00+01", "2026-11-20T10:00:00+01:00"),
      ("2026-11-20T10:00 +01:00", "2026-11-20T10:00:00+01:00"),
      ("2026-11-20 10:00:00 -0500", "2026-11-20T16:00:00+01:00"),
      ("2026-11-20T10:00 CET", "2026-11-20T10:00:00+01:00"),
      ("2026-07-20T10:00 CEST", "2026-07-20T10:00:00+02:00"),
      ("2026-07-20T10:00 cet", "2026-07-20T11:00:00+02:00"),
      ("2026-11-20T24:00", "2026-11-21T00:00:00+01:00"),
      ("2025-12-31T24:00:00Z", "2026-01-01T01:00:00+01:00"),
      ("2026-11-20T10:00+0100", "2026-11-20T10:00:00+01:00"),
      ("2026-11-20T10:00GMT", "2026-11-20T11:00:00+01:00"), ("2026-11-20T24:01", nil),
      ("2026-11-20T10:00 MEZ", nil), ("2026-11-20T10:00+1", nil), ("2026-11-31T24:00", nil),
      ("2026-11-20T10:00+01:00:00", nil), ("2026-11-20Z", nil), ("2026-11-20T", nil),
    ] as [(String, String?)])
  func zones(text: String, expected: String?) throws {
    let row = try IncidentReadingTests.row("{\"aware_of_involvement\":\"\(text)\"}")
    #expect(row.assessment.times[.awareOfInvolvement]?.rfc3339 == expected)
    #expect(row.problems.isEmpty == (expected != nil))
  }

  @Test("of an hour that summer time skips the day counts, and it is told")
  func skipped() throws {
    let row = try IncidentReadingTests.row(
      #"{"aware_of_involvement":"2026-03-29T02:30","facts":{"death":"yes","causal_link":"yes"}}"#)
    #expect(row.problems.map(\.code) == ["workspace.skipped-hour"])
    let clock = row.assessment.clocks.all.first { $0.id == "cop/safety/9.3/death" }
    #expect(clock?.from?.day.iso == "2026-03-29" && clock?.due?.plainLastDay.iso == "2026-04-08")
  }

  @Test("a report that lies after the day asked ends no clock, and is told")
  func future() throws {
    let text =
      #"{"aware_of_involvement":"2026-11-10","facts":{"death":"yes","causal_link":"yes"},"#
      + #""reports":[{"type":"initial","submitted":"2026-12-10"}]}"#
    let early = try IncidentReadingTests.row(text)
    #expect(early.problems.map(\.code) == ["workspace.report-in-future"])
    #expect(early.assessment.times.reports.isEmpty)
    #expect(early.assessment.clocks.governs == "cop/safety/9.3/death")
    let law = Law.at(try #require(Day(iso: "2026-12-10")))
    let then = try #require(try IncidentReadingTests.rows(text, law: law).first)
    #expect(then.problems.isEmpty && then.assessment.times.reports.count == 1)
  }

  @Test("reports of days without an hour stand behind what else happened on those days")
  func sameDay() throws {
    let row = try IncidentReadingTests.row(
      #"{"resolved":"2026-11-10T15:00","reports":[{"type":"Initial","submitted":"2026-11-09T10:00"},"#
        + #"{"type":"intermediate","submitted":"2026-11-09"},{"type":"final","submitted":"2026-11-10"}]}"#
    )
    #expect(row.problems.isEmpty && row.assessment.times.reports.count == 3)
  }

  @Test("a category learned behind the final report opens the order again")
  func behindFinal() throws {
    func row(_ learned: String) throws -> AssessIncidents.Row {
      try IncidentReadingTests.row(
        #"{"aware_of_involvement":"2026-01-05","resolved":"2026-01-20","learned":{"death":"\#(learned)"},"#
          + #""facts":{"death":"yes","health":"yes","causal_link":"yes"},"reports":["#
          + #"{"type":"initial","submitted":"2026-01-10"},{"type":"final","submitted":"2026-02-01"},"#
          + #"{"type":"intermediate","submitted":"2026-10-02"},{"type":"final","submitted":"2026-10-20"}]}"#
      )
    }
    let told = try row("2026-10-01")
    #expect(told.problems.isEmpty && told.assessment.times.reports.count == 4)
    let death = told.assessment.clocks.all.first { $0.id == "cop/safety/9.3/death" }
    #expect(death?.state == .ended && death?.done?.day.iso == "2026-10-02")
    let known = try row("2026-01-08")
    #expect(
      known.problems.map(\.code) == ["duties.report-after-final", "duties.report-after-final"])
  }

  @Test("ids keep every digit, and those that stand there twice are told")
  func ids() throws {
    let rows = try IncidentReadingTests.rows(
      """
      {"x":{"id":5},"note":"\\"id\\": 7","id": 123456789012345678901234567890}
      {"id":1.50}
      {"id":"a"}
      {"id":"a"}
      {"id":2,"Id":3}
      {}
      {}
      """)
    #expect(
      rows.map(\.id) == [
        .string("123456789012345678901234567890"), .string("1.50"), .string("a"), .string("a"),
        .int(2), .null, .null,
      ])
    #expect(
      rows.map { $0.problems.map(\.code) } == [
        [], [], [], ["workspace.incident-id-twice"], ["workspace.incident-contradiction"], [], [],
      ])
    #expect(rows[3].problems.first?.what == "rows 3 and 4 have the same id")
  }

  @Test("what is wrong with a list of reports is said of the report that is wrong")
  func reports() throws {
    let row = try IncidentReadingTests.row(
      #"{"reports":[{"type":"initial","submitted":"2026-11-09"},{"type":"first","submitted":"2026-11-10"}]}"#
    )
    #expect(
      row.problems.map(\.what) == [
        "reports: number 2 is left out: its type is not initial, intermediate or final"
      ])
    #expect(row.assessment.times.reports.count == 1)
  }

  @Test("of very many problems it is said how many are not listed, and a slip is told behind them")
  func many() throws {
    let unknown = (0..<70).map { #""question_\#($0)":"yes""# }.joined(separator: ",")
    let row = try IncidentReadingTests.row(#"{"facts":{\#(unknown)}}"#)
    #expect(row.problems.count == 51)
    #expect(row.problems.last?.code == "workspace.incident-problems-left")
    #expect(row.problems.last?.what.hasPrefix("20 more") == true)

    let others = (0..<60).map { #""zz\#($0)":1"# }.joined(separator: ",")
    let slipped = try IncidentReadingTests.row(
      #"{\#(others),"aware_of_involvment":"2026-11-10"}"#)
    #expect(slipped.problems.map(\.code) == ["workspace.incident-member"])
    #expect(slipped.ignored.count == 50)
  }

  @Test(
    "a line that is not quite JSON is read as far as it goes, and told",
    arguments: [
      "{\"id\":\"a\",\"narrative\":\"he\tdied\"}", #"{"id":"a","narrative":"he died",}"#,
      #"{"id":"a","narrative":"he died""#, #"{"id":"a","narrative":"he died"#,
      #"{"id":"a","narrative":"he died \q"}"#, #"{"narrative":"he died","id":1e400}"#,
      #"{"id":"a","narrative":["he died"]}"#, #"{"id":"a","narrative":{"text":"he died"}}"#,
    ])
  func broken(line: String) throws {
    let row = try IncidentReadingTests.row(line)
    #expect(row.isRead && (1...2).contains(row.problems.count))
    #expect(row.id == (line.contains("1e400") ? .string("1e400") : .string("a")))
    #expect(row.assessment.suggestions.map(\.category) == [.death], "\(row.problems)")
  }

  @Test("an answer or a moment that was cut off is no answer and no moment")
  func cutOff() throws {
    let answer = try IncidentReadingTests.row(
      #"{"id":"a","facts":{"causal_link":"yes","death":"no"#)
    #expect(answer.isRead && answer.assessment.facts[.death] == nil)
    #expect(answer.assessment.facts.harm(.death) != .no && answer.problems.count == 3)
    let moment = try IncidentReadingTests.row(#"{"id":"a","aware_of_involvement":"2026-11-1"#)
    #expect(moment.assessment.times[.awareOfInvolvement] == nil && moment.problems.count == 3)
  }

  @Test(
    "of a line that cannot be read at all its words still ask",
    arguments: [
      #"{"narrative":"he died"} {"narrative":"x"}"#, "{'narrative': 'he died'}", "he died",
      String(repeating: "[", count: 100_000) + "he died",
    ])
  func unreadable(line: String) throws {
    let row = try IncidentReadingTests.row(line)
    #expect(!row.isRead && row.id == .null && row.problems.count == 1)
    #expect(row.assessment.facts == IncidentFacts())
    #expect(row.assessment.suggestions.map(\.category) == [.death])
  }

  @Test("a text under another name is told where there is no narrative, and only there")
  func otherName() throws {
    let row = try IncidentReadingTests.row(#"{"description":"he died"}"#)
    #expect(row.problems.map(\.mend) == ["did you mean narrative?"])
    let both = try IncidentReadingTests.row(#"{"title":"x","narrative":"he died"}"#)
    #expect(both.problems.isEmpty && both.ignored == ["title"])
  }

  @Test("more reports than are read are told by their number")
  func tooMany() throws {
    let one = #"{"type":"intermediate","submitted":"2026-11-12"}"#
    let list = Array(repeating: one, count: 1001).joined(separator: ",")
    let row = try IncidentReadingTests.row(#"{"reports":[\#(list)]}"#)
    #expect(row.problems.count == 1 && row.problems.first?.what.contains("1001") == true)
  }

  @Test("a file in UTF-16 is refused by its name", arguments: [[0xFF, 0xFE], [0xFE, 0xFF]])
  func wide(mark: [UInt8]) throws {
    let text = Array("{}".utf16).flatMap { unit in
      mark[0] == 0xFF ? [UInt8(unit), 0] : [0, UInt8(unit)]
    }
    try withFile(mark + text) { path in
      let problem = #expect(throws: Problem.self) {
        _ = try AssessIncidents(law: IncidentReadingTests.law).run(path: path) { _ in }
      }
      #expect(problem?.code == "ground.file-utf16" && problem?.mend.contains("iconv") == true)
    }
  }

  @Test(
    "reports on a model that was placed before Chapter V applied are noted until the transition ends",
    arguments: [
      ("2025-08-01", "2027-08-01", true), ("2025-08-01", "2027-08-02", false),
      ("2025-08-02", "2027-08-01", false), ("2024-05", "2026-11-10", nil),
    ] as [(String, String, Bool?)])
  func transition(placed: String, aware: String, isNoted: Bool?) throws {
    let row = try #require(
      try IncidentReadingTests.rows(
        #"{"placed_on_market":"\#(placed)","aware_of_involvement":"\#(aware)","#
          + #""facts":{"death":"yes","causal_link":"yes"}}"#,
        law: Law.at(Day(2027, 8, 20)!)
      ).first)
    // A month is no day, and nothing is guessed.
    #expect(row.problems.count == (isNoted == nil ? 1 : 0))
    let initial = try #require(
      row.assessment.clocks.all.first { $0.track == .model && $0.task == .initial })
    #expect(initial.due != nil)
    #expect(initial.notes.contains { $0.contains("2027-08-02") } == (isNoted ?? false))
  }
}
