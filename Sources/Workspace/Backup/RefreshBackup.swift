internal import Duties
internal import FoundationEssentials
public import Ground
internal import Sealing

/// What refreshing a backup did.
public struct RefreshReport: Sendable {
  /// What the backup holds now.
  public let manifest: BackupManifest
  /// Records whose wrapped keys were replaced.
  public let rewrapped: Int
  /// Records whose contents were removed, because they were erased since.
  public let erased: Int
  /// Sealed files removed with them.
  public let files: Int
}

extension OpenWorkspace {
  /// Brings an old backup up to date with the erasures since: what was erased goes from it too, and the rest opens with
  /// the keys of today.
  ///
  /// - Parameter open: opens the journal of the backup.
  /// - Throws: `workspace.not-allowed`, `workspace.erasure-unfinished`, `workspace.no-backup`,
  ///   `workspace.other-backup`, `workspace.not-written`, `store.*`.
  public func refreshBackup(
    at path: String, open: OpenStore
  ) async throws(Problem) -> RefreshReport {
    try await refreshBackup(at: path, open: open) { _ in }
  }

  /// The same; `reaching` hears each step when it is durable.
  func refreshBackup(
    at path: String, open: OpenStore, reaching: (BackupStep) throws(Problem) -> Void
  ) async throws(Problem) -> RefreshReport {
    try await authorise(.backUp)
    try checkFinished()
    let target = BackupFolder(path)
    _ = try target.settled()
    guard var manifest = try target.prepare(origin: description.origin, files: []) else {
      throw RefreshReport.notOurs(path, "there is no whole backup")
    }
    for (log, state) in manifest.logs {
      guard try await LogProof.root(store, log, size: state.size)?.hex == state.root else {
        throw RefreshReport.notOurs(path, "its \(log.rawValue) log is not the beginning of ours")
      }
    }
    _ = try FileCopy.copy(
      target.part(BackupFolder.journal), temporary: target.workFile + ".part", to: target.workFile)
    let (rewrapped, erased) = try await refresh(target, &manifest, open: open)
    try target.clearWork()
    try reaching(.journalCopied)
    let kept = try await keptFiles()
    let before = manifest.evidence.count
    manifest.evidence.removeAll { kept[$0] == nil }
    manifest.files[BackupFolder.journal] = try target.described(BackupFolder.journal)
    manifest.refreshed = surroundings.now()
    try target.commit(manifest, reaching: reaching)
    // Noted when it is true: until then erasures go on listing the backup.
    try await note(manifest, at: path, "backup-refreshed", "keys of a backup refreshed")
    return RefreshReport(
      manifest: manifest, rewrapped: rewrapped, erased: erased,
      files: before - manifest.evidence.count)
  }

  /// Changes the copy that is worked on, and writes it anew as the next journal, so that nothing of it stays behind.
  private func refresh(
    _ target: BackupFolder, _ manifest: inout BackupManifest, open: OpenStore
  ) async throws(Problem) -> (rewrapped: Int, erased: Int) {
    let copy = try open(target.workFile, true)
    let outcome: Result<(rewrapped: Int, erased: Int, epochs: [Int]), Problem>
    do {
      let (rewrapped, erased) = try await bringUp(copy)
      let epochs = try await copy.epochs().keys.sorted()
      try await copy.copy(to: target.next(BackupFolder.journal))
      outcome = .success((rewrapped, erased, epochs))
    } catch {
      outcome = .failure(error)
    }
    await copy.close()
    let done = try outcome.get()
    manifest.epochs = done.epochs
    return (done.rewrapped, done.erased)
  }

  private func bringUp(
    _ copy: any RecordStore
  ) async throws(Problem) -> (rewrapped: Int, erased: Int) {
    var (rewrapped, erased) = (0, 0)
    var after: RecordID?
    while true {
      let page = try await copy.records(kind: nil, after: after, limit: OpenWorkspace.page)
      var wrapped: [RecordID: WrappedKey] = [:]
      var gone: [RecordID] = []
      for record in page where record.key != nil {
        if let key = try await store.record(record.id)?.key {
          if key != record.key { wrapped[record.id] = key }
        } else {
          gone.append(record.id)
        }
      }
      if !wrapped.isEmpty { try await copy.rewrap(wrapped) }
      if !gone.isEmpty { _ = try await copy.erase(gone, recording: []) }
      rewrapped += wrapped.count
      erased += gone.count
      guard page.count == OpenWorkspace.page else { return (rewrapped, erased) }
      after = page.last?.id
    }
  }
}

extension RefreshReport {
  static func notOurs(_ path: String, _ why: String) -> Problem {
    Problem(
      "workspace.other-backup", what: "the backup at \(path) is not one of this workspace",
      why: why, mend: "name a backup of this workspace, or make a new one", places: [Place(path)])
  }
}
