internal import FoundationEssentials
internal import Glibc
internal import Ground
internal import Sealing

/// The folder of a backup, and how it goes from one whole backup to the next.
///
/// New files lie beside the old ones as `NAME.next`. The new manifest, `manifest.next.json`, is written when all of them
/// are durable: from then on the backup is the new one, and whoever comes next gives the files their names (`settle`).
/// Before, it is the old one, and what lies there as `.next` is thrown away.
struct BackupFolder: Sendable {
  /// The folder.
  let path: String

  static let journal = "journal.sqlite"
  static let description = "systemic.json"
  /// The files that a manifest may name, the sealed ones apart.
  static let parts: [String] =
    [journal, description] + LogName.allCases.map { "heads/" + $0.rawValue }

  private static let ending = ".next"

  init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  var manifest: String { path + "/manifest.json" }
  var nextManifest: String { path + "/manifest.next.json" }
  var files: EvidenceFolder { EvidenceFolder(path: path + "/evidence") }

  /// The path of a part.
  func part(_ name: String) -> String { path + "/" + name }
  /// Where the next state of a part is written.
  func next(_ name: String) -> String { path + "/" + name + BackupFolder.ending }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes the folder ready to take a backup of a workspace; gives the manifest of the one there is.
  ///
  /// Sealed files that neither it nor the workspace names are removed: a crash left them after they were erased.
  /// - Throws: `workspace.not-a-backup`, `workspace.other-backup`, `workspace.bad-manifest`,
  ///   `workspace.not-written`.
  func prepare(
    origin: String, files kept: [String]
  ) throws(Problem) -> BackupManifest? {
    if !BackupFolder.exists(path) { try PrivateFile.makeFolder(path) }
    let names = try PrivateFile.names(in: path)
    guard BackupFolder.isOurs(Set(names)) else {
      throw Problem(
        "workspace.not-a-backup", what: "\(path) holds something else than a backup",
        why: "a backup has a folder of its own, and nothing is overwritten",
        mend: "choose another folder", places: [Place(path)])
    }
    let known = BackupFolder.exists(nextManifest) || BackupFolder.exists(manifest)
    let before = known ? try settled() : nil
    if let before, before.origin != origin {
      throw Problem(
        "workspace.other-backup", what: "\(path) holds the backup of another workspace",
        why: "it is of \(before.origin), not of \(origin)", mend: "choose another folder",
        places: [Place(path)])
    }
    try clear()
    try PrivateFile.makeFolder(path + "/heads")
    try PrivateFile.makeFolder(path + "/evidence")
    if let before { try destroyFiles(but: Set(before.evidence).union(kept)) }
    return before
  }

  /// Whether a folder holds a backup, the beginning of one, or nothing.
  private static func isOurs(_ names: Set<String>) -> Bool {
    let own = Set([journal, description, "heads", "evidence", "manifest.json"])
    let isKnown = names.allSatisfy {
      own.contains($0) || $0.contains(ending) || $0.hasPrefix(work)
    }
    // A workspace that was restored without keys looks alike, but for the manifest.
    return isKnown
      && (names.isDisjoint(with: [journal, description])
        || names.contains { $0.hasPrefix("manifest.") })
  }

  /// The manifest of the backup that is there, once it has been brought to an end.
  ///
  /// - Throws: `workspace.no-backup`, `workspace.half-backup`, `workspace.bad-manifest`, `workspace.not-written`.
  func settled() throws(Problem) -> BackupManifest {
    if BackupFolder.exists(nextManifest) { try settle(BackupManifest(nextManifest)) }
    guard BackupFolder.exists(manifest) else {
      let isBegun = ((try? PrivateFile.names(in: path)) ?? []).contains { $0.hasSuffix(".next") }
      throw Problem(
        isBegun ? "workspace.half-backup" : "workspace.no-backup",
        what: isBegun ? "the backup at \(path) was not finished" : "there is no backup at \(path)",
        why: "the manifest, which is written last, is not there",
        mend: isBegun ? "make the backup again" : "check the folder", places: [Place(manifest)])
    }
    return try BackupManifest(manifest)
  }

  /// Declares the next state to be the backup, and brings it to an end.
  func commit(
    _ next: BackupManifest, reaching: (BackupStep) throws(Problem) -> Void
  ) throws(Problem) {
    try PrivateFile.write(try next.text, to: nextManifest)
    try reaching(.committed)
    try settle(next, reaching: reaching)
  }

  private func settle(
    _ next: BackupManifest, reaching: (BackupStep) throws(Problem) -> Void = { _ in }
  ) throws(Problem) {
    for name in next.files.keys.sorted() where BackupFolder.exists(self.next(name)) {
      try move(self.next(name), part(name))
      try reaching(.partMoved)
    }
    for log in LogName.allCases where next.files["heads/" + log.rawValue] == nil {
      try PrivateFile.destroy(part("heads/" + log.rawValue))
    }
    try move(nextManifest, manifest)
    try reaching(.manifestMoved)
    try destroyFiles(but: Set(next.evidence))
  }

  private func destroyFiles(but kept: Set<String>) throws(Problem) {
    for name in try files.names() where !kept.contains(name) { try files.destroy(name) }
  }

  private func move(_ from: String, _ to: String) throws(Problem) {
    guard rename(from, to) == 0 else { throw PrivateFile.notWritten(to, errno) }
    try PrivateFile.flushFolder(of: to)
  }

  /// Throws away what an interrupted backup left.
  private func clear() throws(Problem) {
    for folder in [path, path + "/heads", path + "/evidence"] where BackupFolder.exists(folder) {
      for name in try PrivateFile.names(in: folder)
      where name.hasSuffix(BackupFolder.ending) || name.hasSuffix(EvidenceFolder.partEnding)
        || name.hasPrefix(BackupFolder.work)
      {
        try PrivateFile.destroy(folder + "/" + name)
      }
    }
  }

  /// What is changed before it is copied into its next state.
  static let work = "refresh.sqlite"
  var workFile: String { part(BackupFolder.work) }

  /// Removes the file that was worked on, and what the store left beside it.
  func clearWork() throws(Problem) {
    for name in try PrivateFile.names(in: path) where name.hasPrefix(BackupFolder.work) {
      try PrivateFile.destroy(path + "/" + name)
    }
  }

  /// Size and digest of a part's next state.
  func described(_ name: String) throws(Problem) -> BackupManifest.File {
    let path = next(name)
    var status = stat()
    guard stat(path, &status) == 0 else { throw PrivateFile.notWritten(path, errno) }
    return BackupManifest.File(bytes: Int(status.st_size), sha256: try FileDigest.of(path))
  }
}
