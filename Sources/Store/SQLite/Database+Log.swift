internal import GRDB
internal import GRDBSQLite
internal import Ground

/// SQLite's write-ahead log. It is copied into the file on the writing connection only, see
/// `WriterLock`.
extension Database {
  /// Milliseconds that a connection waits for another program's lock.
  static let patienceMilliseconds: Int32 = 5_000

  /// Pages written since this was last asked.
  func pagesWritten() -> Int {
    var pages: Int32 = 0
    var highest: Int32 = 0
    sqlite3_db_status(sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, 1)
    return Int(pages)
  }

  /// Copies the log into the file as far as no reader needs it, so that it is used again from its
  /// beginning.
  ///
  /// When all of it is copied and it is longer than the limit, in pages, this waits a little for
  /// readers: the log would grow for ever while they follow one upon another.
  func shortenLog(limit: Int) throws {
    var pages: Int32 = 0
    var copied: Int32 = 0
    let code = sqlite3_wal_checkpoint_v2(
      sqliteConnection, nil, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied)
    try Database.checkCheckpoint(code)
    if Int(pages) > limit, copied == pages {
      _ = try checkpoint(SQLITE_CHECKPOINT_RESTART, waitMilliseconds: 50)
    }
  }

  /// Copies the log into the file and cuts it to nothing; false when a reader needs it.
  func cutLog(waitMilliseconds: Int32, path: String) throws -> Bool {
    guard try checkpoint(SQLITE_CHECKPOINT_TRUNCATE, waitMilliseconds: waitMilliseconds) else {
      return false
    }
    // SQLite does not wait for the disk here, and a cut that is lost brings the erased bytes back.
    try StoreFile.sync(path + "-wal")
    return true
  }

  private func checkpoint(_ mode: Int32, waitMilliseconds: Int32) throws -> Bool {
    sqlite3_busy_timeout(sqliteConnection, waitMilliseconds)
    defer { sqlite3_busy_timeout(sqliteConnection, Database.patienceMilliseconds) }
    let code = sqlite3_wal_checkpoint_v2(sqliteConnection, nil, mode, nil, nil)
    try Database.checkCheckpoint(code)
    return code == SQLITE_OK
  }

  /// A reader or a full disk only delays a checkpoint: what it would copy is durable in the log.
  private static func checkCheckpoint(_ code: Int32) throws {
    guard ![SQLITE_OK, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL].contains(code & 0xFF) else {
      return
    }
    try RawStatement.check(code)
  }
}
