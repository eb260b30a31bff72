public import Ground

/// A text with the signatures of one or more keys.
///
/// Source: C2SP signed-note.
public struct SignedNote: Hashable, Sendable {
  /// The signed text in UTF-8, with its last line end.
  public let text: [UInt8]
  /// The signatures in their order; none of them has been checked.
  public private(set) var signatures: [NoteSignature]

  /// Most signatures that a note may carry.
  public static let mostSignatures = 100
  /// Most bytes of a note.
  public static let mostBytes = 1 << 20

  /// Reads a note strictly: there is one spelling of it.
  ///
  /// - Throws: `journal.bad-note`.
  public init(_ bytes: some Collection<UInt8>) throws(Problem) {
    let bytes = Array(bytes)
    guard bytes.count <= SignedNote.mostBytes else {
      throw .badNote("a note has at most \(SignedNote.mostBytes) bytes")
    }
    try SignedNote.refuseControls(bytes)
    guard let end = SignedNote.lastBlankLine(bytes), bytes.last == 0x0A else {
      throw .badNote("text and signatures are parted by a blank line, and each line ends")
    }
    text = Array(bytes[...end])
    signatures = []
    let lines = bytes[(end + 2)...].dropLast()
    for line in lines.split(separator: 0x0A, omittingEmptySubsequences: false) {
      try add(NoteSignature(line: String(decoding: line, as: UTF8.self)))
    }
  }

  /// A text with its first signatures.
  ///
  /// - Throws: `journal.bad-note`.
  public init(text: [UInt8], signatures: [NoteSignature]) throws(Problem) {
    guard text.last == 0x0A, text.count <= SignedNote.mostBytes else {
      throw .badNote("the text of a note ends with a line end")
    }
    try SignedNote.refuseControls(text)
    self.text = text
    self.signatures = []
    for signature in signatures { try add(signature) }
  }

  /// The note as it is published.
  public var bytes: [UInt8] {
    text + [0x0A] + signatures.flatMap { Array(($0.line + "\n").utf8) }
  }

  /// The note with one more signature, unless it has it already.
  ///
  /// - Throws: `journal.bad-note` when there would be too many.
  public func adding(_ signature: NoteSignature) throws(Problem) -> SignedNote {
    guard !signatures.contains(signature) else { return self }
    var note = self
    try note.add(signature)
    return note
  }

  /// The signatures of known keys, each good; those of unknown keys are passed over.
  ///
  /// - Throws: `journal.bad-signature` when one of a known key is not good, `journal.unsigned` when
  ///   there is none of a known key.
  public func verified(by keys: [VerifierKey]) throws(Problem) -> [VerifiedSignature] {
    var verified: [VerifiedSignature] = []
    for signature in signatures {
      for key in keys where key.made(signature) {
        guard let good = key.verify(signature, of: text) else { throw .badSignature(key.name) }
        if !verified.contains(where: { $0.key == key }) { verified.append(good) }
      }
    }
    guard !verified.isEmpty else { throw .unsigned(keys.map(\.name)) }
    return verified
  }

  private mutating func add(_ signature: NoteSignature) throws(Problem) {
    guard signatures.count < SignedNote.mostSignatures else {
      throw .badNote("a note has at most \(SignedNote.mostSignatures) signatures")
    }
    signatures.append(signature)
  }

  private static func refuseControls(_ bytes: [UInt8]) throws(Problem) {
    guard bytes.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }),
      String(validating: bytes, as: UTF8.self) != nil
    else { throw .badNote("a note is UTF-8 without control characters") }
  }

  /// The index of the line end before the last blank line.
  private static func lastBlankLine(_ bytes: [UInt8]) -> Int? {
    // The note's own last line end cannot open a blank line that signatures follow.
    (0..<max(0, bytes.count - 2)).last { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }
  }
}

/// A signature that was checked and is good.
public struct VerifiedSignature: Hashable, Sendable {
  /// The key that made it.
  public let key: VerifierKey
  /// When it was made, by the clock of the signer; nil for signatures without a time.
  public let time: Instant?
}

extension Problem {
  fileprivate static func badSignature(_ name: String) -> Problem {
    Problem(
      "journal.bad-signature", what: "the signature of “\(name)” does not fit the text",
      why: "the text or the signature was changed after signing",
      mend: "take the note again from where it was published, and ask who changed it")
  }

  static func unsigned(_ names: [String]) -> Problem {
    Problem(
      "journal.unsigned",
      what: "the note carries no signature of " + names.map { "“\($0)”" }.joined(separator: ", "),
      why: "a text counts only under the signature of a known key",
      mend: "give the verifier key of the log that signed it")
  }
}
