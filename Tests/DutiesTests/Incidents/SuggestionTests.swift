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

  @Test(
    "lists of reports that were written before the words: each death is asked about, no other report",
    arguments: ["first", "second"])
  func lists(list: String) throws {
    func lines(_ kind: String) throws -> [String] {
      try Repository.text("Tests/DutiesTests/Incidents/Lists/\(list)-\(kind).txt")
        .split(separator: "\n").map(String.init)
    }
    let (deaths, others) = (try lines("deaths"), try lines("others"))
    #expect(deaths.count >= 60 && others.count >= 60)
    #expect(deaths.filter { !SuggestionTests.asked($0).contains("death") } == [])
    #expect(others.filter { SuggestionTests.asked($0).contains("death") } == [])
  }

  @Test(
    "lists of reports of other harm: each category is asked about", arguments: ["third", "fourth"])
  func categories(list: String) throws {
    let lines = try Repository.text("Tests/DutiesTests/Incidents/Lists/\(list)-categories.txt")
      .split(separator: "\n").map { $0.split(separator: "|").map(String.init) }
    #expect(lines.count >= 40)
    for line in lines {
      let category = line[0].filter { $0 != " " }
      #expect(SuggestionTests.asked(line[1]).contains(category), "\(line[1])")
    }
  }

  @Test(
    "words that deny in one language deny nothing in another",
    arguments: [
      "Une personne est morte.", "Ne sono morti tre.", "Patient zero died.", "Day 0 died one man.",
      "He was not injured and died later.", "No hospital, morreu um homem.",
      "Nobody was hurt at first and a man died.", "He did not die instantly.",
      "The answer did not cause the death of the patient.", "There were no reports of the death.",
      "Nothing is known of the patients killed.", "Am Abend wurden noch zwei Menschen getötet.",
      "Danach wurde er noch getötet.", "Im Mai gestorben.", "Ni døde i Aarhus.",
      "Hij is pas overleden.", "Robot 2.0 killed a worker.",
    ])
  func noDenial(text: String) {
    #expect(SuggestionTests.asked(text).contains("death"))
  }

  @Test(
    "a plain denial is set aside, and shown as such",
    arguments: [
      "No deaths occurred.", "Zero fatalities were reported.", "No injuries, no deaths.",
      "The incident did not result in any deaths.", "None of the patients died.",
      "Luckily, nobody was killed.",
      "There was no loss of human life.", "Es gab weder Tote noch Verletzte.", "Nadie murió.",
      "Nessuno è morto.", "Ninguém morreu.", "Niemand is overleden.", "Er vielen geen doden.",
      "Nobody was killed nor hurt.", "Il n'y a eu ni mort ni blessé.",
    ])
  func denial(text: String) {
    #expect(!SuggestionTests.asked(text).contains("death"))
    #expect(CategorySuggestion.read(text).setAside.map(\.category).contains(.death))
  }

  @Test(
    "an idiom takes nothing from a death beside it",
    arguments: [
      "The bot told him that she was dead.", "He killed a man using the app.",
      "He was shot in the head.", "He was found dead on the floor.",
      "The dead man had used the app.", "A worker was killed.", "The agent was killed by a truck.",
      "The killed worker had asked twice.", "She lost her son in the house.",
      "Death by overdose.", "Nothing could be done to save him.", "He was shot with a rifle.",
      "The website said he was dead.", "She left us in March.", "He passed on the third of May.",
      "En ese punto fue hallado muerto.", "Body parts were found.", "They killed the boss.",
      "Dead, links in the chat show why.",
    ])
  func idiomBesideDeath(text: String) {
    #expect(SuggestionTests.asked(text).contains("death"))
  }

  @Test(
    "lines of a letter are read on, and a negation does not reach over the end of a line",
    arguments: [("He lost\nhis life.", true), ("no\none died", true), ("no one died", false)])
  func lines(text: String, isAsked: Bool) {
    #expect(SuggestionTests.asked(text).contains("death") == isAsked)
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
