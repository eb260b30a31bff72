import Ground
import Sealing
import Testing

@testable import Server

@Suite("Challenges to strangers")
struct ChallengeTests {
  private static let now = Instant(seconds: 1_795_000_000)
  private static func after(_ seconds: Int) -> Instant { Instant(seconds: now.seconds + seconds) }

  private func code(_ work: () throws -> Void) -> String? {
    do { try work() } catch { return (error as? Problem)?.code ?? "\(error)" }
    return nil
  }

  private func answer(_ asked: Challenges.Asked) -> String {
    asked.kind == .work
      ? WorkProof.found(for: asked.text, bits: asked.bits)
      : String(asked.numbers.0 + asked.numbers.1)
  }

  @Test("a right answer is taken once", arguments: [Challenges.Kind.work, .question])
  func once(_ kind: Challenges.Kind) throws {
    let challenges = Challenges()
    let asked = challenges.ask(kind, bits: 8, now: Self.now)
    let checked = try challenges.check(asked.text, answer(asked), now: Self.now)
    try challenges.use(checked, for: nil, now: Self.now)
    #expect(code { try challenges.use(checked, for: nil, now: Self.now) } == "server.proof-used")
    let last = Self.after(kind.seconds - 1)
    #expect(code { try challenges.use(checked, for: nil, now: last) } == "server.proof-used")
  }

  @Test("an answer comes in time or not at all", arguments: [Challenges.Kind.work, .question])
  func expires(_ kind: Challenges.Kind) throws {
    let challenges = Challenges()
    let asked = challenges.ask(kind, bits: 4, now: Self.now)
    let proof = answer(asked)
    _ = try challenges.check(asked.text, proof, now: Self.after(kind.seconds - 1))
    #expect(
      code { _ = try challenges.check(asked.text, proof, now: Self.after(kind.seconds)) }
        == "server.proof-expired")
  }

  @Test("a wrong answer, a changed challenge and one of another server are refused alike")
  func wrong() throws {
    let challenges = Challenges()
    let asked = challenges.ask(.work, bits: 12, now: Self.now)
    let proof = answer(asked)
    #expect(code { _ = try challenges.check(asked.text, "x", now: Self.now) } == "server.bad-proof")
    #expect(
      code { _ = try Challenges().check(asked.text, proof, now: Self.now) } == "server.bad-proof")
    for place in 0..<asked.text.count {
      var changed = Array(asked.text)
      changed[place] = changed[place] == "A" ? "B" : "A"
      let text = String(changed)
      let easy = WorkProof.found(for: text, bits: 12)
      #expect(
        code { _ = try challenges.check(text, easy, now: Self.now) } == "server.bad-proof",
        "\(place)")
    }
    let sum = challenges.ask(.question, bits: 0, now: Self.now)
    for text in ["", "0", "100", "seven", String(repeating: "9", count: 65)] {
      #expect(
        code { _ = try challenges.check(sum.text, text, now: Self.now) } == "server.bad-proof")
    }
    #expect(code { _ = try challenges.check("", "", now: Self.now) } == "server.bad-proof")
  }

  @Test("a request that names itself may show its proof again, and no other may")
  func named() throws {
    let challenges = Challenges()
    let asked = challenges.ask(.work, bits: 2, now: Self.now)
    let checked = try challenges.check(asked.text, answer(asked), now: Self.now)
    try challenges.use(checked, for: "one", now: Self.now)
    try challenges.use(checked, for: "one", now: Self.now)
    #expect(code { try challenges.use(checked, for: "two", now: Self.now) } == "server.proof-used")
    #expect(code { try challenges.use(checked, for: nil, now: Self.now) } == "server.proof-used")
  }

  @Test(
    "who has one address of the longer kind has them all",
    arguments: [
      ("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2"),
      ("2001:db8:1:2::9", "2001:db8:1:2"), ("2001:db8::9", "2001:db8:0:0"), ("::1", "0:0:0:0"),
      ("::ffff:203.0.113.7", "::ffff:203.0.113.7"), ("", ""),
    ])
  func neighbours(_ address: String, _ name: String) {
    #expect(Intake.neighbourhood(address) == name)
  }
}
