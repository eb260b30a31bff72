import Ground
import Testing

@Suite("A problem as people see it")
struct ProblemTests {
  let full = Problem(
    "rulefile.not-a-day", what: "\"2026-02-30\" is not a day", why: "February has 28 days",
    mend: "write it as YYYY-MM-DD",
    places: [Place("law.yaml", line: 7, column: 9, label: "from"), Place("other.yaml", line: 2)])

  @Test("A compiler line names file, line and column, what, why and the remedy")
  func compilerLine() {
    #expect(
      full.compilerLine == "law.yaml:7:9: error: \"2026-02-30\" is not a day "
        + "(February has 28 days; write it as YYYY-MM-DD)")
    #expect(Problem("a.b", what: "nothing").compilerLine == "error: nothing")
    #expect(Problem("a.b", what: "no", mend: "do").compilerLine == "error: no (do)")
  }

  @Test("A terminal shows every place with its label, why, and how to mend it")
  func terminal() {
    #expect(
      full.terminal == """
        error: "2026-02-30" is not a day
          at:   law.yaml:7:9 (from)
          at:   other.yaml:2
          why:  February has 28 days
          mend: write it as YYYY-MM-DD
        """)
    #expect(Problem("a.b", what: "nothing").terminal == "error: nothing")
  }

  @Test("Two problems are the same by code and places, whatever the wording")
  func equality() {
    var other = full
    other.what = "reworded"
    #expect(other == full)
    other.places.removeLast()
    #expect(other != full)
    #expect(Problem("a.b", what: "x") != Problem("a.c", what: "x"))
  }

  @Test("A citation marks its force, and doubt where it was not read in the primary text")
  func citation() throws {
    var citation = Citation(
      id: "ai-act/52/1", text: "Art. 52(1) AI Act", force: .statute, confidence: .primary,
      from: try #require(Day(2025, 8, 2)))
    #expect(citation.marked == "Art. 52(1) AI Act (statute)")
    citation.confidence = .unverified
    #expect(citation.marked == "Art. 52(1) AI Act (statute, unverified)")
    #expect(citation.json["valid_until"] == .null)
    #expect(Force.statute < .recital && Force.code < .house)
  }
}
