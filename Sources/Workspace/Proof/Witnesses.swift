internal import Ground
internal import Journal

/// The witnesses that a workspace trusts and knows where to find, asked for their signatures.
struct Witnesses {
  private let workspace: OpenWorkspace
  private let log: LogName
  private let trust: LogKeys

  init(_ workspace: OpenWorkspace, _ log: LogName, _ trust: LogKeys) {
    self.workspace = workspace
    self.log = log
    self.trust = trust
  }

  /// A checkpoint with the signatures of those that answered.
  struct Answer {
    var checkpoint: SignedCheckpoint
    var cosignatures: [VerifiedSignature]
    var unreached: [Problem]
  }

  /// Asks each witness that has not signed the checkpoint yet, or all.
  ///
  /// - Throws: `workspace.witness-refused`, which tells of a rollback or a split view; `store.*`.
  func cosign(
    _ checkpoint: SignedCheckpoint, asksAgain: Bool
  ) async throws(Problem) -> Answer {
    var answer = Answer(
      checkpoint: checkpoint, cosignatures: try trust.verified(checkpoint).cosignatures,
      unreached: [])
    for witness in trust.witnesses {
      let hasSigned = answer.cosignatures.contains { $0.key == witness }
      guard asksAgain || !hasSigned, let url = workspace.description.witnessURLs[witness.text]
      else { continue }
      let address = try WitnessAddress(url)
      let client = WitnessClient(port: address.port, prefix: address.prefix, witness: witness)
      do {
        let size = hasSigned ? checkpoint.checkpoint.size : try await lastSize(witness, checkpoint)
        let cosigned = try await client.cosign(
          answer.checkpoint, oldSize: size, source: workspace.store.hashes(of: log))
        // The first signature says earliest that the witness saw it.
        if hasSigned { continue }
        answer.checkpoint = cosigned
        answer.cosignatures = try trust.verified(answer.checkpoint).cosignatures
      } catch {
        switch error.code {
        case "journal.witness-ahead", "journal.witness-contradicts":
          throw refused(witness, checkpoint, error)
        // One that is away, or was not told a key, says nothing against the log.
        case "journal.witness-unreachable", "journal.witness-refused", "journal.bad-reply",
          "journal.bad-signature", "journal.unsigned", "journal.bad-note":
          answer.unreached.append(error)
        default: throw error
        }
      }
    }
    return answer
  }

  /// The size that a witness is believed to have signed last; it corrects a wrong one.
  private func lastSize(
    _ witness: VerifierKey, _ checkpoint: SignedCheckpoint
  ) async throws(Problem) -> Int {
    var size = checkpoint.checkpoint.size
    // A few steps back are enough: a wrong guess costs one more question.
    for _ in 0..<4 {
      guard size > 0,
        let kept = try await workspace.store.checkpoint(log, atMost: size - 1)
      else { return 0 }
      let note = try SignedCheckpoint(kept.note)
      if (try? note.note.verified(by: [witness])) != nil { return kept.size }
      size = kept.size
    }
    return 0
  }

  private func refused(
    _ witness: VerifierKey, _ checkpoint: SignedCheckpoint, _ problem: Problem
  ) -> Problem {
    Problem(
      "workspace.witness-refused",
      what: "the witness “\(witness.name)” does not sign the \(log.rawValue) log at "
        + "\(checkpoint.checkpoint.size) entries: \(problem.what)",
      why: problem.code == "journal.witness-ahead"
        ? "a rollback: the witness saw more entries than there are now"
        : "a rollback or a split view: the witness saw another history of this log",
      mend: problem.mend)
  }
}
