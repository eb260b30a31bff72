import Ground
import Synchronization
import Testing

/// An append that succeeded, with the moments of its call and answer on a common logical clock.
private struct Success: Sendable {
  let record: RecordID
  let version: Int
  let index: Int
  let called: Int
  let answered: Int
}

/// Counts moments: of two ticks, the later one has the larger number.
private final class LogicalClock: Sendable {
  private let moment = Atomic<Int>(0)

  func tick() -> Int { moment.add(1, ordering: .sequentiallyConsistent).newValue }
}

extension StoreContract {
  /// Writers that take a record, read its version and append the next, and go on after a conflict.
  ///
  /// Afterwards the log must tell one history: indices without gaps, versions in their order, and
  /// what was answered before another call began stands before it.
  static func contend(
    _ store: any RecordStore, writers: Int, records: Int, appends: Int
  ) async throws {
    let clock = LogicalClock()
    let successes = try await withThrowingTaskGroup(of: [Success].self) { group in
      for writer in 0..<writers {
        group.addTask {
          var random = SplitMix64(seed: UInt64(writer))
          var mine: [Success] = []
          while mine.count < appends {
            let record = StoreSamples.record(random.int(0...(records - 1)))
            let version = (try await store.record(record)?.version ?? 0) + 1
            let called = clock.tick()
            do throws(Problem) {
              let draft = StoreSamples.draft(record, version, mark: "by \(writer)")
              let receipt = try await store.append([draft])
              mine.append(
                Success(
                  record: record, version: version, index: receipt[0].index, called: called,
                  answered: clock.tick()))
            } catch {
              guard error.code == "store.version-conflict" else { throw error }
            }
          }
          return mine
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    try await judge(successes.sorted { $0.index < $1.index }, store)
  }

  private static func judge(_ successes: [Success], _ store: any RecordStore) async throws {
    #expect(successes.map(\.index) == Array(0..<successes.count))
    let entries = try await store.allEntries(.regulatory)
    #expect(entries.map(\.index) == Array(0..<successes.count))
    #expect(entries.map(\.record) == successes.map(\.record))
    #expect(entries.map(\.version) == successes.map(\.version))
    for (_, versions) in Dictionary(grouping: successes, by: \.record) {
      #expect(versions.map(\.version) == Array(1...versions.count))
    }
    var latestCall = 0
    for success in successes {
      #expect(success.answered > latestCall, "entry \(success.index) was answered too early")
      latestCall = max(latestCall, success.called)
    }
    let tree = NaiveTree(entries: entries.map(\.entry))
    #expect(try await store.head(.regulatory).edge == tree.edge())
  }
}
