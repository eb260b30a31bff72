import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("Pieces of text around what was found")
struct SearchSnippetTests {
  /// The piece with found words in brackets.
  private func marked(_ text: String, _ words: String...) -> String? {
    Snippet(field: "name", text: text, words: words.map { FoldedText($0).bytes })?.parts
      .map { $0.isMatch ? "[" + $0.text + "]" : $0.text }.joined()
  }

  static let pieces: [(String, [String], String?)] = [
    ("Aurora 2", ["aurora"], "[Aurora] 2"), ("Boréal", ["boreal"], "[Boréal]"),
    ("bore\u{301}al", ["re"], "bo[re\u{301}]al"), ("Straße", ["strasse"], "[Straße]"),
    ("Straße", ["s"], "[S]tra[ß]e"), ("ab ab", ["ab"], "[ab] [ab]"), ("abab", ["ab"], "[abab]"),
    ("abc", ["ab", "bc"], "[abc]"), ("ΑΘΉΝΑ", ["αθηνα"], "[ΑΘΉΝΑ]"),
    ("й и\u{306}", ["й"], "[й] [и\u{306}]"),
    ("😀 x", ["x"], "😀 [x]"), ("a\nb\u{1B}c", ["b"], "a [b] c"), ("Ｆｕｌｌ", ["full"], "[Ｆｕｌｌ]"),
    ("abc", ["x"], nil), ("", ["x"], nil),
  ]

  @Test("Found words are marked as they stand in the text", arguments: pieces)
  func piece(text: String, words: [String], expected: String?) {
    let snippet = Snippet(field: "f", text: text, words: words.map { FoldedText($0).bytes })
    let marked = snippet?.parts.map { $0.isMatch ? "[" + $0.text + "]" : $0.text }.joined()
    #expect(marked.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(marked ?? "nil")")
  }

  @Test("Of a long text the words around the first are shown, cut between words")
  func long() throws {
    let filler = String(repeating: "lorem ipsum ", count: 100)
    let text = try #require(marked(filler + "the needle here " + filler, "needle"))
    #expect(text.hasPrefix("… ipsum ") || text.hasPrefix("… lorem "))
    #expect(text.contains("the [needle] here"))
    #expect(text.hasSuffix("ipsum …") || text.hasSuffix("lorem …"))
    #expect(text.utf8.count < 300)
    let start = try #require(marked("needle " + filler, "needle"))
    #expect(start.hasPrefix("[needle] lorem") && start.hasSuffix(" …"))
  }

  @Test("Letters are whole where a text without spaces is cut")
  func letters() throws {
    for shift in 0..<8 {
      let text =
        String(repeating: "x", count: shift) + String(repeating: "é😀", count: 200) + "needle"
        + String(repeating: "漢😀", count: 200)
      let piece = try #require(marked(text, "needle"))
      #expect(piece.contains("[needle]") && !piece.contains("\u{FFFD}"))
    }
  }

  @Test("As JSON the ranges count code points")
  func json() throws {
    let snippet = try #require(
      Snippet(field: "name", text: "😀é Aurora", words: [FoldedText("aurora").bytes]))
    #expect(
      snippet.json.compact == #"{"field":"name","text":"😀é Aurora","ranges":[[3,9]]}"#)
    #expect(snippet.ranges.map { String(snippet.text[$0]) } == ["Aurora"])
  }

  @Test("A record shows its title first, and at most three pieces")
  func order() throws {
    let record = ExchangeSamples.record(
      "opinion/aurora",
      [
        ("facts", .string("aurora facts")), ("title", .string("On Aurora")),
        ("law", .string("aurora law")), ("overlay", .string("aurora overlay")),
      ])
    let match = try #require(try RecordSearch("aurora").matches(in: [record]).matches.first)
    #expect(match.snippets.map(\.field) == ["title", "facts", "overlay"])
    let narrow = try #require(try RecordSearch("law:aurora").matches(in: [record]).matches.first)
    #expect(narrow.snippets.map(\.field) == ["law"])
    let filter = try #require(try RecordSearch("kind:opinion").matches(in: [record]).matches.first)
    #expect(filter.snippets.isEmpty)
  }

  @Test("Folding makes no letter longer, keeps ASCII, and takes marks away")
  func folding() {
    for value in Array(UInt32(0)...0x2FFF) + Array(0xA000...0xABFF) + Array(0xFE00...0xFFFF) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = FoldedText(String(scalar)).bytes
      if folded.count > UTF8.width(scalar) { Issue.record("U+\(String(value, radix: 16))") }
    }
    #expect(FoldedText("ÀÉÎõÜçñŠžŁøÅ Æœß\u{A0}\t").bytes == Array("aeioucnszloa aeoess  ".utf8))
  }
}
