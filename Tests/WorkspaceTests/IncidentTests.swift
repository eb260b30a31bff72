import Duties
import Ground
import Rulebook
import TestSupport
import Testing
import Workspace

@Suite("Incidents from a file")
struct IncidentTests {
  private static let law = Law.at(Law.checked)

  private static func rows(_ text: String) throws -> [AssessIncidents.Row] {
    try withFile(text.utf8) { path in
      var rows: [AssessIncidents.Row] = []
      let summary = try AssessIncidents(law: law).run(path: path) { rows.append($0) }
      #expect(summary.rows == rows.count)
      #expect(summary.rowsWithProblems == rows.count { !$0.problems.isEmpty })
      return rows
    }
  }

  @Test("the examples are answered as recorded")
  func examples() throws {
    let rows = try IncidentTests.rows(try Repository.text("examples/incidents.jsonl"))
    let text = rows.map { $0.json(IncidentTests.law).pretty }.joined(separator: "\n") + "\n"
    try expectGolden(text, "incidents.json")
  }

  @Test("every line has one answer, and a line that cannot be read does not stop the rest")
  func lines() throws {
    let rows = try IncidentTests.rows(
      "x\n\n  \n{}\n[1]\n{\"id\": 7}\r\n{\"id\": \"a\", \"id\": \"b\"}\nnull\n{\"id\": \"\u{1F600}\"}"
    )
    #expect(rows.map(\.number) == Array(1...7))
    #expect(rows.map(\.isRead) == [false, true, false, true, true, false, true])
    let a = JSON.string("a")
    #expect(rows.map(\.id) == [.null, .null, .null, .int(7), a, .null, .string("\u{1F600}")])
    #expect(rows[0].problems.map(\.code) == ["ground.not-json"])
    #expect(rows[0].problems.first?.places.first?.line == 1)
    #expect(rows[2].problems.first?.places.first?.line == 5)
    #expect(rows[4].problems.last?.code == "ground.not-json")
    #expect(rows[4].problems.last?.places.first?.line == 7)
    #expect(rows.allSatisfy { !$0.assessment.facts.serious.isDecided })
  }

  @Test(
    "a value that cannot be read counts as unknown and is told",
    arguments: [
      ("\"aware_of_involvement\": \"2026-02-30\"", "workspace.not-a-time"),
      ("\"aware_of_involvement\": \"2026-11\"", "workspace.not-a-time"),
      ("\"aware_of_involvement\": \"yesterday\"", "workspace.not-a-time"),
      ("\"aware_of_involvement\": \"2026-03-29T02:30\"", "workspace.skipped-hour"),
      ("\"aware_of_involvement\": 20261120", "workspace.incident-member"),
      ("\"aware_of_involvement\": \"0001-01-01\"", "workspace.out-of-range"),
      ("\"resolved\": \"9999-12-31\"", "workspace.out-of-range"),
      ("\"narrative\": 3", "workspace.incident-member"),
      ("\"facts\": []", "workspace.incident-member"),
      ("\"facts\": {\"death\": \"perhaps\"}", "duties.not-an-answer"),
      ("\"facts\": {\"deaths\": \"yes\"}", "duties.unknown-question"),
      ("\"reports\": {}", "workspace.incident-member"),
      ("\"reports\": [{}]", "workspace.incident-member"),
      ("\"reports\": [{\"type\": \"initial\"}]", "workspace.incident-member"),
      (
        "\"reports\": [{\"type\": \"initial\", \"submitted\": \"unknown\"}]",
        "workspace.incident-member"
      ),
      (
        "\"reports\": [{\"type\": \"initial\", \"submitted\": \"2026-11-21\"}]",
        "workspace.report-in-future"
      ),
      ("\"id\": {\"a\": 1}", "workspace.incident-member"),
      (
        "\"reports\": [{\"type\": \"final\", \"submitted\": \"2026-11-20\"}]",
        "duties.report-without-initial"
      ),
      ("\"learned\": {\"x\": \"2026-11-20\"}", "workspace.incident-member"),
      (
        "\"occurred\": \"2026-11-20\", \"aware_of_involvement\": \"2026-11-19\"",
        "workspace.incident-contradiction"
      ),
      (
        "\"aware_of_involvement\": \"2026-11-20\", \"facts\": {\"model_involved\": \"no\"}",
        "workspace.incident-contradiction"
      ),
    ])
  func unreadable(member: String, code: String) throws {
    let row = try #require(try IncidentTests.rows("{\(member)}").first)
    #expect(row.problems.map(\.code) == [code])
    #expect(!row.assessment.facts.serious.isDecided && row.isRead)
  }

  @Test(
    "null, an empty moment and an approximate occurrence are no problems; other members are named")
  func open() throws {
    let rows = try IncidentTests.rows(
      """
      {"id": null, "narrative": null, "occurred": "2026-11", "aware_of_involvement": "", "resolved": null, "facts": null}
      {"facts": {"death": null, "rights": true, "health": "unknown"}, "expected": {"x": [1]}}
      """)
    #expect(rows.flatMap(\.problems).isEmpty)
    #expect(rows[0].assessment.times[.occurred]?.day.iso == "2026-11-01")
    #expect(rows[1].ignored == ["expected"])
    #expect(rows[1].assessment.facts.harm(.rights) == .yes)
    #expect(rows[1].assessment.missing.contains("death"))
  }

  @Test(
    "a moment is read as people and programs write it, and an unknown one is no problem",
    arguments: [
      ("2026-11-20", "2026-11-20T00:00:00+01:00"),
      ("2026-11-20T09:30", "2026-11-20T09:30:00+01:00"),
      (" 2026-11-20 09:30:00 ", "2026-11-20T09:30:00+01:00"),
      ("2026-11-20T09:30:00+0000", "2026-11-20T10:30:00+01:00"),
      ("2026-11-20T09:30:00.125Z", "2026-11-20T10:30:00+01:00"),
      ("2026-11-20 09:30:00 UTC", "2026-11-20T10:30:00+01:00"),
      ("2026-11-20T23:30:00-05:00", "2026-11-21T05:30:00+01:00"),
      ("2026-07-01t00:00:00z", "2026-07-01T02:00:00+02:00"), ("unknown", nil), ("n/a", nil),
      ("  ", nil),
    ] as [(String, String?)])
  func moments(text: String, expected: String?) throws {
    for name in ["aware_of_involvement", "awareOfInvolvement", "Aware of involvement"] {
      let row = try #require(try IncidentTests.rows("{\"\(name)\": \"\(text)\"}").first)
      #expect(row.problems.isEmpty && row.ignored.isEmpty)
      #expect(row.assessment.times[.awareOfInvolvement]?.rfc3339 == expected)
    }
  }

  @Test("a byte order mark, other members and unknown questions do not cost an answer")
  func tolerance() throws {
    let rows = try IncidentTests.rows(
      "\u{FEFF}{\"id\": \"a\", \"facts\": {\"death\": \"Yes\", \"moon\": \"full\", \"rights\": \"n/a\"}, "
        + "\"labels\": {\"x\": 1}}\r\n{\"id\": \"b\"}")
    #expect(rows.map(\.id) == [.string("a"), .string("b")])
    #expect(rows[0].problems.map(\.code) == ["duties.unknown-question"])
    #expect(rows[0].ignored == ["labels"])
    #expect(rows[0].assessment.facts.harm(.death) == .yes)
    #expect(!rows[0].assessment.facts.harm(.rights).isDecided)
  }

  @Test("words alone decide nothing, however plain they are")
  func wordsAlone() throws {
    let row = try #require(
      try IncidentTests.rows(
        "{\"narrative\": \"The model killed a man. The weights were stolen.\", "
          + "\"aware_of_involvement\": \"2026-11-20\"}"
      ).first)
    let json = row.json(IncidentTests.law)
    for category in IncidentCategory.allCases {
      #expect(json["categories"]?[category.rawValue] == .string("undetermined"))
    }
    #expect(json["serious"] == .string("undetermined") && json["governs"] == .null)
    #expect(row.assessment.suggestions.map(\.category).starts(with: [.cyberBreach, .death]))
  }

  @Test("reports may stand before the moment of resolution in the line")
  func order() throws {
    let row = try #require(
      try IncidentTests.rows(
        "{\"reports\": [{\"type\": \"initial\", \"submitted\": \"2026-10-21\"}, "
          + "{\"type\": \"final\", \"submitted\": \"2026-11-19\"}], \"resolved\": \"2026-11-01\"}"
      ).first)
    #expect(row.problems.isEmpty && row.assessment.times.reports.count == 2)
  }

  @Test("a line above the limit is answered as unreadable, in its place")
  func tooLong() throws {
    let long = "{\"narrative\": \"" + String(repeating: "a", count: 17 << 20) + "\"}"
    let rows = try IncidentTests.rows("{\"id\": 1}\n\(long)\n{\"id\": 3}\n")
    #expect(rows.map(\.id) == [.int(1), .null, .int(3)])
    #expect(rows[1].problems.map(\.code) == ["ground.line-too-long"])
  }

  @Test("damaged lines never stop the run")
  func damaged() throws {
    let sample = Array(try Repository.text("examples/incidents.jsonl").utf8)
    property(cases: 60) { random in
      var bytes = sample
      for _ in 0..<random.int(1...20) {
        bytes[random.int(0...(bytes.count - 1))] = UInt8(random.int(0...255))
      }
      let rows = try IncidentTests.rows(String(decoding: bytes, as: UTF8.self))
      for row in rows {
        let json = row.json(IncidentTests.law).compactBytes
        guard (try? JSON(parsing: json)) != nil else { return "an answer that is no JSON" }
      }
      return rows.isEmpty ? "no answer" : nil
    }
  }
}
