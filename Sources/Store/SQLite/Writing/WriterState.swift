internal import GRDB
internal import Ground
internal import Journal
internal import Sealing

/// What the writer knows of the store without asking it; true because nobody else writes.
struct WriterState: Sendable {
  /// The end of each log, by position.
  var ends: [LogEnd]
  /// Rows of the record table: the newest number.
  var records: Int
  /// The newest key epoch under which a record's key was ever appended.
  var epoch: Int
  /// Records seen lately; forgotten when there are many or a transaction fails.
  var known: [RecordID: Standing] = [:]
  /// Why nothing is written any more.
  var broken: Problem?
  /// Pages written to the write-ahead log since it was last copied into the file.
  var pagesInLog = 0
  /// Whether erased bytes may still stand in the write-ahead log.
  var hasRemains = false

  /// Reads the ends of the logs as they are stored.
  init(_ db: Database, path: String) throws {
    ends = try LogTables.all.map { try LogEnd(db, $0, path: path) }
    records = try Int.fetchOne(db, sql: "SELECT coalesce(max(number), 0) FROM record") ?? 0
    // Epochs only rise, so that the newest record that has a key tells it.
    epoch =
      try Int.fetchOne(
        db,
        sql: "SELECT epoch FROM record WHERE epoch IS NOT NULL ORDER BY number DESC LIMIT 1") ?? 0
  }

  /// Forgets what a failed transaction left here, and reads the ends again.
  mutating func readAgain(_ db: Database, path: String) throws {
    let stored = try WriterState(db, path: path)
    ends = stored.ends
    records = stored.records
    epoch = stored.epoch
    known = [:]
  }

  /// Sizes of the logs.
  var sizes: LogSizes {
    var sizes = LogSizes()
    for position in ends.indices { sizes[position] = ends[position].range.size }
    return sizes
  }

  /// Forgets all records when more are remembered than should be.
  ///
  /// Between transactions only: within one, what a request changed is known from here.
  mutating func forget(above most: Int) {
    if known.count > most { known.removeAll(keepingCapacity: true) }
  }
}

extension LogEnd {
  /// The end as the head row says.
  ///
  /// - Throws: `store.damaged` when it is no head.
  init(_ db: Database, _ tables: LogTables, path: String) throws {
    let statement = try RawStatement(db, tables.readHead)
    defer { statement.reset() }
    guard try statement.next(), let edge = statement.bytes(1),
      edge.count.isMultiple(of: Digest.byteCount),
      let range = try? CompactRange(
        size: statement.int(0),
        hashes: stride(from: 0, to: edge.count, by: Digest.byteCount).compactMap {
          Digest(bytes: edge[$0..<$0 + Digest.byteCount])
        })
    else {
      throw StoreProblem.damaged(
        path, "the head of the \(tables.log.rawValue) log cannot be read", at: tables.log.rawValue)
    }
    self.range = range
    nodes =
      try Int.fetchOne(db, sql: "SELECT coalesce(max(seq), 0) FROM \(tables.log.rawValue)_node")
      ?? 0
  }
}
