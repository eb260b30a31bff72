import Compute
@testable import Documents
import Duties
import Ground
import TestSupport
import Testing
import Workspace

/// Fails with the mistakes themselves.
private func expectNone(
  _ mistakes: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(mistakes == [], "\(mistakes.prefix(5))", sourceLocation: sourceLocation)
}

@Suite("JSON is what its schemas say")
struct SchemaTests {
  static func schema(_ name: String) throws -> String {
    try Repository.text("docs/schemas/" + name + ".schema.json")
  }

  @Test("opinions", arguments: OpinionPageTests.Sample.allCases)
  func opinion(sample: OpinionPageTests.Sample) throws {
    let json = OpinionDocument.json(sample.opinion).pretty
    expectNone(try SchemaCheck.mistakes(in: json, schema: SchemaTests.schema("opinion")))
  }

  @Test("rows of a table", arguments: OpinionPageTests.Sample.allCases)
  func row(sample: OpinionPageTests.Sample) throws {
    let opinion = sample.opinion
    let row = JSON.object(opinion.classification.members(row: 3, duties: opinion.duties)).compact
    expectNone(try SchemaCheck.mistakes(in: row, schema: SchemaTests.schema("row")))
  }

  @Test("ends of periods", arguments: ["52(1)", "cop/safety/9.3/death"])
  func due(rule: String) throws {
    let due = try CountPeriod(rule: rule, from: "2026-11-20T09:30", law: Samples.law).json.compact
    expectNone(try SchemaCheck.mistakes(in: due, schema: SchemaTests.schema("due")))
    let free = try CountPeriod(
      period: "5 working days", backward: true, from: "2026-11-20", law: Samples.law)
    expectNone(try SchemaCheck.mistakes(in: free.json.compact, schema: SchemaTests.schema("due")))
  }

  @Test("assessed incidents, and the questions of the decision table")
  func incidents() throws {
    let assessment = try SchemaTests.schema("assessment")
    var rows = 0
    let path = Repository.path("examples/incidents.jsonl")
    _ = try AssessIncidents(law: Samples.law).run(path: path) { row in
      rows += 1
      expectNone(
        try SchemaCheck.mistakes(in: row.json(Samples.law).compact, schema: assessment))
    }
    #expect(rows >= 4)
    let questions = JSON.array(IncidentQuestion.allCases.map { $0.json(Samples.law) }).compact
    expectNone(try SchemaCheck.mistakes(in: questions, schema: SchemaTests.schema("questions")))
  }

  @Test("imported runs")
  func imported() throws {
    let run = """
      {"file":"a.log","kind":"megatron","steps":7,"tokens":"18446744073709551616","flop":"12",
      "gpus":8,"gpu_hours":1.5,"train_time_s":null,"energy_mwh":null,"utilisation":0.4,
      "missing":["params"],"warnings":[]}
      """
    let schema = try SchemaTests.schema("import")
    expectNone(try SchemaCheck.mistakes(in: run, schema: schema))
    let wrong = run.replacing("\"flop\":\"12\"", with: "\"flop\":\"1.2e1\"")
    #expect(try SchemaCheck.mistakes(in: wrong, schema: schema).count == 1)
  }

  @Test("the members of a row come first")
  func order() {
    guard case .object(let members) = OpinionDocument.json(Samples.full()) else {
      Issue.record("an opinion is an object")
      return
    }
    let names = members.map(\.0)
    let row = Samples.full().classification.members(row: nil, duties: []).map(\.0)
    #expect(Array(names.prefix(row.count)) == row)
    #expect(Set(names).count == names.count)
    #expect(names[row.count] == "as_of")
  }

  @Test("the summary says the tier and what follows")
  func summary() {
    let full = OpinionDocument.json(Samples.full())
    #expect(full["summary"]?["tier"] == .string("systemic_risk_gpai"))
    #expect(full["summary"]?["cumulative_flops"] == .string("1.1×10^25"))
    #expect(full["summary"]?["ratio_to_threshold"] == .string("1.0554"))
    #expect(full["summary"]?["commission_designated"] == .string("undetermined"))
    #expect(full["summary"]?["notification_required"] == .string("yes"))
    #expect(
      full["summary"]?["applicable_articles"] == JSON(["Article 52", "Article 53", "Article 55"]))
    #expect(full["compliance_report"]?["notification_sent"] == .string("no"))
    #expect(full["compliance_report"]?["total_training_runs"] == .int(3))
    let empty = OpinionDocument.json(Samples.empty)
    #expect(empty["summary"]?["tier"] == .string("undetermined"))
    #expect(empty["summary"]?["notification_required"] == .string("undetermined"))
    #expect(empty["compliance_report"]?["notification_sent"] == .null)
  }
}
