public import Ground
public import Sealing

/// A named key that signs notes: that of a log, or that of a witness.
public struct NoteSigner: Sendable {
  /// The key that verifies what this one signs.
  public let verifier: VerifierKey
  private let key: SigningKey

  /// A key under a name.
  ///
  /// - Throws: `journal.bad-key`.
  public init(name: String, key: SigningKey, type: SignatureType = .ed25519) throws(Problem) {
    verifier = try VerifierKey(name: name, key: key.verifying, type: type)
    self.key = key
  }

  /// Signs a text; a witness signs the time with it, to the second.
  ///
  /// - Throws: `journal.time-needed` when a witness is given no time after 1970, `sealing.not-signed`.
  public func sign(_ text: [UInt8], at time: Instant? = nil) throws(Problem) -> NoteSignature {
    switch verifier.type {
    case .ed25519:
      return line(try key.sign(text))
    case .cosignature:
      guard let seconds = time?.seconds, seconds > 0 else {
        throw Problem(
          "journal.time-needed", what: "a witness cannot sign without the time",
          why: "a cosignature states when the log was seen", mend: "set the clock of the machine")
      }
      let signature = try key.sign(Cosignature.message(text, at: seconds))
      return line(UInt64(seconds).bigEndianBytes + signature)
    }
  }

  private func line(_ signature: [UInt8]) -> NoteSignature {
    NoteSignature(name: verifier.name, keyID: verifier.keyID, signature: signature)
  }
}
