public import Ground
internal import Sealing

/// What arrived over the network, until it was read: sealed on the disk under a key that stands in memory only.
///
/// Its file has no name and is gone with the last reference, also when the process is killed; what may still be found on
/// the disk then is opened by no key.
public final class ScratchFile: ByteSource.Supply {
  /// How many bytes arrived.
  public let count: Int
  private let file: UnnamedFile
  private let key: SecretKey
  private let header: [UInt8]

  init(_ file: UnnamedFile, key: SecretKey, header: [UInt8], count: Int) {
    self.file = file
    self.key = key
    self.header = header
    self.count = count
  }

  /// What arrived, under a name that problems tell.
  public func source(_ name: String) -> ByteSource { ByteSource(name, from: self) }

  /// Begins to open what arrived; reading throws `sealing.broken-stream` when something changed the file.
  public func reading() throws(Problem) -> ByteSource.Reading {
    var reader = try ScratchReader(file, key: key, header: header)
    return { (buffer) throws(Problem) in try reader.read(into: buffer) }
  }
}

/// Opens what arrived, from its beginning.
private struct ScratchReader {
  private let file: UnnamedFile
  private var opener: ChunkOpener
  private var offset: Int
  private var rest: ArraySlice<UInt8> = []
  private var isDone = false

  init(_ file: UnnamedFile, key: SecretKey, header: [UInt8]) throws(Problem) {
    self.file = file
    offset = header.count
    opener = try ChunkOpener(key: key, context: ScratchWriter.context, header: header)
  }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(Problem) -> Int {
    while rest.isEmpty, !isDone {
      let chunk = try file.read(ChunkStream.sealedChunkByteCount, at: offset)
      offset += chunk.count
      isDone = try file.read(1, at: offset).isEmpty
      rest = try opener.open(chunk, isLast: isDone)[...]
    }
    let part = rest.prefix(buffer.count)
    buffer.copyBytes(from: part)
    rest = rest.dropFirst(part.count)
    return part.count
  }
}
