public import Ground
public import Sealing

/// What a log posts to a witness: its new checkpoint, and the proof that it follows the last one seen.
///
/// Source: C2SP tlog-witness, add-checkpoint.
public struct WitnessRequest: Hashable, Sendable {
  /// The size that the witness signed last; 0 when it never did.
  public var oldSize: Int
  /// The proof from that size.
  public var proof: [Digest]
  /// The checkpoint to be signed.
  public var checkpoint: SignedCheckpoint

  /// Most lines of a proof.
  public static let mostHashes = 63
  /// Most bytes of a request with its head.
  public static let mostBytes = 64 << 10

  /// A request with all its parts.
  public init(oldSize: Int, proof: [Digest], checkpoint: SignedCheckpoint) {
    self.oldSize = oldSize
    self.proof = proof
    self.checkpoint = checkpoint
  }

  /// Reads a request strictly; checks neither proof nor signature.
  ///
  /// - Throws: `journal.bad-request`, `journal.bad-note`, `journal.bad-checkpoint`.
  public init(body: [UInt8]) throws(Problem) {
    guard body.count <= WitnessRequest.mostBytes, let (head, rest) = Spelling.parted(body) else {
      throw .badRequest("a blank line parts the proof from the checkpoint")
    }
    guard let first = head.first, first.utf8.starts(with: "old ".utf8),
      let size = Spelling.number(first.dropFirst(4))
    else { throw .badRequest("the first line is “old” and a decimal number") }
    oldSize = size
    proof = head.dropFirst().compactMap { Spelling.digest(base64: $0) }
    guard proof.count == head.count - 1, proof.count <= WitnessRequest.mostHashes else {
      throw .badRequest("a hash is 32 bytes in canonical base64, and there are at most 63")
    }
    checkpoint = try SignedCheckpoint(rest)
  }

  /// The body of the request.
  public var body: [UInt8] {
    let lines = ["old \(oldSize)"] + proof.map { Spelling.base64($0.bytes) }
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
  }
}

extension Problem {
  fileprivate static func badRequest(_ why: String) -> Problem {
    Problem(
      "journal.bad-request", what: "this is not a request to a witness", why: why,
      mend: "send old size, proof, blank line and checkpoint, as tlog-witness describes")
  }
}
