internal import Crypto
internal import FoundationEssentials

/// A value that binds a record to content without telling anything of it.
///
/// Without the salt nobody can find out by guessing what the content was; once content and salt are
/// destroyed, the value says nothing about a person any more.
/// Source: RFC 2104 (HMAC) with SHA-256.
public enum Commitment {
  /// Length of a value and of a salt in bytes.
  public static let byteCount = 32

  /// A new salt of 32 bytes from the system's random numbers: one for each content.
  public static func salt() -> [UInt8] { RandomBytes.make(byteCount) }

  /// The 32 bytes that bind to content; the salt is the key of the HMAC and has 32 bytes.
  public static func value(content: [UInt8], salt: [UInt8]) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: salt)))
  }

  /// Whether two values are equal, in a time that tells only their lengths.
  public static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}
