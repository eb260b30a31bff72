import Ground
import Testing

@Suite("A three-valued answer")
struct AnswerTests {
  static let open = Answer.undetermined(["a"])
  static let other = Answer.undetermined(["b"])
  static let both = Answer.undetermined(["a", "b"])

  static let and: [(Answer, Answer, Answer)] = [
    (.yes, .yes, .yes), (.yes, .no, .no), (.yes, other, other), (.no, .yes, .no), (.no, .no, .no),
    (.no, other, .no), (open, .yes, open), (open, .no, .no), (open, other, both),
  ]
  static let or: [(Answer, Answer, Answer)] = [
    (.yes, .yes, .yes), (.yes, .no, .yes), (.yes, other, .yes), (.no, .yes, .yes), (.no, .no, .no),
    (.no, other, other), (open, .yes, .yes), (open, .no, open), (open, other, both),
  ]

  @Test("“And” is Kleene's: no beats unknown, unknown beats yes", arguments: and)
  func conjunction(left: Answer, right: Answer, result: Answer) {
    #expect((left && right) == result)
  }

  @Test("“Or” is Kleene's: yes beats unknown, unknown beats no", arguments: or)
  func disjunction(left: Answer, right: Answer, result: Answer) {
    #expect((left || right) == result)
  }

  @Test("“Not” turns yes and no around and leaves unknown, with its facts")
  func negation() {
    #expect(!Answer.yes == .no)
    #expect(!Answer.no == .yes)
    #expect(!Self.both == Self.both)
  }

  @Test("De Morgan's laws hold for every pair", arguments: and)
  func deMorgan(left: Answer, right: Answer, result: Answer) {
    #expect(!(left && right) == (!left || !right))
    #expect(!(left || right) == (!left && !right))
  }

  @Test("A missing fact is named once, in the order met")
  func facts() {
    #expect((Self.both && Self.open && .undetermined(["c", "b"])).missing == ["a", "b", "c"])
    #expect(Answer.yes.missing.isEmpty)
  }

  @Test("What cannot change the answer is not asked")
  func lazy() {
    var asked = 0
    func ask() -> Answer {
      asked += 1
      return .yes
    }
    #expect((Answer.no && ask()) == .no)
    #expect((Answer.yes || ask()) == .yes)
    #expect(asked == 0)
  }

  @Test("Truth values and unknowns become answers with their words")
  func making() {
    #expect(Answer(true) == .yes)
    #expect(Answer(false) == .no)
    #expect(Answer(nil, fact: "x") == .undetermined(["x"]))
    #expect(Answer(false, fact: "x") == .no)
    #expect([Answer.yes, .no, Self.open].map(\.word) == ["yes", "no", "undetermined"])
    #expect([Answer.yes, .no, Self.open].map(\.isDecided) == [true, true, false])
  }
}
