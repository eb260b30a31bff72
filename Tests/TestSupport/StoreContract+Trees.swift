import Ground
import Sealing
import Testing

extension StoreContract {
  private typealias Samples = StoreSamples

  static let trees = [
    Clause("the head's edge is the one that the entries make, at every size") {
      store async throws in
      var entries: [[UInt8]] = []
      for size in [1, 1, 1, 1, 4, 7, 1, 239, 1, 1, 255, 1] {
        let drafts = Samples.drafts(entries.count..<entries.count + size)
        try await store.append(drafts)
        entries += drafts.map(\.entry)
        let head = try await store.head(.regulatory)
        #expect(head.size == entries.count)
        #expect(head.edge == NaiveTree(entries: entries).edge(), "at \(entries.count)")
      }
    },
    Clause("hashes of complete subtrees are those that the entries make, on three levels") {
      store async throws in
      let count = 65_536 + 256 + 3
      for start in stride(from: 0, to: count, by: 10_000) {
        let drafts = (start..<min(count, start + 10_000)).map { number in
          Draft(
            log: .operational, record: Samples.record(number), version: 1,
            entry: Array("\(number)".utf8))
        }
        try await store.append(drafts)
      }
      let tree = NaiveTree(entries: (0..<count).map { Array("\($0)".utf8) })
      for level in 0...3 {
        let hashes = try await store.hashes(.operational, level: level, from: 0, count: 100_000)
        #expect(hashes == tree.hashes(level: level), "level \(level)")
      }
      let some = try await store.hashes(.operational, level: 1, from: 250, count: 3)
      #expect(some == Array(tree.hashes(level: 1)[250..<253]))
      #expect(try await store.hashes(.operational, level: 0, from: count, count: 5).isEmpty)
      #expect(try await store.hashes(.operational, level: -1, from: 0, count: 5).isEmpty)
      #expect(try await store.hashes(.operational, level: 1, from: 0, count: 0).isEmpty)
      #expect(try await store.hashes(.regulatory, level: 0, from: 0, count: 5).isEmpty)
      #expect(try await store.head(.operational).edge == tree.edge())
    },
  ]

  static let copies = [
    Clause(
      "a copy is one moment of the store while others go on writing",
      copying: { store, engine in
        try await store.append(Samples.drafts(0..<40))
        try await withFolder { folder in
          let path = folder + "/copy.store"
          try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
              group.addTask {
                for version in 2...30 {
                  try await store.append([
                    Samples.draft(Samples.record(writer), version),
                    Samples.draft(Samples.record(100 + writer * 100 + version), 1, log: .access),
                  ])
                }
              }
            }
            _ = try await store.grown(.access, beyond: 5)
            try await store.copy(to: path)
            try await group.waitForAll()
          }
          try await judge(copy: engine.openCopy(path), of: store)
          let again = await refusal { try await store.copy(to: path) }
          #expect(again?.code == "store.copy-exists")
        }
      })
  ]

  private static func judge(copy: any RecordStore, of store: any RecordStore) async throws {
    let entries = try await copy.allEntries(.regulatory)
    let original = try await store.entries(.regulatory, from: 0, limit: entries.count)
    #expect(entries.count > 40 && entries.map(\.entry) == original.map(\.entry))
    #expect(entries.map(\.content) == original.map(\.content))
    let edge = NaiveTree(entries: entries.map(\.entry)).edge()
    #expect(try await copy.head(.regulatory) == StoredHead(size: entries.count, edge: edge))
    // Each call appended one entry to either log after the first forty, so that the copy has whole
    // calls.
    #expect(try await copy.head(.access).size == entries.count - 40)
    let newest = Dictionary(entries.map { ($0.record, $0.version) }) { max($0, $1) }
    for record in try await copy.records(kind: nil, after: nil, limit: 10_000)
    where record.log == .regulatory {
      #expect(record.version == newest[record.id])
      #expect(record.state == Samples.draft(record.id, record.version).state)
    }
    await copy.close()
  }

  static let closing = [
    Clause("a closed store answers everything with store.closed, and closes twice") {
      store async throws in
      try await store.append(Samples.drafts(0..<1))
      await store.close()
      await store.close()
      let calls: [@Sendable () async throws -> Void] = [
        { try await store.append(Samples.drafts(1..<2)) },
        { _ = try await store.head(.regulatory) },
        { _ = try await store.entries(.regulatory, from: 0, limit: 1) },
        { _ = try await store.record(Samples.record(0)) },
        { _ = try await store.grown(.regulatory, beyond: 0) },
        { _ = try await store.erase([Samples.record(0)], recording: []) },
        { try await store.rewrap([:]) },
        { try await store.cache([]) },
      ]
      for call in calls { #expect(await refusal(of: call)?.code == "store.closed") }
    },
    Clause("who waits is told when the store closes, and what was sent before is answered") {
      store async throws in
      async let waiting = refusal { _ = try await store.grown(.access, beyond: 0) }
      let answered = await withTaskGroup(of: Problem?.self) { group in
        for number in 0..<50 {
          group.addTask {
            await refusal { try await store.append([Samples.draft(Samples.record(number), 1)]) }
          }
        }
        await store.close()
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answered.count == 50)
      #expect(answered.allSatisfy { $0 == nil || $0?.code == "store.closed" })
      #expect(await waiting?.code == "store.closed")
    },
  ]
}
