internal import Crypto
internal import FoundationEssentials
public import Ground

/// Seals a file chunk by chunk, in the form of `ChunkStream`.
///
/// Use a key for one file only, wrapped and kept with its record: the prefix of the nonce is random
/// and has only 56 bits. Write `header` first, then what `seal` gives, in order.
public struct ChunkSealer: Sendable {
  /// The first bytes of the sealed file.
  public let header: [UInt8]
  /// Whether the last chunk was sealed.
  public private(set) var isFinished = false

  private let key: SecretKey
  private let bound: [UInt8]
  private var next = 0

  /// A sealer for one file; the context is not stored and has to be the same on opening.
  public init(key: SecretKey, context: [UInt8]) {
    self.key = key
    header = ChunkStream.magic + RandomBytes.make(7)
    bound = header + context
  }

  /// The sealed form of the next chunk: 64 KiB of content, or up to that for the last.
  ///
  /// - Throws: `sealing.not-sealed` for a chunk of another length or after the last.
  public mutating func seal(_ chunk: [UInt8], isLast: Bool) throws(Problem) -> [UInt8] {
    let isWhole = chunk.count == ChunkStream.chunkByteCount
    guard !isFinished, isWhole || isLast && chunk.count < ChunkStream.chunkByteCount,
      let nonce = ChunkStream.nonce(header: header, chunk: next, isLast: isLast),
      let box = try? AES.GCM.seal(
        chunk, using: key.symmetric, nonce: nonce, authenticating: bound),
      let combined = box.combined
    else {
      throw Problem(
        "sealing.not-sealed", what: "chunk \(next) of the stream could not be sealed",
        why: "every chunk before the last has 65536 bytes, nothing follows the last, and a stream "
          + "has at most 2^32 chunks",
        mend: "seal the file again from its beginning")
    }
    next += 1
    isFinished = isLast
    return Array(combined.dropFirst(12))
  }
}
