public import Ground
internal import Sealing

/// Writes a log as a directory that any C2SP tool verifies: `vkey`, `tile/…`, and `checkpoint` last.
///
/// Entries come in order, from `size` on; nothing is kept but the right edge. Each file is written under
/// another name, made durable, and put in its place; the checkpoint appears when all it covers is durable.
/// After a crash the same export is begun again. An older export of the same log is continued. It waits
/// for the disk, and it is for one thread.
/// Source: C2SP tlog-tiles.
public final class DirectoryExport {
  private let folder: DurableFolder
  private let checkpoint: SignedCheckpoint
  private let progress: ((Int) -> Void)?
  private var writer: TileWriter
  /// Why writing failed: what is in memory no longer fits what is on disk.
  private var failure: Problem?

  /// Opens a folder for the export of a log up to a checkpoint.
  ///
  /// - Parameter progress: Hears the number of entries after each full bundle and at the end.
  /// - Throws: `journal.export-not-empty`, `journal.export-newer`, `journal.export-damaged`,
  ///   `journal.other-log`, `journal.folder-in-use`, `journal.disk-full`, `journal.read-only`,
  ///   `journal.not-written`, and what checking the checkpoint throws.
  public init(
    folder path: String, checkpoint: SignedCheckpoint, log: VerifierKey,
    progress: ((Int) -> Void)? = nil
  ) throws(Problem) {
    try checkpoint.verify(log: log)
    folder = try DurableFolder(path: path)
    writer = try OlderExport.writer(in: path, toward: checkpoint.checkpoint, log: log)
    self.checkpoint = checkpoint
    self.progress = progress
    try folder.write(Array((log.text + "\n").utf8), to: "vkey")
    try folder.sync()
  }

  /// Entries written so far; the index of the entry that is expected next.
  public var size: Int { writer.size }

  /// Appends the next entry.
  ///
  /// - Throws: `journal.entry-too-large`, `journal.export-incomplete` when the checkpoint does not
  ///   cover it, `journal.disk-full`, `journal.read-only`, `journal.not-written`.
  public func append(_ entry: UnsafeRawBufferPointer) throws(Problem) {
    if let failure { throw failure }
    guard entry.count <= Envelope.largestEntry else { throw .entryTooLarge(size, entry.count) }
    guard size < checkpoint.checkpoint.size else {
      throw .exportIncomplete(size + 1, checkpoint.checkpoint.size)
    }
    do {
      if try writer.append(entry, to: folder) { progress?(size) }
    } catch {
      failure = error
      throw error
    }
  }

  /// Appends the next entry.
  public func append(_ entry: [UInt8]) throws(Problem) {
    let result = entry.withUnsafeBytes { bytes in
      Result { () throws(Problem) in try append(bytes) }
    }
    try result.get()
  }

  /// Writes the right edge, and the checkpoint when all it covers is durable; removes older edges then.
  ///
  /// - Throws: `journal.export-incomplete`, `journal.export-differs` when the entries do not lead to the
  ///   signed root, `journal.disk-full`, `journal.read-only`, `journal.not-written`.
  public func finish() throws(Problem) {
    if let failure { throw failure }
    let head = checkpoint.checkpoint
    guard size == head.size else { throw .exportIncomplete(size, head.size) }
    guard writer.root == head.root else { throw .exportDiffers(head) }
    try writer.writeEdge(to: folder)
    try folder.sync()
    try folder.write(checkpoint.bytes, to: "checkpoint")
    try folder.sync()
    try removeOlderEdges()
    progress?(size)
  }

  /// Removes unfinished tiles of earlier sizes: files with a width in their name, nothing else.
  private func removeOlderEdges() throws(Problem) {
    var old: [String] = []
    let size = size
    _ = FolderWalk.visit(folder.path, below: "tile") { path, isFile in
      guard isFile, let tile = TilePath(path), tile.width < TilePath.fullWidth,
        !tile.belongs(toLogOf: size)
      else { return }
      old.append(path)
    }
    for path in old { try folder.remove(path) }
    try folder.sync()
  }
}

extension Problem {
  fileprivate static func entryTooLarge(_ index: Int, _ count: Int) -> Problem {
    Problem(
      "journal.entry-too-large", what: "entry \(index) has \(count) bytes",
      why: "an entry has at most \(Envelope.largestEntry) bytes",
      mend: "keep the content beside the log and its digest in the entry")
  }

  fileprivate static func exportIncomplete(_ given: Int, _ covered: Int) -> Problem {
    Problem(
      "journal.export-incomplete",
      what: "\(given) entries were given, the checkpoint covers \(covered)",
      why: "an export holds exactly what its checkpoint covers",
      mend: "give every entry of the log once, in order")
  }

  fileprivate static func exportDiffers(_ head: Checkpoint) -> Problem {
    Problem(
      "journal.export-differs",
      what: "the entries do not lead to the root that was signed for \(head.size) entries",
      why: "an entry was changed since, or the older export is of another history",
      mend: "verify the journal; export into a new folder")
  }
}
