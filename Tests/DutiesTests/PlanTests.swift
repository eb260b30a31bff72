import Duties
import Ground
import Testing

@Suite("What is not forgotten, what replaces, what is refused")
struct PlanTests {
  typealias S = Sample

  @Test(
    "However often an event is repeated, its first time is kept beside the newest 31 and the last")
  func first() throws {
    let days = (0..<60).map { S.today.adding(days: $0 - 59).iso }
    let state = try #require(
      try S.state([S.begun] + days.map { S.change("changed", on: $0) }))
    let times = state.times("changed").map(\.text)
    #expect(times == [days[0]] + days.suffix(32))
    let read = try #require(RecordState(json: state.json))
    #expect(read.times("changed").first?.text == days[0])
    let earlier = try #require(
      try S.state(
        [S.begun] + days.dropFirst().map { S.change("changed", on: $0) }
          + [S.change("changed", on: days[0])]))
    #expect(earlier.times("changed").first?.text == days[0], "also where it was written last")
  }

  @Test(
    "A new plan replaces the one before, whether its day is earlier or later",
    arguments: [("2027-03-01", "2027-01-15"), ("2027-01-15", "2027-03-01")])
  func plan(before: String, after: String) throws {
    let state = try #require(
      try S.state([S.begun, S.change("planned", on: before), S.change("planned", on: after)]))
    #expect(state.day("planned")?.iso == after)
    #expect(state.times("planned").map(\.text) == [before, after], "the old one stays visible")
    let corrected = S.change("planned", on: "2027-02-01", reason: "typo", corrects: true)
    let mended = try #require(
      try S.state([S.begun, S.change("planned", on: before), corrected]))
    #expect(mended.times("planned").map(\.text) == ["2027-02-01"])
  }

  @Test("What happens before the planned day ends the plan's status")
  func status() throws {
    let plan = S.change("planned", [("tokens", .string("9T"))], on: "2027-03-01")
    let done = S.change("placed", [("tokens", .string("8T"))], on: "2026-11-20")
    #expect(try S.state([S.begun, plan])?.status == "planned")
    let state = try #require(try S.state([S.begun, plan, done]))
    #expect(state.status == "placed" && state.text("tokens") == "8T")
  }

  private func drafted(by author: Actor) throws -> RecordState {
    let set: [(String, JSON)] = RecordKind.opinion.fields.filter(\.isRequired).map { field in
      let value = field.form == .record("model") ? "model/k3v9qz7d2m5x" : "2026-11-20"
      return (field.name, .string(value))
    }
    let change = Change("opinion-drafted", set: set, effective: .day(S.today))
    let content = try RecordKind.opinion.decide(change, on: nil, actor: author, today: S.today)
    return RecordKind.opinion.applying(
      S.envelope(change, version: 1, author), content: content, to: nil)
  }

  @Test("A filing needs an author who signed in, and another person who approves")
  func filing() throws {
    let filing = Change("opinion-filed", effective: .day(S.today))
    for (author, code) in [
      (Actor(id: "local", role: .localOperator), "duties.author-not-signed-in"),
      (.system, "duties.author-not-signed-in"), (S.other, "duties.same-person"), (S.author, nil),
    ] {
      let draft = try drafted(by: author)
      let found = Sample.code {
        try RecordKind.opinion.decide(filing, on: draft, actor: S.other, today: S.today)
      }
      #expect(found == code, "\(author.id)")
    }
  }

  @Test("A revision of a run as of a day before the value in force is refused; a correction is not")
  func revision() throws {
    let kind = RecordKind.trainingRun
    func revised(_ tokens: String, _ day: String, corrects: Bool = false) -> Change {
      S.change(
        "run-revised", [("tokens", .string(tokens))], on: day, reason: "x", corrects: corrects)
    }
    var state: RecordState?
    for change in [
      S.change(
        "run-recorded",
        [
          ("model", .string("model/k3v9qz7d2m5x")), ("name", .string("a")),
          ("tokens", .string("1")),
        ],
        on: "2026-11-15"), revised("2", "2026-11-10"), revised("3", "2026-11-12"),
    ] {
      let content = try kind.decide(change, on: state, actor: S.author, today: S.today)
      state = kind.applying(
        S.envelope(change, version: (state?.version ?? 0) + 1, S.author), content: content,
        to: state)
    }
    #expect(state?.text("tokens") == "3")
    func code(_ change: Change) -> String? {
      Sample.code { try kind.decide(change, on: state, actor: S.author, today: S.today) }
    }
    #expect(code(revised("4", "2026-11-11")) == "duties.earlier-than-in-force")
    #expect(code(revised("4", "2026-11-12")) == nil)
    #expect(code(revised("4", "2026-11-11", corrects: true)) == nil)
    let other = S.change("run-revised", [("hardware", .string("H"))], on: "2026-11-11", reason: "x")
    #expect(code(other) == nil, "nothing later speaks of that field")
  }

  @Test("A review sets the day of the next or ends the one there was")
  func review() throws {
    let state = RecordKind.evidence.applying(
      S.envelope(S.change("evidence-added"), version: 1, S.author),
      content: .object([("set", .object([("review_by", .string("2026-12-01"))]))]), to: nil)
    func reviewed(_ set: [(String, JSON)]) throws -> RecordState {
      let change = S.change("evidence-reviewed", set, on: "2026-11-20")
      let content = try RecordKind.evidence.decide(
        change, on: state, actor: S.author, today: S.today)
      return RecordKind.evidence.applying(
        S.envelope(change, version: 2, S.author), content: content, to: state)
    }
    #expect(try reviewed([("review_by", .string("2027-06-01"))]).text("review_by") == "2027-06-01")
    #expect(try reviewed([]).fields["review_by"] == nil)
  }
}

extension Sample {
  /// The code of the problem that a decision gives; nil when it gives none.
  fileprivate static func code(_ body: () throws -> JSON) -> String? {
    do {
      _ = try body()
      return nil
    } catch { return (error as? Problem)?.code ?? "another error" }
  }
}
