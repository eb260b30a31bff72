internal import Crypto
internal import FoundationEssentials

/// The SHA-256 digest of bytes that come piece by piece.
///
/// Source: FIPS 180-4.
public struct DigestStream: Sendable {
  private var hasher = SHA256()

  /// A stream of no bytes so far.
  public init() {}

  /// Takes the next bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hasher.update(bufferPointer: bytes)
  }

  /// Takes the next bytes.
  public mutating func update(_ bytes: some Collection<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ hasher.update(bufferPointer: .init($0)) }) == nil {
      hasher.update(data: Array(bytes))
    }
  }

  /// The digest of all bytes so far; more may follow.
  public func finish() -> Digest { Digest(hasher.finalize()) }
}
