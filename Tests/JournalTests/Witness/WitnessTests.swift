import Ground
import Sealing
import Testing

@testable import Journal

@Suite("A witness")
struct WitnessTests {
  /// A request about a log, and the proof that goes with it.
  static func request(
    _ log: SampleLog, old: Int, signer: NoteSigner? = nil
  ) async throws -> WitnessRequest {
    let proof = try await ConsistencyProof.hashes(
      from: min(old, log.entries.count), to: log.entries.count, source: log.source)
    let head = try log.head(signer ?? Vectors.signer())
    return WitnessRequest(oldSize: old, proof: proof, checkpoint: head)
  }

  private static func decide(
    _ body: [UInt8], last: SignedCheckpoint? = nil
  ) throws -> Witness.Decision {
    let witness = try Witness(
      signer: Vectors.witness(), logs: [VerifierKey(Vectors.logKey)])
    return try witness.decide(body, now: Instant(seconds: 1_700_000_000)) { _ in last }
  }

  private static func status(_ body: [UInt8], last: SignedCheckpoint? = nil) throws -> Int {
    switch try decide(body, last: last) {
    case .refuse(let reply): reply.status
    case .cosign(_, let reply): reply.status
    }
  }

  @Test("signs what follows from what it signed last, and keeps log's and own signature")
  func cosigns() async throws {
    let log = SampleLog(300)
    for old in [0, 1, 255, 256, 299, 300] {
      let last = old == 0 ? nil : try SampleLog(old).head(Vectors.signer())
      let request = try await WitnessTests.request(log, old: old)
      let unknown = try NoteSignature(line: "\u{2014} unknown.example AAAAAQI=")
      let noisy = WitnessRequest(
        oldSize: old, proof: request.proof, checkpoint: try request.checkpoint.adding([unknown]))
      guard case .cosign(let kept, let reply) = try WitnessTests.decide(noisy.body, last: last)
      else {
        Issue.record("refused from \(old)")
        continue
      }
      #expect(String(decoding: kept.bytes, as: UTF8.self) == Vectors.checkpoint)
      #expect(reply.status == 200)
      #expect(Vectors.checkpoint.hasSuffix("\n" + String(decoding: reply.body, as: UTF8.self)))
    }
  }

  @Test("asks for a request in one spelling: 400")
  func badRequests() async throws {
    let good = String(
      decoding: try await WitnessTests.request(SampleLog(300), old: 255).body, as: UTF8.self)
    #expect(try WitnessRequest(body: Array(good.utf8)).body == Array(good.utf8))
    let hash = Spelling.base64(TreeHash.empty.bytes) + "\n"
    for (old, new) in [
      ("old 255", "old 0255"), ("old 255", "old -1"), ("old 255", "old  255"),
      ("old 255", "Old 255"),
      ("old 255", "255"), ("old 255\n", ""), ("old 255", "old 255 "),
      ("old 255", "old 9223372036854775808"),
      ("old 255\n", "old 255\nAAAA\n"), ("old 255\n", "old 255\n!\n"),
      ("old 255\n", "old 255\n" + String(repeating: hash, count: 60)),
      ("\n\nlog", "\nlog"), ("\n300\n", "\n0300\n"), ("\u{2014}", "-"), ("\n", "\r\n"),
    ] {
      let changed = good.replacing(old, with: new, maxReplacements: old == "\n" ? 999 : 1)
      #expect(try WitnessTests.status(Array(changed.utf8)) == 400, "\(new)")
    }
    for body in [
      "", "\n", "\n\n", "old 0", "old 0\n", "old 0\n\n", String(repeating: "a", count: 70_000),
    ] {
      #expect(try WitnessTests.status(Array(body.utf8)) == 400)
    }
    #expect(try WitnessTests.status([0xFF, 0x0A, 0x0A]) == 400)
    let larger = try await WitnessTests.request(SampleLog(5), old: 6)
    #expect(try WitnessTests.status(larger.body) == 400)
  }

  @Test("does not know other logs: 404; trusts no other key, and no bad signature: 403")
  func strangers() async throws {
    let log = SampleLog(5)
    let key = try SigningKey(seed: Array(9..<41))
    let other = try await WitnessTests.request(
      log, old: 0, signer: NoteSigner(name: "log.example/other", key: key))
    #expect(try WitnessTests.status(other.body) == 404)
    let stranger = try await WitnessTests.request(
      log, old: 0, signer: NoteSigner(name: "log.example/gpai/audit", key: key))
    #expect(try WitnessTests.status(stranger.body) == 403)
    let good = try await WitnessTests.request(log, old: 0)
    let line = try #require(good.checkpoint.note.signatures.first)
    var changed = line.signature
    changed[5] ^= 1
    let forged = NoteSignature(name: line.name, keyID: line.keyID, signature: changed)
    let doubled = WitnessRequest(
      oldSize: 0, proof: [], checkpoint: try good.checkpoint.adding([forged]))
    #expect(try WitnessTests.status(doubled.body) == 403)
    // An unknown log comes before everything that its checkpoint claims.
    let both = WitnessRequest(oldSize: 9, proof: [], checkpoint: other.checkpoint)
    #expect(try WitnessTests.status(both.body) == 404)
  }

  @Test("names the size it signed last when another is given: 409")
  func conflicts() async throws {
    let last = try SampleLog(5).head(Vectors.signer())
    for old in [0, 4, 6] {
      let request = try await WitnessTests.request(SampleLog(300), old: old)
      let decision = try WitnessTests.decide(request.body, last: last)
      #expect(
        decision
          == .refuse(
            WitnessReply(status: 409, contentType: "text/x.tlog.size", body: Array("5\n".utf8))))
    }
    let first = try await WitnessTests.request(SampleLog(300), old: 5)
    #expect(
      try WitnessTests.decide(first.body)
        == .refuse(
          WitnessReply(status: 409, contentType: "text/x.tlog.size", body: Array("0\n".utf8))))
  }

  @Test("refuses what does not follow: rewritten, split, a proof that does not hold: 422")
  func contradictions() async throws {
    let last = try SampleLog(5).head(Vectors.signer())
    let rewritten = try await WitnessTests.request(SampleLog(300, changing: [2: "x"]), old: 5)
    #expect(try WitnessTests.status(rewritten.body, last: last) == 422)
    let split = try await WitnessTests.request(SampleLog(5, changing: [4: "x"]), old: 5)
    #expect(try WitnessTests.status(split.body, last: last) == 422)
    var request = try await WitnessTests.request(SampleLog(300), old: 5)
    request.proof.removeLast()
    #expect(try WitnessTests.status(request.body, last: last) == 422)
    request.proof = []
    #expect(try WitnessTests.status(request.body, last: last) == 422)
    request = try await WitnessTests.request(SampleLog(300), old: 0)
    request.proof = [TreeHash.empty]
    #expect(try WitnessTests.status(request.body) == 422)
    request = try await WitnessTests.request(SampleLog(5), old: 5)
    request.proof = [TreeHash.empty]
    #expect(try WitnessTests.status(request.body, last: last) == 422)
    let head = try SignedCheckpoint(size: 0, root: last.checkpoint.root, signer: Vectors.signer())
    let empty = WitnessRequest(oldSize: 0, proof: [], checkpoint: head)
    #expect(try WitnessTests.status(empty.body) == 422)
    #expect(try await WitnessTests.status(WitnessTests.request(SampleLog(0), old: 0).body) == 200)
  }

  @Test("has a key of a witness, its logs keys of logs")
  func keys() throws {
    let wrong = Problem("journal.wrong-key-type", what: "")
    #expect(throws: wrong) { try Witness(signer: Vectors.signer(), logs: []) }
    #expect(throws: wrong) {
      try Witness(signer: Vectors.witness(), logs: [Vectors.witness().verifier])
    }
  }
}
