import Duties
import Ground
import Rulebook
import TestSupport
import Testing

@Suite("What words suggest")
struct SuggestionTests {
  private static func asked(_ text: String) -> Set<String> {
    Set(CategorySuggestion.read(text).suggested.map(\.category.rawValue))
  }

  private static func names(_ text: String) -> Set<String> {
    Set(text.split(separator: " ").map(String.init))
  }

  @Test(
    "a report asks about the harm it tells of, and not about harm it denies",
    arguments: Narrative.all)
  func narrative(narrative: Narrative) {
    let asked = SuggestionTests.asked(narrative.text)
    let (wanted, quiet) = (
      SuggestionTests.names(narrative.asks), SuggestionTests.names(narrative.quiet)
    )
    #expect(
      asked.isSuperset(of: wanted), "not asked: \(wanted.subtracting(asked)) in \(narrative.text)")
    #expect(
      asked.isDisjoint(with: quiet), "asked: \(asked.intersection(quiet)) in \(narrative.text)")
  }

  @Test("there are many reports, and each category is wanted somewhere")
  func enough() {
    #expect(Narrative.all.count >= 200)
    #expect(Set(Narrative.all.map(\.text)).count == Narrative.all.count)
    let wanted = Narrative.all.reduce(into: Set<String>()) {
      $0.formUnion(SuggestionTests.names($1.asks))
    }
    #expect(wanted == Set(IncidentCategory.allCases.map(\.rawValue)))
  }

  @Test("a death is asked about wherever it stands among other sentences and however it is written")
  func embedded() {
    property(cases: 400) { random in
      let death = random.pick(Narrative.deaths + Narrative.deathsElsewhere)
      let around = Narrative.quietOnes + Narrative.noDeaths
      var text = [random.pick(around).text, death.text, random.pick(around).text].joined(
        separator: " \n")
      if random.pick([true, false]) { text = text.uppercased() }
      return SuggestionTests.asked(text).contains("death") ? nil : text
    }
  }

  @Test("the words are shown as the text has them, with how they are meant")
  func words() throws {
    let read = CategorySuggestion.read(
      "Nobody died. The pipe could have KILLED him, and he was Injured.")
    let death = try #require(read.suggested.first { $0.category == .death })
    #expect(death.words == ["KILLED"] && death.reading == .hypothetical)
    let health = try #require(read.suggested.first { $0.category == .health })
    #expect(health.words == ["Injured"])
    let none = CategorySuggestion.read("Nobody died.")
    #expect(none.suggested.isEmpty)
    let aside = try #require(none.setAside.first)
    #expect(none.setAside.count == 1 && aside.category == .death)
    #expect(aside.words == ["died"] && aside.reading == .negated)
  }

  @Test("a suggestion decides nothing")
  func decidesNothing() {
    for narrative in Narrative.all {
      let answer = IncidentAssessment(
        facts: IncidentFacts(), times: IncidentTimes(), narrative: narrative.text,
        law: Law.at(Law.checked))
      #expect(answer.reasons.allSatisfy { !$0.answer.isDecided })
      #expect(!answer.facts.serious.isDecided && answer.clocks.governs == nil)
    }
  }

  @Test("a text of any size and any signs is read")
  func hostile() {
    let long = String(repeating: "died no not without ", count: 50_000)
    let read = CategorySuggestion.read(long).suggested
    #expect(read.allSatisfy { $0.words.count <= CategorySuggestion.mostWords })
    for text in [
      "\u{0}\u{1}\u{202E}died", "d\u{AD}ied", "di\u{301}ed", "тело", "死亡", "’’’", "a’t’t", "n't",
    ] {
      _ = CategorySuggestion.read(text)
    }
    #expect(SuggestionTests.asked("the patient d\u{AD}ied").contains("death"))
    #expect(SuggestionTests.asked("l\u{2019}accident, un mort").contains("death"))
    #expect(
      SuggestionTests.asked("une patiente est de\u{301}ce\u{301}de\u{301}e").contains("death"))
  }
}
