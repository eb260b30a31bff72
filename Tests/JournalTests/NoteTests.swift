import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Signed notes")
struct NoteTests {
  static let name = "log.example/a"
  static let line = "\u{2014} \(name) "

  /// A note of two signatures that reads.
  static func good() throws -> String {
    let signer = try NoteSigner(name: name, key: SigningKey(seed: Array(repeating: 9, count: 32)))
    let text = Array("first\n\nsecond\n".utf8)
    let note = try SignedNote(text: text, signatures: [signer.sign(text)])
    return String(decoding: note.bytes, as: UTF8.self) + "\u{2014} other.example/b AAAAAQID\n"
  }

  @Test("of another implementation verify")
  func example() throws {
    let key = try VerifierKey(
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    let text = """
      This is an example message.

      \u{2014} example.com/foo \
      Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

      """
    let note = try SignedNote(text.utf8)
    #expect(try note.verified(by: [key]).map(\.key) == [key])
    #expect(note.bytes == Array(text.utf8))
    #expect(key.text.hasPrefix("example.com/foo+530d903a+"))
  }

  @Test("are read as they are written, the text up to the last blank line")
  func reading() throws {
    let text = try NoteTests.good()
    let note = try SignedNote(text.utf8)
    #expect(note.text == Array("first\n\nsecond\n".utf8))
    #expect(note.signatures.map(\.name) == [NoteTests.name, "other.example/b"])
    #expect(note.bytes == Array(text.utf8))
  }

  @Test(
    "are refused in any other spelling",
    arguments: [
      ("empty", ""), ("only a line end", "\n"), ("no signatures", "text\n"),
      ("blank line and nothing", "text\n\n"), ("no line end", "text\n\n\(line)AAAAAQI="),
      ("no blank line", "text\n\(line)AAAAAQI=\n"),
      ("a second blank line at the end", "text\n\n\(line)AAAAAQI=\n\n"),
      ("hyphen for em dash", "text\n\n- log.example/a AAAAAQI=\n"),
      ("en dash", "text\n\n\u{2013} log.example/a AAAAAQI=\n"),
      ("no space after the dash", "text\n\n\u{2014}log.example/a AAAAAQI=\n"),
      ("two spaces", "text\n\n\u{2014}  log.example/a AAAAAQI=\n"),
      ("no name", "text\n\n\u{2014} AAAAAQI=\n"), ("no signature", "text\n\n\(line)\n"),
      ("plus in the name", "text\n\n\u{2014} log+a AAAAAQI=\n"),
      ("Unicode space in the name", "text\n\n\u{2014} log\u{2003}a AAAAAQI=\n"),
      ("only an id", "text\n\n\(line)AAAAAQ==\n"), ("less than an id", "text\n\n\(line)AAAA\n"),
      ("no padding", "text\n\n\(line)AAAAAQI\n"),
      ("set bits after the end", "text\n\n\(line)AAAAAQJ=\n"),
      ("URL alphabet", "text\n\n\(line)AAAA_-I=\n"),
      ("a space at the end", "text\n\n\(line)AAAAAQI= \n"),
      ("carriage returns", "text\r\n\r\n\(line)AAAAAQI=\r\n"),
      ("a tab", "te\txt\n\n\(line)AAAAAQI=\n"),
      ("a null", "te\0xt\n\n\(line)AAAAAQI=\n"), ("an escape", "te\u{1B}xt\n\n\(line)AAAAAQI=\n"),
      ("a text among signatures", "text\n\n\(line)AAAAAQI=\nmore\n"),
    ])
  func refusals(_ what: String, _ text: String) {
    #expect(throws: Problem("journal.bad-note", what: "")) { try SignedNote(text.utf8) }
  }

  @Test("are refused when they are not UTF-8, or too large")
  func notText() throws {
    let good = Array(try NoteTests.good().utf8)
    for bytes in [[0xFF] as [UInt8], [0xC0, 0xAF], [0xED, 0xA0, 0x80]] {
      #expect(throws: Problem("journal.bad-note", what: "")) { try SignedNote(bytes + good) }
    }
    let large = Array(repeating: UInt8(0x61), count: SignedNote.mostBytes)
    #expect(throws: Problem("journal.bad-note", what: "")) { try SignedNote(large + good) }
  }

  @Test("carry up to a hundred signatures")
  func manySignatures() throws {
    func note(_ count: Int) -> String {
      "text\n\n" + String(repeating: NoteTests.line + "AAAAAQI=\n", count: count)
    }
    #expect(try SignedNote(note(100).utf8).signatures.count == 100)
    #expect(throws: Problem("journal.bad-note", what: "")) { try SignedNote(note(101).utf8) }
  }

  @Test("count only under a known key; a bad signature of a known key spoils the note")
  func verification() throws {
    let signer = try NoteSigner(
      name: "log.example/a", key: SigningKey(seed: Array(repeating: 1, count: 32)))
    let other = try NoteSigner(
      name: "log.example/b", key: SigningKey(seed: Array(repeating: 2, count: 32)))
    let same = try NoteSigner(
      name: "log.example/a", key: SigningKey(seed: Array(repeating: 3, count: 32)))
    let text = Array("text\n".utf8)
    let good = try signer.sign(text)
    let bad = try signer.sign(Array("other\n".utf8))
    let foreign = try other.sign(text)
    let keys = [signer.verifier, other.verifier]
    let note = try SignedNote(text: text, signatures: [foreign, good])
    #expect(try note.verified(by: [signer.verifier]).map(\.key) == [signer.verifier])
    #expect(try note.verified(by: keys).count == 2)
    #expect(throws: Problem("journal.unsigned", what: "")) {
      try note.verified(by: [same.verifier])
    }
    #expect(throws: Problem("journal.unsigned", what: "")) { try note.verified(by: []) }
    let spoilt = try SignedNote(text: text, signatures: [bad, foreign])
    #expect(throws: Problem("journal.bad-signature", what: "")) { try spoilt.verified(by: keys) }
    #expect(try spoilt.verified(by: [other.verifier]).count == 1)
    let doubled = try SignedNote(text: text, signatures: [good, bad])
    #expect(throws: Problem("journal.bad-signature", what: "")) { try doubled.verified(by: keys) }
  }

  @Test("keep names apart that only Unicode calls equal")
  func equivalentNames() throws {
    let key = try SigningKey(seed: Array(repeating: 4, count: 32))
    let composed = try NoteSigner(name: "caf\u{E9}", key: key)
    let decomposed = try NoteSigner(name: "cafe\u{301}", key: key)
    #expect(composed.verifier.name == decomposed.verifier.name)
    #expect(composed.verifier != decomposed.verifier)
    let text = Array("text\n".utf8)
    let note = try SignedNote(text: text, signatures: [composed.sign(text)])
    #expect(throws: Problem("journal.unsigned", what: "")) {
      try note.verified(by: [decomposed.verifier])
    }
  }
}
