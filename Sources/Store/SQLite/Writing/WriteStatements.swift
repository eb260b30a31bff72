internal import GRDB
internal import Ground

/// The statements of the writer, fetched once for each transaction.
struct WriteStatements {
  /// The statements on one log.
  struct Log {
    let insertEntry: RawStatement
    let insertContent: RawStatement
    let insertNode: RawStatement
    let setHead: RawStatement
  }

  let begin: RawStatement
  let commit: RawStatement
  let findRecord: RawStatement
  let insertRecord: RawStatement
  let updateRecord: RawStatement
  let updateRecordAndKey: RawStatement
  let findRequest: RawStatement
  let insertRequest: RawStatement
  let logs: [Log]

  init(_ db: Database) throws {
    begin = try RawStatement(db, "BEGIN IMMEDIATE")
    commit = try RawStatement(db, "COMMIT")
    findRecord = try RawStatement(db, "SELECT number, log, version FROM record WHERE id = ?1")
    insertRecord = try RawStatement(
      db,
      """
      INSERT OR ROLLBACK INTO record (number, id, log, version, epoch, key, state)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      ON CONFLICT (id) DO NOTHING
      """)
    updateRecord = try RawStatement(
      db, "UPDATE record SET version = ?2, state = ?3 WHERE number = ?1")
    updateRecordAndKey = try RawStatement(
      db, "UPDATE record SET version = ?2, state = ?3, epoch = ?4, key = ?5 WHERE number = ?1")
    findRequest = try RawStatement(db, "SELECT receipts FROM request WHERE key = ?1")
    insertRequest = try RawStatement(db, "INSERT INTO request (key, receipts) VALUES (?1, ?2)")
    logs = try LogTables.all.map { tables in
      try Log(
        insertEntry: RawStatement(db, tables.insertEntry),
        insertContent: RawStatement(db, tables.insertContent),
        insertNode: RawStatement(db, tables.insertNode),
        setHead: RawStatement(db, tables.setHead))
    }
  }
}
