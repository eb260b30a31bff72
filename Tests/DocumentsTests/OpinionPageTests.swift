import Compute
@testable import Documents
import Duties
import Ground
import Testing

@Suite("The page of an opinion")
struct OpinionPageTests {
  /// Samples by name, for parameterised tests.
  enum Sample: String, CaseIterable {
    case full, empty, hostile

    var opinion: Opinion {
      switch self {
      case .full: Samples.full()
      case .empty: Samples.empty
      case .hostile: Samples.hostileEverywhere
      }
    }
  }

  @Test(
    "is well-formed, with one heading of the first rank and unique ids", arguments: Sample.allCases)
  func wellFormed(sample: Sample) {
    let page = TagReader(OpinionDocument.html(sample.opinion))
    #expect(page.mistakes.isEmpty)
    #expect(page.elements.count { $0.name == "h1" } == 1)
    #expect(page.elements.first { $0.name == "html" }?.attributes["lang"] == "en")
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { !$0.contains(" ") })
  }

  @Test("references lead to ids that exist", arguments: Sample.allCases)
  func references(sample: Sample) {
    let page = TagReader(OpinionDocument.html(sample.opinion))
    let ids = Set(page.elements.compactMap { $0.attributes["id"] })
    for element in page.elements {
      if let href = element.attributes["href"], href.hasPrefix("#") {
        #expect(ids.contains(String(href.dropFirst())))
      }
      for id in (element.attributes["aria-labelledby"] ?? "").split(separator: " ") {
        #expect(ids.contains(String(id)))
      }
    }
  }

  @Test("headings do not skip a rank", arguments: Sample.allCases)
  func headings(sample: Sample) {
    let ranks = TagReader(OpinionDocument.html(sample.opinion)).elements
      .filter { $0.name.count == 2 && $0.name.first == "h" && $0.name != "hr" }
      .compactMap { Int($0.name.dropFirst()) }
    #expect(ranks.first == 1)
    #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $1 <= $0 + 1 })
  }

  @Test("has no script, no inline style and nothing from elsewhere", arguments: Sample.allCases)
  func isSelfContained(sample: Sample) {
    let page = TagReader(OpinionDocument.html(sample.opinion))
    let names = Set(page.elements.map(\.name))
    #expect(names.isDisjoint(with: ["script", "link", "img", "iframe", "object", "form", "base"]))
    #expect(page.elements.count { $0.name == "style" } == 1)
    for element in page.elements {
      #expect(element.attributes.keys.allSatisfy { $0 != "style" && !$0.hasPrefix("on") })
      #expect(element.attributes["src"] == nil)
      if let href = element.attributes["href"] {
        #expect(href.hasPrefix("https://") || href.hasPrefix("http://") || href.hasPrefix("#"))
      }
    }
  }

  @Test("hostile names stay text")
  func hostile() {
    let html = OpinionDocument.html(Samples.hostileEverywhere)
    #expect(!html.contains("<script"))
    #expect(!html.contains("href=\"javascript"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  @Test("header cells say what they head", arguments: Sample.allCases)
  func scopes(sample: Sample) {
    let page = TagReader(OpinionDocument.html(sample.opinion))
    for header in page.elements where header.name == "th" {
      #expect(["row", "col"].contains(header.attributes["scope"] ?? ""))
    }
    let tables = page.elements.count { $0.name == "table" }
    #expect(page.elements.count { $0.name == "caption" } == tables)
  }

  @Test("an answer is a word and a sign, not only a colour")
  func verdict() {
    let page = OpinionDocument.html(Samples.full())
    #expect(page.contains("class=\"verdict yes\""))
    #expect(page.contains("</svg>Yes</p>"))
    let open = OpinionDocument.html(Samples.empty)
    #expect(open.contains("</svg>Undetermined</p>"))
    #expect(open.contains("This would be decided by:"))
    #expect(open.contains("published_flop"))
  }

  @Test("shows the exact digits, two significant figures, the band and the ratio")
  func figures() throws {
    let opinion = Samples.full()
    let cumulative = try #require(opinion.classification.cumulative)
    let page = TagReader(OpinionDocument.html(opinion))
    #expect(page.text.contains(cumulative.digits))
    for words in [cumulative.printed(), cumulative.ratioToPresumption, "7.4 × 10²⁴ to 1.4 × 10²⁵"] {
      #expect(page.text.contains(words))
    }
    #expect(!page.text.contains("10^2"))
    #expect(!page.text.contains(" 1025 "))
  }

  @Test("says of every citation what binds, since when, and what was not read")
  func citations() {
    let page = TagReader(OpinionDocument.html(Samples.full()))
    for words in [
      "statute", "guideline", "house", "one secondary source, primary text not read",
      "until 31\u{A0}December\u{A0}2026",
    ] {
      #expect(page.text.contains(words))
    }
    let links = page.elements.compactMap { $0.attributes["href"] }
    #expect(links.contains { $0.hasPrefix("https://eur-lex.europa.eu/") && $0.contains("#art_52") })
  }

  @Test("has all parts where there is something to say, and none where there is nothing")
  func sections() {
    let all = [
      "figures", "facts", "questions", "ledger", "lineage", "reconciliation", "forecast", "clocks",
      "duties", "comparables", "changes", "assumptions", "notes", "authorities", "made",
    ]
    func sections(_ opinion: Opinion) -> [String] {
      TagReader(OpinionDocument.html(opinion)).elements
        .filter { $0.name == "section" }.compactMap { $0.attributes["id"] }
    }
    #expect(sections(Samples.full()) == ["result"] + all)
    #expect(sections(Samples.empty) == ["result", "figures", "made"])
  }
}
