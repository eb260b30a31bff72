public import Ground
public import Journal
internal import Sealing

/// Which entry of a log is meant: by its index, or by the record that it changed.
public enum EntryName: Sendable, Hashable {
  /// The index, from 0.
  case index(Int)
  /// The entry that made a version of a record; nil means its newest.
  case record(RecordID, version: Int?)

  /// Reads `123`, `model/k3v9qz7d2m5x` or `model/k3v9qz7d2m5x@2`.
  ///
  /// - Throws: `workspace.bad-entry-name`.
  public init(_ text: String) throws(Problem) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if let index = Int(text), index >= 0 {
      self = .index(index)
    } else if let id = parts.first.flatMap({ RecordID(String($0)) }), parts.count == 1 {
      self = .record(id, version: nil)
    } else if let id = parts.first.flatMap({ RecordID(String($0)) }), let version = Int(parts[1]),
      version > 0
    {
      self = .record(id, version: version)
    } else {
      throw Problem(
        "workspace.bad-entry-name", what: "“\(text.prefix(100))” does not name an entry",
        why: "an entry is named by its index, or by its record and version",
        mend: "for example: 123, model/k3v9qz7d2m5x, model/k3v9qz7d2m5x@2")
    }
  }
}

/// An entry with the proof that it is in its log.
public struct ProvenEntry: Sendable {
  /// The log.
  public let log: LogName
  /// The proof with the signed checkpoint: what a file `.tlog-proof` holds.
  public let proof: TlogProof
  /// The bytes of the entry.
  public let entry: [UInt8]
  /// The key that verifies the checkpoint.
  public let key: VerifierKey
  /// Keys of witnesses whose signatures the checkpoint carries.
  public let witnesses: [VerifierKey]

  /// The name under which the proof is kept unless another is given.
  public var fileName: String { "\(log.rawValue)-\(proof.index).tlog-proof" }

  /// Writes the proof, and the bytes of the entry beside it where they are wanted.
  ///
  /// - Returns: The file of the entry.
  /// - Throws: `workspace.not-written`.
  @discardableResult
  public func write(to path: String, withEntry: Bool) throws(Problem) -> String? {
    try NoteFile.write(proof.bytes, to: path)
    guard withEntry else { return nil }
    let file = path + ".entry"
    try NoteFile.write(entry, to: file)
    return file
  }
}

/// Makes proofs that outsiders check without us.
public struct ProveEntry: Sendable {
  private let workspace: OpenWorkspace

  /// Proofs from a workspace.
  public init(_ workspace: OpenWorkspace) { self.workspace = workspace }

  /// The proof of an entry under the newest checkpoint.
  ///
  /// - Parameter log: Where an index counts; a record names its log itself.
  /// - Throws: `workspace.not-covered` when no checkpoint covers it yet, `workspace.unknown-record`,
  ///   `journal.no-such-entry`, `workspace.inconsistent-journal` when proof and checkpoint do not fit,
  ///   `workspace.not-allowed`, `store.*`.
  public func proof(
    of name: EntryName, in log: LogName = .regulatory
  ) async throws(Problem) -> ProvenEntry {
    try await workspace.authorise(.verify)
    let (log, stored) = try await entry(name, log)
    let trust = try LogKeys(log, of: workspace.description)
    guard let checkpoint = try await Checkpoints(workspace).newest(log),
      checkpoint.checkpoint.size > stored.index
    else {
      throw Problem(
        "workspace.not-covered",
        what: "entry \(stored.index) of the \(log.rawValue) log is not covered by a checkpoint yet",
        why: "a proof leads to a signed root", mend: "sign one with: systemic journal checkpoint")
    }
    let signers = try trust.verified(checkpoint)
    let hashes = try await InclusionProof.hashes(
      of: stored.index, size: checkpoint.checkpoint.size, from: workspace.store.hashes(of: log))
    let key = trust.keys[signers.keys.last ?? 0]
    let witnesses = signers.cosignatures.map(\.key)
    let proof = TlogProof(index: stored.index, hashes: hashes, checkpoint: checkpoint)
    do { try proof.verify(entry: stored.entry, log: key, witnesses: witnesses) } catch {
      throw Problem(
        "workspace.inconsistent-journal",
        what: "entry \(stored.index) of the \(log.rawValue) log cannot be proven: \(error.what)",
        why: "the store no longer leads to the root that was signed",
        mend: "run systemic journal verify, and restore the newest backup")
    }
    return ProvenEntry(
      log: log, proof: proof, entry: stored.entry, key: key, witnesses: witnesses)
  }

  private func entry(
    _ name: EntryName, _ log: LogName
  ) async throws(Problem) -> (LogName, StoredEntry) {
    switch name {
    case .index(let index):
      guard let entry = try await workspace.store.entries(log, from: index, limit: 1).first,
        entry.index == index
      else {
        let size = try await workspace.store.head(log).size
        throw Problem(
          "journal.no-such-entry",
          what: "there is no entry \(index) in the \(log.rawValue) log, which has \(size)",
          why: "entries are counted from 0", mend: "list them with: systemic journal log")
      }
      return (log, entry)
    case .record(let id, let version):
      guard let record = try await workspace.store.record(id) else {
        throw Problem(
          "workspace.unknown-record", what: "there is no \(id.text)",
          why: "the name was never given in this workspace",
          mend: "look for it with: systemic search WORDS")
      }
      let wanted = version ?? record.version
      let history = try await workspace.store.history(id)
      guard let entry = history.first(where: { $0.version == wanted }) else {
        throw Problem(
          "workspace.unknown-record",
          what: "\(id.text) has \(history.count) versions, and none is \(wanted)",
          why: "versions are counted from 1",
          mend: "list them with: systemic journal log --record \(id.text)")
      }
      return (record.log, entry)
    }
  }
}
