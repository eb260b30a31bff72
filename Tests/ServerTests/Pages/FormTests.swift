import Testing

@testable import Server

@Suite("Forms")
struct FormTests {
  @Test(
    "are read as browsers write them",
    arguments: [
      ("", []), ("a=1", [("a", "1")]), ("a=1&a=2&b", [("a", "1"), ("a", "2"), ("b", "")]),
      ("x=%C3%A9+t%26e%3D", [("x", "é t&e=")]), ("x=%zz%4", [("x", "%zz%4")]),
      ("&&=&", [("", "")]), ("x=%FF", [("x", "\u{FFFD}")]), ("x=%+1", [("x", "% 1")]),
    ] as [(String, [(String, String)])])
  func read(_ text: String, _ pairs: [(String, String)]) {
    #expect(Form(encoded: text.utf8) == Form(pairs))
  }

  @Test("that are blank say nothing")
  func blank() {
    let form = Form([("a", "  "), ("b", "x"), ("b", "y")])
    #expect(form.text("a") == nil && form.has("a"))
    #expect(form.text("b") == "x" && form.texts("b") == ["x", "y"])
  }
}
