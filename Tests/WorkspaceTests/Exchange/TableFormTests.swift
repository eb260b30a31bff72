import Ground
import TestSupport
import Testing
import Workspace

@Suite("The form of the table")
struct TableFormTests {
  @Test("Rows are numbered from one and keep their names, in the documented order of members")
  func golden() throws {
    let csv = """
      model,provider,base_model,released,modality,params_total,tokens,published_flop,base_flop,base_same_provider
      Small,Example,,2026-01-15,text,7B,2T,,,
      Tuned,Other,Small,2026-02,text,,,1e22,8.4e22,no
      Weather,Example,,2026,other,,,5e24,,
      Spoilt,Example,,2026-02-30,text,,,5,,
      Nothing,,,,,,,,,

      """
    let answers = try classify(bytes: Array(csv.utf8))
    #expect(answers.rows.compactMap(\.row) == [1, 2, 3, 4, 5])
    #expect(
      answers.rows.compactMap { $0.text("model") } == [
        "Small", "Tuned", "Weather", "Spoilt", "Nothing",
      ])
    #expect(answers.summary.rows == 5 && answers.summary.rowsWithProblems == 1)
    try expectGolden(answers.lines.joined(separator: "\n") + "\n", "table.jsonl")
    #expect(
      orphans(
        in: "WorkspaceTests",
        named: ["incidents.json", "proof-findings.txt", "table.jsonl", "timeline.txt"]) == [])
  }

  static let sameTable = [
    "model,published_flop\nX,1e24\n", "model,published_flop\r\nX,1e24\r\n",
    "\u{FEFF}model,published_flop\nX,1e24", "\"model\",\"published_flop\"\n\"X\",\"1e24\"\n",
    "published_flop,model\n1e24,X\n", " Model , PUBLISHED_FLOP \nX, 1e24 \n",
    "model,published_flop\n\n\nX,1e24\n\n", "model,colour,published_flop\nX,red,1e24\n",
  ]

  @Test(
    "Line ends, byte order mark, quotes, order of columns and blank lines do not matter",
    arguments: sameTable)
  func same(csv: String) throws {
    let rows = try classify(csv)
    #expect(rows.count == 1)
    #expect(rows.first?.text("model") == "X")
    #expect(rows.first?.text("training_compute_flop") == "1000000000000000000000000")
  }

  @Test("Names may hold commas, quotes and line ends")
  func quoted() throws {
    let rows = try classify("model,provider\n\"A, \"\"B\"\"\nC\",\"P\r\nQ\"\nD,E\n")
    #expect(rows.map { $0.text("model") } == ["A, \"B\"\nC", "D"])
    #expect(rows.first?.text("provider") == "P\r\nQ")
  }

  @Test("Columns that are not understood are named, not used")
  func ignored() throws {
    let answers = try classify(bytes: Array("model,Colour,flop\nX,red,1e26\n".utf8))
    #expect(answers.summary.ignoredColumns == ["Colour", "flop"])
    #expect(answers.rows.first?.isNull("training_compute_flop") == true)
  }

  @Test(
    "A row with too few or too many fields is refused as a row, the others are read",
    arguments: ["X", "X,1e24,extra"])
  func width(line: String) throws {
    let rows = try classify("model,published_flop\nA,1e24\n\(line)\nB,2e24\n")
    #expect(rows.count == 3)
    #expect(rows[1].problems == ["row"])
    #expect(rows[1].row == 2)
    #expect(rows[1].isNull("training_compute_flop"))
    #expect(rows[2].text("training_compute_flop") == "2000000000000000000000000")
  }

  @Test("A quote that is never closed is a problem of its row")
  func openQuote() throws {
    let rows = try classify("model,published_flop\nA,1e24\n\"B,2e24\n")
    #expect(rows.count == 2)
    #expect(rows.last?.problems == ["row"])
  }

  static let refused: [(String, String)] = [
    ("", "workspace.empty-table"), ("\n\n", "workspace.empty-table"),
    ("model,model\nA,B\n", "workspace.duplicate-column"),
    ("model, MODEL \nA,B\n", "workspace.duplicate-column"),
    ("colour,size\nred,1\n", "workspace.no-known-column"),
  ]

  @Test(
    "A table without header, without known columns or with one twice is refused", arguments: refused
  )
  func refusal(csv: String, code: String) {
    let problem = #expect(throws: Problem.self) { try classify(csv) }
    #expect(problem?.code == code)
    #expect(problem?.mend.isEmpty == false)
  }

  @Test("A table of a header alone has no rows and is no mistake")
  func headerOnly() throws {
    let answers = try classify(bytes: Array("model,published_flop\n".utf8))
    #expect(answers.rows.isEmpty && answers.summary.rows == 0)
  }

  @Test("Bytes that are no text do not stop the table")
  func notText() throws {
    let answers = try classify(
      bytes: Array("model,published_flop\n".utf8) + [0xFF, 0xFE, 0x2C] + Array("1e24\n".utf8))
    #expect(answers.rows.first?.text("training_compute_flop") == "1000000000000000000000000")
  }

  @Test("A day after the last check brings a caution, an earlier day none")
  func staleness() throws {
    #expect(
      try classify(bytes: Array("model\nX\n".utf8), on: "2027-01-01").summary.staleness != nil)
    #expect(try classify(bytes: Array("model\nX\n".utf8)).summary.staleness == nil)
  }
}
