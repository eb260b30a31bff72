public import Ground
internal import Sealing

/// Takes what arrives: seals each 64 KiB before they reach the disk.
///
/// Not for several threads.
public final class ScratchWriter {
  static let context = Array("scratch".utf8)

  /// How many bytes arrived so far.
  public private(set) var count = 0
  private let file: UnnamedFile
  private let key = SecretKey()
  private var sealer: ChunkSealer
  private var pending: [UInt8] = []

  /// Nothing yet, on the disk of the workspace.
  ///
  /// - Throws: `workspace.not-written`.
  public init(in folder: WorkspaceFolder) throws(Problem) {
    file = try UnnamedFile(in: folder.path)
    sealer = ChunkSealer(key: key, context: ScratchWriter.context)
    try file.write(sealer.header)
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: `workspace.not-written`.
  public func write(_ bytes: some Collection<UInt8>) throws(Problem) {
    count += bytes.count
    pending += bytes
    // The last chunk is sealed as the last one: it waits for what follows.
    while pending.count > ChunkStream.chunkByteCount {
      let chunk = Array(pending.prefix(ChunkStream.chunkByteCount))
      pending.removeFirst(chunk.count)
      try file.write(sealer.seal(chunk, isLast: false))
    }
  }

  /// Everything that arrived; nothing is added afterwards.
  ///
  /// - Throws: `workspace.not-written`.
  public func finish() throws(Problem) -> ScratchFile {
    try file.write(sealer.seal(pending, isLast: true))
    pending = []
    return ScratchFile(file, key: key, header: sealer.header, count: count)
  }
}
