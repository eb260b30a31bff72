internal import Duties
internal import FoundationEssentials
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Writes the file of a piece of evidence; it gets its name when it has been proven to be the file that was added.
  ///
  /// - Parameter progress: hears how many bytes of the sealed file have been read.
  /// - Throws: `workspace.file-exists`, `workspace.evidence-missing`, `workspace.evidence-differs`,
  ///   `sealing.broken-stream`, `workspace.not-written`, `workspace.unknown-record`, `workspace.not-allowed`.
  public func getEvidence(
    _ id: RecordID, to path: String, progress: ((Int) -> Void)? = nil
  ) async throws(Problem) {
    let (state, key) = try await openable(id)
    try OpenWorkspace.refuseExisting(path)
    let writer = try DurableWriter(
      temporary: path + "." + RandomText.key(length: 8) + EvidenceFolder.partEnding)
    try read(state, key, progress: progress) { bytes throws(Problem) in try writer.write(bytes) }
    try OpenWorkspace.refuseExisting(path)
    try writer.finish(as: path)
  }

  /// Proves that the file of a piece of evidence is whole, and the one that was added.
  ///
  /// - Throws: as `getEvidence`.
  public func proveEvidence(
    _ id: RecordID, progress: ((Int) -> Void)? = nil
  ) async throws(Problem) {
    let (state, key) = try await openable(id)
    try read(state, key, progress: progress) { _ in }
  }

  func openable(_ id: RecordID) async throws(Problem) -> (RecordState, SecretKey) {
    let state = try await needed(id)
    guard state.id.kind == RecordKind.evidence.name else {
      throw Problem(
        "workspace.not-evidence", what: "\(id.text) is not evidence",
        why: "only evidence has a file", mend: "systemic evidence list")
    }
    let key = try await withKeys { () async throws(Problem) in
      try await store.record(id)?.key.map { wrapped throws(Problem) in try keys.unwrap(wrapped) }
    }
    if let key { return (state, key) }
    // Erased since it was read: say so.
    _ = try await needed(id)
    throw EvidenceProblem.missing(state)
  }

  func read(
    _ state: RecordState, _ key: SecretKey, progress: ((Int) -> Void)?,
    take: ([UInt8]) throws(Problem) -> Void
  ) throws(Problem) {
    let name = state.text("stored") ?? ""
    guard let path = folder.files.path(of: name), folder.files.has(name) else {
      throw EvidenceProblem.missing(state)
    }
    let file = try EvidenceFile.open(path, of: state.id, key: key, progress: progress, take: take)
    guard file.sealed.hex == name, file.plain.hex == state.text("sha256"),
      state.fields["bytes"] == .int(file.bytes)
    else { throw EvidenceProblem.differs(state) }
  }

  static func refuseExisting(_ path: String) throws(Problem) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    throw Problem(
      "workspace.file-exists", what: "there is a \(path) already",
      why: "nothing is overwritten", mend: "choose another name, or move the file away",
      places: [Place(path)])
  }
}

/// What may be wrong with the file of a piece of evidence.
enum EvidenceProblem {
  static func missing(_ state: RecordState) -> Problem {
    Problem(
      "workspace.evidence-missing", what: "the sealed file of \(state.id.text) is not there",
      why: "its record says that it is kept", mend: "restore it from a backup",
      places: [Place(state.text("stored") ?? "")])
  }

  static func differs(_ state: RecordState) -> Problem {
    Problem(
      "workspace.evidence-differs",
      what: "the sealed file of \(state.id.text) is not the one that was added",
      why: "its record holds the digests of the file and of its sealed form",
      mend: "restore it from a backup", places: [Place(state.text("stored") ?? "")])
  }
}
