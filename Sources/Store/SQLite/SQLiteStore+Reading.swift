internal import GRDB
public import Ground
internal import Journal

extension SQLiteStore {
  /// The head of a log.
  public func head(_ log: LogName) async throws(Problem) -> StoredHead {
    try await reading { [path] db in
      try LogEnd(db, LogTables.of(log), path: path).range.head
    }
  }

  /// At most `limit` entries from an index on, in order.
  public func entries(
    _ log: LogName, from index: Int, limit: Int
  ) async throws(Problem) -> [StoredEntry] {
    guard limit > 0 else { return [] }
    return try await reading { [path] db in
      let statement = try RawStatement(db, LogTables.of(log).readEntries)
      statement.bind(1, max(0, index))
      statement.bind(2, limit)
      return try statement.entries(path)
    }
  }

  /// All entries of a record, in order; none for an unknown record.
  public func history(_ record: RecordID) async throws(Problem) -> [StoredEntry] {
    try await reading { [path] db in
      let place = try RawStatement(db, "SELECT number, log, version FROM record WHERE id = ?1")
      defer { place.reset() }
      guard try place.row(of: record) else { return [] }
      guard let log = LogName(code: place.int(1)) else {
        throw StoreProblem.damaged(path, "a record stands in no log", at: record.text)
      }
      let statement = try RawStatement(db, LogTables.of(log).readHistory)
      statement.bind(1, place.int(0))
      var entries: [StoredEntry] = []
      while entries.count < place.int(2) {
        statement.bind(2, entries.count + 1)
        guard let entry = try statement.entries(path).first else {
          throw StoreProblem.damaged(
            path, "version \(entries.count + 1) of a record is missing", at: record.text)
        }
        entries.append(entry)
      }
      return entries
    }
  }

  /// A record as it stands; nil for an unknown one.
  public func record(_ id: RecordID) async throws(Problem) -> StoredRecord? {
    try await reading { [path] db in
      let statement = try RawStatement(db, StoredRecord.columns + " WHERE id = ?1")
      defer { statement.reset() }
      return try statement.row(of: id) ? try statement.record(path) : nil
    }
  }

  /// At most `limit` records of a kind in the order of their names, after one of them.
  public func records(
    kind: String?, after: RecordID?, limit: Int
  ) async throws(Problem) -> [StoredRecord] {
    guard limit > 0 else { return [] }
    // `0` follows `/` in ASCII, so that names of the kind stand between `kind/` and `kind0`. There
    // is one lower bound, because the index is entered by the first and read through for the
    // others.
    let bounds = [kind.map { $0 + "/" } ?? "", after?.text ?? ""]
    let lower = bounds.max { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? ""
    let upper = kind.map { $0 + "0" } ?? "{"
    return try await reading { [path] db in
      let statement = try RawStatement(
        db, StoredRecord.columns + " WHERE id > ?1 AND id < ?2 ORDER BY id LIMIT ?3")
      var texts = (lower, upper)
      return try texts.0.withUTF8 { lower in
        try texts.1.withUTF8 { upper in
          statement.bind(text: lower, at: 1)
          statement.bind(text: upper, at: 2)
          statement.bind(3, limit)
          return try statement.rows { try $0.record(path) }
        }
      }
    }
  }

  /// Hashes of complete subtrees of 256^level entries: 32 bytes each, from an index on.
  public func hashes(
    _ log: LogName, level: Int, from index: Int, count: Int
  ) async throws(Problem) -> [[UInt8]] {
    guard level >= 0, count > 0 else { return [] }
    return try await reading { db in
      try db.hashes(LogTables.of(log), level: level, from: max(0, index), count: count)
    }
  }

  /// The newest checkpoint that covers at most so many entries.
  public func checkpoint(
    _ log: LogName, atMost size: Int
  ) async throws(Problem) -> StoredCheckpoint? {
    try await checkpoints(
      log,
      "SELECT size, note FROM checkpoint WHERE log = ?1 AND size <= ?2 "
        + "ORDER BY size DESC LIMIT 1", size
    ).first
  }

  /// All checkpoints of a log, oldest first.
  public func checkpoints(_ log: LogName) async throws(Problem) -> [StoredCheckpoint] {
    try await checkpoints(
      log, "SELECT size, note FROM checkpoint WHERE log = ?1 AND size <= ?2 ORDER BY size", .max)
  }

  private func checkpoints(
    _ log: LogName, _ sql: String, _ most: Int
  ) async throws(Problem) -> [StoredCheckpoint] {
    try await reading { db in
      let statement = try RawStatement(db, sql)
      statement.bind(1, log.code)
      statement.bind(2, most)
      return try statement.rows { StoredCheckpoint(size: $0.int(0), note: $0.bytes(1) ?? []) }
    }
  }

  /// Reads in one snapshot.
  func reading<Value: Sendable>(
    _ body: @Sendable (Database) throws -> Value
  ) async throws(Problem) -> Value {
    if isClosed { throw StoreProblem.closed }
    do { return try await pool.read(body) } catch {
      throw isClosed ? StoreProblem.closed : StoreProblem.of(error, path)
    }
  }
}
