internal import Ground
internal import Journal

/// The keys that a log has signed with, and those of the witnesses that are trusted.
struct LogKeys: Sendable {
  /// The name of the log, the first line of its checkpoints.
  let origin: String
  /// The log's keys, oldest first; the last signs.
  let keys: [VerifierKey]
  /// The keys of trusted witnesses.
  let witnesses: [VerifierKey]

  /// The keys that a description names.
  ///
  /// - Throws: `journal.bad-key`, `workspace.bad-description` when a key is not that of the log.
  init(_ log: LogName, of description: WorkspaceDescription) throws(Problem) {
    origin = description.origin(log)
    var keys: [VerifierKey] = []
    for text in description.keys[log] ?? [] { keys.append(try VerifierKey(text)) }
    var witnesses: [VerifierKey] = []
    for text in description.witnesses { witnesses.append(try VerifierKey(text)) }
    let name = origin
    guard !keys.isEmpty, keys.allSatisfy({ $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw Problem(
        "workspace.bad-description",
        what: "the public keys of the \(log.rawValue) log are not there",
        why: "each log has a key under its own name, which verifies its checkpoints",
        mend: "restore systemic.json from a backup", places: [Place("systemic.json")])
    }
    self.keys = keys
    self.witnesses = witnesses
  }

  /// Checks a checkpoint of the log; every signature of a known key must be good, and one of the log's own be there.
  ///
  /// - Throws: `journal.other-log`, `journal.bad-signature`, `journal.unsigned`.
  func verified(_ checkpoint: SignedCheckpoint) throws(Problem) -> Signers {
    guard checkpoint.checkpoint.origin.utf8.elementsEqual(origin.utf8) else {
      throw Problem(
        "journal.other-log",
        what: "this is a checkpoint of “\(checkpoint.checkpoint.origin)”, not of “\(origin)”",
        why: "the name in a checkpoint is that of the log whose key signs it",
        mend: "give the checkpoint and the key of the same log")
    }
    let good = try checkpoint.note.verified(by: keys + witnesses)
    let own = keys.indices.filter { index in good.contains { $0.key == keys[index] } }
    guard !own.isEmpty else {
      throw Problem(
        "journal.unsigned", what: "the checkpoint carries no signature of “\(origin)”",
        why: "a text counts only under the signature of a known key",
        mend: "give the verifier key of the log that signed it")
    }
    return Signers(
      keys: own, cosignatures: good.filter { signature in witnesses.contains(signature.key) })
  }

  /// Who signed a checkpoint.
  struct Signers: Sendable {
    /// Which of the log's keys, by their place from 0.
    let keys: [Int]
    /// The good signatures of trusted witnesses.
    let cosignatures: [VerifiedSignature]
  }
}
