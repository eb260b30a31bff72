public import Ground
public import Sealing

/// Offline evidence that one entry is in a log: its index, the proof and the signed checkpoint.
///
/// The text is what a file `.tlog-proof` holds.
/// Source: C2SP tlog-proof.
public struct TlogProof: Hashable, Sendable {
  /// The index of the entry, from 0.
  public var index: Int
  /// The proof, the neighbour of the entry first.
  public var hashes: [Digest]
  /// The head of the log with its signatures, byte for byte.
  public var checkpoint: SignedCheckpoint
  /// Bytes for the reader's use that nothing vouches for; nil without.
  public var extra: [UInt8]?

  private static let header = "c2sp.org/tlog-proof@v1"
  /// Most hashes of a proof in a log of less than 2^63 entries.
  private static let mostHashes = 63
  /// Most bytes of a proof: those of a note, and as many before it.
  private static let mostBytes = 2 * SignedNote.mostBytes

  /// A proof with all its parts.
  public init(
    index: Int, hashes: [Digest], checkpoint: SignedCheckpoint, extra: [UInt8]? = nil
  ) {
    self.index = index
    self.hashes = hashes
    self.checkpoint = checkpoint
    self.extra = extra
  }

  /// Reads the text of a proof strictly; checks neither proof nor signature.
  ///
  /// - Throws: `journal.bad-proof`, `journal.bad-note`, `journal.bad-checkpoint`.
  public init(_ bytes: some Collection<UInt8>) throws(Problem) {
    let bytes = Array(bytes)
    guard bytes.count <= TlogProof.mostBytes, let (head, rest) = Spelling.parted(bytes) else {
      throw .badProof("a blank line parts the proof from the checkpoint")
    }
    var lines = head[...]
    guard let first = lines.popFirst(), Spelling.same(first, TlogProof.header) else {
      throw .badProof("the first line is \(TlogProof.header)")
    }
    extra = try TlogProof.field("extra", &lines).map { text throws(Problem) in
      guard let extra = Spelling.bytes(base64: text) else {
        throw .badProof("extra data is in canonical base64")
      }
      return extra
    }
    guard let number = try TlogProof.field("index", &lines).flatMap(Spelling.number) else {
      throw .badProof("the index is a decimal number without leading zeros")
    }
    index = number
    hashes = lines.compactMap { Spelling.digest(base64: $0) }
    guard hashes.count == lines.count, hashes.count <= TlogProof.mostHashes else {
      throw .badProof("a hash is 32 bytes in canonical base64, and there are at most 63")
    }
    checkpoint = try SignedCheckpoint(rest)
  }

  /// The text of the proof.
  public var bytes: [UInt8] {
    var lines = [TlogProof.header]
    if let extra { lines.append("extra " + Spelling.base64(extra)) }
    lines.append("index \(index)")
    lines += hashes.map { Spelling.base64($0.bytes) }
    return Array((lines.joined(separator: "\n") + "\n\n").utf8) + checkpoint.bytes
  }

  /// Checks that the log signed the checkpoint, that the witnesses did, and that the entry is in it.
  ///
  /// - Parameter witnesses: Keys of witnesses, each of which must have cosigned.
  /// - Returns: The good signatures of the witnesses.
  /// - Throws: `journal.not-proven`, `journal.witness-missing`, `journal.bad-signature`,
  ///   `journal.unsigned`, `journal.other-log`, `journal.wrong-key-type`.
  @discardableResult
  public func verify(
    entry: [UInt8], log: VerifierKey, witnesses: [VerifierKey] = []
  ) throws(Problem) -> [VerifiedSignature] {
    let cosignatures = try checkpoint.verify(log: log, witnesses: witnesses)
    for witness in witnesses where !cosignatures.contains(where: { $0.key == witness }) {
      throw Problem(
        "journal.witness-missing",
        what: "the witness “\(witness.name)” did not sign the checkpoint",
        why: "every witness that is asked for must have cosigned",
        mend: "ask the log for a checkpoint with this cosignature, or do not ask for this witness")
    }
    let head = checkpoint.checkpoint
    guard
      InclusionProof.proves(
        TreeHash.leaf(entry), at: index, size: head.size, root: head.root, by: hashes)
    else {
      throw Problem(
        "journal.not-proven", what: "the proof does not show this entry at index \(index)",
        why: "entry and proof do not lead to the signed root",
        mend: "compare the entry with the one the proof was made for, byte for byte")
    }
    return cosignatures
  }

  private static func field(
    _ name: String, _ lines: inout ArraySlice<String>
  ) throws(Problem) -> String? {
    guard let line = lines.first, line.utf8.starts(with: (name + " ").utf8) else { return nil }
    lines.removeFirst()
    return String(line.utf8.dropFirst(name.utf8.count + 1))
  }
}

extension Problem {
  fileprivate static func badProof(_ why: String) -> Problem {
    Problem(
      "journal.bad-proof", what: "this is not a proof of a log", why: why,
      mend: "take the proof again from the log, byte for byte")
  }
}
