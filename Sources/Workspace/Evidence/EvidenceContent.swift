public import Duties
public import Ground
internal import Sealing

/// The file of a piece of evidence, to be read piece by piece by somebody who may read it.
public struct EvidenceContent: Sendable {
  /// The record of the file.
  public let state: RecordState
  let path: String
  let key: SecretKey

  /// Its size in bytes.
  public var count: Int {
    guard case .int(let bytes) = state.fields["bytes"] else { return 0 }
    return bytes
  }

  /// The first bytes, at most so many; each piece proves its place when it is opened.
  ///
  /// - Throws: `sealing.broken-stream`, `ground.file-*`.
  public func head(_ most: Int) throws(Problem) -> [UInt8] {
    var reader = try EvidenceReader(path, of: state.id, key: key)
    var bytes: [UInt8] = []
    while bytes.count < most, let piece = try reader.next() { bytes += piece }
    return Array(bytes.prefix(most))
  }

  /// Begins to read the whole file: each call gives the next bytes, nil comes after the last, and a file that is not
  /// whole is refused before that.
  ///
  /// - Throws: `sealing.broken-stream`, `ground.file-*`.
  public func pieces() throws(Problem) -> () throws(Problem) -> [UInt8]? {
    var reader = try EvidenceReader(path, of: state.id, key: key)
    return { () throws(Problem) in try reader.next() }
  }
}

/// Opens a sealed file one piece at a time, at the pace of whoever asks.
struct EvidenceReader {
  private var parts: FileParts
  private var opener: ChunkOpener
  private var isDone = false

  init(_ path: String, of record: RecordID, key: SecretKey) throws(Problem) {
    parts = try FileParts(
      path, length: ChunkStream.sealedChunkByteCount, skipping: ChunkStream.headerByteCount)
    opener = try ChunkOpener(
      key: EvidenceFile.key(key), context: EvidenceFile.context(record), header: parts.head)
  }

  /// The next piece; nil after the last, when the file was whole.
  mutating func next() throws(Problem) -> [UInt8]? {
    guard let part = try parts.part() else {
      if !isDone { try opener.finish() }
      isDone = true
      return nil
    }
    return try opener.open(part.bytes, isLast: part.isLast)
  }
}

extension OpenWorkspace {
  /// The file of a piece of evidence, after it was proven to be whole and the one that was added.
  ///
  /// - Parameter isProven: false only opens it, for whoever looks at its beginning.
  /// - Throws: as `getEvidence`.
  public func evidenceContent(
    _ id: RecordID, isProven: Bool = true
  ) async throws(Problem) -> EvidenceContent {
    let (state, key) = try await openable(id)
    if isProven { try read(state, key, progress: nil) { _ in } }
    let name = state.text("stored") ?? ""
    guard let path = folder.files.path(of: name), folder.files.has(name) else {
      throw EvidenceProblem.missing(state)
    }
    return EvidenceContent(state: state, path: path, key: key)
  }
}
