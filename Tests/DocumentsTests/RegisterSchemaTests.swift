import Duties
import Ground
import TestSupport
import Testing
import Workspace

@Suite("The plan of an import is what its schema says")
struct RegisterSchemaTests {
  private static let aurora = RecordState(
    json: .object([
      ("author", .string("local")), ("begun", .string("2026-06-01T08:00:00Z")),
      ("changed", .string("2026-06-01T08:00:00Z")), ("class", .string("confidential")),
      ("fields", .object([("name", .string("Aurora 1")), ("tokens", .string("15T"))])),
      ("happened", .object([("model-updated", .string("2026-05-01"))])),
      ("id", .string("model/aurora1")), ("since", .object([])), ("status", .null),
      ("version", .int(1)),
    ]))

  static let files = [
    "id,name,tokens,class,on:model-updated\n,A,1,,\nmodel/aurora1,Aurora 1,,internal,2026-04-01\n",
    "name;met_on;colour\nA;03/04/2026;x\n\"B\n",
    "{\"name\":\"A\",\"annex_xiii\":{\"a\":[1,\"x\"]}}\n",
    "id\nmodel/aurora1\n",
  ]

  @Test("plans of imports", arguments: files)
  func plan(file: String) throws {
    let json = try withFile(file) { path in
      try RegisterImport(
        .model, options: .init(reason: "check"), actor: Actor(id: "local", role: .localOperator),
        today: #require(Day(2026, 11, 20))
      ).run(
        ByteSource(path: path),
        register: RegisterLookup(records: [#require(RegisterSchemaTests.aurora)])
      ).json.compact
    }
    let schema = try Repository.text("docs/schemas/register.schema.json")
    let mistakes = try SchemaCheck.mistakes(in: json, schema: schema)
    #expect(mistakes == [], "\(mistakes.prefix(5))")
    let wrong = json.replacing("\"row_problem_count\"", with: "\"problem_count\"")
    #expect(try SchemaCheck.mistakes(in: wrong, schema: schema).count == 2)
  }
}
