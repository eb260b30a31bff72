/// The code by which somebody without an account asks about what they reported: shown once, kept as its digest.
///
/// It names the record, so that nothing has to be searched, holds a secret of at least 128 bits, and two characters by
/// which a slip of the pen is found. Letters and digits that look alike are not in it.
public struct TrackingCode: Sendable, CustomStringConvertible, CustomReflectable {
  /// Characters of the secret: 26 of 31 kinds are 128.8 bits.
  private static let secretCount = 26
  private static let checkCount = 2
  /// Characters of a code without the hyphens.
  public static let characterCount = KeyRun.length + secretCount + checkCount
  /// Characters of a group.
  private static let group = 5

  /// The key of the record.
  public let key: String
  private let secret: String

  /// A code for a record, with a secret that nobody can foresee.
  public init(key: String) {
    self.key = key
    secret = RandomText.key(length: TrackingCode.secretCount)
  }

  /// A code for a record whose secret follows from something that only who asked and this machine know: asked again,
  /// it is the same.
  public init(key: String, from material: [UInt8], under salt: [UInt8]) {
    self.key = key
    var letters: [UInt8] = []
    var turn: UInt8 = 0
    while letters.count < TrackingCode.secretCount {
      for byte in Commitment.value(content: [turn] + material, salt: salt) {
        let index = Int(byte & 31)
        guard index < RandomText.alphabet.count, letters.count < TrackingCode.secretCount else {
          continue
        }
        letters.append(RandomText.alphabet[index])
      }
      turn &+= 1
    }
    secret = String(decoding: letters, as: UTF8.self)
  }

  /// Reads what somebody typed: hyphens, spaces and capitals do not matter; nil for what is no code.
  public init?(_ typed: String) {
    guard typed.utf8.count <= 200 else { return nil }
    let plain = typed.lowercased().utf8.filter { $0 != 0x2D && $0 > 0x20 }
    guard plain.count == TrackingCode.characterCount,
      plain.allSatisfy({ RandomText.alphabet.contains($0) })
    else { return nil }
    key = String(decoding: plain.prefix(KeyRun.length), as: UTF8.self)
    secret = String(
      decoding: plain.dropFirst(KeyRun.length).prefix(TrackingCode.secretCount), as: UTF8.self)
    guard plain.suffix(TrackingCode.checkCount).elementsEqual(check.utf8) else { return nil }
  }

  /// The code as it is shown once, in groups.
  public var text: String {
    let whole = Array((key + secret + check).utf8)
    return stride(from: 0, to: whole.count, by: TrackingCode.group).map { start in
      String(
        decoding: whole[start..<min(start + TrackingCode.group, whole.count)], as: UTF8.self)
    }.joined(separator: "-")
  }

  /// What is kept of it: a SHA-256 in hexadecimal, which cannot be turned round.
  public var digest: String { Digest(of: "tracking code 1|\(key)|\(secret)".utf8).hex }

  /// Whether this is the code behind a kept digest, in a time that does not depend on the digest.
  public func matches(digest kept: String) -> Bool {
    Commitment.isEqual(Array(digest.utf8), Array(kept.utf8))
  }

  /// Says that it is a code, and nothing of it.
  public var description: String { "TrackingCode" }

  /// No children, so that no dump shows the text.
  public var customMirror: Mirror { Mirror(self, children: []) }

  private var check: String {
    let bytes = Digest(of: "check|\(key)|\(secret)".utf8).bytes.prefix(TrackingCode.checkCount)
    return String(
      decoding: bytes.map { RandomText.alphabet[Int($0) % RandomText.alphabet.count] },
      as: UTF8.self)
  }
}
