import Foundation
import GRDB
import Ground
import Store
import TestSupport
import Testing

/// Which files are opened, by whom, and with which settings.
struct OpeningTests {
  @Test("the file and what stands beside it can be read by their owner only")
  func ownerOnly() async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      try await store.append(StoreSamples.drafts(0..<1))
      for name in ["", "-wal", "-shm", ".lock"] {
        let mode = try FileManager.default.attributesOfItem(atPath: path + name)[.posixPermissions]
        #expect(mode as? Int == 0o600, "\(name)")
      }
      await store.close()
    }
  }

  @Test("a second writer is refused and told which process writes")
  func secondWriter() async throws {
    try await withPath { path in
      let (process, input, output) = try Program.drill("hold", path).start()
      #expect(output.lines { $0 == "ready" } == ["ready"])
      let refused = await refusal { try SQLiteStore(path: path, access: .write) }
      #expect(refused?.code == "store.in-use")
      #expect(refused?.what.contains("\(process.processIdentifier)") == true)
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      await (try SQLiteStore(path: path, access: .write)).close()
    }
  }

  @Test("a second writer in the same process is refused, also by another name of the file")
  func sameProcess() async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      let link = path + "-link"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
      for name in [path, link] {
        let refused = await refusal { try SQLiteStore(path: name, access: .write) }
        #expect(refused?.code == "store.in-use")
      }
      await store.close()
      await (try SQLiteStore(path: link, access: .write)).close()
    }
  }

  @Test("another process reads beside the writer, follows it, and cannot write")
  func readers() async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      try await store.append(StoreSamples.drafts(0..<3))
      #expect(try Program.drill("read", path).run().output == "3\n")
      let reader = try SQLiteStore(path: path, access: .readOnly)
      async let grown = reader.grown(.regulatory, beyond: 3)
      try await store.append([StoreSamples.draft(StoreSamples.record(9), 1)])
      #expect(try await grown == 4)
      let refused = await refusal { try await reader.append(StoreSamples.drafts(20..<21)) }
      #expect(refused?.code == "store.read-only")
      await store.close()
      #expect(try await reader.head(.regulatory).size == 4)
      await reader.close()
      #expect(try Program.drill("read", path).run().output == "4\n")
    }
  }

  @Test("what is not a store of ours is refused and left as it is", arguments: [0, 1, 2, 3])
  func foreign(_ kind: Int) async throws {
    try await withPath { path in
      switch kind {
      case 0: try Data("not a database".utf8).write(to: URL(filePath: path))
      case 1: try Data(repeating: 0x41, count: 8192).write(to: URL(filePath: path))
      case 2: try Data(repeating: 0, count: 4096).write(to: URL(filePath: path))
      default:
        let other = try DatabaseQueue(path: path)
        try await other.write { try $0.execute(sql: "CREATE TABLE note (text)") }
        try other.close()
      }
      let before = try Data(contentsOf: URL(filePath: path))
      for access in [SQLiteStore.Access.write, .writeExisting, .readOnly] {
        let refused = await refusal { try SQLiteStore(path: path, access: access) }
        #expect(refused?.code == "store.foreign")
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
      #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }
  }

  @Test("a store of a newer form is refused")
  func newer() async throws {
    try await withPath { path in
      await (try SQLiteStore(path: path, access: .write)).close()
      let raw = try DatabaseQueue(path: path)
      try await raw.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
      try raw.close()
      for access in [SQLiteStore.Access.write, .readOnly] {
        let refused = await refusal { try SQLiteStore(path: path, access: access) }
        #expect(refused?.code == "store.newer")
      }
    }
  }

  @Test("a store is made only when that is asked for")
  func missing() async throws {
    try await withPath { path in
      for access in [SQLiteStore.Access.writeExisting, .readOnly] {
        let refused = await refusal { try SQLiteStore(path: path, access: access) }
        #expect(refused?.code == "store.not-found")
      }
      try Data().write(to: URL(filePath: path))
      let empty = await refusal { try SQLiteStore(path: path, access: .writeExisting) }
      #expect(empty?.code == "store.not-found")
      let nowhere = await refusal { try SQLiteStore(path: path + "/x/y", access: .write) }
      #expect(nowhere?.code == "store.not-opened")
      await (try SQLiteStore(path: path, access: .write)).close()
      await (try SQLiteStore(path: path, access: .writeExisting)).close()
    }
  }

  @Test("a store of the first released form is opened and goes on")
  func firstForm() async throws {
    try await withPath { path in
      let sql = try String(
        contentsOfFile: Repository.path("Tests/StoreTests/Fixtures/schema-1.sql"), encoding: .utf8)
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      let raw = try DatabaseQueue(path: path, configuration: configuration)
      try await raw.writeWithoutTransaction { try $0.execute(sql: sql) }
      try raw.close()
      let store = try SQLiteStore(path: path, access: .writeExisting)
      #expect(try await store.head(.regulatory).size == 260)
      #expect(try await store.head(.access).size == 2)
      #expect(try await store.record(StoreSamples.record(7))?.version == 1)
      #expect(try await store.history(StoreSamples.record(3)).map(\.content) == [nil, nil])
      #expect(try await store.checkpoints(.regulatory).map(\.size) == [256, 260])
      let repeated = try await store.append(StoreSamples.drafts(0..<1), idempotencyKey: "fixture")
      #expect(repeated == [Receipt(log: .access, index: 1)])
      try await store.append([StoreSamples.draft(StoreSamples.record(7), 2)])
      let entries = try await store.allEntries(.regulatory)
      let edge = NaiveTree(entries: entries.map(\.entry)).edge()
      #expect(try await store.head(.regulatory).edge == edge)
      await store.close()
    }
  }
}
