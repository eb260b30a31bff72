internal import FoundationEssentials
public import Ground
internal import Journal
internal import Sealing

/// What checking a backup without keys found.
public struct BackupCheck: Sendable {
  /// What the backup says that it holds.
  public let manifest: BackupManifest
  /// What differs from it, at most fifty; empty when all is well.
  public private(set) var findings: [Problem] = []
  /// The logs whose head is signed by a key that `systemic.json` names.
  public private(set) var signed: Set<LogName> = []

  /// Whether nothing differs.
  public var isWhole: Bool { findings.isEmpty }

  private static let mostFindings = 50

  /// Checks a backup: its files, the tree of each log computed anew, signed heads, sealed files.
  ///
  /// What is inside the sealed contents cannot be told without keys.
  /// - Parameter progress: hears how many sealed files were checked, and how many there are.
  /// - Throws: `workspace.no-backup`, `workspace.half-backup`, `workspace.bad-manifest`, `ground.file-*`.
  public init(
    of path: String, open: OpenStore, progress: ((Int, Int) -> Void)? = nil
  ) async throws(Problem) {
    let folder = BackupFolder(path)
    manifest = try folder.settled()
    try checkFiles(folder)
    guard findings.isEmpty else { return }
    try await checkLogs(folder, open)
    try checkEvidence(folder, progress)
  }

  mutating func add(_ finding: Problem) {
    if findings.count < BackupCheck.mostFindings { findings.append(finding) }
  }

  private mutating func checkFiles(_ folder: BackupFolder) throws(Problem) {
    for (name, file) in manifest.files.sorted(by: { $0.key < $1.key }) {
      let path = folder.part(name)
      guard FileManager.default.fileExists(atPath: path) else {
        add(BackupCheck.missing(path))
        continue
      }
      if try FileDigest.of(path) != file.sha256 { add(BackupCheck.changed(path)) }
    }
    for name in [BackupFolder.journal, BackupFolder.description] where manifest.files[name] == nil {
      add(BackupCheck.missing(folder.part(name)))
    }
    // A log that lies beside a database is read as part of it.
    for ending in ["-wal", "-journal"] {
      let path = folder.part(BackupFolder.journal) + ending
      if FileManager.default.fileExists(atPath: path) { add(BackupCheck.changed(path)) }
    }
  }

  private mutating func checkLogs(_ folder: BackupFolder, _ open: OpenStore) async throws(Problem) {
    let description = try WorkspaceDescription(WorkspaceFolder(folder.path))
    guard description.origin == manifest.origin else {
      add(BackupCheck.changed(folder.part(BackupFolder.description)))
      return
    }
    let store: any RecordStore
    do { store = try open(folder.part(BackupFolder.journal), false) } catch {
      add(error)
      return
    }
    let heads = SignedHeads(folder.path + "/heads", description)
    do {
      for log in LogName.allCases {
        let found = try await heads.check(log, in: store)
        if let problem = found.problem { add(problem) }
        if found.isSigned { signed.insert(log) }
        let wanted = manifest.logs[log] ?? BackupManifest.Log(size: 0, root: TreeHash.empty.hex)
        let here = BackupManifest.Log(size: found.tree.size, root: found.tree.root.hex)
        if here != wanted { add(BackupCheck.otherRoot(log, here, wanted)) }
      }
      if try await store.epochs().keys.sorted() != manifest.epochs {
        add(BackupCheck.changed(folder.part(BackupFolder.journal)))
      }
    } catch { add(error) }
    await store.close()
  }

  private mutating func checkEvidence(
    _ folder: BackupFolder, _ progress: ((Int, Int) -> Void)?
  ) throws(Problem) {
    for (index, name) in manifest.evidence.enumerated() {
      progress?(index + 1, manifest.evidence.count)
      guard let path = folder.files.path(of: name), folder.files.has(name) else {
        add(BackupCheck.missing("evidence/" + name))
        continue
      }
      if try FileDigest.of(path) != name { add(BackupCheck.changed(path)) }
    }
  }
}

extension BackupCheck {
  static func missing(_ path: String) -> Problem {
    Problem(
      "workspace.backup-incomplete", what: "\(path) is not in the backup",
      why: "its manifest names it", mend: "use another backup", places: [Place(path)])
  }

  static func changed(_ path: String) -> Problem {
    Problem(
      "workspace.backup-differs", what: "\(path) is not what the backup was made with",
      why: "it does not fit the manifest", mend: "use another backup", places: [Place(path)])
  }

  static func otherRoot(
    _ log: LogName, _ here: BackupManifest.Log, _ wanted: BackupManifest.Log
  ) -> Problem {
    Problem(
      "workspace.other-root",
      what: "the \(log.rawValue) log has the root \(here.root) over \(here.size) entries",
      why: "the manifest says \(wanted.root) over \(wanted.size)", mend: "use another backup",
      places: [Place(log.rawValue)])
  }
}
