public import Ground
public import Journal

/// Checks a proof from files alone: no workspace, no keys of ours, no network.
public enum CheckProof {
  /// What a good proof shows.
  public struct Shown: Sendable {
    /// The name of the log.
    public let origin: String
    /// The index of the entry.
    public let index: Int
    /// Entries that the checkpoint covers.
    public let size: Int
    /// What the entry states, when it is one of a journal like ours.
    public let envelope: Envelope?
    /// When witnesses saw the log.
    public let cosignatures: [VerifiedSignature]
  }

  /// Checks that an entry is in a log.
  ///
  /// - Parameters:
  ///   - file: The `.tlog-proof`.
  ///   - entryFile: The bytes of the entry.
  ///   - key: The key of the log, from its owner.
  ///   - witnesses: Keys of witnesses, each of which must have signed.
  /// - Throws: `journal.bad-proof`, `journal.not-proven`, `journal.unsigned`, `journal.bad-signature`,
  ///   `journal.other-log`, `journal.witness-missing`, `journal.bad-key`, `ground.file-*`.
  public static func check(
    _ file: String, entry entryFile: String, key: String, witnesses: [String] = []
  ) throws(Problem) -> Shown {
    let proof = try TlogProof(NoteFile.bytes(file))
    let entry = try NoteFile.bytes(entryFile)
    var keys: [VerifierKey] = []
    for text in witnesses { keys.append(try VerifierKey(text)) }
    let cosignatures = try proof.verify(entry: entry, log: VerifierKey(key), witnesses: keys)
    return Shown(
      origin: proof.checkpoint.checkpoint.origin, index: proof.index,
      size: proof.checkpoint.checkpoint.size, envelope: try? Envelope(entry: entry),
      cosignatures: cosignatures)
  }
}
