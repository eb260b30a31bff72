import Ground
import Testing

@Suite("JSON that is written as it goes")
struct JSONWriterTests {
  @Test("what is written is what the value would be")
  func same() {
    var text = JSONWriter(capacity: 8)
    text.begin()
    text.member("a", "x\"y\n")
    text.member("b", -12)
    text.name("empty")
    text.begin()
    text.end()
    text.name("{")
    text.begin()
    text.member("c", JSON.array([.null, .bool(true)]))
    text.member("d", "{")
    text.end()
    text.member("e", JSON.null)
    text.end()
    let value = JSON.object([
      ("a", .string("x\"y\n")), ("b", .int(-12)), ("empty", .object([])),
      ("{", .object([("c", .array([.null, .bool(true)])), ("d", .string("{"))])), ("e", .null),
    ])
    #expect(text.bytes == value.compactBytes)
  }
}
