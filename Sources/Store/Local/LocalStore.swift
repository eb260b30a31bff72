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

  /// Asks the process that holds the store to append.
  public func append(
    _ drafts: [Draft], idempotencyKey: String?
  ) async throws(Problem) -> [Receipt] {
    try ask(.append(drafts, key: idempotencyKey))
  }

  /// Asks it to erase.
  public func erase(
    _ records: [RecordID], recording drafts: [Draft]
  ) async throws(Problem) -> [Receipt] {
    try ask(.erase(records, drafts))
  }

  /// Asks it to keep a checkpoint.
  public func keep(_ checkpoint: StoredCheckpoint, of log: LogName) async throws(Problem) {
    _ = try ask(.keep(checkpoint, log))
  }

  /// Asks it to replace wrapped keys.
  public func rewrap(_ keys: [RecordID: WrappedKey]) async throws(Problem) {
    _ = try ask(.rewrap(keys))
  }

  /// Asks it to replace cached states.
  public func cache(_ states: [StoredRecord]) async throws(Problem) {
    _ = try ask(.cache(states))
  }

  /// What is wrong with the tables, read beside the writer.
  public func faults() async throws(Problem) -> [StoreFault] { try await reader.faults() }

  /// The head of a log, read beside the writer.
  public func head(_ log: LogName) async throws(Problem) -> StoredHead {
    try await reader.head(log)
  }

  /// Entries of a log, read beside the writer.
  public func entries(
    _ log: LogName, from index: Int, limit: Int
  ) async throws(Problem) -> [StoredEntry] {
    try await reader.entries(log, from: index, limit: limit)
  }

  /// The entries of a record, read beside the writer.
  public func history(_ record: RecordID) async throws(Problem) -> [StoredEntry] {
    try await reader.history(record)
  }

  /// A record, read beside the writer.
  public func record(_ id: RecordID) async throws(Problem) -> StoredRecord? {
    try await reader.record(id)
  }

  /// Records of a kind, read beside the writer.
  public func records(
    kind: String?, after: RecordID?, limit: Int
  ) async throws(Problem) -> [StoredRecord] {
    try await reader.records(kind: kind, after: after, limit: limit)
  }

  /// Hashes of complete subtrees, read beside the writer.
  public func hashes(
    _ log: LogName, level: Int, from index: Int, count: Int
  ) async throws(Problem) -> [[UInt8]] {
    try await reader.hashes(log, level: level, from: index, count: count)
  }

  /// The newest checkpoint of at most so many entries, read beside the writer.
  public func checkpoint(
    _ log: LogName, atMost size: Int
  ) async throws(Problem) -> StoredCheckpoint? {
    try await reader.checkpoint(log, atMost: size)
  }

  /// All checkpoints of a log, read beside the writer.
  public func checkpoints(_ log: LogName) async throws(Problem) -> [StoredCheckpoint] {
    try await reader.checkpoints(log)
  }

  /// Writes a copy of the store, read beside the writer.
  public func copy(to path: String) async throws(Problem) { try await reader.copy(to: path) }

  /// Waits until a log has grown.
  public func grown(_ log: LogName, beyond size: Int) async throws(Problem) -> Int {
    try await reader.grown(log, beyond: size)
  }

  /// Ends the connection and the reading.
  public func close() async {
    socket.withLock { $0.close() }
    await reader.close()
  }
}
