internal import Duties
public import Ground
public import Journal
internal import Sealing

/// Gives a log a new signing key.
///
/// The order of the steps lets a crash between any two be mended by doing it again: the next key is written beside the
/// old one, the change is noted with both keys, a checkpoint is signed with both, the description names the new key,
/// the new key takes the place of the old, and the old is destroyed.
public struct RotateSigningKey: Sendable {
  /// What came of it.
  public struct Rotated: Sendable {
    /// The workspace with the new key.
    public let workspace: OpenWorkspace
    /// The key before.
    public let from: VerifierKey
    /// The key from now on.
    public let to: VerifierKey
    /// The checkpoint that carries the signatures of both.
    public let checkpoint: PublishedCheckpoint
  }

  private let workspace: OpenWorkspace

  /// A rotation in a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// Rotates the key of a log, or finishes a rotation that was broken off.
  ///
  /// - Throws: `workspace.not-allowed`, `workspace.key-differs`, `workspace.inconsistent-journal`,
  ///   `workspace.witness-refused`, `workspace.bad-keys`, `workspace.not-written`, `store.*`.
  public func rotate(_ log: LogName) async throws(Problem) -> Rotated {
    let actor = try await workspace.authorise(.handleKeys)
    let origin = workspace.description.origin(log)
    guard let old = workspace.keys.signing[log] else { throw KeyRing.bad(workspace.folder.keys) }
    try PrivateFile.destroyReplaced(keyPath(log))
    let next = try nextKey(log)
    let from = try VerifierKey(name: origin, key: old.verifying)
    let to = try VerifierKey(name: origin, key: next.verifying)
    try await note(log, from, to, by: actor)
    let checkpoint = try await Checkpoints(workspace).publish(
      log, alsoSigning: try NoteSigner(name: origin, key: next))
    let rotated = try put(next, to, log)
    await workspace.shared.turn { $0.signing[log] = next }
    return Rotated(workspace: rotated, from: from, to: to, checkpoint: checkpoint)
  }

  // MARK: Steps

  /// The key of a rotation that was broken off, else a new one; it is on the disk before anything states it.
  private func nextKey(_ log: LogName) throws(Problem) -> SigningKey {
    let path = nextPath(log)
    if try NoteFile.bytesIfThere(path) != nil {
      guard let seed = Hex.bytes(try PrivateFile.text(path)) else { throw KeyRing.bad(path) }
      return try SigningKey(seed: seed)
    }
    let key = SigningKey()
    try PrivateFile.write(Hex.text(key.seed), to: path)
    return key
  }

  /// Notes the change, once however often it is tried.
  private func note(
    _ log: LogName, _ from: VerifierKey, _ to: VerifierKey, by actor: Actor
  ) async throws(Problem) {
    let detail = JSON.object([
      ("log", .string(log.rawValue)), ("from", .string(from.text)), ("to", .string(to.text)),
    ])
    let draft = try workspace.ownDraft(
      .operation, "signing-key-rotated",
      [("title", .string("signing key of the \(log.rawValue) log rotated")), ("detail", detail)],
      by: actor)
    _ = try await workspace.store.append([draft], idempotencyKey: "signing-key-rotated|" + to.text)
  }

  /// Lets the description name the new key, puts it in the place of the old, and destroys the old.
  private func put(
    _ next: SigningKey, _ to: VerifierKey, _ log: LogName
  ) throws(Problem) -> OpenWorkspace {
    var description = workspace.description
    if description.keys[log]?.last != to.text { description.keys[log, default: []].append(to.text) }
    try description.write(to: workspace.folder)
    try PrivateFile.replace(keyPath(log), with: nextPath(log))
    var keys = workspace.keys
    keys.signing[log] = next
    return OpenWorkspace(
      folder: workspace.folder, description: description, store: workspace.store, keys: keys,
      surroundings: workspace.surroundings, who: workspace.who)
  }

  private func keyPath(_ log: LogName) -> String { workspace.folder.keys + "/\(log.rawValue).key" }

  /// Where the next key waits; not `.key`, so that it is no key of the ring yet.
  private func nextPath(_ log: LogName) -> String {
    workspace.folder.keys + "/\(log.rawValue).next"
  }
}
