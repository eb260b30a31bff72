import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Verifier keys")
struct KeyTests {
  @Test("are written as other implementations write them")
  func vectors() throws {
    #expect(try Vectors.signer().verifier.text == Vectors.logKey)
    #expect(try Vectors.witness().verifier.text == Vectors.witnessKey)
    for text in [Vectors.logKey, Vectors.witnessKey] { #expect(try VerifierKey(text).text == text) }
  }

  @Test(
    "are refused in any other spelling",
    arguments: [
      "", "log.example/a", "log.example/a+5be5a31b", "++",
      "log.example/gpai/audit+5be5a31b+",
      "log.example/gpai/audit++AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      // Upper-case hexadecimal, a short id, another id, another name.
      "log.example/gpai/audit+5BE5A31B+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      "log.example/gpai/audit+5be5a31+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      "log.example/gpai/audit+5be5a31c+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      "log.example/gpai/audiT+5be5a31b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      // A space in the name, no name, other types, another key, a line end.
      "log.example/ audit+5be5a31b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      "+5be5a31b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      "log.example/gpai/audit+5be5a31b+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      "log.example/gpai/audit+5be5a31b+AgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
      "log.example/gpai/audit+5be5a31b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG5",
      "log.example/gpai/audit+5be5a31b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4\n",
      "log.example/gpai/audit+5be5a31b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4AA==",
    ])
  func refusals(_ text: String) {
    #expect(throws: Problem("journal.bad-key", what: "")) { try VerifierKey(text) }
  }

  @Test("have names without spaces, plus signs and control characters")
  func names() throws {
    let key = try SigningKey(seed: Array(repeating: 5, count: 32))
    for name in ["", "a b", "a+b", "a\u{A0}b", "a\u{85}b", "a\nb", "a\u{3000}b", "a\0b"] {
      #expect(throws: Problem("journal.bad-key", what: "")) {
        try NoteSigner(name: name, key: key)
      }
    }
  }

  @Test("of a witness sign the time, and not without it")
  func times() throws {
    let witness = try Vectors.witness()
    let text = Array("text\n".utf8)
    for time in [nil, Instant(seconds: 0), Instant(seconds: -5)] {
      #expect(throws: Problem("journal.time-needed", what: "")) {
        try witness.sign(text, at: time)
      }
    }
    let line = try witness.sign(text, at: Instant(seconds: 1_700_000_000))
    let note = try SignedNote(text: text, signatures: [line])
    let good = try note.verified(by: [witness.verifier])
    #expect(good.map(\.time) == [Instant(seconds: 1_700_000_000)])
    for place in line.signature.indices {
      var changed = line.signature
      changed[place] ^= 1
      let forged = NoteSignature(name: line.name, keyID: line.keyID, signature: changed)
      let note = try SignedNote(text: text, signatures: [forged])
      #expect(throws: Problem("journal.bad-signature", what: "")) {
        try note.verified(by: [witness.verifier])
      }
    }
  }
}
