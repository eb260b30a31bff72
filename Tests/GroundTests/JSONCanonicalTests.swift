import Ground
import Sealing
import TestSupport
import Testing

@Suite("JSON in its canonical form")
struct JSONCanonicalTests {
  @Test("Members stand in the order of UTF-16 code units, as in the sample of RFC 8785, 3.2.3")
  func sample() throws {
    let json = try JSON(
      parsing: #"""
        {
          "\u20ac": "Euro Sign", "\r": "Carriage Return",
          "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
          "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
          "\u00f6": "Latin Small Letter O With Diaeresis"
        }
        """#.utf8)
    let bytes = try json.canonicalBytes()
    #expect(
      Digest(of: bytes).hex == "5e321556d22018a9656991a9e94f77ec175fa193e52a2429d312f8419ec8b08c")
    guard case .object(let members) = try JSON(parsing: bytes) else {
      Issue.record("an object is expected")
      return
    }
    #expect(members.map(\.0) == ["\r", "1", "\u{80}", "ö", "€", "😀", "\u{FB33}"])
  }

  @Test("The sample of RFC 8785, 3.2.2, is written but for its fractions, which are refused")
  func literals() throws {
    let text =
      #"{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]"#
    let json = try JSON(parsing: (text + "}").utf8)
    let whole = #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(try json.canonicalBytes() == Array(whole.utf8))
    let numbers = #","numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]}"#
    let sample = try JSON(parsing: (text + numbers).utf8)
    let problem = #expect(throws: Problem.self) { try sample.canonicalBytes() }
    #expect(problem?.code == "ground.not-canonical")
  }

  static let written: [(JSON, String)] = [
    (.number(3), "3"), (.number(-0.0), "0"), (.number(1e15), "1000000000000000"),
    (.int(JSON.largestExactInteger), "9007199254740991"),
    (.int(-JSON.largestExactInteger), "-9007199254740991"), (.object([]), "{}"), (.array([]), "[]"),
    (.object([("b", .int(1)), ("a", .array([.null]))]), #"{"a":[null],"b":1}"#),
    (
      .object([("\u{10000}", .null), ("\u{E000}", .null)]), "{\"\u{10000}\":null,\"\u{E000}\":null}"
    ),
    (
      .object([("a\u{FFFF}", .null), ("a\u{10FFFF}", .null), ("a", .null)]),
      "{\"a\":null,\"a\u{10FFFF}\":null,\"a\u{FFFF}\":null}"
    ),
    (.object([("é", .int(1)), ("e\u{301}", .int(2))]), "{\"e\u{301}\":2,\"é\":1}"),
  ]

  @Test("Each value has one spelling", arguments: written)
  func spelling(value: JSON, text: String) throws {
    #expect(try value.canonicalBytes() == Array(text.utf8))
  }

  static let refused: [JSON] = [
    .number(0.5), .number(.nan), .number(.infinity), .number(1e300), .int(.max), .int(.min),
    .int(JSON.largestExactInteger + 1), .number(9_007_199_254_740_992),
    .object([("a", .int(1)), ("a", .int(2))]), .object([("b", .null), ("a", .null), ("b", .null)]),
    .array([.object([("x", .number(1.5))])]),
    (0..<65).reduce(JSON.null) { value, _ in .array([value]) },
    (0..<65).reduce(JSON.null) { value, _ in .object([("a", value)]) },
  ]

  @Test(
    "What has no spelling of its own, or could not be read again, is refused", arguments: refused)
  func refuses(value: JSON) {
    let problem = #expect(throws: Problem.self) { try value.canonicalBytes() }
    #expect(problem?.code == "ground.not-canonical")
  }

  @Test("The deepest value that is written is read")
  func deepest() throws {
    let value = (0..<64).reduce(JSON.int(1)) { value, _ in .array([value]) }
    #expect(try JSON(parsing: value.canonicalBytes()) == value)
  }

  @Test(
    "The order of the members before does not matter, and a canonical text is its own canonical form"
  )
  func order() {
    property(cases: 1500) { random in
      var source = RandomJSON(random: random)
      let value = source.exact()
      let bytes = try value.canonicalBytes()
      let again = try JSON(parsing: bytes).canonicalBytes()
      let shuffled = try shuffle(value, &source.random).canonicalBytes()
      return again == bytes && shuffled == bytes ? nil : "\(value.compact) has two spellings"
    }
  }

  @Test("Names are sorted as their UTF-16 code units are")
  func names() {
    property(cases: 1500) { random in
      var source = RandomJSON(random: random)
      let names = source.names()
      let bytes = try JSON.object(names.map { ($0, .null) }).canonicalBytes()
      let sorted = names.sorted { $0.utf16.lexicographicallyPrecedes($1.utf16) }
      let expected = JSON.object(sorted.map { ($0, .null) }).compactBytes
      return bytes == expected ? nil : "\(names) are sorted otherwise"
    }
  }

  private func shuffle(_ value: JSON, _ random: inout SplitMix64) -> JSON {
    switch value {
    case .object(let members):
      var mixed = members.map { ($0.0, shuffle($0.1, &random)) }
      mixed.shuffle(using: &random)
      return .object(mixed)
    case .array(let values): return .array(values.map { shuffle($0, &random) })
    default: return value
    }
  }
}
