public import Ground
internal import Sealing
internal import Synchronization

/// What a witness signed last of each log, durable before anybody hears of it.
///
/// One file a log, holding the checkpoint with the signatures of log and witness; one process at a time.
/// Whoever restores the folder from an older copy makes the witness forget: keep it out of backups of the log.
/// Source: C2SP tlog-witness, add-checkpoint.
public final class WitnessFile: Sendable {
  private let witness: Witness
  /// Held from the check to the durable file, so that no two requests are decided on the same state.
  private let folder: Mutex<DurableFolder>
  private let path: String

  /// Opens the folder of a witness, and makes it when it is not there.
  ///
  /// - Throws: `journal.folder-in-use`, `journal.disk-full`, `journal.read-only`,
  ///   `journal.not-written`.
  public init(folder path: String, witness: Witness) throws(Problem) {
    self.witness = witness
    self.path = path
    folder = Mutex(try DurableFolder(path: path, mode: 0o700))
  }

  /// Decides about a request, keeps what is to be kept, and gives the reply.
  ///
  /// Waits for the disk. When keeping fails the reply is an error and nothing is signed.
  public func answer(_ body: [UInt8], now: Instant) -> WitnessReply {
    folder.withLock { folder in
      do throws(Problem) {
        let decision = try witness.decide(body, now: now) { origin throws(Problem) in
          try read(WitnessFile.name(of: origin))
        }
        switch decision {
        case .refuse(let reply): return reply
        case .cosign(let checkpoint, let reply):
          let name = WitnessFile.name(of: checkpoint.checkpoint.origin)
          try folder.write(checkpoint.bytes, to: name, mode: 0o600)
          try folder.sync()
          return reply
        }
      } catch {
        return .text(500, error.what)
      }
    }
  }

  /// The newest checkpoint of a log that was signed, by SHA-256 of its origin in hexadecimal; nil without one.
  ///
  /// - Throws: `journal.witness-state-damaged`.
  public func checkpoint(ofHash hash: String) throws(Problem) -> SignedCheckpoint? {
    for log in witness.logs where WitnessFile.name(of: log.name) == hash { return try read(hash) }
    return nil
  }

  /// The name of a log's file, and of its folder when a witness is asked for it.
  private static func name(of origin: String) -> String { Digest(of: Array(origin.utf8)).hex }

  private func read(_ name: String) throws(Problem) -> SignedCheckpoint? {
    let bytes: [UInt8]
    do {
      bytes = try FileBuffer().bytes(path + "/" + name, atMost: SignedNote.mostBytes)
    } catch .missing { return nil } catch { throw .stateDamaged(path + "/" + name, error.text) }
    do throws(Problem) {
      let kept = try SignedCheckpoint(bytes)
      _ = try kept.note.verified(by: [witness.signer.verifier])
      guard WitnessFile.name(of: kept.checkpoint.origin) == name else {
        throw .stateDamaged(path + "/" + name, "it is about another log")
      }
      return kept
    } catch { throw .stateDamaged(path + "/" + name, error.what) }
  }
}

extension Problem {
  fileprivate static func stateDamaged(_ file: String, _ why: String) -> Problem {
    Problem(
      "journal.witness-state-damaged", what: "the witness cannot read what it signed last: \(why)",
      why: "signing without knowing the last checkpoint would let a log be rolled back",
      mend: "find out who changed the file; begin again only with a new key of the witness",
      places: [Place(file)])
  }
}
