internal import Crypto
internal import FoundationEssentials
internal import Glibc

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

  /// A new salt from a supply of random bytes.
  public static func salt(from random: inout RandomSupply) -> [UInt8] {
    Array(random.take(byteCount))
  }

  /// The 32 bytes that bind to content; the salt is the key of the HMAC and has 32 bytes.
  ///
  /// Put together from digests: every change makes one, and the library's own takes three times as long.
  public static func value(content: [UInt8], salt: [UInt8]) -> [UInt8] {
    let key = salt.count > blockBytes ? Digest(of: salt).bytes : salt
    var hasher = hasher(key, padding: 0x36)
    content.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    let inner = hasher.finalize()
    hasher = Commitment.hasher(key, padding: 0x5C)
    inner.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    return Digest(hasher.finalize()).bytes
  }

  /// Bytes of a block of SHA-256.
  private static let blockBytes = 64

  /// A hasher that has read the key, filled up to a block, each byte combined with a constant.
  private static func hasher(_ key: [UInt8], padding: UInt8) -> SHA256 {
    var hasher = SHA256()
    withUnsafeTemporaryAllocation(byteCount: blockBytes, alignment: 8) { block in
      for index in block.indices {
        block[index] = (index < key.count ? key[index] : 0) ^ padding
      }
      hasher.update(bufferPointer: UnsafeRawBufferPointer(block))
      block.baseAddress.map { explicit_bzero($0, block.count) }
    }
    return hasher
  }

  /// Whether two values are equal, in a time that tells only their lengths.
  public static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in left.indices { difference |= left[index] ^ right[index] }
    return difference == 0
  }
}
