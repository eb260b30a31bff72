import Duties
import Ground
import Synchronization

/// A store whose next append or erasure fails, before or after it was done.
final class FailingStore: RecordStore {
  struct Failure: Sendable {
    var problem: Problem
    var isDone = false
    /// How many appends are let through before.
    var after = 0
  }

  private let store: any RecordStore
  private let failure = Mutex<Failure?>(nil)
  private let rowsRead = Mutex<[String: Int]>([:])

  init(_ store: any RecordStore) { self.store = store }

  func failNext(_ code: String, isDone: Bool = false, after: Int = 0) {
    failure.withLock {
      $0 = Failure(problem: Problem(code, what: "made to fail"), isDone: isDone, after: after)
    }
  }

  private func next() -> Failure? {
    failure.withLock { failure in
      guard failure?.after ?? 0 == 0 else {
        failure?.after -= 1
        return nil
      }
      defer { failure = nil }
      return failure
    }
  }

  func append(_ drafts: [Draft], idempotencyKey: String?) async throws(Problem) -> [Receipt] {
    let failure = next()
    if let failure, !failure.isDone { throw failure.problem }
    let receipts = try await store.append(drafts, idempotencyKey: idempotencyKey)
    if let failure { throw failure.problem }
    return receipts
  }

  func erase(_ records: [RecordID], recording drafts: [Draft]) async throws(Problem) -> [Receipt] {
    let failure = next()
    if let failure, !failure.isDone { throw failure.problem }
    let receipts = try await store.erase(records, recording: drafts)
    if let failure { throw failure.problem }
    return receipts
  }

  func head(_ log: LogName) async throws(Problem) -> StoredHead { try await store.head(log) }

  func entries(
    _ log: LogName, from index: Int, limit: Int
  ) async throws(Problem) -> [StoredEntry] {
    try await store.entries(log, from: index, limit: limit)
  }

  func history(_ record: RecordID) async throws(Problem) -> [StoredEntry] {
    try await store.history(record)
  }

  /// How many records of a kind were read so far, one by one or in pages.
  func read(_ kind: RecordKind) -> Int { rowsRead.withLock { $0[kind.name] ?? 0 } }

  func record(_ id: RecordID) async throws(Problem) -> StoredRecord? {
    rowsRead.withLock { $0[id.kind, default: 0] += 1 }
    return try await store.record(id)
  }

  func records(
    kind: String?, after: RecordID?, limit: Int
  ) async throws(Problem) -> [StoredRecord] {
    let rows = try await store.records(kind: kind, after: after, limit: limit)
    rowsRead.withLock { read in for row in rows { read[row.id.kind, default: 0] += 1 } }
    return rows
  }

  func hashes(
    _ log: LogName, level: Int, from index: Int, count: Int
  ) async throws(Problem) -> [[UInt8]] {
    try await store.hashes(log, level: level, from: index, count: count)
  }

  func keep(_ checkpoint: StoredCheckpoint, of log: LogName) async throws(Problem) {
    try await store.keep(checkpoint, of: log)
  }

  func checkpoint(
    _ log: LogName, atMost size: Int
  ) async throws(Problem) -> StoredCheckpoint? { try await store.checkpoint(log, atMost: size) }

  func checkpoints(_ log: LogName) async throws(Problem) -> [StoredCheckpoint] {
    try await store.checkpoints(log)
  }

  func rewrap(_ keys: [RecordID: WrappedKey]) async throws(Problem) { try await store.rewrap(keys) }

  func cache(_ states: [StoredRecord]) async throws(Problem) { try await store.cache(states) }

  func copy(to path: String) async throws(Problem) { try await store.copy(to: path) }

  func grown(_ log: LogName, beyond size: Int) async throws(Problem) -> Int {
    try await store.grown(log, beyond: size)
  }

  func faults() async throws(Problem) -> [StoreFault] { try await store.faults() }

  func close() async { await store.close() }
}
