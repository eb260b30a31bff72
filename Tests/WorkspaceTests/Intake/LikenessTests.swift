import Ground
import TestSupport
import Testing
import Workspace

@Suite("likeness of incidents")
struct LikenessTests {
  static let first = IncidentTrace(
    title: "Wrong dose of fictional medicine at Northclinic",
    narrative:
      "The assistant advised twelve milligrams of fictamol instead of two; a nurse noticed.",
    references: ["AIID 9001"], addresses: ["https://news.example/dose"],
    began: DayRange(iso: "2026-03-02"))
  static let second = IncidentTrace(
    title: "Pump stopped at Southworks",
    narrative: "A pump ran dry after the agent closed a valve.",
    references: ["AIID 9002"], began: DayRange(iso: "2026-03"))

  static func index() -> LikenessIndex {
    var index = LikenessIndex()
    index.add("one", first)
    index.add("two", second)
    return index
  }

  @Test("the same reference and the same address propose a duplicate, however they are written")
  func reference() {
    let report = IncidentTrace(
      title: "x", narrative: "", references: ["aiid9001"],
      addresses: ["http://www.news.example/dose/#top"])
    let found = LikenessTests.index().like(report)
    #expect(found.map(\.id) == ["one"])
    #expect(found.first?.points == 100)
    #expect(found.first?.lines.count == 2)
  }

  @Test("rare words in common propose a duplicate and are shown, with the days in common")
  func words() throws {
    let report = IncidentTrace(
      title: "Northclinic: nurse stops overdose",
      narrative: "Twelve milligrams of fictamol were advised by an assistant instead of two.",
      began: DayRange(iso: "2026"))
    let found = try #require(LikenessTests.index().like(report).first)
    #expect(found.id == "one")
    guard case .words(let words, let share)? = found.reasons.first else {
      Issue.record("\(found.reasons)")
      return
    }
    #expect(words.contains("fictamol"))
    #expect(share >= 30)
    #expect(found.reasons.last == .days(first: day(2026, 3, 2), last: day(2026, 3, 2)))
  }

  @Test("the same days alone, and words that all use, propose nothing")
  func chance() {
    let report = IncidentTrace(
      title: "Other", narrative: "The model and the system were reported.",
      began: DayRange(iso: "2026-03-02"))
    #expect(LikenessTests.index().like(report).isEmpty)
  }

  @Test("one number in two sources is no reason, and in one source it is, however it is written")
  func sources() {
    var index = LikenessIndex()
    index.add("five", IncidentTrace(title: "a", narrative: "", source: "", references: ["5"]))
    index.add(
      "aiid",
      IncidentTrace(
        title: "b", narrative: "", source: "AI Incident Database", references: ["5"]))
    func found(_ source: String) -> [String] {
      index.like(IncidentTrace(title: "c", narrative: "", source: source, references: [" 5"]))
        .map(\.id)
    }
    #expect(found("") == ["five"])
    #expect(found("ai incident database") == ["aiid"])
    #expect(found("AIAAIC").isEmpty)
  }

  @Test(
    "what more than fifty share is no reason and is not looked through: the address of a portal",
    arguments: [(50, true), (51, false), (400, false)])
  func portal(many: Int, isReason: Bool) {
    var index = LikenessIndex()
    let trace = IncidentTrace(
      title: "t", narrative: "", references: ["same"], addresses: ["https://portal.example/list"])
    for number in 0..<many { index.add("i\(number)", trace) }
    let found = index.like(trace, most: .max)
    #expect(found.count == (isReason ? many : 0))
    #expect(found.allSatisfy { $0.reasons.count == 2 })
  }

  @Test("an incident is not like itself, and two are like each other with the same points")
  func symmetric() throws {
    var index = LikenessTests.index()
    index.add("three", LikenessTests.first)
    let there = try #require(index.like(LikenessTests.first, except: "one").first)
    let back = try #require(index.like(LikenessTests.first, except: "three").first)
    #expect(there.id == "three")
    #expect(back.id == "one")
    #expect(there.points == back.points)
    #expect(index.like(LikenessTests.first, except: "one").allSatisfy { $0.id != "one" })
  }

  @Test("among many the one that tells the same event is found, and only few are proposed")
  func many() throws {
    var random = SplitMix64(seed: 7)
    var index = LikenessIndex()
    for number in 0..<3000 {
      let words = (0..<30).map { _ in "word\(Int.random(in: 0..<4000, using: &random))" }
      index.add(
        "i\(number)", IncidentTrace(title: "t\(number)", narrative: words.joined(separator: " ")))
    }
    index.add("same", LikenessTests.first)
    let report = IncidentTrace(
      title: "Dose", narrative: "word1 word2 word3. " + LikenessTests.first.narrative)
    let found = index.like(report)
    #expect(found.first?.id == "same")
    #expect(found.count <= 10)
  }

  private func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    Day(year, month, day) ?? Day(sinceEpoch: 0)
  }
}
