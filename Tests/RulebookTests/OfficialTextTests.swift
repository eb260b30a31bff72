import Foundation
import Ground
import RuleFile
import Rulebook
import TestSupport
import Testing

@Suite("The official wording that a user imports")
struct OfficialTextTests {
  /// A small file in the manner of EUR-Lex' HTML: made up, with a hundred articles.
  private static let page = {
    var html = "<html><body><div id=\"rct_111\"><p>(111)</p><p>A recital &amp; more.</p></div>"
    for article in 1...113 where article != 51 {
      html += """
        <div class="eli-subdivision" id="art_\(article)"><p class="oj-ti-art">Article \(article)</p>
        <div id="\(Self.three(article)).001"><p class="oj-normal">1.   First of \(article):</p>
        <table><tbody><tr><td><p>(a)</p></td><td><p>point a of \(article);</p></td></tr>
        <tr><td><p>(b)</p></td><td><p>point b of \(article).</p></td></tr></tbody></table></div>
        <div id="\(Self.three(article)).002"><p>2.   Second&nbsp;of\n \(article).</p></div></div>
        """
    }
    html += """
      <div id="art_51"><p>Article 51</p><div id="051.002"><p>2.   It is presumed above
      10<span class="oj-super">25</span><a href="#note">(<span class="oj-super">1</span>)</a>.</p>
      </div></div><div id="anx_XIII"><p>(f) whether it has a high impact;</p></div></body></html>
      """
    return html
  }()

  private static func three(_ number: Int) -> String { String(String(1000 + number).dropFirst()) }

  @Test("Articles, paragraphs, points, recitals and annexes are found by their rule")
  func html() throws {
    let text = try OfficialText(markup: Self.page, file: "act.html")
    #expect(text.wording(of: "ai-act/52/1").first?.contains("First of 52:") == true)
    #expect(text.wording(of: "ai-act/52/1/b") == ["(b) point b of 52."])
    #expect(text.wording(of: "ai-act/52/2") == ["2. Second of 52."])
    #expect(text.wording(of: "recital/111").joined(separator: " ").contains("A recital & more."))
    #expect(text.wording(of: "ai-act/annex-xiii/f") == ["(f) whether it has a high impact;"])
    #expect(text.wording(of: "ai-act/999/1") == [])
    #expect(text.wording(of: "cop/safety/9.3") == [])
    #expect(!text.isConsolidated)
  }

  @Test("A raised exponent does not become part of the number")
  func exponent() throws {
    let text = try OfficialText(markup: Self.page, file: "act.html")
    let wording = text.wording(of: "ai-act/51/2").joined(separator: " ")
    #expect(!wording.contains("1025"))
    #expect(wording.contains("10^25"))
  }

  @Test("A phrase is found whatever the spaces, quotes and letter case, a changed word is not")
  func quotes() throws {
    let text = try OfficialText(markup: Self.page, file: "act.html")
    #expect(text.missing(["second OF 52", "point a of 52"], anchor: "art_52") == [])
    #expect(text.missing(["third of 52"], anchor: "art_52") == ["third of 52"])
    #expect(text.missing(["first of 53"], anchor: "art_52") == ["first of 53"])
  }

  @Test("What was stored is read back the same")
  func stored() throws {
    let text = try OfficialText(markup: Self.page, file: "act.html")
    let back = OfficialText(stored: text.stored)
    #expect(back.parts == text.parts)
    #expect(back.isConsolidated == text.isConsolidated)
  }

  @Test("Formex is read by its identifiers")
  func formex() throws {
    let xml =
      "<?xml version=\"1.0\"?><ACT>"
      + (1...113).map { article in
        "<ARTICLE IDENTIFIER=\"\(Self.three(article))\"><TI.ART>Article \(article)</TI.ART>"
          + "<PARAG IDENTIFIER=\"\(Self.three(article)).001\"><NO.PARAG>1.</NO.PARAG>"
          + "<ALINEA>The first of \(article).</ALINEA></PARAG></ARTICLE>"
      }.joined() + "</ACT>"
    let text = try OfficialText(markup: xml, file: "act.xml")
    #expect(text.wording(of: "ai-act/52/1").joined(separator: " ").contains("The first of 52."))
    #expect(text.wording(of: "ai-act/7").joined(separator: " ").contains("Article 7"))
  }

  @Test(
    "Something else is refused, named as a file",
    arguments: [
      "", "<html>", "plain text", "<div id=\"art_1\">one</div>", "<p id=\"", "\u{0}<<<>>>",
    ])
  func refused(markup: String) {
    let problem = #expect(throws: Problem.self) {
      try OfficialText(markup: markup, file: "other.html")
    }
    #expect(problem?.code == "rulebook.not-the-act")
    #expect(problem?.places.first?.file == "other.html")
  }

  @Test("The amended text is told from the original")
  func consolidated() throws {
    let markup = Self.page + "<p>02024R1689-20260727</p>"
    #expect(try OfficialText(markup: markup, file: "act.html").isConsolidated)
  }

  @Test(
    "Every quotation in the rules stands word for word in the official text",
    .enabled(if: sharedData("law/eu-ai-act.html") != nil, "the Act is not beside the repository"))
  func officialQuotes() throws {
    let path = try #require(sharedData("law/eu-ai-act.html"))
    let markup = try String(contentsOfFile: path, encoding: .utf8)
    let text = try OfficialText(markup: markup, file: path)
    var checked = 0
    for rule in Law.at(Law.checked).rules where !rule.quotes.isEmpty {
      checked += rule.quotes.count
      #expect(text.missing(rule.quotes, anchor: rule.versions.last?.anchor) == [], "\(rule.id)")
    }
    #expect(checked == 42)
    #expect(text.parts.keys.count { $0.hasPrefix("art_") } == 113)
  }

  @Test(
    "The official Art. 51(2) shows ten to the power of 25",
    .enabled(if: sharedData("law/eu-ai-act.html") != nil, "the Act is not beside the repository"))
  func officialThreshold() throws {
    let path = try #require(sharedData("law/eu-ai-act.html"))
    let text = try OfficialText(
      markup: try String(contentsOfFile: path, encoding: .utf8), file: path)
    let wording = text.wording(of: "ai-act/51/2").joined(separator: " ")
    #expect(wording.hasPrefix("2. A general-purpose AI model shall be presumed"))
    #expect(wording.contains("greater than 10^25"))
    #expect(!wording.contains("1025"))
    #expect(
      text.wording(of: "ai-act/53/1/d").first?.hasPrefix("(d) draw up and make publicly") == true)
    #expect(text.wording(of: "ai-act/3/63").first?.contains("general-purpose AI model") == true)
  }
}
