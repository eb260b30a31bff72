import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("Files as programs and people write them")
struct ExchangeFileTests {
  private func codes(_ plan: ImportPlan) -> [String] {
    plan.report.rowProblems.map { "\($0.line) \($0.column ?? "-") \($0.problem.code)" }
  }

  static let sameFiles = [
    "name,tokens,modality\nA,1,text\nB,2,\n", "name,tokens,modality\r\nA,1,text\r\nB,2,\r\n",
    "name,tokens,modality\rA,1,text\rB,2,\r", "\u{FEFF}name,tokens,modality\nA,1,text\nB,2,",
    "name;tokens;modality\nA;1;text\nB;2;\n", "name\ttokens\tmodality\nA\t1\ttext\nB\t2\t\n",
    "sep=;\nname;tokens;modality\nA;1;text\nB;2;\n",
    "\n\nname,tokens,modality\n\nA,1,text\n,,\nB,2,\n\n",
    "\"name\",\"tokens\",\"modality\"\n\"A\",\"1\",\"text\"\n\"B\",\"2\",\"\"\n",
    " Name , TOKENS ,Modality\nA, 1 ,text\nB,2,\n", "name,tokens,modality,\nA,1,text,\nB,2,,\n",
    "{\"name\":\"A\",\"tokens\":\"1\",\"modality\":[\"text\"]}\n\n{\"name\":\"B\",\"tokens\":2}\n",
    "{\"fields\":{\"name\":\"A\",\"tokens\":1,\"modality\":\"text\"}}\r\n{\"fields\":{\"name\":\"B\",\"tokens\":\"2\"}}",
  ]

  @Test(
    "Separators, line ends, byte order marks, quotes and blank lines do not matter",
    arguments: sameFiles)
  func same(text: String) throws {
    let plan = try ExchangeSamples.plan(text)
    #expect(codes(plan) == [] && plan.report.problems.isEmpty)
    let made = try ExchangeSamples.carriedOut(plan, of: .model)
    #expect(made.map(\.title) == ["A", "B"])
    #expect(made.map { $0.text("tokens") } == ["1", "2"])
    #expect(made.map { $0.texts("modality") } == [["text"], []])
  }

  @Test("The separator that gives known headings is taken, whatever else stands in them")
  func separator() throws {
    let plan = try ExchangeSamples.plan(
      "name;a,b,c,d,e;tokens\nA;1,2;3\n", .init(map: ["a,b,c,d,e=licence"]))
    #expect(plan.report.form == .csv(.semicolon))
    #expect(plan.changes.first?.differences.map(\.field) == ["name", "licence", "tokens"])
    let given = try ExchangeSamples.plan("name\ttokens\nA;B\t1\n", .init(form: .csv(.tab)))
    #expect(given.changes.first?.title == "A;B")
  }

  @Test("A row that is too short or too long is told with its line, and the others are read")
  func width() throws {
    let plan = try ExchangeSamples.plan("name,tokens\nA\nB,1,2\n\"C\nc\",3\nD,4\n")
    #expect(
      codes(plan) == ["2 - workspace.import-row-width", "3 - workspace.import-row-width"])
    #expect(plan.changes.map(\.line) == [4, 6])
  }

  @Test("A quote that is not closed costs its own row")
  func openQuote() throws {
    let plan = try ExchangeSamples.plan("name,licence\nA,\"x\nB,y\nC,\"z\"\n")
    #expect(codes(plan) == ["2 - ground.csv-open-quote"])
    #expect(plan.changes.map(\.title) == ["B", "C"])
  }

  @Test("Cells that are not text are told by heading")
  func notText() throws {
    let bytes =
      Array("name,licence\nA,".utf8) + [0xFF] + Array("\nB,x\nC,\"y".utf8) + [0, 0x22, 0x0A]
    // NUL in the first bytes of a file would say that it is no text at all.
    let padding = Array(repeating: UInt8(0x0A), count: 5000)
    let plan = try ExchangeSamples.plan(
      Array(bytes[..<13]) + padding + Array(bytes[13...]))
    #expect(
      codes(plan).map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
        == ["licence workspace.import-not-utf8", "licence workspace.import-nul"])
    #expect(plan.changes.map(\.title) == ["B"])
  }

  @Test("A value in a column without heading is told")
  func unnamed() throws {
    let plan = try ExchangeSamples.plan("name,\nA,\nB,note\n")
    #expect(codes(plan) == ["3  workspace.import-no-heading"])
  }

  @Test("Lines that are no objects of JSON are told, and the others are read")
  func badLines() throws {
    let plan = try ExchangeSamples.plan(
      """
      {"name":"A"}
      [1]
      {"name":"B"
      {"name":"C","name":"D"}
      {"name":"E","utilisation":0.41,"business_users":9007199254740991}
      {"name":"F","flops":1}
      {"name":"G","tokens":1e25}
      {"name":5}
      """)
    #expect(
      codes(plan) == [
        "2 - workspace.import-not-object", "3 - ground.not-json", "4 - ground.not-json",
        "7 tokens workspace.import-inexact-number", "8 name duties.bad-field",
      ])
    #expect(plan.report.problems.map(\.code) == ["workspace.unknown-heading"])
    #expect(plan.changes.map(\.title) == ["A", "E", "F"])
    #expect(
      plan.changes[1].differences.map(\.new?.compact) == [
        "\"E\"", "\"0.41\"", "\"9007199254740991\"",
      ])
  }

  static let refusedFiles: [([UInt8], String)] = [
    ([], "workspace.empty-table"), (Array("\n\r\n".utf8), "workspace.empty-table"),
    ([0xFF, 0xFE, 0x6E, 0], "workspace.import-not-table"),
    (Array("PK\u{3}\u{4}xx".utf8), "workspace.import-not-table"),
    (Array("[{\"name\":1}]".utf8), "workspace.import-not-table"),
    (Array("colour,size\nred,1\n".utf8), "workspace.no-known-column"),
    (Array("{\"colour\":1}\n".utf8), "workspace.no-known-column"),
    (Array(repeating: 0x2C, count: 1200), "workspace.import-too-many-columns"),
    (Array("\"name\nA".utf8), "ground.csv-open-quote"), ([0, 1, 2], "workspace.import-not-table"),
  ]

  @Test("A file that is no table is refused with a remedy", arguments: refusedFiles)
  func refusedFile(bytes: [UInt8], code: String) {
    let problem = #expect(throws: Problem.self) { try ExchangeSamples.plan(bytes) }
    #expect(problem?.code == code && problem?.mend.isEmpty == false)
  }

  @Test("New keys in every line of JSON do not grow without end")
  func manyKeys() {
    let lines = (0..<1100).map { "{\"name\":\"A\",\"k\($0)\":1}\n" }.joined()
    let problem = #expect(throws: Problem.self) { try ExchangeSamples.plan(lines) }
    #expect(problem?.code == "workspace.import-too-many-columns")
  }

  @Test("Problems are shown up to a limit and all counted")
  func bounded() throws {
    let rows = "name,met_on\n" + String(repeating: "A,soon\n", count: 70)
    let report = try ExchangeSamples.plan(rows + "B,\n").report
    #expect(report.rowProblems.count == ImportReport.mostProblems)
    #expect(report.rowProblemCount == 70 && report.refused == 70 && report.created == 1)
    #expect(report.text.contains("… and 20 further problems"))
  }

  @Test("Any bytes behind a header are read to the end without a crash")
  func anyBytes() {
    property(cases: 400) { random in
      let pieces: [[UInt8]] = [
        [0x22], [0x2C], [0x0A], [0x0D], [0x0D, 0x0A], [0], [0xFF], [0xC3], [0xEF, 0xBB, 0xBF],
        [0x7B],
        [0x5B], Array("name".utf8), Array("2026-01-01".utf8), Array("model/aurora1".utf8), [0x3B],
      ]
      let bytes = (0..<random.int(0...40)).flatMap { _ in random.pick(pieces) }
      let header = random.pick([
        "id,name,tokens,on:training-started\n", "{\"name\":1}\n", "name\r", "",
      ])
      do {
        let report = try ExchangeSamples.plan(Array(header.utf8) + bytes, [ExchangeSamples.aurora])
          .report
        let sum = report.created + report.changed + report.unchanged + report.refused
        return sum == report.rows ? nil : "\(sum) of \(report.rows)"
      } catch let problem as Problem {
        return problem.what.isEmpty ? "a problem says nothing" : nil
      }
    }
  }
}
