import Duties
import Ground
import Testing

@Suite("The fields of a record")
struct RecordFieldTests {
  typealias Form = RecordField.Form

  static let typed: [(Form, String, JSON?)] = [
    (.text, "", .null), (.text, " \t\n", .null), (.text, " Aurora 3 ", .string(" Aurora 3 ")),
    (.amount, " 3.8e25 ", .string("3.8e25")), (.amount, "15T", .string("15T")),
    (.count, "12", .int(12)), (.count, " -3 ", .int(-3)), (.count, "1.5", nil),
    (.count, "12K", nil),
    (.count, "9007199254740991", .int(9_007_199_254_740_991)), (.count, "9007199254740992", nil),
    (.count, "99999999999999999999", nil), (.yesNo, "yes", .bool(true)),
    (.yesNo, "TRUE", .bool(true)),
    (.yesNo, "No", .bool(false)), (.yesNo, "false", .bool(false)), (.yesNo, "1", nil),
    (.yesNo, "ja", nil),
    (.day(loose: false), "2026-11-20", .string("2026-11-20")), (.day(loose: false), "2026-11", nil),
    (.day(loose: false), "2026-02-30", nil), (.day(loose: false), "20.11.2026", nil),
    (.day(loose: true), "2026", .string("2026")),
    (.day(loose: true), "2026-11", .string("2026-11")),
    (.day(loose: true), "soon", nil), (.moment, "2026-11-20", nil),
    (.moment, "2026-11-20T09:30", nil),
    (.moment, "2026-11-20T09:30+01:00", .string("2026-11-20T08:30:00Z")),
    (.moment, "9999-12-31T23:30:00-01:00", nil),
    (.choice(["narrow", "general"]), "narrow", .string("narrow")),
    (.choice(["narrow"]), "Narrow", nil),
    (.list, "a; b ;; c;", .array([.string("a"), .string("b"), .string("c")])),
    (.list, ";", .array([])),
    (.record("model"), "model/k3v9", .string("model/k3v9")),
    (
      .tree, #"{"a":[1,"x",null,true]}"#,
      .object([("a", .array([.int(1), .string("x"), .null, .bool(true)]))])
    ),
    (.tree, "0.5", nil), (.tree, "{", nil), (.tree, #"{"a":9007199254740992}"#, nil),
    (.tree, #"{"a":1,"a":2}"#, nil),
  ]

  @Test(
    "A text that a person types is read as the field asks, or refused", arguments: typed.indices)
  func value(index: Int) throws {
    let (form, text, expected) = RecordFieldTests.typed[index]
    let field = RecordField("field", "a field", form)
    guard let expected else {
      #expect(throws: Problem.self, "\(form) “\(text)”") { try field.value(of: text) }
      return
    }
    #expect(try field.value(of: text) == expected, "\(form) “\(text)”")
    #expect(throws: Never.self) { try field.checked(try field.value(of: text)) }
  }

  static let given: [(Form, JSON, JSON?)] = [
    (.text, .string("x"), .string("x")), (.text, .null, .null), (.text, .int(1), nil),
    (.text, .bool(true), nil),
    (.text, .array([]), nil), (.text, .object([]), nil),
    (
      .text, .string(String(repeating: "x", count: 1 << 20)),
      .string(String(repeating: "x", count: 1 << 20))
    ),
    (.text, .string(String(repeating: "x", count: 1 << 20 + 1)), nil),
    (.amount, .int(15), .string("15")),
    (.amount, .number(1.5), nil), (.amount, .string("1.5e25"), .string("1.5e25")),
    (.amount, .string("15T"), .string("15T")), (.amount, .string("41%"), .string("41%")),
    (.amount, .string("xx"), nil), (.amount, .string("-5"), nil), (.amount, .string("=1"), nil),
    (.amount, .string("%"), nil), (.amount, .int(-5), nil),
    (.count, .int(0), .int(0)), (.count, .int(.max), nil), (.count, .int(.min), nil),
    (.count, .number(1), nil),
    (.count, .string("1"), nil), (.yesNo, .bool(false), .bool(false)),
    (.yesNo, .string("yes"), nil),
    (.yesNo, .int(1), nil), (.day(loose: false), .string("2026-11-20"), .string("2026-11-20")),
    (.day(loose: false), .string("2026"), nil),
    (.day(loose: true), .string("2026"), .string("2026")),
    (.moment, .string("2026-11-20T09:30:00+01:00"), .string("2026-11-20T08:30:00Z")),
    (.moment, .string("2026-11-20"), nil), (.choice(["a"]), .string("b"), nil),
    (.record("model"), .string("model/x"), .string("model/x")),
    (.record("model"), .string("person/x"), nil),
    (.record("model"), .string("model/X"), nil),
    (.list, .array([.string("a")]), .array([.string("a")])),
    (.list, .array([]), .array([])), (.list, .array([.int(1)]), nil), (.list, .array([.null]), nil),
    (.list, .string("a"), nil), (.tree, .number(0.5), nil), (.tree, .array([.number(0.5)]), nil),
    (.tree, .object([("a", .null)]), .object([("a", .null)])),
    (.tree, .object([("a", .null), ("a", .null)]), nil), (.tree, .int(.min), nil),
  ]

  @Test("A value is kept when the field may hold it", arguments: given.indices)
  func checked(index: Int) throws {
    let (form, value, expected) = RecordFieldTests.given[index]
    let field = RecordField("field", "a field", form, example: "this")
    if let expected {
      #expect(try field.checked(value) == expected)
    } else {
      let problem = #expect(throws: Problem.self, "\(form)") { try field.checked(value) }
      #expect(problem?.code == "duties.bad-field" && problem?.places == [Place("field")])
      #expect(problem?.what.count ?? 0 < 160, "a long value is not repeated whole")
    }
  }

  @Test("Compute is not taken where its power of ten is missing")
  func mantissa() throws {
    let field = RecordField("flop", "compute", .amount, example: "1.1e25")
    #expect(try field.checked(.string("1.1e25")) == .string("1.1e25"))
    #expect(throws: Problem.self) { try field.checked(.string("1.1")) }
    #expect(throws: Problem.self) { try field.checked(.string("0")) }
  }

  @Test("A nested value has 32 levels at most, so that the event that holds it can be read back")
  func tree() throws {
    let field = RecordField("field", "a field", .tree)
    let deepest = (0..<32).reduce(JSON.null) { value, _ in .array([value]) }
    let content = JSON.object([("set", .object([("field", try field.checked(deepest))]))])
    #expect(try JSON(parsing: content.canonicalBytes()) == content)
    for deeper in [JSON.array([deepest]), .object([("a", deepest)])] {
      #expect(throws: Problem.self) { try field.checked(deeper) }
    }
  }
}
