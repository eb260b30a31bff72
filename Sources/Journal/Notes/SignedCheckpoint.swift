public import Ground
public import Sealing

/// A checkpoint with the signatures of its log and of witnesses.
public struct SignedCheckpoint: Hashable, Sendable {
  /// What is signed; trust it only after `verify`.
  public let checkpoint: Checkpoint
  /// Text and signatures.
  public let note: SignedNote

  /// Reads a signed note strictly; checks no signature.
  ///
  /// - Throws: `journal.bad-note`, `journal.bad-checkpoint`.
  public init(_ bytes: some Collection<UInt8>) throws(Problem) {
    try self.init(note: SignedNote(bytes))
  }

  /// Signs a checkpoint of the log that has the signer's name.
  ///
  /// Keep it before it is shown: a log must never sign two heads that do not follow each other.
  ///
  /// - Throws: `journal.bad-checkpoint`, `journal.wrong-key-type`, `sealing.not-signed`.
  public init(size: Int, root: Digest, signer: NoteSigner) throws(Problem) {
    guard signer.verifier.type == .ed25519 else { throw .wrongKeyType(signer.verifier.name) }
    checkpoint = try Checkpoint(origin: signer.verifier.name, size: size, root: root)
    let text = checkpoint.text
    note = try SignedNote(text: text, signatures: [signer.sign(text)])
  }

  private init(note: SignedNote) throws(Problem) {
    self.note = note
    checkpoint = try Checkpoint(text: note.text)
  }

  /// The note as it is published.
  public var bytes: [UInt8] { note.bytes }

  /// Checks that the log signed it under its own name, and every signature of a known witness.
  ///
  /// - Returns: The good signatures of witnesses.
  /// - Throws: `journal.other-log`, `journal.wrong-key-type`, `journal.bad-signature`,
  ///   `journal.unsigned`.
  @discardableResult
  public func verify(
    log: VerifierKey, witnesses: [VerifierKey] = []
  ) throws(Problem) -> [VerifiedSignature] {
    guard log.type == .ed25519 else { throw .wrongKeyType(log.name) }
    guard Spelling.same(checkpoint.origin, log.name) else {
      throw .otherLog(checkpoint.origin, expected: log.name)
    }
    for witness in witnesses where witness.type != .cosignature {
      throw .wrongKeyType(witness.name)
    }
    let good = try note.verified(by: [log] + witnesses)
    guard good.contains(where: { $0.key == log }) else { throw .unsigned([log.name]) }
    return good.filter { $0.key != log }
  }

  /// The checkpoint with the cosignature of a witness.
  ///
  /// - Throws: `journal.wrong-key-type`, `journal.time-needed`, `journal.bad-note`, `sealing.not-signed`.
  public func cosigned(by witness: NoteSigner, at time: Instant) throws(Problem) -> SignedCheckpoint
  {
    guard witness.verifier.type == .cosignature else {
      throw .wrongKeyType(witness.verifier.name)
    }
    return try adding([witness.sign(note.text, at: time)])
  }

  /// The checkpoint with further signatures.
  func adding(_ signatures: [NoteSignature]) throws(Problem) -> SignedCheckpoint {
    var note = note
    for signature in signatures { note = try note.adding(signature) }
    return try SignedCheckpoint(note: note)
  }

  /// The checkpoint with the signatures of these keys alone.
  func keeping(_ keys: [VerifierKey]) throws(Problem) -> SignedCheckpoint {
    let kept = note.signatures.filter { signature in keys.contains { $0.made(signature) } }
    return try SignedCheckpoint(note: SignedNote(text: note.text, signatures: kept))
  }
}

extension Problem {
  static func wrongKeyType(_ name: String) -> Problem {
    Problem(
      "journal.wrong-key-type", what: "the key “\(name)” is of the wrong type",
      why: "a log signs checkpoints with a key of type 1, a witness with one of type 4",
      mend: "give the key that was made for this purpose")
  }

  static func otherLog(_ origin: String, expected: String) -> Problem {
    Problem(
      "journal.other-log", what: "this is a checkpoint of “\(origin)”, not of “\(expected)”",
      why: "the name in a checkpoint is that of the log whose key signs it",
      mend: "give the checkpoint and the key of the same log")
  }
}
