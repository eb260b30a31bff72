internal import Crypto
internal import FoundationEssentials
internal import Glibc

/// A symmetric key of 256 bits for sealed boxes, key wrapping and streams.
///
/// The memory behind it is cleared when the last copy goes. Equality takes the same time for all
/// keys, and its description shows none of it.
public struct SecretKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
  let symmetric: SymmetricKey

  /// Length in bytes.
  public static let byteCount = 32

  /// A new key from the system's random numbers.
  public init() {
    symmetric = withUnsafeTemporaryAllocation(
      byteCount: SecretKey.byteCount, alignment: 16
    ) { memory in
      RandomBytes.fill(memory)
      defer { memory.baseAddress.map { explicit_bzero($0, memory.count) } }
      return SymmetricKey(data: memory)
    }
  }

  /// The key of 32 bytes; nil for any other length.
  public init?(bytes: [UInt8]) {
    guard bytes.count == SecretKey.byteCount else { return nil }
    symmetric = SymmetricKey(data: bytes)
  }

  /// Expects a key of 256 bits.
  init?(_ key: SymmetricKey) {
    guard key.bitCount == SecretKey.byteCount * 8 else { return nil }
    symmetric = key
  }

  /// The 32 bytes: keep them where only the owner can read.
  public var bytes: [UInt8] { symmetric.withUnsafeBytes { Array($0) } }

  /// Says that it is a key, and nothing of the key.
  public var description: String { "SecretKey" }

  /// No children, so that no dump shows the bytes.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
