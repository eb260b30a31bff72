internal import Duties
internal import FoundationEssentials
public import Ground
internal import Journal
internal import Sealing

/// What restoring a backup brought back.
public struct RestoreReport: Sendable {
  /// What the backup said that it holds; what is restored was proven to be the same.
  public let manifest: BackupManifest
  /// The logs whose head is signed by a key of the workspace.
  public let signed: Set<LogName>
  /// The keys that were brought in; nil without keys: then the journal verifies, and contents stay closed.
  public let keys: ImportedKeys?
  /// Why the keys that were given were not taken.
  public let keysRefused: Problem?
  /// Evidence whose sealed file is missing or differs; only known with keys.
  public let evidence: [Problem]
}

/// The use case behind `restore`.
public enum RestoreBackup {
  /// Restores a backup into an empty folder, and proves that what is there is what was backed up.
  ///
  /// The description, which makes a folder a workspace, is written last: what was not proven is no workspace.
  /// - Parameter keys: where the keys come from; nil restores without keys.
  /// - Throws: `workspace.not-empty`, `workspace.no-backup`, `workspace.half-backup`, `workspace.not-whole`,
  ///   `workspace.not-written`, `store.*`.
  public static func restore(
    _ path: String, to folder: WorkspaceFolder, keys: KeySource?, open: OpenStore,
    surroundings: Surroundings
  ) async throws(Problem) -> RestoreReport {
    let source = BackupFolder(path)
    let manifest = try source.settled()
    try checkEmpty(folder)
    do {
      let description = try copy(source, manifest, to: folder)
      let signed = try await prove(manifest, folder, description, open)
      let store = try open(folder.store, false)
      var (imported, refused): (ImportedKeys?, Problem?)
      do {
        imported = try await keys?.bring(into: folder, description: description, store: store)
      } catch { refused = error }
      await store.close()
      try description.write(to: folder)
      let evidence =
        imported == nil ? [] : try await note(manifest, folder, description, open, surroundings)
      return RestoreReport(
        manifest: manifest, signed: signed, keys: imported, keysRefused: refused,
        evidence: evidence)
    } catch {
      if !folder.exists { clear(folder) }
      throw error
    }
  }

  private static func checkEmpty(_ folder: WorkspaceFolder) throws(Problem) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard names.isEmpty else {
      throw Problem(
        "workspace.not-empty", what: "\(folder.path) is not empty",
        why: "a backup is restored into a folder of its own, and nothing is overwritten",
        mend: "choose another folder", places: [Place(folder.path)])
    }
    try PrivateFile.makeFolder(folder.path)
    try PrivateFile.makeFolder(folder.evidence)
    try PrivateFile.makeFolder(folder.heads)
  }

  /// Copies everything but the description, each file against the manifest; gives the description.
  private static func copy(
    _ source: BackupFolder, _ manifest: BackupManifest, to folder: WorkspaceFolder
  ) throws(Problem) -> WorkspaceDescription {
    for (name, file) in manifest.files where name != BackupFolder.description {
      let target = folder.path + "/" + name
      let digest = try FileCopy.copy(
        source.part(name), temporary: target + EvidenceFolder.partEnding, to: target)
      guard digest.hex == file.sha256 else {
        throw notWhole(BackupCheck.changed(source.part(name)))
      }
    }
    for name in manifest.evidence {
      guard source.files.has(name) else {
        throw notWhole(BackupCheck.missing("evidence/" + name))
      }
      guard try FileCopy.copy(name, from: source.files, to: folder.files) else {
        throw notWhole(BackupCheck.changed("evidence/" + name))
      }
    }
    let path = source.part(BackupFolder.description)
    guard try FileDigest.of(path) == manifest.files[BackupFolder.description]?.sha256 else {
      throw notWhole(BackupCheck.changed(path))
    }
    return try WorkspaceDescription(WorkspaceFolder(source.path))
  }

  /// Computes the tree of each log anew from what was restored, and compares roots and signatures.
  private static func prove(
    _ manifest: BackupManifest, _ folder: WorkspaceFolder, _ description: WorkspaceDescription,
    _ open: OpenStore
  ) async throws(Problem) -> Set<LogName> {
    let store = try open(folder.store, false)
    let heads = SignedHeads(folder.heads, description)
    var signed: Set<LogName> = []
    let outcome: Result<Void, Problem>
    do throws(Problem) {
      for log in LogName.allCases {
        let found = try await heads.check(log, in: store)
        if let problem = found.problem { throw problem }
        if found.isSigned { signed.insert(log) }
        let here = BackupManifest.Log(size: found.tree.size, root: found.tree.root.hex)
        guard let wanted = manifest.logs[log], wanted == here else {
          throw BackupCheck.otherRoot(
            log, here, manifest.logs[log] ?? BackupManifest.Log(size: 0, root: "nothing"))
        }
      }
      outcome = .success(())
    } catch {
      outcome = .failure(notWhole(error))
    }
    await store.close()
    try outcome.get()
    return signed
  }

  /// Notes the restoration in the restored log of operations, and looks whether every sealed file is there.
  private static func note(
    _ manifest: BackupManifest, _ folder: WorkspaceFolder, _ description: WorkspaceDescription,
    _ open: OpenStore, _ surroundings: Surroundings
  ) async throws(Problem) -> [Problem] {
    let store = try open(folder.store, true)
    let outcome: Result<[Problem], Problem>
    do {
      let workspace = OpenWorkspace(
        folder: folder, description: description, store: store, keys: try KeyRing(folder),
        surroundings: surroundings, who: .localOperator(surroundings.user))
      try await workspace.note(
        manifest, at: folder.path, "workspace-restored", "workspace restored")
      try await workspace.finishErasures()
      outcome = .success(try await workspace.checkEvidence())
    } catch {
      outcome = .failure(error)
    }
    await store.close()
    return try outcome.get()
  }

  private static func notWhole(_ problem: Problem) -> Problem {
    Problem(
      "workspace.not-whole", what: "the backup is not whole: " + problem.what, why: problem.why,
      mend: "use another backup; nothing was restored", places: problem.places)
  }

  /// Takes away what was copied; the folder was empty before.
  private static func clear(_ folder: WorkspaceFolder) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      try? FileManager.default.removeItem(atPath: folder.path + "/" + name)
    }
  }
}
