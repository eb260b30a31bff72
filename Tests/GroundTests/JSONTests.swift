import Foundation
import Ground
import TestSupport
import Testing

@Suite("JSON as it is written")
struct JSONTests {
  static let written: [(JSON, String)] = [
    (.null, "null"), (.bool(true), "true"), (.int(-7), "-7"), (.number(0.5), "0.5"),
    (.number(3), "3"), (.string(""), "\"\""), (.array([]), "[]"), (.object([]), "{}"),
    (.string("a\"b\\c"), #""a\"b\\c""#), (.string("a\nb\rc\td"), #""a\nb\rc\td""#),
    (.string("\u{0}\u{1F}"), #""\u0000\u001f""#), (.string("é × 10²⁵ 😀"), "\"é × 10²⁵ 😀\""),
    (.string("</script>\u{7F}"), "\"</script>\u{7F}\""), (JSON(nil as String?), "null"),
    (JSON(nil as Int?), "null"), (JSON(Double.nan), "null"), (JSON(Double.infinity), "null"),
    (JSON(["a", "b"]), #"["a","b"]"#),
  ]

  @Test("A value is written as RFC 8259 asks", arguments: written)
  func compact(value: JSON, text: String) { #expect(value.compact == text) }

  @Test("Members keep the order in which they were written")
  func order() {
    let value = JSON.object([("z", .int(1)), ("a", .int(2)), ("m", .array([.null, .bool(false)]))])
    #expect(value.compact == #"{"z":1,"a":2,"m":[null,false]}"#)
    #expect(value["a"] == .int(2))
    #expect(value["nothing"] == nil)
    #expect(JSON.int(1)["a"] == nil)
  }

  @Test("Indented text has two spaces a level and no blanks in empty ones")
  func pretty() {
    let value = JSON.object([("a", .array([.int(1), .object([("b", .null)])])), ("c", .array([]))])
    #expect(
      value.pretty == """
        {
          "a": [
            1,
            {
              "b": null
            }
          ],
          "c": []
        }
        """)
  }

  @Test("Any string is read back by another reader as it was")
  func roundTrip() {
    property(cases: 500) { random in
      let scalars = (0..<random.int(0...30)).compactMap { _ in
        Unicode.Scalar(UInt32(random.int(0...(random.int(0...1) == 0 ? 0x7F : 0xFFFF))))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let data = Data(JSON.array([.string(text)]).compact.utf8)
      let read = try JSONSerialization.jsonObject(with: data) as? [String]
      return read?.first.map { Array($0.unicodeScalars) } == scalars
        ? nil : "\(scalars) was not read back"
    }
  }
}
