internal import Duties
public import Ground
internal import Glibc

/// Sealed files without records and records without sealed files.
public struct EvidenceSweep: Sendable, Equatable {
  /// Sealed files that no record names: left by a crash, or by an erasure that was cut short.
  public var orphans: [String] = []
  /// Files that were begun and never finished.
  public var unfinished: [String] = []
  /// Evidence whose sealed file is not there.
  public var missing: [RecordID] = []

  /// Whether files and records fit.
  public var isClean: Bool { orphans.isEmpty && unfinished.isEmpty && missing.isEmpty }
}

extension OpenWorkspace {
  /// Finds what lies in the folder of sealed files without a record, and removes it unless only asked to look.
  ///
  /// Run it where the workspace is open for writing: files that are being added there are left alone.
  /// - Throws: `workspace.not-allowed`, `workspace.no-folder`, `workspace.not-written`, `store.*`.
  public func sweepEvidence(onlyLooking: Bool = false) async throws(Problem) -> EvidenceSweep {
    try await authorise(.backUp)
    let files = folder.files
    // The folder is read before the records: a file that is added meanwhile is not seen, or has its record.
    let names = try files.names()
    let parts = try files.parts()
    let adding = shared.adding
    let kept = try await keptFiles()
    var sweep = EvidenceSweep()
    sweep.orphans = names.filter { kept[$0] == nil && !adding.contains($0) }
    sweep.unfinished = parts.filter { OpenWorkspace.isLeft($0) }
    sweep.missing = kept.filter { !files.has($0.key) }.map(\.value).sorted()
    guard !onlyLooking else { return sweep }
    for name in sweep.orphans { try files.destroy(name) }
    for path in sweep.unfinished { try PrivateFile.destroy(path) }
    return sweep
  }

  /// The evidence behind each sealed file that a record names, by the name of the file.
  func keptFiles() async throws(Problem) -> [String: RecordID] {
    var kept: [String: RecordID] = [:]
    for state in try await everyState(.evidence) {
      if let name = state.text("stored") { kept[name] = state.id }
    }
    return kept
  }

  /// Findings on the sealed files: each that is missing, differs from its name, or has no record.
  ///
  /// Needs the keys only for the names; what a file holds is proven by `proveEvidence`.
  /// - Throws: `workspace.no-folder`, `store.*`.
  public func checkEvidence() async throws(Problem) -> [Problem] {
    let files = folder.files
    var findings: [Problem] = []
    let names = Set(try files.names())
    let kept = try await keptFiles()
    for state in try await everyState(.evidence) {
      let name = state.text("stored") ?? ""
      guard names.contains(name), let path = files.path(of: name) else {
        findings.append(EvidenceProblem.missing(state))
        continue
      }
      if try FileDigest.of(path) != name { findings.append(EvidenceProblem.differs(state)) }
    }
    for name in names.subtracting(kept.keys).sorted() {
      findings.append(
        Problem(
          "workspace.evidence-orphan", what: "no record names the sealed file \(name)",
          why: "a crash or an interrupted erasure left it, or somebody put it there",
          mend: "systemic evidence sweep", places: [Place(name)]))
    }
    return findings
  }

  /// Whether nobody writes the file any more: who writes it holds its lock.
  private static func isLeft(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_EX | LOCK_NB) == 0
  }
}
