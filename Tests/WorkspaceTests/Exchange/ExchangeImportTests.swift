import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("What an import plans")
struct ExchangeImportTests {
  private let aurora = ExchangeSamples.aurora

  private func codes(_ plan: ImportPlan) -> [String] {
    plan.report.rowProblems.map { "\($0.line) \($0.column ?? "-") \($0.problem.code)" }
  }

  @Test("Rows without id begin records, rows with one change them, others stay as they are")
  func actions() throws {
    let plan = try ExchangeSamples.plan(
      """
      id,Model name,Tokens,Go-live
      ,Aurora 2,20T,2026-03-01
      model/aurora1,Aurora 1,16T,
      model/aurora2,Aurora 1b,15T,

      """,
      [
        aurora,
        ExchangeSamples.record(
          "model/aurora2", [("name", .string("Aurora 1b")), ("tokens", .string("15T"))]),
      ],
      .init(map: ["Model name=name", "Go-live=placed-on-market"], reason: "yearly check"))
    #expect(plan.report.rowProblems.isEmpty && plan.report.problems.isEmpty)
    #expect(plan.report.plan.map(\.action) == [.create, .change, .unchanged])
    let made = try #require(plan.changes.first)
    #expect(made.record == nil && made.title == "Aurora 2" && made.line == 2)
    #expect(made.steps.map(\.event) == ["model-registered", "placed-on-market"])
    #expect(made.steps.map(\.effective.text) == ["2026-11-20", "2026-03-01"])
    #expect(made.steps[0].set.map(\.0) == ["name", "tokens"])
    let change = plan.changes[1]
    #expect(change.record == aurora.id && change.version == 2)
    #expect(change.steps.map(\.event) == ["model-changed"])
    #expect(change.steps[0].reason == "yearly check")
    #expect(change.differences.map(\.field) == ["tokens"])
    #expect(change.differences[0].old == .string("15T"))
    #expect(change.differences[0].new == .string("16T"))
    #expect(plan.changes.count == 2)
  }

  static let headings: [(String, String?)] = [
    ("name", "name"), ("NAME", "name"), ("Params Total", "params_total"),
    ("open-weights", "open_weights"), ("total parameters", "params_total"),
    ("on:placed-on-market", "on:placed-on-market"), ("placed-on-market", "on:placed-on-market"),
    ("Training Started", "on:training-started"), ("designated", "designated"),
    ("record:status", "status"), ("Status", "status"), ("class", "class"), ("chips", "chips"),
    ("Placed on market", nil), ("colour", nil), ("passphrase", nil),
  ]

  @Test(
    "Headings are found by name, then without regard to spelling, then by title",
    arguments: headings)
  func heading(heading: String, target: String?) throws {
    var map = try ColumnMap(.model)
    try map.add(heading, at: Place("t.csv", line: 1))
    guard case .column(let column) = map.columns[0].target else {
      #expect(target == nil && map.problems.count == 1)
      return
    }
    #expect(column.heading(in: .model) == target && map.problems.isEmpty)
  }

  @Test("A heading that nobody knows is told once, with near names, and nothing may be written")
  func unknownHeading() throws {
    let plan = try ExchangeSamples.plan("name,tokenz\nA,1\nB,2\n")
    #expect(plan.report.problems.map(\.code) == ["workspace.unknown-heading"])
    #expect(plan.report.problems[0].why.contains("tokens"))
    #expect(plan.report.problems[0].places == [plan.report.problems[0].places[0]])
    #expect(plan.report.created == 2 && plan.report.refused == 0)
    #expect(throws: Problem.self) { try plan.applicable(skippingErrors: true) }
    let ignored = try ExchangeSamples.plan("name,tokenz\nA,1\n", .init(map: ["tokenz=-"]))
    #expect(try ignored.applicable().count == 1)
    #expect(ignored.report.columns[1] == ("tokenz", nil))
  }

  static let badMaps: [(String, String)] = [
    ("name", "workspace.bad-column-map"), ("=name", "workspace.bad-column-map"),
    ("a=", "workspace.bad-column-map"), ("a=nam", "workspace.unknown-column"),
    ("a=token", "workspace.unknown-column"),
  ]

  @Test("A mapping that says nothing is refused", arguments: badMaps)
  func badMap(map: String, code: String) {
    let problem = #expect(throws: Problem.self) {
      try RegisterImport(
        map == "a=token" ? .person : .model, options: .init(map: [map]),
        actor: ExchangeSamples.actor, today: ExchangeSamples.today)
    }
    #expect(problem?.code == (map == "a=token" ? "workspace.import-not-possible" : code))
  }

  @Test("A heading that is to be mapped and is not there is told")
  func missingHeading() throws {
    let plan = try ExchangeSamples.plan(
      "name,Tok\nA,1\n", .init(map: ["Tokens used=tokens", "Tok=-"]))
    #expect(plan.report.problems.map(\.code) == ["workspace.missing-heading"])
    let lines = try ExchangeSamples.plan("{\"name\":\"A\"}\n", .init(map: ["Tokens used=tokens"]))
    #expect(lines.report.problems.map(\.code) == ["workspace.missing-heading"])
  }

  @Test(
    "Two columns for one field are refused", arguments: ["name,name", "name,Name", "name,title"])
  func duplicate(header: String) throws {
    let plan = try ExchangeSamples.plan(
      "\(header)\nA,B\n", .init(map: header.hasSuffix("title") ? ["title=name"] : []))
    #expect(plan.report.problems.map(\.code) == ["workspace.duplicate-column"])
  }

  @Test("Every wrong cell of a row is told with file, line and heading")
  func rowProblems() throws {
    let plan = try ExchangeSamples.plan(
      """
      name,When met,open weights,on:training-started
      A,03/04/2026,maybe,2026-01-01
      B,2026-03-01,yes,1/2/26
      C,,,
      ,,yes,
      D,,,2027-01-01
      """, .init(map: ["When met=met_on"]))
    #expect(
      codes(plan) == [
        "2 When met workspace.import-ambiguous-day", "2 open weights duties.bad-field",
        "3 on:training-started workspace.import-ambiguous-day", "5 name duties.missing-field",
        "6 on:training-started duties.in-future",
      ])
    #expect(plan.report.refused == 4 && plan.report.rowProblemCount == 5)
    #expect(plan.report.rowProblems.allSatisfy { !$0.problem.mend.isEmpty && !$0.file.isEmpty })
    #expect(throws: Problem.self) { try plan.applicable() }
    #expect(try plan.applicable(skippingErrors: true).map(\.title) == ["C"])
  }

  @Test("Changes need a reason, which is asked for once")
  func reason() throws {
    let rows = "id,tokens\nmodel/aurora1,16T\n"
    let plan = try ExchangeSamples.plan(rows, [aurora], .init(reason: " "))
    #expect(plan.report.problems.map(\.code) == ["workspace.import-needs-reason"])
    #expect(plan.report.changed == 1)
    #expect(throws: Problem.self) { try plan.applicable(skippingErrors: true) }
    let same = try ExchangeSamples.plan("id,tokens\nmodel/aurora1,15T\n", [aurora], .init())
    #expect(same.report.problems.isEmpty && same.report.unchanged == 1)
    let new = try ExchangeSamples.plan("name\nAurora 3\n", [aurora], .init())
    #expect(try new.applicable().count == 1)
  }

  @Test("An empty cell empties a field, an absent column leaves it")
  func empty() throws {
    let plan = try ExchangeSamples.plan("id,tokens\nmodel/aurora1,\n", [aurora])
    #expect(plan.changes.first?.differences.map(\.field) == ["tokens"])
    #expect(plan.changes.first?.differences[0].new == nil)
    let lines = try ExchangeSamples.plan(
      "{\"id\":\"model/aurora1\",\"tokens\":null}\n{\"name\":\"B\"}\n", [aurora])
    #expect(lines.changes.first?.differences.map(\.field) == ["tokens"])
    let required = try ExchangeSamples.plan("id,name\nmodel/aurora1,\n", [aurora])
    #expect(codes(required) == ["2 name duties.missing-field"])
  }
}
