internal import GRDB
internal import Ground

/// A question to the tables whose rows are each a fault.
struct FaultSearch {
  let code: String
  let table: String
  /// A sentence; `%` stands for the number that the question gives.
  let words: String
  /// Gives one number a row.
  let sql: String

  func run(_ db: Database) throws -> [StoreFault] {
    try Int.fetchAll(db, sql: sql + " LIMIT \(SQLiteStore.mostFaults)").map { number in
      let parts = words.split(separator: "%", omittingEmptySubsequences: false)
      return StoreFault(code, table: table, what: parts.joined(separator: String(number)))
    }
  }

  /// Pages and indexes that do not fit together.
  static func pages(_ db: Database) throws -> [StoreFault] {
    let told = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
    guard told != ["ok"] else { return [] }
    return [
      StoreFault(
        "pages-damaged", table: "",
        what: "SQLite finds \(told.count) faults in the pages or indexes of the file.")
    ]
  }

  /// Tables and triggers that are not those of this form.
  static func schema(_ db: Database) throws -> [StoreFault] {
    let kept = try definitions(db)
    let made = try expected.get()
    return Set(kept.keys).union(made.keys).sorted().compactMap { name in
      guard kept[name] != made[name] else { return nil }
      let words =
        made[name] == nil
        ? "is not one of this program" : kept[name] == nil ? "is not there" : "was changed"
      return StoreFault(
        "guard-changed", table: "",
        what: "The \(name) \(words): it is part of what keeps the journal append-only.")
    }
  }

  private static let expected = Result { () throws -> [String: String] in
    try DatabaseQueue().write { db in
      for step in Schema.steps { try db.execute(sql: step) }
      return try definitions(db)
    }
  }

  private static func definitions(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1] ?? "") })
  }

  /// What concerns records, checkpoints and requests.
  static let shared: [FaultSearch] = [
    FaultSearch(
      code: "record-number", table: "record",
      words: "Record number % does not follow the one before it: a record is missing.",
      sql: """
        SELECT number FROM (SELECT number, row_number() OVER (ORDER BY number) AS place FROM record)
        WHERE number <> place
        """),
    FaultSearch(
      code: "record-erased-partly", table: "record",
      words: "Record number % has a key without its epoch, or an epoch without a key.",
      sql: "SELECT number FROM record WHERE (key IS NULL) <> (epoch IS NULL)"),
    FaultSearch(
      code: "record-log", table: "record", words: "Record number % stands in no log.",
      sql: "SELECT number FROM record WHERE log NOT IN (1, 2, 3)"),
    FaultSearch(
      code: "checkpoint-log", table: "checkpoint",
      words: "A checkpoint of % entries belongs to no log.",
      sql: "SELECT size FROM checkpoint WHERE log NOT IN (1, 2, 3) OR size < 0"),
    FaultSearch(
      code: "checkpoint-removed", table: "checkpoint",
      words: "Checkpoint number % does not follow the one before it: a checkpoint was removed.",
      sql: """
        SELECT seq FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM checkpoint)
        WHERE seq <> place
        """),
    FaultSearch(
      code: "request-damaged", table: "request",
      words:
        "The kept answer of a repeated request cannot be read, or names an entry that is not there.",
      sql: """
        SELECT 1 FROM request
        WHERE length(key) <> 32 OR receipts = '' OR receipts GLOB '*[^0-9: ]*'
        UNION ALL
        SELECT 1 FROM request, json_each('["' || replace(receipts, ' ', '","') || '"]') AS place
        WHERE receipts NOT GLOB '*[^0-9: ]*' AND receipts <> '' AND NOT coalesce(CASE
          WHEN place.value GLOB '1:[0-9]*'
            THEN EXISTS (SELECT 1 FROM regulatory WHERE seq = substr(place.value, 3) + 1)
          WHEN place.value GLOB '2:[0-9]*'
            THEN EXISTS (SELECT 1 FROM access WHERE seq = substr(place.value, 3) + 1)
          WHEN place.value GLOB '3:[0-9]*'
            THEN EXISTS (SELECT 1 FROM operational WHERE seq = substr(place.value, 3) + 1)
          END, 0)
        """),
  ]

  /// What concerns one log.
  static func all(of tables: LogTables) -> [FaultSearch] {
    let log = tables.log.rawValue
    func search(_ code: String, _ part: String, _ words: String, _ sql: String) -> FaultSearch {
      FaultSearch(code: code, table: log + part, words: words, sql: sql)
    }
    return [
      search(
        "entry-number", "", "A row before the first entry is stored, with the number %.",
        "SELECT seq FROM \(log) WHERE seq < 1"),
      search(
        "entry-without-record", "", "The row % names a record that is not there.",
        "SELECT seq FROM \(log) WHERE record NOT IN (SELECT number FROM record)"),
      search(
        "entry-in-other-log", "", "The row % names a record that stands in another log.",
        """
        SELECT seq FROM \(log) JOIN record ON record.number = \(log).record
        WHERE record.log <> \(tables.log.code)
        """),
      search(
        "head-ring", "_head", "The head of the log does not refer to the head of the next log.",
        "SELECT 1 FROM \(log)_head WHERE next IS NOT 1"),
      search(
        "content-without-entry", "_content", "A content is stored for row %, which is not there.",
        "SELECT seq FROM \(log)_content WHERE seq NOT IN (SELECT seq FROM \(log))"),
      search(
        "node-order", "_node", "The node in row % is not the one that was completed then.",
        """
        SELECT seq FROM (
          SELECT seq, row_number() OVER (ORDER BY seq) AS place, row_number() OVER (
            ORDER BY (node.place + 1) << (8 * node.level), node.level) AS completed
          FROM \(log)_node AS node)
        WHERE seq <> place OR place <> completed
        """),
      search(
        "head-reference", "_head", "The head of the log refers to another row than the newest.",
        """
        SELECT 1 FROM \(log)_head WHERE
          newest IS NOT (SELECT max(seq) FROM \(log))
          OR node IS NOT (SELECT max(seq) FROM \(log)_node)
          OR record IS NOT (SELECT record FROM \(log) ORDER BY seq DESC LIMIT 1)
        """),
      search(
        "head-missing", "_head", "The log has % heads instead of one.",
        "SELECT n FROM (SELECT count(*) AS n FROM \(log)_head WHERE one = 1) WHERE n <> 1"),
      search(
        "checkpoint-beyond-head", "_head", "A checkpoint of % entries is kept; the log has fewer.",
        """
        SELECT size FROM checkpoint WHERE log = \(tables.log.code)
        AND size > (SELECT coalesce(max(seq), 0) FROM \(log))
        """),
    ]
  }
}
