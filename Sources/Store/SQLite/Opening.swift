internal import GRDB
internal import Ground

/// How a store is opened: marks, settings, migration and the check of the ends.
enum Opening {
  /// Source: SQLite, "Database File Format", section 1.3.2.
  private static let smallestPage = 512

  /// Looks at what may be another program's file before it is turned into a store.
  ///
  /// It is only read, unless a crash left a rollback journal beside it, which every program has to
  /// apply first.
  ///
  /// - Throws: `store.foreign`, `store.newer`, `store.not-opened`, `store.damaged`.
  static func checkMark(_ path: String) throws(Problem) {
    // SQLite takes a file of less than its smallest page for an empty one, and would write over it.
    guard (StoreFile.bytes(path) ?? 0) >= smallestPage else { throw StoreProblem.foreign(path) }
    var configuration = Configuration()
    configuration.readonly = !StoreFile.exists(path + "-journal")
    configuration.busyMode = .timeout(Double(Database.patienceMilliseconds) / 1000)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.read { db in
        if try !isBlank(db) { _ = try checkVersion(db, path) }
      }
      try queue.close()
    } catch {
      throw StoreProblem.of(error, path)
    }
  }

  /// The connections of a writing process.
  static func writingPool(_ path: String, isNew: Bool, tuning: Tuning) throws(Problem)
    -> DatabasePool
  {
    var configuration = configuration(tuning)
    configuration.prepareDatabase { [tuning] db in
      try prepare(db, tuning)
      // The mark is the first thing on the disk, before the file is turned to write-ahead logging:
      // a file that was left by a crash is either empty or ours.
      if isNew, !db.configuration.readonly {
        try db.execute(sql: "PRAGMA page_size = \(tuning.pageBytes)")
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
      }
    }
    do { return try DatabasePool(path: path, configuration: configuration) } catch {
      throw StoreProblem.of(error, path)
    }
  }

  /// The connections of a process that only reads.
  static func readingPool(_ path: String, tuning: Tuning) throws(Problem) -> DatabasePool {
    var configuration = configuration(tuning)
    configuration.readonly = true
    configuration.prepareDatabase { [tuning] db in try prepare(db, tuning) }
    do { return try DatabasePool(path: path, configuration: configuration) } catch {
      throw StoreProblem.of(error, path)
    }
  }

  /// Migrates, checks, and gives what the writer begins with.
  ///
  /// - Throws: `store.newer`, `store.not-durable`, `store.damaged`, `store.full`, `store.broken`.
  static func prepareWriter(
    _ pool: DatabasePool, _ path: String, _ tuning: Tuning
  ) throws(Problem) -> WriterState {
    do {
      return try pool.writeWithoutTransaction { db in
        try setDurable(db, path, tuning)
        // The writer copies the log itself, between two transactions and after it has answered.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
        if let most = tuning.mostPages {
          try db.execute(sql: "PRAGMA max_page_count = \(most)")
        }
        try migrate(db, path)
        // A crash between an erasure and the cut of the log leaves erased bytes there.
        _ = try db.cutLog(waitMilliseconds: 0, path: path)
        try db.inTransaction(.deferred) {
          try EndCheck(db, path: path).run()
          return .commit
        }
        return try WriterState(db, path: path)
      }
    } catch {
      throw StoreProblem.of(error, path)
    }
  }

  /// Checks what a reader is given.
  ///
  /// - Throws: `store.newer`, `store.damaged`.
  static func prepareReader(
    _ pool: DatabasePool, _ path: String, checksEnds: Bool
  ) throws(Problem) {
    do {
      try pool.read { db in
        let version = try checkVersion(db, path)
        // A store between its making and its first transaction holds nothing yet; an older form is
        // read after the writer has migrated it.
        guard version == Schema.newest else { throw StoreProblem.notOpened(path) }
        if checksEnds { try EndCheck(db, path: path).run() }
      }
    } catch {
      throw StoreProblem.of(error, path)
    }
  }

  private static func configuration(_ tuning: Tuning) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(Double(Database.patienceMilliseconds) / 1000)
    configuration.maximumReaderCount = 5
    // A transaction that cannot even be rolled back is told as `store.broken`, not by ending the
    // program.
    configuration.allowsUnsafeTransactions = true
    return configuration
  }

  private static func prepare(_ db: Database, _ tuning: Tuning) throws {
    try db.execute(
      sql: """
        PRAGMA recursive_triggers = ON;
        PRAGMA secure_delete = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -\(tuning.cacheKiB);
        """)
  }

  /// A pool of GRDB sets `synchronous` to NORMAL after it has prepared its writing connection, so
  /// that it is set here, and read back: with NORMAL a crash of the machine loses what was
  /// acknowledged.
  private static func setDurable(_ db: Database, _ path: String, _ tuning: Tuning) throws {
    try db.execute(sql: "PRAGMA synchronous = \(tuning.isDurable ? "FULL" : "NORMAL")")
    let wanted = [
      "synchronous": tuning.isDurable ? 2 : 1, "foreign_keys": 1, "recursive_triggers": 1,
      "secure_delete": 1,
    ]
    for (name, value) in wanted {
      guard try Int.fetchOne(db, sql: "PRAGMA \(name)") == value else {
        throw StoreProblem.notDurable(path, setting: name)
      }
    }
  }

  /// The form of the store.
  ///
  /// - Throws: `store.newer`, `store.foreign`.
  private static func checkVersion(_ db: Database, _ path: String) throws -> Int {
    guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
      throw StoreProblem.foreign(path)
    }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version <= Schema.newest else {
      throw StoreProblem.newer(path, version: version, known: Schema.newest)
    }
    return version
  }

  /// Whether the database has no tables at all and bears no other program's mark.
  private static func isBlank(_ db: Database) throws -> Bool {
    let mark = try Int32.fetchOne(db, sql: "PRAGMA application_id")
    return try (mark == 0 || mark == Schema.applicationID)
      && Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
  }

  /// Takes the missing steps to the newest form, each in its own transaction.
  private static func migrate(_ db: Database, _ path: String) throws {
    // A crash in the first moments of a store leaves a file from which SQLite, when it opens it,
    // takes the mark away again, together with all else.
    let version = try isBlank(db) ? 0 : checkVersion(db, path)
    for (number, step) in Schema.steps.enumerated().dropFirst(version) {
      try db.inTransaction(.immediate) {
        try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try db.execute(sql: step)
        try db.execute(sql: "PRAGMA user_version = \(number + 1)")
        return .commit
      }
    }
  }
}
