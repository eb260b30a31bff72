import Duties
import Testing

@Suite("Words that stand near each other")
struct NearWordTests {
  private static func asked(_ text: String) -> Set<String> {
    Set(CategorySuggestion.read(text).suggested.map(\.category.rawValue))
  }

  @Test(
    "what was done and what it was done to are found in either order, and not too far apart",
    arguments: [
      ("It wiped the ministry.", true),
      ("The ministry, as we learned on the second morning, was wiped.", true),
      (
        "The ministry said on Monday in a long and friendly letter to all of us that the table was wiped.",
        false
      ),
      ("The ministry wrote. The table was wiped.", false), ("The ministry wrote.", false),
    ])
  func either(text: String, isAsked: Bool) {
    #expect(NearWordTests.asked(text).contains("infrastructure") == isAsked)
  }

  @Test("both words are shown, in the order of the text")
  func shown() throws {
    let read = CategorySuggestion.read("The agent wiped the whole ministry.")
    let found = try #require(read.suggested.first { $0.category == .infrastructure })
    #expect(found.words == ["wiped … ministry"])
  }

  @Test("one word that is denied denies both")
  func denied() {
    let read = CategorySuggestion.read("The ministry was not wiped.")
    #expect(!read.suggested.contains { $0.category == .infrastructure })
    #expect(read.setAside.contains { $0.category == .infrastructure })
  }

  @Test(
    "an idiom is none when a person stands right behind it",
    arguments: [
      ("It killed the network engineer.", true), ("It killed the network.", false),
      ("The agent killed the process operator.", true), ("The agent killed the process.", false),
      ("It killed the network, engineer Example said.", false),
    ])
  func person(text: String, isAsked: Bool) {
    #expect(NearWordTests.asked(text).contains("death") == isAsked)
  }

  @Test("what is no death can be other harm")
  func notDeath() {
    let asked = NearWordTests.asked("Forty guests had food poisoning.")
    #expect(asked.contains("health") && !asked.contains("death"))
  }

  @Test(
    "words behind an idiom of machines stay a death, and a machine's end stays none",
    arguments: [
      ("Fatal crash, one occupant.", true), ("A fatal exception is logged.", false),
      ("The battery of the spare phone died.", false), ("The phone died.", false),
      ("A driver playing on his phone died when his car left the road.", true),
      ("The battery of the pump failed and the patient died.", true),
      ("The migration took 14 minutes.", false), ("The fire took 14 lives.", true),
    ])
  func machines(text: String, isAsked: Bool) {
    #expect(NearWordTests.asked(text).contains("death") == isAsked)
  }
}
