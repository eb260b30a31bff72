import Foundation
public import Ground
import Sealing
import Testing

/// Random commands to a store, each compared with what the model answers.
///
/// `SEED=… swift test` repeats one run alone.
public struct StoreMachine {
  private var random: SplitMix64
  private var model = StoreModel()
  private var store: any RecordStore
  private let seed: UInt64
  /// Closes the store and opens it anew.
  private let reopen: (any RecordStore) async throws -> any RecordStore

  /// The seeds of a test run.
  public static func seeds(_ count: Int) -> [UInt64] {
    let asked = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
    return asked.map { [$0] } ?? (0..<UInt64(count)).map { 0x5EED_0000 + $0 }
  }

  public init(
    seed: UInt64, store: any RecordStore,
    reopen: @escaping (any RecordStore) async throws -> any RecordStore
  ) {
    self.seed = seed
    self.store = store
    self.reopen = reopen
    random = SplitMix64(seed: seed)
  }

  /// Gives so many commands, and stops at the first answer that differs.
  ///
  /// - Returns: The store as it is then.
  public mutating func run(commands: Int) async throws -> any RecordStore {
    for step in 0..<commands {
      var wrong = try await command()
      if wrong == nil, step.isMultiple(of: 10) || step == commands - 1 {
        wrong = try await model.difference(from: store)
      }
      if let wrong {
        Issue.record("SEED=\(seed), command \(step): \(wrong)")
        return store
      }
    }
    return store
  }

  private mutating func command() async throws -> String? {
    switch random.int(0...19) {
    case 0...11: return await append()
    case 12, 13: return await erase()
    case 14: return await rewrap()
    case 15: return await cache()
    case 16: return try await keep()
    case 17:
      store = try await reopen(store)
      return nil
    default: return try await hashes()
    }
  }

  private mutating func record() -> RecordID { StoreSamples.record(random.int(0...11)) }

  /// Drafts of which most are right.
  private mutating func drafts() -> [Draft] {
    var versions = model.records.mapValues(\.version)
    return (0..<random.int(0...random.pick([1, 1, 3, 40]))).map { _ in
      let record = record()
      let slip = random.int(0...29) == 0 ? random.int(-1...1) : 0
      let version = versions[record, default: 0] + 1 + slip
      versions[record] = version
      let log = random.int(0...29) == 0 ? random.pick(LogName.allCases) : homeLog(record)
      var draft = StoreSamples.draft(record, version, log: log, mark: random.digits(5))
      if random.int(0...4) == 0 { draft.content = nil }
      if random.int(0...4) == 0 { draft.state = nil }
      if random.int(0...9) == 0 { draft.key = StoreSamples.key(record) }
      return draft
    }
  }

  private func homeLog(_ record: RecordID) -> LogName {
    LogName.allCases[(record.key.utf8.last.map(Int.init) ?? 0) % 3]
  }

  private mutating func append() async -> String? {
    let drafts = drafts()
    let key = random.int(0...4) == 0 ? "key \(random.int(0...5))" : nil
    let expected = model.append(drafts, key: drafts.isEmpty ? nil : key)
    return compare(
      await outcome { [store] in try await store.append(drafts, idempotencyKey: key) }, expected)
  }

  private mutating func erase() async -> String? {
    let records = (0..<random.int(0...2)).map { _ in record() }
    let drafts = drafts()
    let expected = model.append(drafts, key: nil, erasing: records)
    return compare(
      await outcome { [store] in try await store.erase(records, recording: drafts) }, expected)
  }

  private mutating func rewrap() async -> String? {
    let record = record()
    let key = WrappedKey(epoch: 1, bytes: Array("wrapped anew \(random.digits(5))".utf8))
    let known = model.records[record] != nil
    if model.records[record]?.key != nil { model.records[record]?.key = key }
    let answer = await outcome { [store] in
      try await store.rewrap([record: key])
      return []
    }
    return compare(
      answer, known ? .success([]) : .failure(Problem("store.unknown-record", what: "")))
  }

  private mutating func cache() async -> String? {
    guard var chosen = model.records.values.sorted(by: { $0.id < $1.id }).first else { return nil }
    chosen.state = Array("rebuilt \(random.digits(4))".utf8)
    if random.int(0...3) == 0 {
      chosen.version -= 1
    } else if model.records[chosen.id]?.state != nil || chosen.key != nil {
      model.records[chosen.id]?.state = chosen.state
    }
    return compare(
      await outcome { [store, chosen] in
        try await store.cache([chosen])
        return []
      }, .success([]))
  }

  private mutating func keep() async throws -> String? {
    let log = random.pick(LogName.allCases)
    let size = random.int(0...(model.entries[log]?.count ?? 0))
    let note = Array("note \(random.digits(4))".utf8)
    model.checkpoints[log, default: [:]][size] = note
    try await store.keep(StoredCheckpoint(size: size, note: note), of: log)
    let least = random.int(0...(size + 3))
    let newest = model.checkpoints[log, default: [:]].keys.filter { $0 <= least }.max()
    let found = try await store.checkpoint(log, atMost: least)
    return found?.size == newest ? nil : "the newest checkpoint of at most \(least)"
  }

  private mutating func hashes() async throws -> String? {
    let log = random.pick(LogName.allCases)
    let tree = NaiveTree(entries: model.entries[log, default: []].map(\.entry))
    let level = random.int(0...1)
    let from = random.int(0...20)
    let count = random.int(0...300)
    let hashes = try await store.hashes(log, level: level, from: from, count: count)
    let expected = Array(tree.hashes(level: level).dropFirst(from).prefix(count))
    return hashes == expected ? nil : "hashes of \(log) on level \(level)"
  }

  private func outcome(
    _ body: () async throws -> [Receipt]
  ) async -> Result<[Receipt], Problem> {
    do { return .success(try await body()) } catch {
      return .failure(error as? Problem ?? Problem("test.other-error", what: "\(error)"))
    }
  }

  private func compare(
    _ answer: Result<[Receipt], Problem>, _ expected: Result<[Receipt], Problem>
  ) -> String? {
    switch (answer, expected) {
    case (.success(let left), .success(let right)):
      left == right ? nil : "receipts \(left) instead of \(right)"
    case (.failure(let left), .failure(let right)):
      left.code == right.code ? nil : "\(left.code) instead of \(right.code)"
    case (.success, .failure(let problem)): "success instead of \(problem.code)"
    case (.failure(let problem), .success): "\(problem.terminal) instead of success"
    }
  }
}
