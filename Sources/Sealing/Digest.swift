internal import Crypto
internal import FoundationEssentials

/// A SHA-256 digest, 32 bytes held in place.
///
/// Source: FIPS 180-4.
public struct Digest: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// Length in bytes.
  public static let byteCount = 32

  /// The digest of bytes.
  public init(of bytes: some Collection<UInt8>) {
    var hasher = SHA256()
    if bytes.withContiguousStorageIfAvailable({ hasher.update(bufferPointer: .init($0)) }) == nil {
      hasher.update(data: Array(bytes))
    }
    self.init(hasher.finalize())
  }

  /// The digest of one byte followed by bytes: the form of leaves in RFC 6962.
  public init(prefix: UInt8, _ bytes: UnsafeRawBufferPointer) {
    var hasher = SHA256()
    Swift.withUnsafeBytes(of: prefix) { hasher.update(bufferPointer: $0) }
    hasher.update(bufferPointer: bytes)
    self.init(hasher.finalize())
  }

  /// The digest of one byte followed by two digests: the form of nodes in RFC 6962.
  public init(prefix: UInt8, _ left: Digest, _ right: Digest) {
    self = withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
      buffer[0] = prefix
      left.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0)
      }
      right.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: buffer[33..<65]).copyMemory(from: $0)
      }
      var hasher = SHA256()
      hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
      return Digest(hasher.finalize())
    }
  }

  /// A digest from its 32 bytes; nil for any other length.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Digest.byteCount else { return nil }
    words = (0, 0, 0, 0)
    Swift.withUnsafeMutableBytes(of: &words) { buffer in
      for (index, byte) in bytes.enumerated() { buffer[index] = byte }
    }
  }

  init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes {
      $0.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
    }
  }

  /// Gives the 32 bytes without copying them.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    Swift.withUnsafeBytes(of: words, body)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// In lower-case hexadecimal, 64 characters.
  public var hex: String { Hex.text(bytes) }

  /// Equal bytes.
  public static func == (left: Digest, right: Digest) -> Bool { left.words == right.words }

  /// Feeds the bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}
