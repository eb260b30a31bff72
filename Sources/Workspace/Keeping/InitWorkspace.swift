public import Duties
internal import FoundationEssentials
public import Ground
internal import Journal
internal import Sealing

/// The use case behind `init`: a folder with keys, a store and the provider's profile.
public enum InitWorkspace {
  /// Makes the folder, its keys and its description; the store is opened by the caller afterwards.
  ///
  /// - Throws: `workspace.not-empty` when something lies there, `workspace.not-written`, `journal.bad-key-name`.
  public static func prepare(
    _ folder: WorkspaceFolder, origin: String?, now: Instant
  ) throws(Problem) -> (WorkspaceDescription, KeyRing) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard names.isEmpty else {
      throw Problem(
        "workspace.not-empty",
        what: folder.exists
          ? "there is a workspace at \(folder.path) already" : "\(folder.path) is not empty",
        why: "a workspace begins in a folder of its own, and nothing is overwritten",
        mend: "choose another folder", places: [Place(folder.path)])
    }
    try PrivateFile.makeFolder(folder.path)
    try PrivateFile.makeFolder(folder.evidence)
    try PrivateFile.makeFolder(folder.heads)
    let keys = KeyRing.made()
    try keys.write(to: folder)
    let name = origin ?? "systemic-" + RandomText.key(length: 12)
    var description = WorkspaceDescription(origin: name, made: now, keys: [:])
    for (log, key) in keys.signing {
      description.keys[log] = [
        try VerifierKey(name: description.origin(log), key: key.verifying).text
      ]
    }
    try description.write(to: folder)
    return (description, keys)
  }

  /// Writes the first records: what was made, and the provider.
  ///
  /// - Throws: `duties.*`, `store.*`.
  public static func begin(
    _ workspace: OpenWorkspace, provider: [(String, JSON)]
  ) async throws(Problem) -> RecordState {
    let vkeys = LogName.allCases.map { log in
      (log.rawValue, JSON(workspace.description.keys[log] ?? []))
    }
    try await workspace.noteOperation(
      "workspace-made", "workspace made", detail: .object([("keys", .object(vkeys))]))
    return try await workspace.record(
      RecordCommand(
        .provider, nil,
        Change(
          "provider-registered", set: provider, effective: .day(workspace.surroundings.today))))
  }
}

extension WorkspaceDescription {
  /// Writes the description whole or not at all.
  func write(to folder: WorkspaceFolder) throws(Problem) {
    try PrivateFile.write(json.pretty + "\n", to: folder.description)
  }
}
