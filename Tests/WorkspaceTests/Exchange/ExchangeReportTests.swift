import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("What a dry run shows")
struct ExchangeReportTests {
  static let rows = """
    id,Model name,tokens,Go-live,Comment,class
    ,Aurora 2,20T,2026-03-01,new,
    model/aurora1,Aurora 1,16T,,,internal
    model/aurora3,Aurora 3,,,,
    ,Aurora 4,,03/04/2026,,

    """

  static func report() throws -> ImportReport {
    try withFile(rows) { path in
      let records = [
        ExchangeSamples.aurora,
        ExchangeSamples.record("model/aurora3", [("name", .string("Aurora 3"))]),
      ]
      return try RegisterImport(
        .model,
        options: .init(
          map: ["Model name=name", "Go-live=placed-on-market", "Comment=-"], reason: "check"),
        actor: ExchangeSamples.actor, today: ExchangeSamples.today
      ).plan(ByteSource(path: path), register: RegisterLookup(records: records)).report
    }
  }

  @Test("The plan reads line by line, old to new, then what stands against it")
  func text() throws {
    let report = try ExchangeReportTests.report()
    let text = report.text.replacing(report.file, with: "models.csv")
    #expect(
      text == """
        models.csv: 4 rows of model: 1 new, 1 changed, 1 unchanged, 1 refused
        columns: id, Model name → name, tokens, Go-live → on:placed-on-market, class
        not used: Comment
        line 2: new “Aurora 2”
          model-registered on 2026-11-20
            name: Aurora 2
            tokens: 20T
          placed-on-market on 2026-03-01
        line 3: model/aurora1 “Aurora 1” changes
          model-changed on 2026-11-20, class internal
            tokens: 15T → 16T
        line 4: model/aurora3 “Aurora 3” is unchanged
        models.csv:5: “Go-live”: the day of “placed on the market” cannot be “03/04/2026”: \
        it may be 2026-04-03 or 2026-03-04 (write the one that is meant, YYYY-MM-DD)
        Nothing is written while a row is refused; --skip-errors leaves such rows out.
        """)
  }

  @Test("As JSON it holds the same")
  func json() throws {
    let report = try ExchangeReportTests.report()
    let json = report.json
    #expect(json["rows"] == .int(4) && json["may_be_written"] == .bool(false))
    guard case .array(let plan)? = json["plan"], case .array(let problems)? = json["row_problems"]
    else {
      Issue.record("there is no plan")
      return
    }
    #expect(
      plan.map { $0["action"] } == [.string("create"), .string("change"), .string("unchanged")])
    #expect(plan[1]["record"] == .string("model/aurora1"))
    #expect(
      plan[1]["events"]
        == .array([
          .object([
            ("event", .string("model-changed")), ("effective", .string("2026-11-20")),
            ("corrects", .bool(false)), ("class", .string("internal")),
            (
              "fields",
              .array([
                .object([
                  ("field", .string("tokens")), ("old", .string("15T")), ("new", .string("16T")),
                ])
              ])
            ),
          ])
        ]))
    #expect(problems.count == 1 && problems[0]["line"] == .int(5))
    #expect(problems[0]["column"] == .string("Go-live"))
    #expect(problems[0]["remedy"] == .string("write the one that is meant, YYYY-MM-DD"))
  }

  @Test("What steers a terminal is shown as numbers, and long values are cut")
  func plain() throws {
    #expect(ImportText.plain("a\u{1B}[2Jb\nc\u{202E}d") == "a\\u{1b}[2Jb\\nc\\u{202e}d")
    let long = String(repeating: "x", count: 10_000)
    let plan = try ExchangeSamples.plan("name,licence\nA\u{1B}]0;x,\(long)\n")
    #expect(plan.changes[0].differences[1].new?.compact.utf8.count == 10_002)
    #expect(plan.report.plan[0].differences[1].new?.compact.utf8.count ?? 0 < 5000)
    #expect(plan.report.text.utf8.count < 500 && !plan.report.text.utf8.contains(0x1B))
  }

  @Test("More rows than are shown are counted")
  func leftOut() throws {
    let rows = "name\n" + (0..<1200).map { "Model \($0)\n" }.joined()
    let report = try ExchangeSamples.plan(rows).report
    #expect(report.created == 1200 && report.plan.count == ImportReport.mostRows)
    #expect(report.json["plan_left_out"] == .int(200))
    #expect(report.text.contains("… and 200 further rows"))
  }

  @Test("A refusal says how many problems there are and what to do")
  func refusal() throws {
    let report = try ExchangeReportTests.report()
    let refusal = report.refusal(skippingErrors: false)
    #expect(refusal?.code == "workspace.import-refused")
    #expect(refusal?.mend.contains("--skip-errors") == true)
    #expect(refusal?.places.first?.line == 5)
    #expect(report.refusal(skippingErrors: true) == nil)
  }
}
