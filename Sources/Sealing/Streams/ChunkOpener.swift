internal import Crypto
internal import FoundationEssentials
public import Ground

/// Opens a file that `ChunkSealer` sealed, chunk by chunk.
///
/// What `open` gives is whole and in its place, but the file is complete only after the last chunk:
/// call `finish` before its content is used. Chunks that were reordered, dropped, doubled, cut,
/// added or taken from another file are refused, and after a refusal nothing more is opened.
public struct ChunkOpener: Sendable {
  private let key: SecretKey
  private let header: [UInt8]
  private let bound: [UInt8]
  private var next = 0
  private var state = State.open

  private enum State: Sendable { case open, finished, broken }

  /// An opener for the file that begins with these 15 bytes.
  ///
  /// - Throws: `sealing.broken-stream` where they are no header.
  public init(key: SecretKey, context: [UInt8], header: [UInt8]) throws(Problem) {
    guard header.count == ChunkStream.headerByteCount, header.starts(with: ChunkStream.magic)
    else {
      throw ChunkOpener.broken(at: 0, why: "it does not begin with the header of version 1")
    }
    self.key = key
    self.header = header
    bound = header + context
  }

  /// The content of the next sealed chunk: 65,552 bytes, or up to that for the last.
  ///
  /// `isLast` says that the file ends after this chunk.
  /// - Throws: `sealing.broken-stream` with the byte of the sealed file at which the chunk begins.
  public mutating func open(_ chunk: [UInt8], isLast: Bool) throws(Problem) -> [UInt8] {
    guard state == .open else {
      throw ChunkOpener.broken(
        at: offset,
        why: state == .finished ? "bytes follow the last chunk" : "an earlier chunk was refused")
    }
    if let content = content(of: chunk, isLast: isLast) {
      next += 1
      state = isLast ? .finished : .open
      return content
    }
    state = .broken
    // Asked again as the other kind, an untouched chunk tells a cut file from a changed one.
    if content(of: chunk, isLast: !isLast) != nil {
      throw ChunkOpener.broken(
        at: offset + chunk.count,
        why: isLast ? "the file was cut off there" : "bytes were added there")
    }
    throw ChunkOpener.broken(
      at: offset,
      why: "the chunk that begins there was changed or moved, or the key or the record is another")
  }

  /// States that the file ends here.
  ///
  /// - Throws: `sealing.broken-stream` where the last chunk was not opened.
  public func finish() throws(Problem) {
    guard state == .finished else {
      throw ChunkOpener.broken(
        at: offset,
        why: state == .open ? "the file was cut off there" : "an earlier chunk was refused")
    }
  }

  /// Where the next chunk begins in the sealed file.
  private var offset: Int {
    ChunkStream.headerByteCount + next * ChunkStream.sealedChunkByteCount
  }

  private func content(of chunk: [UInt8], isLast: Bool) -> [UInt8]? {
    let isWhole = chunk.count == ChunkStream.sealedChunkByteCount
    let isShort = ChunkStream.tagByteCount..<ChunkStream.sealedChunkByteCount ~= chunk.count
    guard isWhole || isLast && isShort,
      let nonce = ChunkStream.nonce(header: header, chunk: next, isLast: isLast),
      let box = try? AES.GCM.SealedBox(
        nonce: nonce, ciphertext: chunk.dropLast(ChunkStream.tagByteCount),
        tag: chunk.suffix(ChunkStream.tagByteCount)),
      let content = try? AES.GCM.open(box, using: key.symmetric, authenticating: bound)
    else { return nil }
    return Array(content)
  }

  private static func broken(at byte: Int, why: String) -> Problem {
    Problem(
      "sealing.broken-stream", what: "the sealed file is broken at byte \(byte)", why: why,
      mend: "restore the file from a backup")
  }
}
