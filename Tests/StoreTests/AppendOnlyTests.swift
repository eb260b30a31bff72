import GRDB
import Ground
import Store
import TestSupport
import Testing

/// Entries, nodes and heads cannot be changed, removed or replaced by statements of SQL.
struct AppendOnlyTests {
  /// Statements that would tamper with a log of 300 entries, and whether a program with SQLite's
  /// own defaults is stopped too: it has `foreign_keys` off, and then nothing in the file can
  /// refuse a DROP.
  private static let statements: [(sql: String, alsoByDefault: Bool)] = [
    ("UPDATE regulatory SET entry = x'00' WHERE seq = 3", true),
    ("UPDATE OR REPLACE regulatory SET seq = 4 WHERE seq = 3", true),
    ("UPDATE OR IGNORE regulatory SET leaf = x'00'", true),
    ("DELETE FROM regulatory WHERE seq = 300", true),
    ("DELETE FROM regulatory", true),
    ("INSERT OR REPLACE INTO regulatory VALUES (3, 3, 1, x'00', x'00')", true),
    ("REPLACE INTO regulatory VALUES (300, 300, 1, x'00', x'00')", true),
    ("REPLACE INTO regulatory VALUES (301, 3, 1, x'00', x'00')", true),
    ("INSERT INTO regulatory VALUES (302, 3, 2, x'00', x'00')", true),
    ("INSERT INTO regulatory VALUES (301, 3, 3, x'00', x'00')", true),
    ("INSERT INTO regulatory VALUES (NULL, 3, 2, x'00', x'00')", true),
    ("INSERT INTO regulatory VALUES (0, 3, 2, x'00', x'00')", true),
    (
      "INSERT INTO regulatory VALUES (3, 3, 1, x'00', x'00') ON CONFLICT (seq) DO UPDATE SET "
        + "entry = excluded.entry", true
    ),
    (
      "INSERT INTO regulatory VALUES (301, 3, 1, x'00', x'00') ON CONFLICT (version, record) "
        + "DO UPDATE SET entry = excluded.entry", true
    ),
    ("UPDATE regulatory_node SET hash = x'00'", true),
    ("DELETE FROM regulatory_node", true),
    ("REPLACE INTO regulatory_node VALUES (1, 1, 0, x'00')", true),
    ("REPLACE INTO regulatory_node VALUES (2, 1, 0, x'00')", true),
    ("INSERT INTO regulatory_node VALUES (3, 1, 1, x'00')", true),
    ("UPDATE regulatory_head SET size = 299", true),
    ("UPDATE regulatory_head SET next = NULL", true),
    ("DELETE FROM regulatory_head", true),
    ("REPLACE INTO regulatory_head (one, size, edge) VALUES (1, 0, x'')", true),
    ("UPDATE regulatory_content SET content = x'00'", true),
    ("DELETE FROM record", true),
    ("UPDATE record SET id = 'model/other' WHERE number = 1", true),
    ("UPDATE record SET log = 2 WHERE number = 1", true),
    ("DELETE FROM checkpoint", true),
    ("DROP TABLE regulatory", false),
    ("DROP TABLE regulatory_node", false),
    ("DROP TABLE regulatory_head", false),
    ("DROP TABLE record", false),
    ("BEGIN; DROP TABLE access_head; DROP TABLE operational_head; COMMIT", false),
  ]

  @Test("tampering by SQL is refused and changes nothing", arguments: statements.map(\.sql))
  func refused(_ sql: String) async throws {
    try await withLog { path in
      let before = try dump(path)
      let raw = try DatabaseQueue(path: path)
      try await raw.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA recursive_triggers = ON")
        #expect(throws: DatabaseError.self) { try db.execute(sql: sql) }
        if db.isInsideTransaction { try db.rollback() }
      }
      try raw.close()
      #expect(try dump(path) == before)
      try await goesOn(path)
    }
  }

  @Test(
    "a foreign program with SQLite's defaults is refused too",
    .enabled(if: Program.system("sqlite3") != nil),
    arguments: statements.filter(\.alsoByDefault).map(\.sql))
  func refusedByDefault(_ sql: String) async throws {
    try await withLog { path in
      let before = try dump(path)
      let outcome = try #require(Program.system("sqlite3", path, sql)).run()
      #expect(outcome.status != 0, "\(outcome.output)")
      #expect(try dump(path) == before)
      try await goesOn(path)
    }
  }

  @Test("what a foreign program with foreign_keys off drops is noticed at the next opening")
  func droppedIsNoticed() async throws {
    try await withLog { path in
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      let raw = try DatabaseQueue(path: path, configuration: configuration)
      try await raw.write { try $0.execute(sql: "DROP TABLE regulatory_node") }
      try raw.close()
      let refused = await refusal { try SQLiteStore(path: path, access: .write) }
      #expect(refused?.code == "store.damaged")
    }
  }

  /// A closed store with 300 entries, a node and a checkpoint.
  private func withLog(_ body: (String) async throws -> Void) async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      try await store.append(StoreSamples.drafts(0..<300))
      try await store.keep(StoredCheckpoint(size: 300, note: [1]), of: .regulatory)
      await store.close()
      try await body(path)
    }
  }

  private func goesOn(_ path: String) async throws {
    let store = try SQLiteStore(path: path, access: .write)
    try await store.append([StoreSamples.draft(StoreSamples.record(3), 2)])
    #expect(try await store.head(.regulatory).size == 301)
    await store.close()
  }

  /// Every row of the tables that a log consists of.
  private func dump(_ path: String) throws -> [Row] {
    let raw = try DatabaseQueue(path: path)
    defer { try? raw.close() }
    return try raw.read { db in
      try ["regulatory", "regulatory_node", "regulatory_head", "regulatory_content", "record"]
        .flatMap { try Row.fetchAll(db, sql: "SELECT * FROM \($0)") }
    }
  }
}
