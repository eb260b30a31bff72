public import Ground

/// A signature line of a note: who signed, with which key, and the signature.
///
/// Source: C2SP signed-note.
public struct NoteSignature: Hashable, Sendable {
  /// The name of the key.
  public let name: String
  /// The first four bytes of the key's digest.
  public let keyID: UInt32
  /// What follows the id: 64 bytes for Ed25519, 72 with a time for a cosignature.
  public let signature: [UInt8]

  init(name: String, keyID: UInt32, signature: [UInt8]) {
    self.name = name
    self.keyID = keyID
    self.signature = signature
  }

  /// Reads a line without its line end.
  ///
  /// - Throws: `journal.bad-note`.
  public init(line: String) throws(Problem) {
    let mark = "\u{2014} "
    let rest = line.utf8.dropFirst(mark.utf8.count)
    let name = rest.prefix { $0 != 0x20 }
    guard line.utf8.starts(with: mark.utf8), let name = String(name),
      let text = String(rest.dropFirst(name.utf8.count + 1)), Spelling.isKeyName(name),
      let bytes = Spelling.bytes(base64: text), bytes.count > 4
    else {
      throw .badNote("a signature line is an em dash, a key's name and canonical base64")
    }
    self.init(
      name: name, keyID: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
      signature: Array(bytes.dropFirst(4)))
  }

  /// The line without its line end.
  public var line: String {
    "\u{2014} " + name + " " + Spelling.base64(keyID.bigEndianBytes + signature)
  }

  /// Of the same key and bytes.
  public static func == (left: NoteSignature, right: NoteSignature) -> Bool {
    left.keyID == right.keyID && left.signature == right.signature
      && Spelling.same(left.name, right.name)
  }
}

extension FixedWidthInteger {
  /// The bytes, the most significant first.
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

extension Problem {
  static func badNote(_ why: String) -> Problem {
    Problem(
      "journal.bad-note", what: "this is not a signed note", why: why,
      mend: "take the note again from where it was published, byte for byte")
  }
}
