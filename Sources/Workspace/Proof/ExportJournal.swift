public import Ground
public import Journal

/// Writes logs as directories that any C2SP tool verifies.
public struct ExportJournal: Sendable {
  /// One exported log.
  public struct Exported: Sendable {
    /// The log.
    public let log: LogName
    /// The directory.
    public let folder: String
    /// The checkpoint that it holds.
    public let checkpoint: PublishedCheckpoint
    /// The key that verifies it: give it to readers by another way than the directory.
    public let key: VerifierKey
  }

  private let workspace: OpenWorkspace
  /// Entries read at once.
  private static let page = 512

  /// Exports from a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// Writes a log into a directory, or several into directories of their names within it; older exports are continued.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.inconsistent-journal`, `journal.export-*`, `journal.other-log`,
  ///   `journal.disk-full`, `journal.read-only`, `journal.not-written`, `store.*`.
  public func export(
    _ logs: [LogName], to folder: String, progress: ((Int, Int) -> Void)? = nil
  ) async throws(Problem) -> [Exported] {
    try await workspace.authorise(.verify)
    // Noted first, so that an export of the operational log tells of itself.
    try await workspace.noteOperation(
      "journal-exported", "journal exported", place: folder,
      detail: .object([("logs", JSON(logs.map(\.rawValue)))]))
    if logs.count > 1 { try PrivateFile.makeFolder(folder) }
    var exported: [Exported] = []
    for log in logs {
      let path = logs.count > 1 ? folder + "/" + log.rawValue : folder
      exported.append(try await export(log, to: path, progress))
    }
    return exported
  }

  private func export(
    _ log: LogName, to folder: String, _ progress: ((Int, Int) -> Void)?
  ) async throws(Problem) -> Exported {
    let published = try await Checkpoints(workspace).publish(log)
    let trust = try LogKeys(log, of: workspace.description)
    let key = trust.keys[try trust.verified(published.signed).keys.last ?? 0]
    let total = published.size
    let export = try DirectoryExport(folder: folder, checkpoint: published.signed, log: key) {
      progress?($0, total)
    }
    while export.size < total {
      let page = try await workspace.store.entries(
        log, from: export.size, limit: min(Self.page, total - export.size))
      guard page.first?.index == export.size else { break }
      for entry in page { try export.append(entry.entry) }
    }
    try export.finish()
    return Exported(log: log, folder: folder, checkpoint: published, key: key)
  }
}
