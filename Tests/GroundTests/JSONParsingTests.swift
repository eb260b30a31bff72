import Ground
import TestSupport
import Testing

@Suite("JSON as it is read")
struct JSONParsingTests {
  /// A text and the value that it must give, written compactly.
  static let accepted: [(String, String)] = [
    ("null", "null"), ("true", "true"), ("false", "false"), (" \t\r\n0 \n", "0"), ("[]", "[]"),
    ("{ }", "{}"), ("[ 1 , 2 ]", "[1,2]"), (#"{"b":[{}],"a":[[]]}"#, #"{"b":[{}],"a":[[]]}"#),
    ("-0", "0"), ("-0.0", "0"), ("0e1", "0"), ("1e0", "1"), ("1E+2", "100"), ("25e-1", "2.5"),
    ("-12.50", "-12.5"), ("0.1", "0.1"), ("9007199254740991", "9007199254740991"),
    ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("9223372036854775808", "9.223372036854776e+18"), ("1e-400", "0"), ("5e-324", "5e-324"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"),
    (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#), (#""\u0000\u001F""#, #""\u0000\u001f""#),
    (#""\u0041\u00e9\u20AC""#, "\"Aé€\""), (#""\ud83d\ude00""#, "\"😀\""),
    (#""\uDBFF\uDFFF""#, "\"\u{10FFFF}\""), (#""\uFFFF\uFEFF""#, "\"\u{FFFF}\u{FEFF}\""),
    ("\"\u{7F}\u{80}\u{2028}\"", "\"\u{7F}\u{80}\u{2028}\""), ("\"\"", "\"\""),
    ("{\"\":0}", "{\"\":0}"), (#"{"a":1,"A":2}"#, #"{"a":1,"A":2}"#),
  ]

  @Test("What RFC 8259 allows is read", arguments: accepted)
  func accepts(text: String, compact: String) throws {
    #expect(try JSON(parsing: text.utf8).compact.utf8.elementsEqual(compact.utf8))
  }

  static let refused: [String] = [
    "", " ", "\u{FEFF}[]", "\u{A0}1", "\u{C}1", "\u{B}1", "[", "]", "{", "}", "[1", "[1,", "[1,]",
    "[,1]", "[1,,2]", "[1 2]", "[]]", "[1}", "{]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
    "{\"a\":1,}", "{\"a\" 1}", "{\"a\"::1}", "{:1}", "{1:1}", "{a:1}", "{'a':1}", "{,}",
    "{\"a\":1 \"b\":2}", "{null:1}", "{\"a\":1}x", "null null", "1 2", "tru", "truE", "True", "nul",
    "NULL", "nan", "NaN", "Infinity", "-Infinity", "undefined", "'a'", "+1", ".5", "1.", "-", "--1",
    "-a", "01", "-01", "00", "1.e1", "1e", "1e+", "1e-", "1E", "0x1", "1_000", "1,000", "１",
    "1e400",
    "-1e400", "1f", "// a\n1", "/* a */1", "1 # a", #""\x41""#, #""\a""#, #""\0""#, #""\U0041""#,
    #""\u""#, #""\u12""#, #""\u12G4""#, #""\u+123""#, #""\u-001""#, #""\u 041""#, #""\"#,
    #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800x""#, #""\ud800\u0041""#,
    #""\ud800\n""#, #""\udc00\ud800""#, #""\ud800\u""#, "\"a", "\"a\tb\"", "\"a\nb\"", "\"\u{0}\"",
    "\"\u{1F}\"", "\"a\\", "\u{0}", "1\u{0}", "\u{2028}1", "[\"a\",\n4\n,1,",
  ]

  @Test("What RFC 8259 does not allow is refused", arguments: refused)
  func refuses(text: String) {
    let problem = #expect(throws: Problem.self) { try JSON(parsing: text.utf8) }
    #expect(problem?.code == "ground.not-json")
  }

  static let notUTF8: [[UInt8]] = [
    [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xC1, 0xBF, 0x22],
    [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0x80, 0x22],
    [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xF8, 0x88, 0x80, 0x80, 0x80, 0x22], [0xFF],
    [0x5B, 0xE9, 0x5D], [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0x22, 0x5C, 0xE9, 0x22],
    [0x5B, 0x00, 0x31, 0x00], [0xFE, 0xFF, 0x00, 0x31],
  ]

  @Test("Bytes that are not UTF-8 are refused, in a text and outside", arguments: notUTF8)
  func refusesOtherEncodings(bytes: [UInt8]) {
    let problem = #expect(throws: Problem.self) { try JSON(parsing: bytes) }
    #expect(problem?.code == "ground.not-json")
  }

  @Test("A name that occurs twice is refused, however it is escaped and wherever it stands")
  func duplicates() {
    for text in [
      #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#, #"{"b":1,"a":2,"b":3}"#,
      #"{"":1,"":2}"#, #"[{"é":1,"\u00e9":2}]"#, #"{"x":{"y":1,"y":2}}"#,
    ] {
      #expect(throws: Problem.self, "\(text)") { try JSON(parsing: text.utf8) }
    }
    for count in [2, 15, 16, 17, 18, 200] {
      for isSorted in [true, false] {
        let names = (0..<count).map { String(isSorted ? 1000 + $0 : 2000 - $0) }
        let members = names.map { "\"\($0)\":0" }
        let text = "{" + members.joined(separator: ",") + "}"
        #expect((try? JSON(parsing: text.utf8)) != nil)
        for again in [names[0], names[count / 2], names[count - 1]] {
          let twice = text.dropLast() + ",\"\(again)\":1}"
          #expect(throws: Problem.self) { try JSON(parsing: twice.utf8) }
        }
      }
    }
  }

  @Test("Names that only look alike are kept apart")
  func twins() throws {
    // Swift's own equality merges each pair: composed and decomposed, Kelvin and K, two orders of marks.
    for (one, other) in [
      ("é", "e\u{301}"), ("K", "\u{212A}"), ("a\u{323}\u{307}", "a\u{307}\u{323}"),
    ] {
      #expect(one == other)
      let json = try JSON(parsing: "{\"\(one)\":1,\"\(other)\":2}".utf8)
      #expect(json[one] == .int(1))
      #expect(json[other] == .int(2))
      #expect(JSON.string(one) != JSON.string(other))
      #expect(
        try JSON(parsing: json.canonicalBytes()).compactBytes.count == json.compactBytes.count)
    }
  }

  @Test("64 levels are read, a 65th is refused, and a hundred thousand do no harm")
  func nesting() {
    func nested(_ levels: Int, _ inner: String) -> String {
      String(repeating: "[", count: levels) + inner + String(repeating: "]", count: levels)
    }
    #expect((try? JSON(parsing: nested(64, "1").utf8)) != nil)
    #expect((try? JSON(parsing: nested(64, "").utf8)) != nil)
    let objects = String(repeating: "{\"a\":", count: 64) + "1" + String(repeating: "}", count: 64)
    #expect((try? JSON(parsing: objects.utf8)) != nil)
    for text in [nested(65, ""), nested(65, "1"), nested(100_000, ""), "[" + objects + "]"] {
      #expect(throws: Problem.self) { try JSON(parsing: text.utf8) }
    }
    #expect(throws: Problem.self) {
      try JSON(parsing: String(repeating: "{\"a\":", count: 100_000).utf8)
    }
  }

  @Test("A long text, a long list and many names are read")
  func large() throws {
    let text = String(repeating: "é\n", count: 200_000)
    #expect(try JSON(parsing: JSON.string(text).compactBytes) == .string(text))
    let list = JSON.array((0..<100_000).map { .int($0) })
    #expect(try JSON(parsing: list.compactBytes) == list)
    let object = JSON.object((0..<20_000).map { (String($0 &* 7919 % 20_011), .null) })
    #expect(try JSON(parsing: object.compactBytes) == object)
  }

  @Test("A refusal names file, line and column")
  func places() {
    for (text, line, column) in [
      ("{\n  \"a\": tru\n}", 2, 8), ("", 1, 1), ("[1,\n2,\n]", 3, 1), ("{\"a\":1}\n x", 2, 2),
    ] {
      let problem = #expect(throws: Problem.self) { try JSON(parsing: text.utf8, file: "a.json") }
      #expect(problem?.places == [Place("a.json", line: line, column: column)])
    }
  }
}
