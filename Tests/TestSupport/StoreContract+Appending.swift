import Ground
import Testing

extension StoreContract {
  private typealias Samples = StoreSamples

  static let appending = [
    Clause("drafts of one call stand one after another in their order") { store async throws in
      let receipts = try await store.append(Samples.drafts(0..<5))
      #expect(receipts == (0..<5).map { Receipt(log: .regulatory, index: $0) })
      let entries = try await store.entries(.regulatory, from: 0, limit: 10)
      #expect(entries.map(\.record) == (0..<5).map { Samples.record($0) })
      #expect(entries.map(\.entry) == Samples.drafts(0..<5).map(\.entry))
      #expect(entries.map(\.content) == Samples.drafts(0..<5).map(\.content))
    },
    Clause("a call with one conflict among its drafts appends none of them") { store async throws in
      try await store.append(Samples.drafts(0..<2))
      let mixed = [
        Samples.draft(Samples.record(7), 1), Samples.draft(Samples.record(0), 2),
        Samples.draft(Samples.record(1), 1), Samples.draft(Samples.record(8), 1, log: .access),
      ]
      #expect(await refusal { try await store.append(mixed) }?.code == "store.version-conflict")
      #expect(try await store.head(.regulatory).size == 2)
      #expect(try await store.head(.access).size == 0)
      #expect(try await store.record(Samples.record(7)) == nil)
      #expect(try await store.record(Samples.record(0))?.version == 1)
    },
    Clause("no drafts make no entry") { store async throws in
      #expect(try await store.append([]).isEmpty)
      #expect(try await store.append([], idempotencyKey: "nothing").isEmpty)
      #expect(try await store.head(.regulatory) == StoredHead(size: 0, edge: []))
    },
    Clause("each log has its own indices") { store async throws in
      let drafts = [
        Samples.draft(Samples.record(1), 1), Samples.draft(Samples.record(2), 1, log: .access),
        Samples.draft(Samples.record(3), 1), Samples.draft(Samples.record(4), 1, log: .operational),
        Samples.draft(Samples.record(2), 2, log: .access),
      ]
      let receipts = try await store.append(drafts)
      #expect(receipts.map(\.log) == drafts.map(\.log))
      #expect(receipts.map(\.index) == [0, 0, 1, 0, 1])
      #expect(try await store.entries(.access, from: 0, limit: 9).map(\.version) == [1, 2])
    },
    Clause("an entry and a content may be empty, which is not the same as none") {
      store async throws in
      var draft = Draft(
        log: .regulatory, record: Samples.record(1), version: 1, entry: [], content: [], state: [])
      try await store.append([draft])
      draft.version = 2
      draft.content = nil
      draft.state = nil
      try await store.append([draft])
      let entries = try await store.entries(.regulatory, from: 0, limit: 2)
      #expect(entries.map(\.entry) == [[], []])
      #expect(entries.map(\.content) == [[], nil])
      #expect(try await store.record(Samples.record(1))?.state == nil)
    },
    Clause("indices have no gaps while 64 writers append and get in each other's way") {
      store async throws in
      try await contend(store, writers: 64, records: 8, appends: 12)
    },
  ]

  static let versions = [
    Clause("a version that does not follow the newest is refused") { store async throws in
      let record = Samples.record(1)
      for (version, isNext) in [
        (0, false), (2, false), (-1, false), (.max, false), (1, true), (0, false), (1, false),
        (3, false), (2, true),
      ] {
        let refused = await refusal { try await store.append([Samples.draft(record, version)]) }
        #expect(refused?.code == (isNext ? nil : "store.version-conflict"), "version \(version)")
      }
      #expect(try await store.history(record).map(\.version) == [1, 2])
    },
    Clause("one call may bring several versions of a record") { store async throws in
      let record = Samples.record(1)
      try await store.append((1...3).map { Samples.draft(record, $0) })
      #expect(try await store.record(record)?.version == 3)
      let gap = [4, 6].map { Samples.draft(record, $0) }
      #expect(await refusal { try await store.append(gap) }?.code == "store.version-conflict")
      let double = [4, 4].map { Samples.draft(record, $0) }
      #expect(await refusal { try await store.append(double) }?.code == "store.version-conflict")
      #expect(try await store.record(record)?.version == 3)
    },
    Clause("a record stays in its log") { store async throws in
      let record = Samples.record(1)
      try await store.append([Samples.draft(record, 1, log: .access)])
      let moved = [Samples.draft(record, 2, log: .regulatory)]
      #expect(await refusal { try await store.append(moved) }?.code == "store.wrong-log")
      let both = [
        Samples.draft(Samples.record(2), 1), Samples.draft(Samples.record(2), 2, log: .access),
      ]
      #expect(await refusal { try await store.append(both) }?.code == "store.wrong-log")
      #expect(try await store.head(.regulatory).size == 0)
    },
    Clause("what was decided on a log of another size is refused with all that goes with it") {
      store async throws in
      let first = Samples.record(0)
      try await store.append(Samples.drafts(0..<3))
      for (record, version, decidedAt, isNow) in [
        (first, 2, 2, false), (first, 2, 4, false), (Samples.record(9), 1, 2, false),
        (first, 2, 3, true), (first, 3, 3, false), (Samples.record(9), 1, 4, true),
      ] {
        var draft = Samples.draft(record, version)
        draft.decidedAt = decidedAt
        let refused = await refusal { try await store.append([draft]) }
        #expect(refused?.code == (isNow ? nil : "store.log-grown"), "on \(decidedAt)")
      }
      var stale = Samples.draft(Samples.record(11), 1)
      stale.decidedAt = 4
      let both = [Samples.draft(Samples.record(10), 1), stale]
      #expect(await refusal { try await store.append(both) }?.code == "store.log-grown")
      #expect(try await store.record(Samples.record(10)) == nil)
      #expect(try await store.head(.regulatory).size == 5)
    },
    Clause("the versions of a record are linearizable") { store async throws in
      try await contend(store, writers: 16, records: 1, appends: 10)
    },
  ]

  static let requests = [
    Clause("the same key gives the first receipts again and writes nothing") { store async throws in
      let first = try await store.append(Samples.drafts(0..<3), idempotencyKey: "request 1")
      #expect(try await store.append(Samples.drafts(0..<3), idempotencyKey: "request 1") == first)
      let other = [Samples.draft(Samples.record(9), 1, log: .access)]
      #expect(try await store.append(other, idempotencyKey: "request 1") == first)
      #expect(try await store.head(.regulatory).size == 3)
      #expect(try await store.head(.access).size == 0)
      #expect(try await store.append(other, idempotencyKey: "request 2").count == 1)
    },
    Clause("one key used by many at once writes once") { store async throws in
      let receipts = try await withThrowingTaskGroup(of: [Receipt].self) { group in
        for _ in 0..<32 {
          group.addTask { try await store.append(Samples.drafts(0..<2), idempotencyKey: "one") }
        }
        return try await group.reduce(into: Set<[Receipt]>()) { $0.insert($1) }
      }
      #expect(receipts.count == 1)
      #expect(try await store.head(.regulatory).size == 2)
    },
    Clause("a refused request leaves its key free") { store async throws in
      let wrong = [Samples.draft(Samples.record(1), 2)]
      let refused = await refusal { _ = try await store.append(wrong, idempotencyKey: "again") }
      #expect(refused?.code == "store.version-conflict")
      let right = [Samples.draft(Samples.record(1), 1)]
      #expect(try await store.append(right, idempotencyKey: "again").map(\.index) == [0])
    },
  ]

  static let limits = [
    Clause("an entry has at most 65,535 bytes, and a larger one stops its whole call") {
      store async throws in
      var large = Samples.draft(Samples.record(1), 1)
      large.entry = [UInt8](repeating: 0x61, count: Envelope.largestEntry + 1)
      let both = [Samples.draft(Samples.record(0), 1), large]
      #expect(await refusal { try await store.append(both) }?.code == "store.entry-too-large")
      #expect(try await store.head(.regulatory).size == 0)
      large.entry.removeLast()
      try await store.append([large])
      #expect(try await store.entries(.regulatory, from: 0, limit: 1).first?.entry == large.entry)
    },
    Clause("content and state have at most 16 MiB each") { store async throws in
      var large = Samples.draft(Samples.record(1), 1)
      large.content = [UInt8](repeating: 0x62, count: 16 << 20)
      large.state = large.content
      try await store.append([large])
      #expect(try await store.history(Samples.record(1)).first?.content == large.content)
      large.version = 2
      large.state?.append(0)
      #expect(await refusal { try await store.append([large]) }?.code == "store.content-too-large")
      large.state = nil
      large.content?.append(0)
      #expect(await refusal { try await store.append([large]) }?.code == "store.content-too-large")
    },
    Clause("a call brings at most 10,000 drafts") { store async throws in
      let many = Samples.drafts(0..<10_001)
      #expect(await refusal { try await store.append(many) }?.code == "store.too-many-drafts")
      #expect(try await store.append(Array(many.dropLast())).last?.index == 9_999)
    },
  ]
}
