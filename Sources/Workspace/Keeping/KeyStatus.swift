internal import Duties
public import Ground
internal import Journal
internal import Sealing

/// Which keys a workspace has, and where copies of them are; shows no secret.
public struct KeyStatus: Sendable {
  /// The public key of each log, and whether the key that signs is there and fits.
  public let signing: [(log: LogName, key: String, fits: Bool)]
  /// Each epoch that is there or needed: whether its key is there, and how many records it opens.
  public let epochs: [(epoch: Int, isHere: Bool, records: Int)]
  /// The recovery files ever written.
  public let recoveryFiles: [KnownRecoveryFile]
  /// The backups ever written.
  public let backups: [KnownBackup]
  /// Whether an erasure has to be finished.
  public let isUnfinished: Bool

  /// Whether a recovery file opens the keys of today.
  public var hasRecoveryFile: Bool {
    let newest = epochs.map(\.epoch).max() ?? 0
    return recoveryFiles.contains { $0.epochs.contains(newest) }
  }

  /// As JSON.
  public var json: JSON {
    .object([
      (
        "signing",
        .array(
          signing.map {
            .object([
              ("log", .string($0.log.rawValue)), ("key", .string($0.key)), ("fits", .bool($0.fits)),
            ])
          })
      ),
      (
        "epochs",
        .array(
          epochs.map {
            .object([
              ("epoch", .int($0.epoch)), ("here", .bool($0.isHere)), ("records", .int($0.records)),
            ])
          })
      ),
      ("recovery_files", .array(recoveryFiles.map(\.json))),
      ("backups", .array(backups.map(\.json))), ("unfinished", .bool(isUnfinished)),
      ("has_recovery_file", .bool(hasRecoveryFile)),
    ])
  }
}

extension OpenWorkspace {
  /// Which keys there are, and where copies of them are.
  ///
  /// - Throws: `workspace.not-allowed`, `store.*`.
  public func keyStatus() async throws(Problem) -> KeyStatus {
    try await authorise(.handleKeys)
    let ring = keys
    var signing: [(log: LogName, key: String, fits: Bool)] = []
    for log in LogName.allCases {
      let named = description.keys[log]?.last ?? ""
      let own = try ring.signing[log].map { key throws(Problem) in
        try VerifierKey(name: description.origin(log), key: key.verifying).text
      }
      signing.append((log, named, own == named))
    }
    let used = try await store.epochs()
    let copies = try await knownCopies()
    return KeyStatus(
      signing: signing,
      epochs: Set(ring.epochs.keys).union(used.keys).sorted().map {
        ($0, ring.epochs[$0] != nil, used[$0] ?? 0)
      }, recoveryFiles: copies.recoveryFiles, backups: copies.backups,
      isUnfinished: hasUnfinishedEpoch)
  }
}
