public import Ground
public import Journal
internal import Sealing

/// The heads of the journal's logs, signed: what outsiders hold against us.
///
/// A checkpoint is signed only when it follows from everything that was signed before, and it is kept in the store
/// before anybody sees it.
public struct Checkpoints: Sendable {
  let workspace: OpenWorkspace

  /// The heads of a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// Signs the head of a log, keeps it, and asks the trusted witnesses for their signatures.
  ///
  /// When nothing was added since the newest checkpoint, that one is given again. It signs with the key that lies on the
  /// disk now.
  /// - Parameter asksAgain: Whether witnesses that signed it already are asked too, so that a workspace that was put back
  ///   whole is noticed before it grows.
  /// - Throws: `workspace.inconsistent-journal`, `workspace.key-differs`, `workspace.witness-refused`,
  ///   `workspace.not-allowed`, `journal.*`, `store.*`, `workspace.not-written`.
  @discardableResult
  public func publish(
    _ log: LogName, asksAgain: Bool = false
  ) async throws(Problem) -> PublishedCheckpoint {
    try await Checkpoints(current()).publish(log, alsoSigning: nil, asksAgain: asksAgain)
  }

  /// The workspace with its keys as they lie on the disk: another process may have rotated one or trusted a witness.
  private func current() throws(Problem) -> OpenWorkspace {
    let description = try WorkspaceDescription(workspace.folder)
    guard description != workspace.description else { return workspace }
    return OpenWorkspace(
      folder: workspace.folder, description: description, store: workspace.store,
      keys: try KeyRing(workspace.folder), surroundings: workspace.surroundings,
      who: workspace.who)
  }

  /// Signs the heads of all logs.
  @discardableResult
  public func publishAll() async throws(Problem) -> [PublishedCheckpoint] {
    var published: [PublishedCheckpoint] = []
    for log in LogName.allCases { published.append(try await publish(log)) }
    return published
  }

  /// The newest checkpoint as it was published; nil before the first.
  ///
  /// - Throws: `journal.*` when it cannot be read, `store.*`.
  public func newest(_ log: LogName) async throws(Problem) -> SignedCheckpoint? {
    guard let stored = try await workspace.store.checkpoint(log, atMost: .max) else { return nil }
    return try SignedCheckpoint(stored.note)
  }

  /// Signs with a second key too, where one follows another.
  func publish(
    _ log: LogName, alsoSigning next: NoteSigner?, asksAgain: Bool = false
  ) async throws(Problem) -> PublishedCheckpoint {
    try await workspace.authorise(.verify)
    let trust = try LogKeys(log, of: workspace.description)
    let head = try CompactRange(await workspace.store.head(log))
    let newest = try await newest(log)
    try await check(head, extends: newest, trust, log)
    var checkpoint: SignedCheckpoint
    if let newest, newest.checkpoint.size == head.size {
      checkpoint = newest
    } else {
      let signer = try signer(log, trust, after: newest, isRotating: next != nil)
      checkpoint = try SignedCheckpoint(size: head.size, root: head.root, signer: signer)
    }
    if let next {
      let signature = try next.sign(checkpoint.note.text)
      checkpoint = try SignedCheckpoint(checkpoint.note.adding(signature).bytes)
    }
    if checkpoint.bytes != newest?.bytes { try await keep(checkpoint, log) }
    let asked = try await Witnesses(workspace, log, trust).cosign(
      checkpoint, asksAgain: asksAgain)
    if asked.checkpoint.bytes != checkpoint.bytes { try await keep(asked.checkpoint, log) }
    try writeHead(asked.checkpoint, log)
    return PublishedCheckpoint(
      log: log, signed: asked.checkpoint, cosignatures: asked.cosignatures,
      unreached: asked.unreached)
  }

  /// Writes the files in `heads/` again where a crash left them behind the store.
  ///
  /// - Throws: `journal.*`, `store.*`, `workspace.not-written`.
  public func settleHeads() async throws(Problem) {
    for log in LogName.allCases {
      guard let newest = try await newest(log) else { continue }
      guard let bytes = try NoteFile.bytesIfThere(workspace.folder.head(log)) else {
        try writeHead(newest, log)
        continue
      }
      // A file that is ahead of the store, or of another history, is left as evidence for `verify`.
      let file = try SignedCheckpoint(bytes)
      let known = try await workspace.store.checkpoint(log, atMost: file.checkpoint.size)
      guard let known, try SignedCheckpoint(known.note).note.text == file.note.text else {
        continue
      }
      try writeHead(newest, log)
    }
  }

  // MARK: Keeping

  private func keep(_ checkpoint: SignedCheckpoint, _ log: LogName) async throws(Problem) {
    try await workspace.store.keep(
      StoredCheckpoint(size: checkpoint.checkpoint.size, note: checkpoint.bytes), of: log)
  }

  private func writeHead(_ checkpoint: SignedCheckpoint, _ log: LogName) throws(Problem) {
    let path = workspace.folder.head(log)
    guard try NoteFile.bytesIfThere(path) != checkpoint.bytes else { return }
    try PrivateFile.write(checkpoint.bytes, to: path)
  }

  // MARK: Signing

  private func signer(
    _ log: LogName, _ trust: LogKeys, after newest: SignedCheckpoint?, isRotating: Bool
  ) throws(Problem) -> NoteSigner {
    guard let key = workspace.keys.signing[log] else {
      throw Problem(
        "workspace.bad-keys", what: "the signing key of the \(log.rawValue) log is not here",
        why: "only whoever has it can sign checkpoints",
        mend: "restore the keys from the recovery file: systemic key import FILE")
    }
    let signer = try NoteSigner(name: trust.origin, key: key)
    // While a key is replaced the description may name the next one already.
    let isCurrent =
      isRotating ? trust.keys.contains(signer.verifier) : trust.keys.last == signer.verifier
    // A process that was open while another rotated the key does not know the new one.
    let isKnown =
      newest?.note.signatures.allSatisfy { line in
        !line.name.utf8.elementsEqual(trust.origin.utf8) || trust.keys.contains { $0.names(line) }
      } ?? true
    guard isCurrent, isKnown else {
      throw Problem(
        "workspace.key-differs",
        what:
          "the signing key of the \(log.rawValue) log is not the one that systemic.json names last",
        why: "a checkpoint that nobody can verify is worth nothing",
        mend: "finish the rotation with: systemic key rotate-signing \(log.rawValue); "
          + "open the workspace again; or restore keys and systemic.json from the same backup")
    }
    return signer
  }

  // MARK: Never signing what does not follow

  private func check(
    _ head: CompactRange, extends newest: SignedCheckpoint?, _ trust: LogKeys, _ log: LogName
  ) async throws(Problem) {
    var earlier: [(SignedCheckpoint, String)] = []
    if let newest { earlier.append((newest, "the newest checkpoint in the store")) }
    let path = workspace.folder.head(log)
    if let bytes = try NoteFile.bytesIfThere(path), bytes != newest?.bytes {
      earlier.append((try SignedCheckpoint(bytes), path))
    }
    for (signed, place) in earlier {
      _ = try trust.verified(signed)
      let old = signed.checkpoint
      guard old.size <= head.size else {
        throw Checkpoints.inconsistent(
          log, "\(place) covers \(old.size) entries, and the store holds \(head.size)")
      }
      let source = workspace.store.hashes(of: log)
      let proof = try await ConsistencyProof.hashes(from: old.size, to: head.size, source: source)
      guard
        ConsistencyProof.proves(
          from: old.size, root: old.root, to: head.size, root: head.root, by: proof)
      else {
        throw Checkpoints.inconsistent(
          log, "the \(head.size) entries of the store do not begin with the \(old.size) of \(place)"
        )
      }
    }
  }

  private static func inconsistent(_ log: LogName, _ what: String) -> Problem {
    Problem(
      "workspace.inconsistent-journal", what: "the \(log.rawValue) log is not signed: " + what,
      why:
        "a log only grows; two heads that do not follow each other would prove that it was rewritten",
      mend: "stop writing; run systemic journal verify, and restore the newest backup")
  }
}

extension OpenWorkspace {
  /// Signs the heads of all logs that grew, in the name of the program.
  ///
  /// - Throws: what `Checkpoints.publish` throws.
  @discardableResult
  public func publishCheckpoints() async throws(Problem) -> [PublishedCheckpoint] {
    try await Checkpoints(acting(as: .system)).publishAll()
  }
}

/// A checkpoint that was signed, kept and may be shown.
public struct PublishedCheckpoint: Sendable {
  /// The log.
  public let log: LogName
  /// The signed note.
  public let signed: SignedCheckpoint
  /// The good signatures of trusted witnesses that it carries.
  public let cosignatures: [VerifiedSignature]
  /// Witnesses that did not answer: the checkpoint stands without them.
  public let unreached: [Problem]

  /// Entries that it covers.
  public var size: Int { signed.checkpoint.size }
  /// The root over them, in hexadecimal.
  public var root: String { signed.checkpoint.root.hex }
}

extension RecordStore {
  /// The hashes of a log for proofs.
  func hashes(of log: LogName) -> HashSource {
    HashSource { level, index, count throws(Problem) in
      try await self.hashes(log, level: level, from: index, count: count)
    }
  }
}
