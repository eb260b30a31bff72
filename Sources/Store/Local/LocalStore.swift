internal import Glibc
public import Ground
internal import Synchronization

/// A store that another process of the same user holds: reads the file beside it, writes through its local socket.
public final class LocalStore: RecordStore {
  private let reader: SQLiteStore
  /// Guards the connection: one request at a time.
  private let socket: Mutex<LocalSocket>

  /// Connects to the process that holds a store; nil when none listens.
  ///
  /// - Throws: as opening the store for reading.
  public init?(path: String, socket: String) throws(Problem) {
    guard let connection = LocalSocket.connected(to: socket) else { return nil }
    guard connection.isOwn else {
      connection.close()
      return nil
    }
    self.socket = Mutex(connection)
    reader = try SQLiteStore(path: path, access: .readOnly)
  }

  private func ask(_ message: LocalMessage) throws(Problem) -> [Receipt] {
    let answer = socket.withLock { socket -> LocalAnswer? in
      guard socket.send(message.json) else { return nil }
      return socket.receive().flatMap { LocalAnswer($0) }
    }
    switch answer {
    case .receipts(let receipts): return receipts
    case .problem(let problem): throw problem
    case nil:
      throw Problem(
        "store.server-gone", what: "the server that holds the workspace did not answer",
        why: "it ended, or the message was too large; what was asked may or may not have been done",
        mend: "look whether it was done, then do it again")
    }
  }

  public func append(
    _ drafts: [Draft], idempotencyKey: String?
  ) async throws(Problem) -> [Receipt] {
    try ask(.append(drafts, key: idempotencyKey))
  }

  public func erase(
    _ records: [RecordID], recording drafts: [Draft]
  ) async throws(Problem) -> [Receipt] {
    try ask(.erase(records, drafts))
  }

  public func keep(_ checkpoint: StoredCheckpoint, of log: LogName) async throws(Problem) {
    _ = try ask(.keep(checkpoint, log))
  }

  public func rewrap(_ keys: [RecordID: WrappedKey]) async throws(Problem) {
    _ = try ask(.rewrap(keys))
  }

  public func cache(_ states: [StoredRecord]) async throws(Problem) {
    _ = try ask(.cache(states))
  }

  public func faults() async throws(Problem) -> [StoreFault] { try await reader.faults() }

  public func head(_ log: LogName) async throws(Problem) -> StoredHead {
    try await reader.head(log)
  }

  public func entries(
    _ log: LogName, from index: Int, limit: Int
  ) async throws(Problem) -> [StoredEntry] {
    try await reader.entries(log, from: index, limit: limit)
  }

  public func history(_ record: RecordID) async throws(Problem) -> [StoredEntry] {
    try await reader.history(record)
  }

  public func record(_ id: RecordID) async throws(Problem) -> StoredRecord? {
    try await reader.record(id)
  }

  public func records(
    kind: String?, after: RecordID?, limit: Int
  ) async throws(Problem) -> [StoredRecord] {
    try await reader.records(kind: kind, after: after, limit: limit)
  }

  public func hashes(
    _ log: LogName, level: Int, from index: Int, count: Int
  ) async throws(Problem) -> [[UInt8]] {
    try await reader.hashes(log, level: level, from: index, count: count)
  }

  public func checkpoint(
    _ log: LogName, atMost size: Int
  ) async throws(Problem) -> StoredCheckpoint? {
    try await reader.checkpoint(log, atMost: size)
  }

  public func checkpoints(_ log: LogName) async throws(Problem) -> [StoredCheckpoint] {
    try await reader.checkpoints(log)
  }

  public func copy(to path: String) async throws(Problem) { try await reader.copy(to: path) }

  public func grown(_ log: LogName, beyond size: Int) async throws(Problem) -> Int {
    try await reader.grown(log, beyond: size)
  }

  public func close() async {
    socket.withLock { $0.close() }
    await reader.close()
  }
}
