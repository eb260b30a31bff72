public import Ground
internal import Duties

/// A backup as the operational log knows it.
public struct KnownBackup: Sendable, Equatable {
  /// Its name, which stays the same when it is brought up to date.
  public let name: String
  /// Where it was written.
  public let place: String
  /// When it was last written or refreshed.
  public let written: Instant
  /// The epochs under which its keys are wrapped.
  public let epochs: [Int]

  func precedes(_ other: KnownBackup) -> Bool {
    (epochs.max() ?? 0, written) < (other.epochs.max() ?? 0, other.written)
  }

  var json: JSON {
    .object([
      ("name", .string(name)), ("place", .string(place)), ("written", .string(written.utc)),
      ("epochs", .array(epochs.map { .int($0) })),
    ])
  }
}

/// A recovery file as the operational log knows it.
public struct KnownRecoveryFile: Sendable, Equatable {
  /// Its number, from 1.
  public let number: Int
  /// Where it was written.
  public let place: String
  /// When it was written.
  public let written: Instant
  /// The epochs whose keys it holds.
  public let epochs: [Int]

  var json: JSON {
    .object([
      ("number", .int(number)), ("place", .string(place)), ("written", .string(written.utc)),
      ("epochs", .array(epochs.map { .int($0) })),
    ])
  }
}

/// The backups and recovery files that were ever written, as far as this workspace knows.
struct KnownCopies: Sendable {
  var backups: [KnownBackup] = []
  var recoveryFiles: [KnownRecoveryFile] = []

  /// Reads what was done; of a backup at one place the latest counts: epochs only rise, and two times may be in the
  /// same second.
  init(_ operations: [RecordState]) {
    var newest: [String: KnownBackup] = [:]
    for operation in operations {
      guard let detail = operation.fields["detail"] else { continue }
      let place = operation.text("place") ?? ""
      let epochs = KnownCopies.epochs(detail)
      if operation.happened["key-exported"] != nil, case .int(let number) = detail["number"] {
        recoveryFiles.append(
          KnownRecoveryFile(
            number: number, place: place, written: operation.begun, epochs: epochs))
      }
      if operation.happened["backup-made"] != nil || operation.happened["backup-refreshed"] != nil,
        let name = detail["backup"]?.text
      {
        let backup = KnownBackup(
          name: name, place: place, written: operation.begun, epochs: epochs)
        let known = newest[name + "|" + place]
        if known.map({ $0.precedes(backup) }) ?? true { newest[name + "|" + place] = backup }
      }
    }
    recoveryFiles.sort { $0.number < $1.number }
    backups = newest.values.sorted { ($0.written, $0.name) < ($1.written, $1.name) }
  }

  /// Those with keys of epochs before this one.
  func older(than epoch: Int) -> KnownCopies {
    var copies = self
    copies.backups = backups.filter { $0.epochs.contains { $0 < epoch } }
    copies.recoveryFiles = recoveryFiles.filter { $0.epochs.contains { $0 < epoch } }
    return copies
  }

  private static func epochs(_ detail: JSON) -> [Int] {
    guard case .array(let values) = detail["epochs"] else { return [] }
    return values.compactMap { if case .int(let epoch) = $0 { epoch } else { nil } }
  }
}

extension OpenWorkspace {
  /// What the operational log knows of backups and recovery files.
  func knownCopies() async throws(Problem) -> KnownCopies {
    KnownCopies(try await everyState(.operation))
  }
}
