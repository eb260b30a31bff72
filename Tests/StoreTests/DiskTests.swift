import Foundation
import Glibc
import Ground
import Store
import TestSupport
import Testing

/// A disk that is full, or takes no writes.
struct DiskTests {
  @Test("a full store tells it, keeps what it acknowledged, and takes a smaller change")
  func fullFile() async throws {
    try await withPath { path in
      var tuning = Tuning()
      tuning.mostPages = 120
      let store = try SQLiteStore(path: path, access: .write, tuning: tuning)
      let acknowledged = try await fill(store)
      #expect(acknowledged > 10)
      let refused = await refusal {
        try await store.append([large(5_000)], idempotencyKey: "later")
      }
      #expect(refused?.code == "store.full")
      #expect(try await store.head(.regulatory).size == acknowledged)
      await store.close()
      let wider = try SQLiteStore(path: path, access: .write)
      #expect(try await wider.append([large(5_000)], idempotencyKey: "later").count == 1)
      try await expectWhole(wider, size: acknowledged + 1)
      await wider.close()
    }
  }

  @Test("callers that share a commit all learn that the disk is full, and go on when it is not")
  func sharedFailure() async throws {
    try await withPath { path in
      var tuning = Tuning()
      tuning.mostPages = 120
      let store = try SQLiteStore(path: path, access: .write, tuning: tuning)
      let outcomes = await withTaskGroup(of: (Int, String?).self) { group in
        for number in 0..<200 {
          group.addTask {
            let draft = large(number)
            return (number, await refusal { try await store.append([draft]) }?.code)
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      let kept = Set(outcomes.filter { $0.1 == nil }.map { StoreSamples.record($0.0) })
      #expect(outcomes.allSatisfy { $0.1 == nil || $0.1 == "store.full" })
      #expect(kept.count < 200)
      let entries = try await store.allEntries(.regulatory)
      #expect(Set(entries.map(\.record)) == kept)
      #expect(entries.map(\.index) == Array(0..<kept.count))
      await store.close()
    }
  }

  @Test(
    "a disk without room is told, and after room was made the same store goes on",
    .enabled(if: geteuid() == 0))
  func fullDisk() async throws {
    try await withDisk(megabytes: 2) { disk in
      let store = try SQLiteStore(path: disk + "/test.store", access: .write)
      let ballast = URL(filePath: disk + "/ballast")
      try Data(repeating: 1, count: 1 << 20).write(to: ballast)
      let acknowledged = try await fill(store)
      #expect(acknowledged > 10)
      try FileManager.default.removeItem(at: ballast)
      try await store.append([large(5_000)])
      try await expectWhole(store, size: acknowledged + 1)
      await store.close()
      let again = try SQLiteStore(path: disk + "/test.store", access: .write)
      try await expectWhole(again, size: acknowledged + 1)
      await again.close()
    }
  }

  @Test(
    "a disk that turns read-only is told, and what was kept can be read from a copy",
    .enabled(if: geteuid() == 0))
  func readOnlyDisk() async throws {
    try await withDisk(megabytes: 8) { disk in
      let path = disk + "/test.store"
      let store = try SQLiteStore(path: path, access: .write)
      try await store.append(StoreSamples.drafts(0..<3))
      try await store.copy(to: disk + "/copy.store")
      await store.close()
      try remount(disk, "ro")
      let refused = await refusal { try SQLiteStore(path: path, access: .write) }
      #expect(refused?.code == "store.read-only")
      let copy = try SQLiteStore(path: disk + "/copy.store", access: .readOnly)
      #expect(try await copy.allEntries(.regulatory).count == 3)
      await copy.close()
      try remount(disk, "rw")
    }
  }

  @Test("a copy for which there is no room leaves nothing behind", .enabled(if: geteuid() == 0))
  func copyWithoutRoom() async throws {
    try await withPath { path in
      try await withDisk(megabytes: 1) { disk in
        let store = try SQLiteStore(path: path, access: .write)
        for number in 0..<300 { try await store.append([large(number)]) }
        let refused = await refusal { try await store.copy(to: disk + "/copy.store") }
        #expect(refused?.code == "store.full")
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk).isEmpty)
        await store.close()
      }
    }
  }

  /// Appends one by one until the disk is full; gives how many were acknowledged.
  private func fill(_ store: SQLiteStore) async throws -> Int {
    for number in 0..<5_000 {
      if let refused = await refusal(of: { try await store.append([large(number)]) }) {
        #expect(refused.code == "store.full")
        return number
      }
    }
    Issue.record("the disk never filled")
    return 0
  }

  private func large(_ number: Int) -> Draft {
    var draft = StoreSamples.draft(StoreSamples.record(number), 1)
    draft.content = [UInt8](repeating: UInt8(number & 255), count: 6_000)
    return draft
  }

  private func expectWhole(_ store: SQLiteStore, size: Int) async throws {
    let entries = try await store.allEntries(.regulatory)
    #expect(entries.count == size)
    #expect(entries.allSatisfy { $0.content?.count == 6_000 })
    let edge = NaiveTree(entries: entries.map(\.entry)).edge()
    #expect(try await store.head(.regulatory).edge == edge)
  }

  /// Runs a body with the folder of a small disk in memory.
  private func withDisk(megabytes: Int, _ body: (String) async throws -> Void) async throws {
    try await withFolder { folder in
      guard mount("tmpfs", folder, "tmpfs", 0, "size=\(megabytes)m") == 0 else {
        Issue.record("tmpfs cannot be mounted: error \(errno)")
        return
      }
      defer { umount2(folder, Int32(MNT_DETACH)) }
      try await body(folder)
    }
  }

  private func remount(_ disk: String, _ mode: String) throws {
    let flags = UInt(MS_REMOUNT) | (mode == "ro" ? UInt(MS_RDONLY) : 0)
    #expect(mount("tmpfs", disk, "tmpfs", flags, nil) == 0)
  }
}
