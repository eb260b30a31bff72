import Duties
import Testing

@Suite("Words in texts from pages, terminals and other scripts")
struct MarkedUpNarrativeTests {
  private static func asked(_ narrative: String) -> [IncidentCategory] {
    CategorySuggestion.read(narrative).suggested.map(\.category)
  }

  @Test(
    "marks, entities, colours and styles of letters part no words and hide none",
    arguments: [
      "he <b>d</b>ied", "<p>he died</p>", "he<br/>died", "<td>he</td><td>died</td>",
      "he&nbsp;died", "he d&#105;ed", "he d&#x69;ed", "he d&iacute;ed", "he di&shy;ed",
      "\u{1B}[31mdied\u{1B}[0m", "he \u{1B}[1;31mdied", "he ｄｉｅｄ", "𝗵𝗲 𝗱𝗶𝗲𝗱", "𝓱𝓮 𝓭𝓲𝓮𝓭",
      "he di\u{AD}ed",
      "R.I.P. Jay", "r.i.p. to my friend", "He was D.O.A. there",
    ])
  func marks(narrative: String) {
    #expect(MarkedUpNarrativeTests.asked(narrative) == [.death], "\(narrative)")
  }

  @Test(
    "what only looks like a mark stays text",
    arguments: [
      "a < b and he died > c", "he died & left <", "he died <b", "&he died", "< he died;",
    ])
  func noMarks(narrative: String) {
    #expect(MarkedUpNarrativeTests.asked(narrative) == [.death], "\(narrative)")
  }

  @Test("what stands in a tag is no word")
  func tags() {
    #expect(
      MarkedUpNarrativeTests.asked("<img alt=\"died\" src=\"killed.png\"> The page is slow.") == [])
  }

  @Test(
    "plain words of deaths in other scripts",
    arguments: [
      "Пациент умер в больнице.", "Водитель погиб на месте.", "Пацієнт помер у лікарні.",
      "患者が死亡した。", "彼は亡くなりました。", "患者死亡。", "一名司机当场身亡", "환자가 사망했다.",
      "توفي المريض في المستشفى", "मरीज की मौत हो गई", "Ο ασθενής αυτοκτόνησε",
    ])
  func scripts(narrative: String) {
    #expect(MarkedUpNarrativeTests.asked(narrative).contains(.death), "\(narrative)")
  }

  @Test(
    "everyday sentences in them are not asked about",
    arguments: ["Страница загружается медленно.", "ページの表示が遅い。", "页面加载很慢。", "페이지가 느립니다."])
  func quiet(narrative: String) {
    #expect(MarkedUpNarrativeTests.asked(narrative) == [], "\(narrative)")
  }
}
