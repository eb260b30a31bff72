import Foundation
import GRDB
import Ground
import Store
import Synchronization
import TestSupport
import Testing

/// What is erased stands nowhere any more: not in the file, its free pages, or the write-ahead log.
struct ErasureTests {
  private static let secret = Array("the-fictional-secret-of-record".utf8)

  /// A draft whose content, state and key hold the secret; long enough to fill pages of its own.
  private static func draft(_ number: Int, _ version: Int, bytes: Int) -> Draft {
    var draft = StoreSamples.draft(StoreSamples.record(number), version)
    let text = secret + Array("\(number)".utf8)
    draft.content = Array(repeatElement(text, count: bytes / text.count + 1).joined())
    draft.state = draft.content
    draft.key = WrappedKey(epoch: 1, bytes: text)
    return draft
  }

  private func occurrences(_ path: String) throws -> Int {
    try ["", "-wal"].map { suffix -> Int in
      guard FileManager.default.fileExists(atPath: path + suffix) else { return 0 }
      let data = try Data(contentsOf: URL(filePath: path + suffix))
      var count = 0
      var rest = data[...]
      while let range = rest.firstRange(of: Data(ErasureTests.secret)) {
        count += 1
        rest = rest[range.upperBound...]
      }
      return count
    }.reduce(0, +)
  }

  @Test("erased bytes are in neither file, whatever their length", arguments: [40, 3_000, 50_000])
  func gone(_ bytes: Int) async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      for version in 1...3 {
        try await store.append((0..<5).map { ErasureTests.draft($0, version, bytes: bytes) })
      }
      #expect(try occurrences(path) > 5)
      let records = (0..<5).map { StoreSamples.record($0) }
      _ = try await store.erase(records, recording: [StoreSamples.draft(StoreSamples.record(9), 1)])
      #expect(try occurrences(path) == 0)
      await store.close()
      #expect(try occurrences(path) == 0)
    }
  }

  @Test("a reader of an older state holds the erasure up, is named, and the next change ends it")
  func heldUp() async throws {
    try await withPath { path in
      var tuning = Tuning()
      tuning.erasureWaitMilliseconds = 200
      let store = try SQLiteStore(path: path, access: .write, tuning: tuning)
      try await store.append([ErasureTests.draft(1, 1, bytes: 40)])
      var configuration = Configuration()
      configuration.readonly = true
      configuration.allowsUnsafeTransactions = true
      let reader = try DatabaseQueue(path: path, configuration: configuration)
      try await reader.unsafeRead { db in
        try db.execute(sql: "BEGIN")
        _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM record")
      }
      let refused = await refusal {
        try await store.erase([StoreSamples.record(1)], recording: [])
      }
      #expect(refused?.code == "store.erasure-pending")
      #expect(try await store.record(StoreSamples.record(1))?.state == nil)
      #expect(try occurrences(path) > 0)
      try await reader.unsafeRead { try $0.execute(sql: "COMMIT") }
      try reader.close()
      try await store.append([StoreSamples.draft(StoreSamples.record(2), 1)])
      try await store.keep(StoredCheckpoint(size: 2, note: [1]), of: .regulatory)
      #expect(try occurrences(path) == 0)
      await store.close()
    }
  }

  @Test("an erasure that a crash cut off from its clean-up is cleaned up at the next opening")
  func afterCrash() async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      try await store.append([ErasureTests.draft(1, 1, bytes: 40)])
      // The state after the commit of an erasure and before the log is cut.
      let raw = try DatabaseQueue(path: path)
      try await raw.write { db in
        try db.execute(sql: "DELETE FROM regulatory_content")
        try db.execute(sql: "UPDATE record SET state = NULL, key = NULL, epoch = NULL")
      }
      let image = path + ".image"
      for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: image + suffix)
      }
      try raw.close()
      await store.close()
      #expect(try occurrences(image) > 0)
      let opened = try SQLiteStore(path: image, access: .write)
      #expect(try occurrences(image) == 0)
      await opened.close()
    }
  }
}
