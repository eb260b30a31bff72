public import Duties
public import Ground
internal import Sealing

/// The file of a piece of evidence, opened piece by piece; what comes is proven when the last piece has come.
public struct EvidenceReading {
  /// The record.
  public let state: RecordState
  private var parts: FileParts
  private var opener: ChunkOpener
  private var plain = DigestStream()
  private var sealed = DigestStream()
  private var isOver = false

  init(_ state: RecordState, _ path: String, key: SecretKey) throws(Problem) {
    self.state = state
    parts = try FileParts(
      path, length: ChunkStream.sealedChunkByteCount, skipping: ChunkStream.headerByteCount)
    opener = try ChunkOpener(
      key: EvidenceFile.key(key), context: EvidenceFile.context(state.id), header: parts.head)
    sealed.update(parts.head)
  }

  /// The next piece; nil after the last.
  ///
  /// - Throws: `workspace.evidence-differs`, `sealing.broken-stream`, `ground.file-*`.
  public mutating func next() throws(Problem) -> [UInt8]? {
    guard !isOver, let part = try parts.part() else { return nil }
    sealed.update(part.bytes)
    let content = try opener.open(part.bytes, isLast: part.isLast)
    plain.update(content)
    guard part.isLast else { return content }
    isOver = true
    try opener.finish()
    guard sealed.finish().hex == state.text("stored"), plain.finish().hex == state.text("sha256")
    else { throw EvidenceProblem.differs(state) }
    return content
  }
}

extension OpenWorkspace {
  /// Opens the file of a piece of evidence, to be handed on without being held.
  ///
  /// Whoever cannot take back what they handed on proves it first: `proveEvidence`.
  /// - Throws: `workspace.evidence-missing`, `workspace.not-evidence`, `workspace.unknown-record`,
  ///   `workspace.not-allowed`.
  public func openEvidence(_ id: RecordID) async throws(Problem) -> EvidenceReading {
    let (state, key) = try await openable(id)
    guard let name = state.text("stored"), let path = folder.files.path(of: name),
      folder.files.has(name)
    else { throw EvidenceProblem.missing(state) }
    return try EvidenceReading(state, path, key: key)
  }
}
