import Ground
import Sealing
import Testing

@testable import Journal

@Suite("Proofs as files")
struct TlogProofTests {
  private static func proof(extra: [UInt8]? = nil) async throws -> TlogProof {
    let hashes = try await InclusionProof.hashes(of: 123, size: 300, from: SampleLog(300).source)
    return TlogProof(
      index: 123, hashes: hashes, checkpoint: try SignedCheckpoint(Vectors.checkpoint.utf8),
      extra: extra)
  }

  @Test("have the text of the format, and are read back")
  func text() async throws {
    for (extra, line) in [(nil, ""), (Array("id".utf8), "extra aWQ=\n"), ([], "extra \n")] {
      let proof = try await TlogProofTests.proof(extra: extra)
      let expected =
        "c2sp.org/tlog-proof@v1\n" + line + "index 123\n"
        + Vectors.inclusion.split(separator: " ").joined(separator: "\n") + "\n\n"
        + Vectors.checkpoint
      #expect(String(decoding: proof.bytes, as: UTF8.self) == expected)
      #expect(try TlogProof(proof.bytes) == proof)
    }
  }

  @Test("verify the entry under the keys of log and witness")
  func verification() async throws {
    let proof = try await TlogProofTests.proof()
    let log = try VerifierKey(Vectors.logKey)
    let witness = try VerifierKey(Vectors.witnessKey)
    let entry = Vectors.entry(123)
    #expect(try proof.verify(entry: entry, log: log).isEmpty)
    #expect(try proof.verify(entry: entry, log: log, witnesses: [witness]).count == 1)
    let notProven = Problem("journal.not-proven", what: "")
    #expect(throws: notProven) { try proof.verify(entry: Vectors.entry(124), log: log) }
    var other = proof
    other.index = 122
    #expect(throws: notProven) { try other.verify(entry: entry, log: log) }
    other = proof
    other.hashes.removeLast()
    #expect(throws: notProven) { try other.verify(entry: entry, log: log) }
    other = proof
    other.checkpoint = try SampleLog(300).head(Vectors.signer())
    #expect(throws: Problem("journal.witness-missing", what: "")) {
      try other.verify(entry: entry, log: log, witnesses: [witness])
    }
  }

  @Test("do not verify, or are not read, when a bit of any byte is changed or the end is cut off")
  func everyByte() async throws {
    let proof = try await TlogProofTests.proof()
    let log = try VerifierKey(Vectors.logKey)
    let witness = try VerifierKey(Vectors.witnessKey)
    let bytes = proof.bytes
    func isGood(_ bytes: some Collection<UInt8>) -> Bool {
      guard let read = try? TlogProof(bytes) else { return false }
      let entry = Vectors.entry(123)
      return (try? read.verify(entry: entry, log: log, witnesses: [witness])) != nil
    }
    #expect(isGood(bytes))
    var passed: [Int] = []
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1 << (place % 8)
      if isGood(changed) || isGood(bytes[..<place]) { passed.append(place) }
    }
    #expect(passed.isEmpty)
  }

  @Test(
    "are refused in any other spelling",
    arguments: [
      ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"), ("c2sp.org/tlog-proof@v1\n", ""),
      ("index 123", "index 0123"), ("index 123", "index -1"), ("index 123", "index  123"),
      ("index 123", "Index 123"), ("index 123\n", ""), ("index 123", "index 123\nindex 123"),
      ("index 123", "extra !\nindex 123"), ("index 123", "extra aWQ\nindex 123"),
      ("index 123", "extra aWQ=\nextra aWQ=\nindex 123"), ("index 123", "index 123\nextra aWQ="),
      ("index 123", "index 123\n"), ("index 123", "index 123\nAAAA"), ("\n\nlog", "\nlog"),
      ("EzzQ67G", "EzzQ67_"), ("\n", "\r\n"),
    ])
  func refusals(_ old: String, _ new: String) async throws {
    let text = String(decoding: try await TlogProofTests.proof().bytes, as: UTF8.self)
    let changed = text.replacing(old, with: new, maxReplacements: old == "\n" ? 99 : 1)
    #expect(throws: Problem.self) { try TlogProof(changed.utf8) }
  }

  @Test("have at most 63 hashes")
  func mostHashes() async throws {
    var proof = try await TlogProofTests.proof()
    proof.hashes = Array(repeating: TreeHash.empty, count: 63)
    #expect(try TlogProof(proof.bytes) == proof)
    proof.hashes.append(TreeHash.empty)
    #expect(throws: Problem("journal.bad-proof", what: "")) { try TlogProof(proof.bytes) }
  }
}
