@testable import Documents
import Testing

@Suite("Markup keeps values what they are")
struct MarkupTests {
  @Test("texts are escaped, markup is taken as it is")
  func escapes() {
    let text = "<b>\"a\" & 'b'</b>"
    let html: HTML = "<p title=\"\(text)\">\(text)\(7)\(["<i>x</i>", "<br>"] as [HTML])</p>"
    let escaped = "&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;"
    #expect(html.markup == "<p title=\"\(escaped)\">\(escaped)7<i>x</i><br></p>")
  }

  @Test("controls of writing direction cannot turn a line around")
  func deceptive() {
    let html: HTML = "\("a\u{202E}b\u{0}c\u{2066}")"
    #expect(html.markup == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
    #expect(Markdown.text("a\u{202E}b") == "a\u{FFFD}b")
  }

  @Test(
    "every character is written as it is, as a reference, or as a replacement, wherever it stands")
  func everyCharacter() {
    let references: [Unicode.Scalar: String] = [
      "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;",
    ]
    for value in (0...0x2FFF as ClosedRange<UInt32>).map({ $0 }) + [
      0xFFFD, 0xFFFE, 0xFFFF, 0x1F600,
    ] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let wanted = references[scalar] ?? (scalar.isDeceptive ? "\u{FFFD}" : String(scalar))
      for (before, after) in [("", ""), ("a", "b"), ("§ 5\u{A0}–", "² “x”")] {
        let text = before + String(scalar) + after
        #expect(
          Array(HTML.escaped(text).utf8) == Array((before + wanted + after).utf8),
          "U+\(String(value, radix: 16))")
      }
    }
  }

  @Test(
    "powers and long numbers are set, and other texts stay as they are",
    arguments: [
      ("plain § text of 2026", "plain § text of 2026"),
      ("above 10^25 FLOP", "above 10²⁵ FLOP"), ("2.3 x 10^25", "2.3\u{A0}×\u{A0}10²⁵"),
      ("a ^ b", "a ^ b"), ("123456", "123456"),
      (
        "1234567",
        "<data class=\"digits\" value=\"1234567\"><span>1</span><wbr><span>234</span><wbr><span>567</span></data>"
      ),
    ])
  func prose(text: String, markup: String) {
    #expect(Component.prose(text).markup == markup)
  }

  @Test(
    "links lead to pages only",
    arguments: [
      "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:x",
      "data:text/html,x", "vbscript:x", "//evil.example", "\\\\evil.example", "/\\evil.example",
      "https://", "https://user@evil.example", "https://a b", "mailto:a@b.example", "",
      "https://a.example/\"onclick", "x:y", "\u{1}javascript:x",
    ])
  func refusesLinks(address: String) {
    #expect(Link(address) == nil)
    #expect(HTML.link("text", to: address).markup == "text")
  }

  @Test(
    "web addresses, places and relative paths are links",
    arguments: [
      "https://eur-lex.europa.eu/eli/reg/2024/1689/oj#art_52", "http://a.example?x=1&y=2",
      "#note-1",
      "/models/7", "laws/52", "?page=2", "a/b:c",
    ])
  func acceptsLinks(address: String) throws {
    let link = try #require(Link(address))
    #expect(link.address == address)
    #expect(HTML.link("t", to: address).markup.hasPrefix("<a href=\""))
  }

  @Test("addresses in a text become links without the signs that follow them")
  func linked() {
    let html = HTML.linked("See https://a.example/x_(y); and (https://b.example).")
    #expect(html.markup.contains("<a href=\"https://a.example/x_(y)\" rel=\"noreferrer\">"))
    #expect(html.markup.contains("href=\"https://b.example\""))
    #expect(html.markup.hasSuffix("</a>)."))
  }

  @Test("what splits a text into addresses loses nothing")
  func splitKeepsAll() {
    for text in [Samples.hostile, "https://", "a https://b.example\thttp://c.example,", "", "  "] {
      #expect(WebAddress.split(text).map(\.text).joined() == text)
    }
  }

  @Test(
    "nothing in a value means anything in Markdown",
    arguments: [
      ("a|b", "a\\|b"), ("*x*", "\\*x\\*"), ("[t](u)", "\\[t\\](u)"), ("<b>", "\\<b\\>"),
      ("a\nb", "a b"), ("# h", "\\# h"), ("- x", "\\- x"), ("1. x", "1\\. x"),
      ("params_total", "params_total"), ("_x_", "\\_x\\_"), ("a & b", "a \\& b"),
      ("http://x.example", "http\\://x.example"), ("www.x.example", "www\\.x.example"),
      ("a@b.example", "a\\@b.example"), ("`c`", "\\`c\\`"), ("~~s~~", "\\~\\~s\\~\\~"),
      ("![i](u)", "\\!\\[i\\](u)"), ("a\u{2028}b", "a b"),
    ])
  func markdown(value: String, written: String) {
    #expect(Markdown.text(value) == written)
  }

  @Test("identifiers stay between backticks and in their cell")
  func code() {
    #expect(Markdown.code("a`|b\n") == "`a\\|b`")
  }

  @Test("columns of a table line up, whatever stands in them")
  func table() {
    let table = Markdown.table(
      ["A", "B", "C"], [["x", "long cell", "y"], ["xyz", "", "long tail"]])
    let bars = table.split(separator: "\n").map { line in
      line.indices.filter { line[$0] == "|" }.prefix(3)
        .map { line.distance(from: line.startIndex, to: $0) }
    }
    #expect(Set(bars).count == 1)
  }

  @Test("powers are raised, everywhere in a text")
  func powers() {
    #expect(
      Typography.powers("10^25 and 2.3×10^23, 4 x 10^9")
        == "10²⁵ and 2.3\u{A0}×\u{A0}10²³, 4\u{A0}×\u{A0}10⁹")
    #expect(Typography.powers("10^x") == "10^x")
  }
}
