internal import Duties
internal import FoundationEssentials
public import Ground
internal import Journal
internal import Sealing

/// Opens a store at a path: for writing, or only for reading.
public typealias OpenStore =
  @Sendable (_ path: String, _ forWriting: Bool) throws(Problem) -> any RecordStore

/// What a backup holds now.
public struct BackupReport: Sendable {
  /// What it holds.
  public let manifest: BackupManifest
  /// Sealed files that were copied; the others were there from before.
  public let copied: Int
  /// What is not well in the workspace and hinders no backup: sealed files that are not what their names say and were
  /// left out, and logs whose newest entries could not be signed.
  public let problems: [Problem]
}

extension OpenWorkspace {
  /// Backs the workspace up into a folder while others go on writing; a second time only what is new is added.
  ///
  /// The keys are not in it: a backup opens only with the keys of the workspace or with a recovery file.
  /// - Parameters:
  ///   - open: opens the copy to read its heads.
  ///   - progress: hears how many sealed files were looked at, and how many there are.
  /// - Throws: `workspace.not-allowed`, `workspace.not-a-backup`, `workspace.other-backup`,
  ///   `workspace.not-written`, `store.*`.
  public func backUp(
    to path: String, open: OpenStore, progress: ((Int, Int) -> Void)? = nil
  ) async throws(Problem) -> BackupReport {
    try await backUp(to: path, open: open, progress: progress) { _ in }
  }

  /// The same; `reaching` hears each step when it is durable.
  func backUp(
    to path: String, open: OpenStore, progress: ((Int, Int) -> Void)? = nil,
    reaching: (BackupStep) throws(Problem) -> Void
  ) async throws(Problem) -> BackupReport {
    try await authorise(.backUp)
    let target = BackupFolder(path)
    let before = try target.prepare(
      origin: description.origin, files: try folder.files.names())
    var problems: [Problem] = []
    // Signed before, so that the copy holds signed heads over all but what is written meanwhile.
    do { try await publishCheckpoints() } catch { problems.append(error) }
    try await store.copy(to: target.next(BackupFolder.journal))
    try reaching(.journalCopied)
    // Read after the journal: a file is in its place before its record is.
    let copied = try copyFiles(to: target, progress: progress, reaching: reaching)
    try reaching(.filesCopied)
    var manifest = BackupManifest(
      name: before?.name ?? RandomText.key(length: 12), origin: description.origin,
      made: surroundings.now(), logs: [:], epochs: [], files: [:], evidence: copied.kept)
    try await describe(target, &manifest, open: open)
    try PrivateFile.write(
      Array(try TextFile.read(folder.description).utf8), to: target.next(BackupFolder.description))
    for name in BackupFolder.parts where FileManager.default.fileExists(atPath: target.next(name)) {
      manifest.files[name] = try target.described(name)
    }
    try await note(manifest, at: path, "backup-made", "backup made")
    try reaching(.noted)
    try target.commit(manifest, reaching: reaching)
    return BackupReport(
      manifest: manifest, copied: copied.new, problems: problems + copied.damaged)
  }

  /// Copies the sealed files that are not there yet.
  private func copyFiles(
    to target: BackupFolder, progress: ((Int, Int) -> Void)?,
    reaching: (BackupStep) throws(Problem) -> Void
  ) throws(Problem) -> (kept: [String], new: Int, damaged: [Problem]) {
    var (kept, new, damaged): ([String], Int, [Problem]) = ([], 0, [])
    let names = try folder.files.names()
    for (index, name) in names.enumerated() {
      progress?(index + 1, names.count)
      if target.files.has(name) {
        kept.append(name)
        continue
      }
      // Erased since the folder was read.
      guard folder.files.has(name) else { continue }
      guard try FileCopy.copy(name, from: folder.files, to: target.files) else {
        damaged.append(
          Problem(
            "workspace.evidence-differs", what: "the sealed file \(name) was changed",
            why: "its name is its digest", mend: "restore it from an older backup",
            places: [Place(name)]))
        continue
      }
      kept.append(name)
      new += 1
      try reaching(.fileCopied)
    }
    return (kept, new, damaged)
  }

  /// Reads the heads and the epochs of the copy, and puts the newest signed checkpoint of each log beside it.
  private func describe(
    _ target: BackupFolder, _ manifest: inout BackupManifest, open: OpenStore
  ) async throws(Problem) {
    let copy = try open(target.next(BackupFolder.journal), false)
    let outcome: Result<Void, Problem>
    do {
      for log in LogName.allCases {
        let tree = try CompactRange(try await copy.head(log))
        manifest.logs[log] = BackupManifest.Log(size: tree.size, root: tree.root.hex)
        if let checkpoint = try await copy.checkpoint(log, atMost: tree.size) {
          try PrivateFile.write(checkpoint.note, to: target.next("heads/" + log.rawValue))
        }
      }
      manifest.epochs = try await copy.epochs().keys.sorted()
      outcome = .success(())
    } catch {
      outcome = .failure(error)
    }
    await copy.close()
    try outcome.get()
  }

  /// Writes into the log of operations what backups there are, and with which keys they open.
  func note(
    _ manifest: BackupManifest, at path: String, _ event: String, _ title: String
  ) async throws(Problem) {
    try await noteOperation(
      event, title, place: OpenWorkspace.absolute(path),
      detail: .object([
        ("backup", .string(manifest.name)),
        ("epochs", .array(manifest.epochs.map { .int($0) })),
        (
          "logs",
          .object(
            LogName.allCases.compactMap { log in
              manifest.logs[log].map {
                (
                  log.rawValue, .object([("size", .int($0.size)), ("root", .string($0.root))])
                )
              }
            })
        ),
      ]))
  }
}
