internal import Crypto
internal import FoundationEssentials

/// The form of sealed files of any size: a header, then chunks that each carry a tag.
///
/// Every chunk before the last holds 64 KiB of content; the last holds what is left, perhaps
/// nothing. A nonce is the random prefix of the header (7 bytes), the number of the chunk from zero
/// (4 bytes, big-endian) and 1 for the last chunk, else 0. The additional data of each chunk are
/// header and context, so that no chunk fits another place, file or record.
///
/// Source: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its
/// Nonce-Reuse Misuse-Resistance", 2015 (STREAM), over AES-256-GCM.
public enum ChunkStream {
  /// Bytes of content in each chunk before the last.
  public static let chunkByteCount = 65_536
  /// How many bytes a sealed chunk is longer than its content.
  public static let tagByteCount = 16
  /// Bytes of each sealed chunk before the last.
  public static let sealedChunkByteCount = chunkByteCount + tagByteCount
  /// Bytes of the header: magic of seven, version 1, prefix of seven.
  public static let headerByteCount = 15

  static let magic: [UInt8] = Array("sysseal".utf8) + [1]

  /// Bytes of a sealed file whose content has so many.
  public static func sealedByteCount(content: Int) -> Int {
    let chunks = max(1, (content + chunkByteCount - 1) / chunkByteCount)
    return headerByteCount + content + chunks * tagByteCount
  }

  /// The nonce of a chunk, and nil above 2^32 chunks, which are 256 TiB.
  static func nonce(header: [UInt8], chunk: Int, isLast: Bool) -> AES.GCM.Nonce? {
    guard let number = UInt32(exactly: chunk) else { return nil }
    var bytes = Array(header.suffix(7))
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    bytes.append(isLast ? 1 : 0)
    return try? AES.GCM.Nonce(data: bytes)
  }
}
