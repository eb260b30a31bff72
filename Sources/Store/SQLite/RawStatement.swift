internal import GRDB
internal import GRDBSQLite
internal import Ground

/// A prepared statement through SQLite's own interface: binds without copying, steps without making
/// rows.
///
/// GRDB prepares, keeps and ends it. What is bound must stay where it is until `run` or `reset`.
struct RawStatement {
  private let pointer: OpaquePointer

  /// The statement as it is kept with the connection.
  init(_ db: Database, _ sql: String) throws {
    pointer = try db.cachedStatement(sql: sql).sqliteStatement
  }

  func bind(_ place: Int32, _ value: Int) {
    sqlite3_bind_int64(pointer, place, Int64(value))
  }

  func bindNull(_ place: Int32) { sqlite3_bind_null(pointer, place) }

  /// Binds bytes as a BLOB; none of them is not NULL.
  func bind(_ place: Int32, _ bytes: UnsafeRawBufferPointer) {
    if let base = bytes.baseAddress, !bytes.isEmpty {
      sqlite3_bind_blob64(pointer, place, base, UInt64(bytes.count), nil)
    } else {
      sqlite3_bind_zeroblob(pointer, place, 0)
    }
  }

  /// Binds bytes as a BLOB, or NULL.
  func bind(_ place: Int32, orNull bytes: UnsafeRawBufferPointer?) {
    if let bytes { bind(place, bytes) } else { bindNull(place) }
  }

  /// Binds UTF-8 as TEXT.
  func bind(text: UnsafeBufferPointer<UInt8>, at place: Int32) {
    text.withMemoryRebound(to: CChar.self) {
      _ = sqlite3_bind_text64(
        pointer, place, $0.baseAddress, UInt64($0.count), nil, UInt8(SQLITE_UTF8))
    }
  }

  /// Runs a statement that gives no rows; answers with SQLite's code, 0 when all is well.
  func run() -> Int32 {
    let code = sqlite3_step(pointer)
    let ended = sqlite3_reset(pointer)
    return code == SQLITE_DONE ? ended : code == SQLITE_ROW ? SQLITE_MISUSE : code
  }

  /// Goes to the next row, if there is one.
  func next() throws -> Bool {
    let code = sqlite3_step(pointer)
    if code == SQLITE_ROW { return true }
    sqlite3_reset(pointer)
    try RawStatement.check(code == SQLITE_DONE ? SQLITE_OK : code)
    return false
  }

  /// Binds the name of a record to the first place and goes to the first row.
  func row(of record: RecordID) throws -> Bool {
    var name = record.text
    return try name.withUTF8 {
      bind(text: $0, at: 1)
      return try next()
    }
  }

  /// Ends a statement whose rows were not all read.
  func reset() { sqlite3_reset(pointer) }

  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(pointer, column)) }

  /// The bytes of a BLOB; nil for NULL.
  func bytes(_ column: Int32) -> [UInt8]? {
    guard sqlite3_column_type(pointer, column) != SQLITE_NULL else { return nil }
    guard let base = sqlite3_column_blob(pointer, column) else { return [] }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return Array(UnsafeRawBufferPointer(start: base, count: count))
  }

  func text(_ column: Int32) -> String {
    guard let base = sqlite3_column_text(pointer, column) else { return "" }
    let count = Int(sqlite3_column_bytes(pointer, column))
    return String(decoding: UnsafeBufferPointer(start: base, count: count), as: UTF8.self)
  }

  /// Throws what a code says unless it is 0.
  static func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }
}
