import Dispatch
import Foundation
import Ground
@testable import Store
import Synchronization
import TestSupport
import Testing

/// How the one writer shares transactions among its callers.
struct WriterTests {
  @Test("requests that wait together share one transaction, and a refused one spoils none")
  func groupCommit() async throws {
    try await withPath { path in
      let store = try SQLiteStore(path: path, access: .write)
      try await whileHeld(store, requests: 200, until: { $0 == 200 }) { number in
        let version = number.isMultiple(of: 10) ? 2 : 1
        let draft = StoreSamples.draft(StoreSamples.record(number), version)
        let refused = await refusal { try await store.append([draft]) }
        #expect(refused?.code == (version == 2 ? "store.version-conflict" : nil))
      }
      #expect(store.commitCount == 1)
      #expect(try await store.head(.regulatory).size == 180)
      await store.close()
    }
  }

  @Test("a transaction takes at most so many drafts, and never splits a request")
  func bounded() async throws {
    try await withPath { path in
      var tuning = Tuning()
      tuning.draftsPerCommit = 10
      let store = try SQLiteStore(path: path, access: .write, tuning: tuning)
      try await whileHeld(store, requests: 20, until: { $0 == 20 }) { number in
        let first = number * 100
        let receipts = try await store.append(StoreSamples.drafts(first..<first + 4))
        #expect(receipts.map(\.index) == Array(receipts[0].index..<receipts[0].index + 4))
      }
      #expect(store.commitCount == 10)
      let large = try await store.append(StoreSamples.drafts(5_000..<5_030))
      #expect(large.count == 30 && store.commitCount == 11)
      await store.close()
    }
  }

  @Test("more than may wait is turned away, and taken again later")
  func busy() async throws {
    try await withPath { path in
      var tuning = Tuning()
      tuning.waitingDrafts = 50
      let store = try SQLiteStore(path: path, access: .write, tuning: tuning)
      let refused = Counter()
      try await whileHeld(store, requests: 80, until: { $0 + refused.value == 80 }) { number in
        let draft = StoreSamples.draft(StoreSamples.record(number), 1)
        if await refusal(of: { try await store.append([draft]) })?.code == "store.busy" {
          refused.add()
        }
      }
      // The work that held the writer counts as one.
      #expect(refused.value == 31)
      #expect(try await store.head(.regulatory).size == 49)
      try await store.append([StoreSamples.draft(StoreSamples.record(1_000), 1)])
      await store.close()
    }
  }

  @Test("a record that was forgotten is found again")
  func forgotten() async throws {
    try await withPath { path in
      var tuning = Tuning()
      tuning.rememberedRecords = 3
      let store = try SQLiteStore(path: path, access: .write, tuning: tuning)
      for version in 1...3 {
        for number in 0..<10 {
          try await store.append([StoreSamples.draft(StoreSamples.record(number), version)])
        }
        try await store.append(
          (20..<30).map { StoreSamples.draft(StoreSamples.record($0), version) })
      }
      let edge = NaiveTree(entries: try await store.allEntries(.regulatory).map(\.entry)).edge()
      #expect(try await store.head(.regulatory) == StoredHead(size: 60, edge: edge))
      await store.close()
    }
  }

  @Test("the write-ahead log is copied into the file while the store is in use")
  func shortened() async throws {
    try await withPath { path in
      var tuning = Tuning()
      tuning.pagesPerCheckpoint = 20
      let store = try SQLiteStore(path: path, access: .write, tuning: tuning)
      for number in 0..<200 {
        try await store.append([StoreSamples.draft(StoreSamples.record(number), 1)])
      }
      #expect(try bytes(path + "-wal") < 60 * 4_096)
      #expect(try bytes(path) > 10 * 4_096)
      await store.close()
    }
  }

  /// Holds the writer until enough requests wait, then lets it go and waits for their end.
  private func whileHeld(
    _ store: SQLiteStore, requests: Int, until isEnough: (_ waiting: Int) -> Bool,
    _ request: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let writer = try #require(store.writer)
    let gate = Gate()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await writer.change { _ in gate.pass() } }
      while !gate.isReached { await Task.yield() }
      for number in 0..<requests { group.addTask { try await request(number) } }
      while !isEnough(writer.waitingRequests) { await Task.yield() }
      gate.open()
      try await group.waitForAll()
    }
  }

  private func bytes(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }
}

/// Stops the thread that passes until it is opened.
private final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let reached = Atomic(false)

  var isReached: Bool { reached.load(ordering: .acquiring) }

  func pass() {
    reached.store(true, ordering: .releasing)
    semaphore.wait()
  }

  func open() { semaphore.signal() }
}

/// Counts what tasks did.
private final class Counter: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .acquiring) }

  func add() { count.add(1, ordering: .acquiringAndReleasing) }
}
