import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("Cells that no spreadsheet computes")
struct ExchangeCellTests {
  static let formulas = [
    "=1+1", "+SUM(A1)", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "  \"=1", "'=1", "''=1",
    "＝1", "＋1x", "－1", "＠x", "\u{A0}=1", "\u{FEFF}=1", "\u{200B}@x", "“=1”", "=", "-", "-5T",
    "-1-1", "=HYPERLINK(\"http://example.org\")", "- a point", "\u{3000}=1", "\u{1}=1", " -5",
    "-5%", "+49 30 1234", "-.", "+e5",
  ]

  @Test(
    "A text that may be a formula gets an apostrophe, which is taken off again", arguments: formulas
  )
  func formula(text: String) {
    for trims in [false, true] {
      let cell = TableCell.written(text, trims: trims)
      #expect(cell.utf8.elementsEqual(("'" + text).utf8))
      #expect(TableCell.read(cell, trims: trims).text.utf8.elementsEqual(text.utf8))
    }
  }

  static let plainTexts = [
    "-5", "+3e5", "-5.25", ".5", "-.5", "+1E-9", "15T", "Aurora 2", "a=b", "a,-b", "'tis", "it's",
    "5' 3\"", "1+1", "e-mail: a@example.org", "’90s model",
  ]

  @Test("Numbers and other texts stay as they are", arguments: plainTexts)
  func plain(text: String) {
    #expect(TableCell.written(text, trims: true) == text)
    #expect(TableCell.read(text, trims: true).text == text)
  }

  static let keptTexts: [(String, String)] = [
    ("", "'"), ("  ", "'  "), ("'", "''"), ("'-5", "''-5"), ("'x", "'x"), ("''", "'''"),
  ]

  @Test(
    "A text that would be read otherwise than it is gets an apostrophe too", arguments: keptTexts)
  func kept(text: String, cell: String) {
    #expect(TableCell.written(text, trims: false) == cell)
    #expect(TableCell.read(cell, trims: false).text == text)
  }

  @Test("Every text comes back from its cell, byte by byte")
  func roundTrip() {
    property(cases: 3000) { random in
      let text = random.int(0...9) == 0 ? "" : ExchangeSamples.hostile(&random)
      for trims in [false, true] {
        let cell = TableCell.written(text, trims: trims)
        var (read, isExact) = TableCell.read(cell, trims: trims)
        if trims, !isExact { read = TableCell.trimmed(read) }
        if !read.utf8.elementsEqual(text.utf8) { return "\(text.debugDescription) → \(cell)" }
        let isSafe = !TableCell.isFormula(cell.unicodeScalars[...].drop { $0 == "'" })
        if !isSafe, cell.utf8.first != 0x27 { return "\(cell.debugDescription) is a formula" }
      }
      return nil
    }
  }

  static let lists: [([String], String)] = [
    (["text", "image"], "text; image"), (["a;b", "c"], #"a\;b; c"#), ([#"C:\x"#], #"C:\\x"#),
    ([], "[]"), ([""], #"[""]"#), ([" a"], #"[" a"]"#), (["[a]"], #"["[a]"]"#),
    (["a", "[b"], "a; [b"),
  ]

  @Test("A list is a text for people, or JSON where that cannot say it", arguments: lists)
  func list(items: [String], cell: String) {
    #expect(ListCell.written(items) == cell)
    #expect(ListCell.read(cell) == items)
  }

  static let typedLists: [(String, [String])] = [
    ("a;;b;", ["a", "b"]), (" a ;b", ["a", "b"]), (#"C:\new"#, [#"C:\new"#]), (#"C:\"#, [#"C:\"#]),
    ("[draft] a; b", ["[draft] a", "b"]), ("[1]", ["[1]"]), ("", []),
  ]

  @Test("A list that a person typed is read kindly", arguments: typedLists)
  func typed(cell: String, items: [String]) { #expect(ListCell.read(cell) == items) }

  @Test("The value of any field comes back from its cell")
  func fields() {
    let fields = RecordKind.model.fields + RecordKind.hold.fields
    property(cases: 2000) { random in
      let field = random.pick(fields)
      let value = ExchangeValues.value(of: field, &random)
      let cell = field.cell(value)
      let read = try field.value(ofCell: cell)
      return read.isSame(as: value) ? nil : "\(field.name) \(value.compact) → \(cell)"
    }
  }

  static let refusedCells: [(String, String, String)] = [
    ("met_on", "03/04/2026", "workspace.import-ambiguous-day"),
    ("met_on", "3.4.26", "workspace.import-ambiguous-day"),
    ("met_on", "25/12/2026", "workspace.import-day"),
    ("met_on", "4/4/2026", "workspace.import-day"),
    ("met_on", "2026-3-1", "workspace.import-day"), ("met_on", "46082", "workspace.import-day"),
    ("met_on", "2026/03/01", "workspace.import-day"), ("met_on", "2026-02-30", "duties.bad-field"),
    ("met_on", "soon", "duties.bad-field"), ("open_weights", "maybe", "duties.bad-field"),
    ("annex_xiii", "{", "ground.not-json"), ("annex_xiii", "{\"a\":0.5}", "ground.not-canonical"),
    ("generality", "wide", "duties.bad-field"),
  ]

  @Test("A value that cannot be trusted is refused", arguments: refusedCells)
  func refused(name: String, cell: String, code: String) throws {
    let field = try #require(RecordKind.model.field(name))
    let problem = #expect(throws: Problem.self) { try field.value(ofCell: cell) }
    #expect(problem?.code == code)
    #expect(problem?.mend.isEmpty == false)
  }

  @Test("The remedy of an ambiguous day names both days")
  func remedy() throws {
    let problem = try #require(DayText.problem("03/04/2026", of: "met_on"))
    #expect(problem.why == "it may be 2026-04-03 or 2026-03-04")
    #expect(DayText.problem("25/12/2026", of: "met_on")?.mend == "write 2026-12-25")
    #expect(DayText.problem("46082", of: "met_on")?.why.contains("2026-03-01") == true)
    #expect(DayText.problem("2026-03-01", of: "met_on") == nil)
  }
}
