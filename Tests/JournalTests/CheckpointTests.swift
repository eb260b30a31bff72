import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Checkpoints")
struct CheckpointTests {
  static let root = "rrsCfVw90Ihx7lJXemH8gxItDRQ1J5GUNjm9TBLTaUM="

  @Test("signed and cosigned are byte for byte those of other implementations")
  func vector() throws {
    let signed = try SampleLog(300).head(Vectors.signer())
    let cosigned = try signed.cosigned(
      by: Vectors.witness(), at: Instant(seconds: 1_700_000_000))
    #expect(String(decoding: cosigned.bytes, as: UTF8.self) == Vectors.checkpoint)
    let read = try SignedCheckpoint(Vectors.checkpoint.utf8)
    #expect(read == cosigned)
    let good = try read.verify(
      log: VerifierKey(Vectors.logKey), witnesses: [VerifierKey(Vectors.witnessKey)])
    #expect(good.map(\.time) == [Instant(seconds: 1_700_000_000)])
  }

  @Test("keep further lines that were signed")
  func furtherLines() throws {
    let text = "log.example/a\n7\n\(CheckpointTests.root)\nfirst\nsecond\n"
    let checkpoint = try Checkpoint(text: text.utf8)
    #expect(checkpoint.extensions == ["first", "second"])
    #expect(checkpoint.text == Array(text.utf8))
  }

  @Test(
    "are refused in any other spelling",
    arguments: [
      "", "\n", "a\n1\n", "a\n1\n\(root)", "\n1\n\(root)\n", "a\n\n\(root)\n", "a\n1\n\n",
      "a\n01\n\(root)\n", "a\n+1\n\(root)\n", "a\n-1\n\(root)\n", "a\n1 \n\(root)\n",
      "a\n 1\n\(root)\n", "a\n1.0\n\(root)\n", "a\n9223372036854775808\n\(root)\n",
      "a\n\u{661}\n\(root)\n", "a\n1\nrrsCfVw90Ihx7lJXemH8gxItDRQ1J5GUNjm9TBLTaUM\n",
      "a\n1\nrrsCfVw90Ihx7lJXemH8gxItDRQ1J5GUNjm9TBLTaUN=\n", "a\n1\nAAAA\n", "a\n1\n\(root)\n\n",
      "a\n1\n\(root)\n\nmore\n", "a\n1\n\(root)\r\n", "a\r\n1\r\n\(root)\r\n",
    ])
  func refusals(_ text: String) {
    #expect(throws: Problem("journal.bad-checkpoint", what: "")) { try Checkpoint(text: text.utf8) }
  }

  @Test("of no entries and of the most are read")
  func sizes() throws {
    for size in [0, 1, Int.max] {
      let text = "log.example/a\n\(size)\n\(CheckpointTests.root)\n"
      #expect(try Checkpoint(text: text.utf8).size == size)
    }
    #expect(throws: Problem("journal.bad-checkpoint", what: "")) {
      try Checkpoint(origin: "log.example/a", size: -1, root: TreeHash.empty)
    }
    #expect(throws: Problem("journal.bad-checkpoint", what: "")) {
      try Checkpoint(origin: "two\nlines", size: 1, root: TreeHash.empty)
    }
  }

  @Test("count only under the key of the log they name")
  func otherLog() throws {
    let head = try SampleLog(3).head(Vectors.signer())
    let other = try NoteSigner(name: "log.example/b", key: SigningKey(seed: Array(0..<32)))
    #expect(throws: Problem("journal.other-log", what: "")) { try head.verify(log: other.verifier) }
    let stranger = try NoteSigner(
      name: head.checkpoint.origin, key: SigningKey(seed: Array(1..<33)))
    #expect(throws: Problem("journal.unsigned", what: "")) {
      try head.verify(log: stranger.verifier)
    }
  }

  @Test("are signed by keys of logs and cosigned by keys of witnesses, never the other way")
  func keyTypes() throws {
    let (signer, witness) = (try Vectors.signer(), try Vectors.witness())
    let head = try SampleLog(3).head(signer)
    let wrong = Problem("journal.wrong-key-type", what: "")
    #expect(throws: wrong) { try SampleLog(3).head(witness) }
    #expect(throws: wrong) { try head.cosigned(by: signer, at: Instant(seconds: 1)) }
    #expect(throws: wrong) { try head.verify(log: witness.verifier) }
    #expect(throws: wrong) { try head.verify(log: signer.verifier, witnesses: [signer.verifier]) }
  }
}
