internal import GRDB
internal import Ground

extension Database {
  /// Stored hashes of a level, from an index on.
  func hashes(
    _ tables: LogTables, level: Int, from index: Int, count: Int
  ) throws -> [[UInt8]] {
    let statement: RawStatement
    if level == 0 {
      statement = try RawStatement(self, tables.readLeaves)
      statement.bind(1, index)
      statement.bind(2, count)
    } else {
      statement = try RawStatement(self, tables.readNodes)
      statement.bind(1, level)
      statement.bind(2, index)
      statement.bind(3, count)
    }
    return try statement.rows { $0.bytes(0) ?? [] }
  }
}

extension StoredRecord {
  /// The columns that `RawStatement.record` reads.
  static let columns = "SELECT id, log, version, state, epoch, key FROM record"
}

extension RawStatement {
  /// All rows, each read by a function; ends the statement.
  func rows<Row>(_ read: (RawStatement) throws -> Row) throws -> [Row] {
    defer { reset() }
    var rows: [Row] = []
    while try next() { rows.append(try read(self)) }
    return rows
  }

  /// The rows of `LogTables.readEntries` and `readHistory`.
  func entries(_ path: String) throws -> [StoredEntry] {
    try rows { row in
      guard let record = RecordID(row.text(1)) else {
        throw StoreProblem.damaged(path, "a record has no proper name")
      }
      return StoredEntry(
        index: row.int(0) - 1, record: record, version: row.int(2), entry: row.bytes(3) ?? [],
        leaf: row.bytes(4) ?? [], content: row.bytes(5))
    }
  }

  /// The row of `StoredRecord.columns`.
  func record(_ path: String) throws -> StoredRecord {
    guard let id = RecordID(text(0)), let log = LogName(code: int(1)) else {
      throw StoreProblem.damaged(path, "a record has no proper name or log")
    }
    let key = bytes(5).map { WrappedKey(epoch: int(4), bytes: $0) }
    return StoredRecord(id: id, log: log, version: int(2), state: bytes(3), key: key)
  }
}
