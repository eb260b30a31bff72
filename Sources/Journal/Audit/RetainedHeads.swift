internal import Ground
internal import Sealing

/// Compares a log with heads of it that somebody kept.
enum RetainedHeads {
  /// What the kept heads contradict.
  ///
  /// - Parameter reading: The tree as computed; nil when it is damaged, so that roots of older sizes say nothing.
  static func findings(
    _ retained: [[UInt8]], keys: [VerifierKey], head: Checkpoint, reading: TreeReading?
  ) async -> [Finding] {
    var findings: [Finding] = []
    for bytes in retained {
      let old: SignedCheckpoint
      do { old = try SignedCheckpoint(bytes) } catch {
        findings.append(
          Finding(
            "retained-unreadable", file: "checkpoint",
            what: "A head that was kept is not a signed checkpoint: \(error.why)."))
        continue
      }
      guard keys.contains(where: { key in (try? old.verify(log: key)) != nil }) else {
        findings.append(
          Finding(
            "retained-signature", file: "checkpoint",
            what: "A head that was kept, of “\(old.checkpoint.origin)” with \(old.checkpoint.size)"
              + " entries, is not signed by this log: if its key was replaced since, give the earlier one too."
          ))
        continue
      }
      findings += await compare(old.checkpoint, head, reading)
    }
    return findings
  }

  private static func compare(
    _ old: Checkpoint, _ head: Checkpoint, _ reading: TreeReading?
  ) async -> [Finding] {
    if old.size > head.size {
      return [
        Finding(
          "rolled-back", file: "checkpoint", expected: "at least \(old.size) entries",
          actual: "\(head.size) entries",
          what: "The log signed \(old.size) entries earlier and shows only \(head.size) here.")
      ]
    }
    if old.size == head.size {
      guard old.root != head.root else { return [] }
      return [
        Finding(
          "split-view", file: "checkpoint", expected: old.root.hex, actual: head.root.hex,
          what: "The log signed two different roots for \(old.size) entries:"
            + " it shows different histories to different people.")
      ]
    }
    guard let reading else { return [] }
    let source = HashSource { level, index, count in
      reading.hashes(level: level, from: index, count: count)
    }
    let root = try? await ConsistencyProof.root(size: old.size, source: source)
    guard root != old.root else { return [] }
    return [
      Finding(
        "rewritten", file: "checkpoint", expected: old.root.hex, actual: root?.hex,
        what: "The first \(old.size) entries are not those that the log signed earlier:"
          + " at least one of them was changed, and the log was signed anew.")
    ]
  }
}
