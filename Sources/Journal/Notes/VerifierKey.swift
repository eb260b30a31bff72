public import Ground
public import Sealing

/// What a signature of a note states and covers.
///
/// Source: C2SP signed-note, signature types.
public enum SignatureType: UInt8, Sendable {
  /// Ed25519 over the text.
  case ed25519 = 0x01
  /// Ed25519 by a witness over the text and a time.
  case cosignature = 0x04
}

/// A named public key that verifies notes, known by its text `name+id+key`.
///
/// Source: C2SP signed-note, verifier keys.
public struct VerifierKey: Hashable, Sendable {
  /// The name, for a log its origin.
  public let name: String
  /// What its signatures state.
  public let type: SignatureType
  /// The key.
  public let key: VerifyingKey
  /// The first four bytes of SHA-256 over name, line end, type and key.
  public let keyID: UInt32

  /// A key under a name.
  ///
  /// - Throws: `journal.bad-key`.
  public init(name: String, key: VerifyingKey, type: SignatureType = .ed25519) throws(Problem) {
    guard Spelling.isKeyName(name) else {
      throw .badKey("a key's name is not empty and has no space, plus or control character")
    }
    self.name = name
    self.type = type
    self.key = key
    let digest = Digest(of: Array(name.utf8) + [0x0A, type.rawValue] + key.bytes)
    keyID = digest.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Reads the text of a key strictly.
  ///
  /// - Throws: `journal.bad-key`.
  public init(_ text: String) throws(Problem) {
    let parts = text.utf8.split(separator: 0x2B, maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = String(parts[0]), let id = String(parts[1]),
      let encoded = String(parts[2]), let bytes = Spelling.bytes(base64: encoded)
    else { throw .badKey("it is written name+id+key, the id in hexadecimal, the key in base64") }
    guard let type = bytes.first.flatMap(SignatureType.init(rawValue:)), bytes.count == 33,
      let key = VerifyingKey(bytes: Array(bytes.dropFirst()))
    else { throw .badKey("only Ed25519 keys of logs and witnesses (types 1 and 4) are known here") }
    try self.init(name: name, key: key, type: type)
    guard Spelling.same(id, Hex.text(keyID.bigEndianBytes)) else {
      throw .badKey("its id is not that of its name, type and key")
    }
  }

  /// The text of the key, without a line end.
  public var text: String {
    name + "+" + Hex.text(keyID.bigEndianBytes) + "+"
      + Spelling.base64([type.rawValue] + key.bytes)
  }

  /// The same name, byte for byte, type and key.
  public static func == (left: VerifierKey, right: VerifierKey) -> Bool {
    left.type == right.type && left.key == right.key && Spelling.same(left.name, right.name)
  }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    hasher.combine(key)
  }

  /// Whether a signature says that this key made it.
  func made(_ signature: NoteSignature) -> Bool {
    signature.keyID == keyID && Spelling.same(signature.name, name)
  }

  /// The signature with its time when it is good.
  func verify(_ signature: NoteSignature, of text: [UInt8]) -> VerifiedSignature? {
    switch type {
    case .ed25519:
      guard key.accepts(signature.signature, of: text) else { return nil }
      return VerifiedSignature(key: self, time: nil)
    case .cosignature:
      let bytes = signature.signature
      guard bytes.count == 72, bytes[0] < 0x80 else { return nil }
      let seconds = bytes.prefix(8).reduce(0) { $0 << 8 | Int($1) }
      guard seconds > 0,
        key.accepts(bytes.dropFirst(8), of: Cosignature.message(text, at: seconds))
      else { return nil }
      return VerifiedSignature(key: self, time: Instant(seconds: seconds))
    }
  }
}

/// The text that a witness signs.
///
/// Source: C2SP tlog-cosignature, Ed25519 signed message.
enum Cosignature {
  static func message(_ text: [UInt8], at seconds: Int) -> [UInt8] {
    Array("cosignature/v1\ntime \(seconds)\n".utf8) + text
  }
}

extension Problem {
  fileprivate static func badKey(_ why: String) -> Problem {
    Problem(
      "journal.bad-key", what: "this is not a verifier key", why: why,
      mend: "copy the key whole, as its owner publishes it")
  }
}
