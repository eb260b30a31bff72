internal import FoundationEssentials
internal import Ground
internal import Journal
internal import Sealing

/// The signed checkpoints that lie beside a journal, checked against its entries.
struct SignedHeads: Sendable {
  private let folder: String
  private let description: WorkspaceDescription

  init(_ folder: String, _ description: WorkspaceDescription) {
    self.folder = folder
    self.description = description
  }

  /// What the entries of a log say, and whether its head is signed.
  struct Found: Sendable {
    /// The tree over all entries, computed anew.
    var tree: CompactRange
    /// Whether a checkpoint over a part of the log or all of it is signed by a key of the workspace.
    var isSigned: Bool
    /// The first thing that does not fit.
    var problem: Problem?
  }

  /// Computes the tree of a log anew, and compares it with what is stored and with what was signed.
  ///
  /// - Throws: `store.*`, `ground.file-*`.
  func check(_ log: LogName, in store: any RecordStore) async throws(Problem) -> Found {
    var problem: Problem?
    var checkpoint: Checkpoint?
    do { checkpoint = try signed(log) } catch { problem = error }
    let proof = try await LogProof(store, log, at: Set([checkpoint?.size].compactMap { $0 }))
    let head = try await store.head(log)
    if let wrong = proof.wrong {
      problem = problem ?? SignedHeads.damaged(log, "entry \(wrong) is not the one that was hashed")
    } else if proof.tree.head != head {
      problem = problem ?? SignedHeads.damaged(log, "the stored head is not that of its entries")
    } else if let checkpoint, proof.roots[checkpoint.size] != checkpoint.root {
      problem =
        problem
        ?? SignedHeads.damaged(
          log, "it is not the log whose first \(checkpoint.size) entries were signed")
    }
    return Found(
      tree: proof.tree, isSigned: checkpoint != nil && problem == nil, problem: problem)
  }

  /// The checkpoint beside the journal, its signature checked; nil where none lies there.
  private func signed(_ log: LogName) throws(Problem) -> Checkpoint? {
    let path = folder + "/" + log.rawValue
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let signed = try SignedCheckpoint(Array(try TextFile.read(path).utf8))
    var last: Problem?
    // The key may have been changed since; each was the log's once.
    for key in (description.keys[log] ?? []).reversed() {
      do {
        try signed.verify(log: try VerifierKey(key))
        return signed.checkpoint
      } catch { last = error }
    }
    throw last ?? SignedHeads.damaged(log, "systemic.json names no key that signs it")
  }

  private static func damaged(_ log: LogName, _ why: String) -> Problem {
    Problem(
      "workspace.log-differs", what: "the \(log.rawValue) log was changed", why: why,
      mend: "use another backup", places: [Place(log.rawValue)])
  }
}
