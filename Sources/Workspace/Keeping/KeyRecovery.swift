internal import Duties
internal import FoundationEssentials
public import Ground
internal import Journal
internal import Sealing

extension OpenWorkspace {
  /// Writes a recovery file with all keys, which a passphrase opens; gives its number.
  ///
  /// It is noted before it is written, so that none is ever unknown when an erasure asks which files can still open old
  /// backups.
  /// - Throws: `workspace.file-exists`, `workspace.not-allowed`, `workspace.erasure-unfinished`,
  ///   `workspace.not-written`,
  ///   `sealing.passphrase-*`, `sealing.not-derived`, `store.*`.
  public func exportKeys(
    to path: String, passphrase: String
  ) async throws(Problem) -> KnownRecoveryFile {
    try await exportKeys(to: path, passphrase: passphrase, logCost: Passphrase.usualLogCost)
  }

  /// The same at another cost of trying passphrases.
  func exportKeys(
    to path: String, passphrase: String, logCost: Int
  ) async throws(Problem) -> KnownRecoveryFile {
    try await authorise(.handleKeys)
    try OpenWorkspace.refuseExisting(path)
    try checkFinished()
    let copies = try await knownCopies()
    let number = (copies.recoveryFiles.map(\.number).max() ?? 0) + 1
    let (ring, now) = (keys, surroundings.now())
    guard case .object(let members) = ring.json else { throw KeyRing.bad(folder.keys) }
    let secrets = JSON.object(
      [
        ("origin", .string(description.origin)), ("number", .int(number)),
        ("written", .string(now.utc)),
      ] + members)
    let text = try RecoveryFile.seal(
      secrets.compactBytes, passphrase: passphrase, logCost: logCost)
    let epochs = ring.epochs.keys.sorted()
    try await noteOperation(
      "key-exported", "recovery file \(number)", place: OpenWorkspace.absolute(path),
      detail: .object([
        ("number", .int(number)), ("epochs", .array(epochs.map { .int($0) })),
        ("sha256", .string(Digest(of: Array(text.utf8)).hex)),
      ]))
    try PrivateFile.write(text, to: path)
    return KnownRecoveryFile(number: number, place: path, written: now, epochs: epochs)
  }

  /// A path from the root, for what is read later and elsewhere.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    return FileManager.default.currentDirectoryPath + "/" + path
  }
}

/// Where the keys for a workspace without keys come from.
public enum KeySource: Sendable {
  /// A recovery file and its passphrase.
  case recoveryFile(String, passphrase: String)
  /// The keys of another workspace on this machine: the one that was backed up.
  case workspace(WorkspaceFolder)
}

/// Keys that were brought into a workspace.
public struct ImportedKeys: Sendable {
  /// The epochs whose keys are there now.
  public let epochs: [Int]
  /// How many records stay closed, because the key of their epoch was destroyed.
  public let closed: Int
  /// The number of the recovery file; nil for keys of another workspace.
  public let number: Int?
}

extension KeySource {
  /// Brings keys into a workspace that has none: a restored one.
  ///
  /// Only keys that its records need are written: the key of an epoch that has ended must not come back.
  /// - Parameter store: the workspace's store, open for reading or writing.
  /// - Throws: `workspace.has-keys`, `workspace.other-keys`, `workspace.keys-too-old`, `workspace.bad-keys`,
  ///   `sealing.wrong-passphrase`, `sealing.damaged-recovery-file`, `workspace.not-written`, `store.*`.
  public func bring(
    into folder: WorkspaceFolder, description: WorkspaceDescription, store: any RecordStore
  ) async throws(Problem) -> ImportedKeys {
    try KeySource.checkEmpty(folder)
    var (ring, number) = try read()
    try KeySource.check(ring, description)
    let used = try await store.epochs()
    let newest = used.keys.max() ?? ring.epoch
    guard ring.epochs[newest] != nil else { throw KeySource.otherEpoch(newest, ring) }
    try await KeySource.proveEpochs(ring, store)
    ring.epochs = ring.epochs.filter { $0.key == newest || used[$0.key] != nil }
    try ring.write(to: folder)
    return ImportedKeys(
      epochs: ring.epochs.keys.sorted(),
      closed: used.filter { ring.epochs[$0.key] == nil }.values.reduce(0, +), number: number)
  }

  private func read() throws(Problem) -> (KeyRing, Int?) {
    switch self {
    case .workspace(let folder): return (try KeyRing(folder), nil)
    case .recoveryFile(let path, let passphrase):
      let secrets = try RecoveryFile.open(try TextFile.read(path), passphrase: passphrase)
      let json = try JSON(parsing: secrets, file: path)
      guard case .int(let number) = json["number"] else { throw KeyRing.bad(path) }
      return (try KeyRing(json: json), number)
    }
  }

  private static func checkEmpty(_ folder: WorkspaceFolder) throws(Problem) {
    guard FileManager.default.fileExists(atPath: folder.keys),
      try !PrivateFile.names(in: folder.keys).isEmpty
    else { return }
    throw Problem(
      "workspace.has-keys", what: "the workspace at \(folder.path) has keys",
      why: "keys that were destroyed with an erasure must not come back",
      mend: "bring keys into a workspace that was restored without them",
      places: [Place(folder.keys)])
  }

  private static func check(
    _ ring: KeyRing, _ description: WorkspaceDescription
  ) throws(Problem) {
    for log in LogName.allCases {
      guard let key = ring.signing[log] else { throw KeyRing.bad("the recovery file") }
      let verifier = try VerifierKey(name: description.origin(log), key: key.verifying)
      guard description.keys[log]?.last == verifier.text else {
        throw Problem(
          "workspace.other-keys", what: "these are not the keys of this workspace",
          why: "the key that signs the \(log.rawValue) log is another one than systemic.json names",
          mend: "use a recovery file of this workspace, written after its newest signing key")
      }
    }
  }

  /// Unwraps one key of each epoch, so that a wrong key is told now and not in ten years.
  private static func proveEpochs(
    _ ring: KeyRing, _ store: any RecordStore
  ) async throws(Problem) {
    var left = Set(ring.epochs.keys)
    var after: RecordID?
    while !left.isEmpty {
      let page = try await store.records(kind: nil, after: after, limit: OpenWorkspace.page)
      for record in page {
        guard let key = record.key, left.remove(key.epoch) != nil else { continue }
        _ = try ring.unwrap(key)
      }
      guard page.count == OpenWorkspace.page else { return }
      after = page.last?.id
    }
  }

  private static func otherEpoch(_ newest: Int, _ ring: KeyRing) -> Problem {
    let epochs = ring.epochs.keys.sorted().map(String.init).joined(separator: ", ")
    return Problem(
      "workspace.keys-too-old",
      what: "these keys are of epoch \(epochs); the records are wrapped under epoch \(newest)",
      why: "each erasure begins an epoch and destroys the keys of the one before",
      mend: newest < ring.epoch
        ? "refresh the backup beside the workspace it came from, then restore it: systemic backup --refresh DIR"
        : "use a recovery file that was written after the newest erasure")
  }
}
