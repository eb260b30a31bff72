import Duties
import Testing

@Suite("Long words with a slip of the pen")
struct SlippedWordsTests {
  private func isAsked(_ word: String) -> Bool {
    CategorySuggestion.read("The report says \(word) in the flat").suggested
      .contains { $0.category == .death }
  }

  @Test(
    "one letter less, more, another or two exchanged are read",
    arguments: [
      "homicde", "homocide", "hommicide", "ohmicide", "hoimcide", "Homicied", "murdred",
      "fatalityy",
      "electrocutde", "gestroben",
    ])
  func slips(word: String) {
    // The first letter is taken to be right.
    #expect(isAsked(word) == (word != "ohmicide"))
  }

  @Test(
    "two slips, and words that resemble them, are not",
    arguments: [
      "hommicde", "herbicide", "fungicide", "mortgage", "murmured", "funnels", "fertility",
      "automated", "gestohlen", "municipal", "suitcase", "homemade",
    ])
  func others(word: String) {
    #expect(!isAsked(word))
  }

  @Test("a negation that words need is not turned against them, and a second one neither")
  func ownNegation() {
    for text in ["The patient hasn't survived.", "Nikt nie przeżył.", "Nobody survived."] {
      #expect(CategorySuggestion.read(text).suggested.map(\.category) == [.death], "\(text)")
    }
    #expect(CategorySuggestion.read("Nobody died.").suggested.isEmpty)
    #expect(
      CategorySuggestion.read("She would not have died.").suggested.map(\.category) == [.death])
  }
}
