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
    let published = try await Checkpoints(workspace).publish(log, asksAgain: true)
    let trust = try LogKeys(log, of: workspace.description)
    let key = trust.keys[try trust.verified(published.signed).keys.last ?? 0]
    try ExportJournal.refuseEarlierKey(folder, trust, key)
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

  /// An older export names the key of its time, and would be verified with it.
  private static func refuseEarlierKey(
    _ folder: String, _ trust: LogKeys, _ key: VerifierKey
  ) throws(Problem) {
    guard let bytes = try NoteFile.bytesIfThere(folder + "/vkey"),
      let named = try? VerifierKey(String(decoding: bytes, as: UTF8.self).filter { !$0.isNewline }),
      named != key, trust.keys.contains(named)
    else { return }
    throw Problem(
      "workspace.export-of-earlier-key",
      what: "the export at \(folder) was signed with an earlier key of “\(key.name)”",
      why: "an export names one key; the log signs with another one since",
      mend: "export into a new folder, and give readers the new key", places: [Place(folder)])
  }
}
