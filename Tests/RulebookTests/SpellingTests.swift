import Ground
import RuleFile
import Rulebook
import Testing

@Suite("How people write a citation")
struct SpellingTests {
  private let law = Law.at(Law.checked)

  static let known: [(String, String)] = [
    ("52(1)", "ai-act/52/1"), ("52.1", "ai-act/52/1"), ("art 52(1)", "ai-act/52/1"),
    ("Art. 52(1)", "ai-act/52/1"), ("article 52(1)", "ai-act/52/1"), ("ART.52(1)", "ai-act/52/1"),
    ("Article 52 (1)", "ai-act/52/1"), ("Art.\u{A0}52(1)", "ai-act/52/1"),
    ("Article 52(1) AI Act", "ai-act/52/1"), ("AI Act Art. 52(1)", "ai-act/52/1"),
    ("ai-act/52/1", "ai-act/52/1"), ("AI-ACT/52/1", "ai-act/52/1"), (" 52(1) ", "ai-act/52/1"),
    ("Article 53(1)(d)", "ai-act/53/1/d"), ("53.1.d", "ai-act/53/1/d"),
    ("53(1)(D)", "ai-act/53/1/d"), ("art 54(3)(b)", "ai-act/54/3/b"),
    ("Article 52(1) of Regulation (EU) 2024/1689", "ai-act/52/1"), ("56(6)", "ai-act/56/6"),
    ("3(63)", "ai-act/3/63"), ("Art. 3(49)(b)", "ai-act/3/49/b"), ("111(3)", "ai-act/111/3"),
    ("recital 111", "recital/111"), ("Recital (112)", "recital/112"), ("RECITAL 97", "recital/97"),
    ("annex XIII(f)", "ai-act/annex-xiii/f"), ("Annex XIII (f)", "ai-act/annex-xiii/f"),
    ("Annex XIII", "ai-act/annex-xiii"), ("annex xi 1(2)(e)", "ai-act/annex-xi/1/2/e"),
    ("Annex XII 1(a)", "ai-act/annex-xii/1/a"), ("cop 9.3", "cop/safety/9.3"),
    ("CoP 9.3", "cop/safety/9.3"), ("measure 9.3", "cop/safety/9.3"), ("9.3", "cop/safety/9.3"),
    ("cop safety 9.3 death", "cop/safety/9.3/death"), ("cop 9.3 death", "cop/safety/9.3/death"),
    ("measure 9.3 final", "cop/safety/9.3/final"), ("9.3 harm", "cop/safety/9.3/harm"),
    ("cop transparency 1.2", "cop/transparency/1.2"), ("cop copyright 1.3", "cop/copyright/1.3"),
    ("cop/safety/9.3/cyber", "cop/safety/9.3/cyber"), ("guidelines 31", "guidelines/31"),
    ("guideline 60", "guidelines/60"), ("GL ¶31", "guidelines/31"), ("¶ 31", "guidelines/31"),
    ("¶31", "guidelines/31"), ("house triage", "house/triage"),
    ("reg-1182-71/3/4", "reg-1182-71/3/4"),
  ]

  @Test("A spelling finds its rule", arguments: known)
  func resolve(spelling: String, id: String) { #expect(law.resolve(spelling) == id) }

  @Test(
    "What is no rule finds none",
    arguments: [
      "", " ", "999(1)", "52(99)", "article", "nonsense", "annex", "recital", "52(1", "/",
    ])
  func unknown(spelling: String) {
    let found = law.resolve(spelling)
    #expect(found == nil || spelling == "52(1", "\(found ?? "")")
  }

  @Test("Every rule is found by its own id, and by the article it cites")
  func everyID() {
    for id in law.ids {
      #expect(law.resolve(id) == id)
      guard let provision = law.provision(id), id.hasPrefix("ai-act/"),
        !id.contains("annex"), id.wholeNumbers,
        provision.version.cite.wholeCitation
      else { continue }
      #expect(law.resolve(provision.version.cite) == id, "\(provision.version.cite)")
    }
  }

  @Test("A rule that is not there is answered with its neighbours")
  func near() {
    #expect(law.near("52(9)").contains("ai-act/52/1"))
    #expect(law.near("cop/safety/9.3/other").contains("cop/safety/9.3/death"))
    #expect(law.near("nonsense") == [])
  }
}

extension String {
  /// Whether every step of the id after the first is a number or a single letter.
  fileprivate var wholeNumbers: Bool {
    let steps: [Substring] = split { $0 == "/" }
    return steps.dropFirst().allSatisfy { Int($0) != nil || $0.count == 1 }
  }

  /// Whether it is an article with paragraph and point and nothing else, such as `Art. 53(1)(d)`.
  fileprivate var wholeCitation: Bool {
    hasPrefix("Art. ") && dropFirst(5).allSatisfy { $0.isNumber || "()abcdefg".contains($0) }
  }
}
