import Foundation
import Ground
import Store
import TestSupport
import Testing

/// Writes the fixture of the current form: `RECORD=1 swift test --filter FixtureTests`, once for
/// each released form.
struct FixtureTests {
  static let name = "Tests/StoreTests/Fixtures/schema-1.sql"

  @Test(
    "the fixture of the first form is written once, by sqlite3",
    .enabled(if: isRecording && !FileManager.default.fileExists(atPath: Repository.path(name))))
  func write() async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      var drafts = StoreSamples.drafts(0..<256)
      for index in drafts.indices.dropFirst(8) {
        drafts[index].content = nil
        drafts[index].state = nil
      }
      try await store.append(drafts)
      try await store.append((0..<4).map { StoreSamples.draft(StoreSamples.record($0), 2) })
      let visitor = StoreSamples.record(1, kind: "visit")
      try await store.append([StoreSamples.draft(visitor, 1, log: .access)])
      let second = [StoreSamples.draft(visitor, 2, log: .access)]
      _ = try await store.append(second, idempotencyKey: "fixture")
      _ = try await store.erase([StoreSamples.record(3)], recording: [])
      try await store.keep(StoredCheckpoint(size: 256, note: [1]), of: .regulatory)
      try await store.keep(StoredCheckpoint(size: 260, note: [2]), of: .regulatory)
      await store.close()
      let dump = try #require(Program.system("sqlite3", path, ".dump")).run().output
      let marks = try #require(
        Program.system("sqlite3", path, "PRAGMA application_id; PRAGMA user_version")
      ).run().output.split(separator: "\n")
      let text =
        "-- Made by `RECORD=1 swift test --filter FixtureTests`; never edited.\n"
        + "PRAGMA application_id=\(marks[0]);\nPRAGMA user_version=\(marks[1]);\n" + dump
      try Data(text.utf8).write(to: URL(filePath: Repository.path(FixtureTests.name)))
    }
  }
}
