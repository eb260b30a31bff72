public import Ground

/// What a witness answers: a status of HTTP, and a body.
///
/// Source: C2SP tlog-witness, add-checkpoint.
public struct WitnessReply: Hashable, Sendable {
  /// The status: 200 signed, 409 another old size, 400, 403, 404, 422 refused.
  public var status: Int
  /// The type of the body.
  public var contentType: String
  /// Signature lines, a size, or a reason.
  public var body: [UInt8]

  /// The type of a body that states the size signed last.
  public static let sizeType = "text/x.tlog.size"
  /// The type of other bodies.
  public static let textType = "text/plain; charset=utf-8"

  /// A reply with all its parts.
  public init(status: Int, contentType: String = textType, body: [UInt8]) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  static func text(_ status: Int, _ reason: String) -> WitnessReply {
    WitnessReply(status: status, body: Array((reason + "\n").utf8))
  }

  static func size(_ size: Int) -> WitnessReply {
    WitnessReply(status: 409, contentType: sizeType, body: Array("\(size)\n".utf8))
  }

  /// What a reply means to the log that asked.
  public enum Outcome: Hashable, Sendable {
    /// The checkpoint with the good signatures of known witnesses added.
    case cosigned(SignedCheckpoint)
    /// The witness signed this size last: ask again with a proof from it.
    case lastSigned(Int)
  }

  /// Reads a reply strictly; signatures of unknown keys are passed over.
  ///
  /// - Throws: `journal.witness-contradicts`, `journal.witness-refused`, `journal.bad-reply`, `journal.bad-signature`,
  ///   `journal.unsigned`, `journal.bad-note`.
  public func outcome(
    for checkpoint: SignedCheckpoint, witnesses: [VerifierKey]
  ) throws(Problem) -> Outcome {
    switch status {
    case 200:
      let lines = try SignedNote(checkpoint.note.text + [0x0A] + body)
      guard lines.text == checkpoint.note.text else {
        throw .badReply("it consists of signature lines")
      }
      let good = try lines.verified(by: witnesses).map(\.key)
      let added = lines.signatures.filter { line in good.contains { $0.made(line) } }
      return .cosigned(try checkpoint.adding(added))
    case 409:
      guard contentType == WitnessReply.sizeType, body.last == 0x0A,
        let size = Spelling.number(String(decoding: body.dropLast(), as: UTF8.self))
      else { throw .badReply("a conflict states the size that was signed last") }
      return .lastSigned(size)
    case 422: throw .contradicted
    default:
      throw .refused(status)
    }
  }
}

extension Problem {
  static func badReply(_ why: String) -> Problem {
    Problem(
      "journal.bad-reply", what: "the witness did not answer as a witness does", why: why,
      mend: "check the address of the witness, and that nothing else listens there")
  }

  fileprivate static var contradicted: Problem {
    Problem(
      "journal.witness-contradicts",
      what: "the witness refused to sign: what it signed before is not the beginning of this log",
      why: "a witness signs only logs that grow and change nothing",
      mend: "verify the journal at once: it was rewritten or restored from an older copy")
  }

  fileprivate static func refused(_ status: Int) -> Problem {
    let reason =
      switch status {
      case 403: "it does not trust the key that signed the checkpoint"
      case 404: "it does not know this log"
      default: "it answered with status \(status)"
      }
    return Problem(
      "journal.witness-refused", what: "the witness refused to sign: \(reason)",
      why: "a witness signs only logs that it knows, under keys that it was told",
      mend: "give the log's verifier key to whoever runs the witness")
  }
}
