public import Ground
internal import Sealing

/// Somebody beside a log who signs its checkpoints as long as each follows from the one before.
///
/// Decides; keeps nothing itself: `WitnessFile` does.
/// Source: C2SP tlog-witness, add-checkpoint.
public struct Witness: Sendable {
  /// The key of the witness.
  public let signer: NoteSigner
  /// Keys of the logs that it knows; a log may have several.
  public let logs: [VerifierKey]

  /// A witness of some logs.
  ///
  /// - Throws: `journal.wrong-key-type`.
  public init(signer: NoteSigner, logs: [VerifierKey]) throws(Problem) {
    guard signer.verifier.type == .cosignature else { throw .wrongKeyType(signer.verifier.name) }
    for log in logs where log.type != .ed25519 { throw .wrongKeyType(log.name) }
    self.signer = signer
    self.logs = logs
  }

  /// What is answered to a request.
  public enum Decision: Hashable, Sendable {
    /// Nothing is signed.
    case refuse(WitnessReply)
    /// The checkpoint with the signatures of log and witness is kept first; only then the reply is sent.
    case cosign(SignedCheckpoint, WitnessReply)
  }

  /// Decides about a request in the order of the protocol.
  ///
  /// - Parameter latest: The checkpoint of that log that was signed last, by its origin; nil when none was.
  /// - Throws: What `latest` throws, and `sealing.not-signed`, `journal.time-needed`.
  public func decide(
    _ body: [UInt8], now: Instant, latest: (_ origin: String) throws(Problem) -> SignedCheckpoint?
  ) throws(Problem) -> Decision {
    let request: WitnessRequest
    do { request = try WitnessRequest(body: body) } catch {
      return .refuse(.text(400, error.why))
    }
    let checkpoint = request.checkpoint
    let head = checkpoint.checkpoint
    let keys = logs.filter { Spelling.same($0.name, head.origin) }
    guard !keys.isEmpty else { return .refuse(.text(404, "this log is not known here")) }
    let signed: [VerifiedSignature]
    do { signed = try checkpoint.note.verified(by: keys) } catch {
      return .refuse(.text(403, error.what))
    }
    guard request.oldSize <= head.size else {
      return .refuse(.text(400, "the old size is larger than the checkpoint's"))
    }
    let last = try latest(head.origin)?.checkpoint
    guard request.oldSize == last?.size ?? 0 else {
      return .refuse(.size(last?.size ?? 0))
    }
    if let reason = Witness.contradiction(request, last) { return .refuse(.text(422, reason)) }
    let cosignature = try signer.sign(checkpoint.note.text, at: now)
    let kept = try checkpoint.keeping(signed.map(\.key)).adding([cosignature])
    return .cosign(kept, WitnessReply(status: 200, body: Array((cosignature.line + "\n").utf8)))
  }

  /// Why a checkpoint does not follow from the last one; nil when it does.
  private static func contradiction(_ request: WitnessRequest, _ last: Checkpoint?) -> String? {
    let head = request.checkpoint.checkpoint
    if head.size == 0, head.root != TreeHash.empty {
      return "an empty log has another root"
    }
    let follows = ConsistencyProof.proves(
      from: request.oldSize, root: last?.root ?? TreeHash.empty, to: head.size, root: head.root,
      by: request.proof)
    return follows ? nil : "the checkpoint does not follow from the one signed last"
  }
}
