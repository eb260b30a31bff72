import Foundation
import GRDB
import Ground
import Store
import TestSupport
import Testing

/// A damaged file is named, and never ends the program.
struct DamageTests {
  /// Changes behind the store's back, and a word of what opening says about each.
  private static let changes: [(sql: String, says: String)] = [
    ("UPDATE regulatory SET entry = x'00' WHERE seq = 600", "entry 599 does not fit"),
    ("UPDATE regulatory SET leaf = zeroblob(32) WHERE seq = 513", "entry 512 does not fit"),
    (
      "DELETE FROM regulatory WHERE seq = 600", "600 entries, and the last one stored is number 599"
    ),
    ("DELETE FROM regulatory WHERE seq = 580", "entry 579 is missing"),
    ("UPDATE regulatory_node SET hash = zeroblob(32) WHERE place = 1", "right edge"),
    ("DELETE FROM regulatory_node WHERE place = 1", "1 nodes of level 1 are missing"),
    ("UPDATE regulatory_head SET edge = zeroblob(length(edge))", "hash 1 of 4"),
    ("UPDATE regulatory_head SET edge = x''", "cannot be read"),
    ("UPDATE regulatory_head SET size = 601", "cannot be read"),
    ("UPDATE regulatory_head SET size = 592", "cannot be read"),
    ("UPDATE regulatory_head SET size = -1", "cannot be read"),
    ("DELETE FROM regulatory_head", "cannot be read"),
    ("DELETE FROM access_head", "the head of the access log"),
    ("DROP TABLE regulatory", "its tables are not those of a store"),
  ]

  @Test("what does not fit the head is named at opening", arguments: changes.map(\.sql))
  func named(_ sql: String) async throws {
    let says = try #require(DamageTests.changes.first { $0.sql == sql }).says
    try await withPath { path in
      try await make(path, entries: 600)
      try tamper(path, sql)
      for access in [SQLiteStore.Access.write, .readOnly] {
        let refused = await refusal { try SQLiteStore(path: path, access: access) }
        #expect(refused?.code == "store.damaged")
        #expect(refused?.what.contains(says) == true, "\(refused?.what ?? "opened")")
      }
    }
  }

  @Test("a file that was cut short is refused", arguments: [1, 99, 100, 4096, 40_000, 100_000])
  func cut(_ bytes: Int) async throws {
    try await withPath { path in
      try await make(path, entries: 600)
      let whole = try Data(contentsOf: URL(filePath: path))
      #expect(whole.count > 100_000)
      try whole.prefix(bytes).write(to: URL(filePath: path))
      let refused = await refusal { try SQLiteStore(path: path, access: .write) }
      #expect(["store.damaged", "store.foreign"].contains(refused?.code))
    }
  }

  @Test("any byte may be wrong: the store opens or says why not")
  func flipped() async throws {
    try await withPath { path in
      try await make(path, entries: 300)
      let whole = try [UInt8](Data(contentsOf: URL(filePath: path)))
      var random = SplitMix64(seed: 7)
      for _ in 0..<80 {
        var bytes = whole
        let places = random.int(0...1) == 0 ? 0...4_095 : 0...(bytes.count - 1)
        bytes[random.int(places)] ^= UInt8(1 << random.int(0...7))
        try Data(bytes).write(to: URL(filePath: path))
        for suffix in ["-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: path + suffix)
        }
        let refused = await refusal {
          let store = try SQLiteStore(path: path, access: .write)
          _ = try await store.allEntries(.regulatory)
          _ = try await store.records(kind: nil, after: nil, limit: 1_000)
          _ = try await store.append([StoreSamples.draft(StoreSamples.record(999), 1)])
          await store.close()
        }
        if let refused { #expect(refused.code.hasPrefix("store."), "\(refused)") }
      }
    }
  }

  @Test("a torn end of the write-ahead log loses nothing that was committed before it")
  func tornLog() async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      try await store.append(StoreSamples.drafts(0..<50))
      let kept = try Data(contentsOf: URL(filePath: path + "-wal")).count
      try await store.append(StoreSamples.drafts(50..<60))
      let image = path + ".image"
      let file = try Data(contentsOf: URL(filePath: path))
      let log = try Data(contentsOf: URL(filePath: path + "-wal"))
      await store.close()
      #expect(log.count > kept)
      for end in stride(from: kept, to: log.count, by: 1_531) {
        try file.write(to: URL(filePath: image))
        try? FileManager.default.removeItem(atPath: image + "-shm")
        try log.prefix(end).write(to: URL(filePath: image + "-wal"))
        let opened = try SQLiteStore(path: image, access: .write)
        let entries = try await opened.allEntries(.regulatory)
        #expect(entries.count == 50 || entries.count == 60)
        await opened.close()
      }
    }
  }

  private func make(_ path: String, entries: Int) async throws {
    let store = try SQLiteStore(path: path, access: .write)
    try await store.append(StoreSamples.drafts(0..<entries))
    await store.close()
  }

  /// Changes what the triggers and references protect, as a program can that switches them off.
  private func tamper(_ path: String, _ sql: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let raw = try DatabaseQueue(path: path, configuration: configuration)
    try raw.write { db in
      for name in try String.fetchAll(
        db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      {
        try db.execute(sql: "DROP TRIGGER \(name)")
      }
      try db.execute(sql: sql)
    }
    try raw.close()
  }
}
