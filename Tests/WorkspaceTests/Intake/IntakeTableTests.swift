import Duties
import Ground
import Testing
import Workspace

@Suite("tables of incidents")
struct IntakeTableTests {
  static let aiid = """
    _id,incident_id,date,reports,Alleged deployer of AI system,Alleged developer of AI system,\
    Alleged harmed or nearly harmed parties,description,title
    a,9001,2026-03-02,"[1,2]","[""fictional-clinic""]","[""fictional-labs""]","[""patients""]",\
    "A fictional assistant advised a wrong dose.\nA patient was harmed.",Wrong dose advised
    b,9002,2026-13-40,[],[],[],[],"A fictional pump stopped, then ran",Pump stopped

    """

  @Test("each row of the AI Incident Database is a report with the source's own words")
  func aiid() async throws {
    let reports = try await IntakeReading.reports(IntakeTableTests.aiid)
    #expect(reports.map(\.reference) == ["9001", "9002"])
    let first = try #require(reports.first)
    #expect(first.title == "Wrong dose advised")
    #expect(first.narrative == "A fictional assistant advised a wrong dose.\nA patient was harmed.")
    #expect(first.source == "AI Incident Database")
    #expect(first.began == DayRange(iso: "2026-03-02"))
    #expect(first.words("Alleged deployer of AI system") == "fictional-clinic")
    #expect(first.problems.isEmpty)
    #expect(first.place.line == 2)
  }

  @Test(
    "of one incident a hundred annotations are joined, numbered as they come, and more are told")
  func manyAnnotations() async throws {
    let rows = (1...150).map { "9001,note \($0)\n" }.joined()
    let beside = IntakeReading.source(
      "Incident ID,Lives Lost\n" + rows, "classifications_CSETv1.csv")
    let reader = try ReadIncoming(classifications: [beside])
    #expect(reader.problems.map(\.code) == ["workspace.intake-annotations"])
    #expect(reader.problems.first?.places.first?.line == 102)
    let readings = try reader.all(IntakeReading.source(IntakeTableTests.aiid))
    let report = try #require(readings.lazy.compactMap(\.report).first { $0.reference == "9001" })
    #expect(report.words("CSETv1 100 · Lives Lost") == "note 100")
    #expect(report.words("CSETv1 101 · Lives Lost") == nil)
    #expect(!String(decoding: report.original.bytes, as: UTF8.self).contains("note 101"))
  }

  @Test("a date that is none stays words, and is told with row and column")
  func badDate() async throws {
    let second = try #require(try await IntakeReading.reports(IntakeTableTests.aiid).last)
    #expect(second.occurred == "2026-13-40")
    #expect(second.began == nil)
    let problem = try #require(second.problems.first)
    #expect(problem.code == "workspace.intake-day")
    #expect(problem.places == [Place("input", line: 4, label: "date")])
  }

  @Test(
    "annotators are joined by number, each in their own words, and critical services are a trap")
  func classifications() async throws {
    let csv = """
      Incident ID,Namespace,Rights Violation,Impact on Critical Services,Lives Lost
      9001,CSETv1,yes,yes,0
      9001,CSETv1,no,,1
      9003,CSETv1,yes,,

      """
    let reports = try await IntakeReading.reports(
      IntakeTableTests.aiid, classifications: [("x/classifications_CSETv1.csv", csv)])
    let first = try #require(reports.first)
    let rights = first.hints.filter { $0.label.hasSuffix("Rights Violation") }
    #expect(rights.map(\.words) == ["yes", "no"])
    #expect(rights.map(\.category) == [.rights, nil])
    #expect(rights.map(\.label) == ["CSETv1 1 · Rights Violation", "CSETv1 2 · Rights Violation"])
    let services = try #require(first.hints.first { $0.label.contains("Critical Services") })
    #expect(services.category == nil)
    #expect(services.caution.contains("not critical infrastructure"))
    #expect(first.hints.filter { $0.category == .death }.map(\.words) == ["1"])
    #expect(first.hints.contains { $0.category == .infrastructure } == false)
    #expect(reports.last?.hints.contains { $0.label.hasPrefix("CSETv1") } == false)
    let original = String(decoding: first.original.bytes, as: UTF8.self)
    #expect(original.contains("9001,CSETv1,no,,1"))
  }

  @Test("AIAAIC is read below its title row, with years, year spans and the second row of headings")
  func aiaaic() async throws {
    let csv = """
      Incidents,,,,,,,,,,,,,,,,,
      AIAAIC ID#,Headline,Occurred,Deployer,Developer,System name,Technology,Purpose,\
      News trigger (taxonomy),Ethical issue (taxonomy),Impacted area,,External harm (taxonomy),,,\
      Consequence (taxonomy),Response (taxonomy),Summary/links,
      ,,,,,,,,,,,,Individual,Societal,Environmental,,,,
      AIAAIC9001,Fictional kiosk refuses visitors,2024,Fictional City,Fictional Labs,Kiosk 2,\
      ,,,Fairness,,,Discrimination,,,,,https://kiosk.example/summary https://news.example/a,
      AIAAIC9002,Fictional drone falls,2022-2023,,,,,,,,,,,,,,,,

      """
    let reports = try await IntakeReading.reports(csv)
    #expect(reports.map(\.reference) == ["AIAAIC9001", "AIAAIC9002"])
    let first = try #require(reports.first)
    #expect(first.began?.iso == "2024")
    #expect(first.model == "Kiosk 2")
    #expect(first.url == "https://kiosk.example/summary")
    #expect(first.words("External harm (taxonomy) · Individual") == "Discrimination")
    #expect(first.hints.contains { $0.about == .link && $0.words == "https://news.example/a" })
    #expect(reports.last?.began?.iso == "2022")
    #expect(reports.last?.ended?.iso == "2023")
  }

  @Test("a broken row is told with its line, and the others are read")
  func brokenRow() async throws {
    let csv =
      IntakeTableTests.aiid + "c,9003,2026-01-01,[]\nd,9004,2026-01-02,[],[],[],[],Told,Titled\n"
    let readings = try await IntakeReading.all(csv)
    #expect(readings.compactMap(\.report).map(\.reference) == ["9001", "9002", "9004"])
    let problem = try #require(readings.compactMap(\.problem).first)
    #expect(problem.code == "workspace.import-row-width")
    #expect(problem.places.first?.line == 5)
  }

  @Test("one's own table is read by its columns")
  func own() async throws {
    let csv = """
      reference,title,narrative,occurred,ended,reporter,contact,url
      F-1,Valve opened,"The valve opened, unasked",2026-02,2026-03-01,A. Fictional,a@example.org,\
      https://example.org/1
      F-2,,Only told,,,,,

      """
    let reports = try await IntakeReading.reports(csv)
    #expect(reports.map(\.title) == ["Valve opened", "Only told"])
    #expect(reports[0].began?.iso == "2026-02")
    #expect(reports[0].ended?.iso == "2026-03-01")
    #expect(reports[0].contact == "a@example.org")
    #expect(reports[0].digest != reports[1].digest)
  }

  @Test(
    "a slip in one's own table refuses the row and names the column",
    arguments: [
      ("occurred", "05/06/2026", "workspace.import-ambiguous-day"),
      ("occurred", "last week", "workspace.intake-row"),
      ("url", "javascript:alert(1)", "workspace.intake-row"),
      ("url", "see https://example.org", "workspace.intake-row"),
    ])
  func ownSlip(column: String, value: String, code: String) async throws {
    let readings = try await IntakeReading.all("title,\(column)\nA,\(value)\nB,\n")
    let problem = try #require(readings.first?.problem)
    #expect(problem.code == code)
    #expect(problem.places == [Place("input", line: 2, label: column)])
    #expect(readings.last?.report?.title == "B")
  }

  @Test("a row that ends before it begins, and a row that tells nothing, are refused")
  func ownNothing() async throws {
    let csv = "title,occurred,ended,model\nA,2026-03-01,2026-02-01,\n,,,M\n"
    let problems = try await IntakeReading.all(csv).compactMap(\.problem)
    #expect(problems.map { $0.places.first?.label } == ["ended", "narrative"])
  }

  @Test("a column that is not known refuses the table")
  func unknownColumn() async throws {
    await #expect(
      throws: Problem(
        "workspace.intake-columns", what: "",
        places: [
          Place("input", line: 1, column: 2, label: "severity")
        ])
    ) { try await IntakeReading.all("title,severity\nA,high\n") }
  }

  @Test(
    "what is no form of incidents is refused",
    arguments: ["", "PK\u{3}\u{4}x", "hello world\n", "\u{0}\u{0}", "name,tokens\na,1\n"])
  func unknown(text: String) async throws {
    await #expect(throws: Problem.self) { try await IntakeReading.all(text) }
  }
}
