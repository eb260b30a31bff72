import Compute
@testable import Documents
import Duties
import Testing

@Suite("An opinion in Markdown")
struct OpinionMarkdownTests {
  @Test("has one title, and sections only where there is something to say")
  func sections() {
    let full = OpinionDocument.markdown(Samples.full())
    let heads = full.split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(full.split(separator: "\n").filter { $0.hasPrefix("# ") } == ["# Sample 7"])
    #expect(heads.count == 16)
    let empty = OpinionDocument.markdown(Samples.empty).split(separator: "\n")
    #expect(
      empty.filter { $0.hasPrefix("## ") }
        == ["## Result: UNDETERMINED", "## Key figures", "## How this was made"])
  }

  @Test("puts citations in parentheses after each sentence")
  func citations() {
    let text = OpinionDocument.markdown(Samples.full())
    #expect(text.contains("A figure of 10²⁵ or less would change it. (Art. 51(2) AI Act, statute)"))
    #expect(text.contains("one secondary source, primary text not read"))
  }

  @Test("holds exact digits, both readings of a period and the duties")
  func content() throws {
    let opinion = Samples.full()
    let text = OpinionDocument.markdown(opinion)
    #expect(text.contains(try #require(opinion.classification.cumulative).digits))
    for words in [
      "Plain calendar: Saturday 3\u{A0}April\u{A0}2027, 24:00",
      "Regulation 1182/71: Monday 5\u{A0}April\u{A0}2027, 24:00", "Governs the duty: yes",
      "| Art. 53(1)(c) AI Act, statute", "not legal advice", "Would be decided by:",
    ] {
      #expect(text.contains(words))
    }
  }

  @Test("nothing is shown as zero, not as a power of ten")
  func zero() {
    for text in [OpinionDocument.markdown(Samples.full()), OpinionDocument.html(Samples.full())] {
      #expect(!text.contains("0 × 10⁰"))
    }
  }

  @Test("every row of a table has as many cells as its head, whatever the values hold")
  func tables() {
    for opinion in [Samples.full(), Samples.hostileEverywhere] {
      var cells = 0
      for line in OpinionDocument.markdown(opinion).split(
        separator: "\n", omittingEmptySubsequences: false)
      {
        guard line.hasPrefix("|") else {
          cells = 0
          continue
        }
        let bars = line.replacing("\\|", with: "").count { $0 == "|" }
        if cells == 0 { cells = bars }
        #expect(bars == cells)
      }
    }
  }

  @Test("hostile names make no markup, links or headings")
  func hostile() {
    // Between backticks nothing has a meaning.
    let pieces = OpinionDocument.markdown(Samples.hostileEverywhere)
      .replacing("\\`", with: "").split(separator: "`", omittingEmptySubsequences: false)
    let text = stride(from: 0, to: pieces.count, by: 2).map { pieces[$0] }.joined()
    #expect(!text.replacing("\\<", with: "").contains("<script"))
    #expect(!text.replacing("\\]", with: "").contains("](javascript"))
    #expect(!text.split(separator: "\n").contains { $0.hasPrefix("# g") })
  }
}
