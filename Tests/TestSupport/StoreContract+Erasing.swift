import Ground
import Testing

extension StoreContract {
  private typealias Samples = StoreSamples

  static let erasing = [
    Clause("erasing takes contents, state and key, and leaves every entry and hash") {
      store async throws in
      for version in 1...3 {
        try await store.append((0..<3).map { Samples.draft(Samples.record($0), version) })
      }
      let before = try await store.allEntries(.regulatory)
      let edge = try await store.head(.regulatory).edge
      _ = try await store.erase([Samples.record(0), Samples.record(2)], recording: [])
      let after = try await store.allEntries(.regulatory)
      #expect(after.map(\.entry) == before.map(\.entry))
      #expect(after.map(\.leaf) == before.map(\.leaf))
      #expect(try await store.head(.regulatory).edge == edge)
      for (old, new) in zip(before, after) {
        #expect(new.content == (old.record == Samples.record(1) ? old.content : nil))
      }
      let erased = try #require(try await store.record(Samples.record(0)))
      #expect(erased.state == nil && erased.key == nil && erased.version == 3)
      #expect(try await store.record(Samples.record(1))?.key == Samples.key(Samples.record(1)))
    },
    Clause("an erasure and the drafts that record it are one") { store async throws in
      let record = Samples.record(1)
      try await store.append([Samples.draft(record, 1)])
      let late = [Samples.draft(Samples.record(9), 1), Samples.draft(record, 1)]
      let refused = await refusal { _ = try await store.erase([record], recording: late) }
      #expect(refused?.code == "store.version-conflict")
      #expect(try await store.history(record).first?.content != nil)
      #expect(try await store.record(record)?.key != nil)
      var note = Samples.draft(record, 2)
      note.content = nil
      note.state = nil
      let other = Samples.draft(Samples.record(9), 1, log: .operational)
      let receipts = try await store.erase([record], recording: [note, other])
      #expect(receipts.map(\.index) == [1, 0])
      #expect(try await store.history(record).map(\.content) == [nil, nil])
      #expect(try await store.record(Samples.record(9))?.state == other.state)
    },
    Clause("a record that does not exist cannot be erased, nor anything with it") {
      store async throws in
      try await store.append([Samples.draft(Samples.record(1), 1)])
      let both = [Samples.record(1), Samples.record(2)]
      let refused = await refusal { _ = try await store.erase(both, recording: []) }
      #expect(refused?.code == "store.unknown-record")
      #expect(try await store.record(Samples.record(1))?.state != nil)
    },
    Clause("an erased record can be erased again, and goes on with a new key") {
      store async throws in
      let record = Samples.record(1)
      try await store.append([Samples.draft(record, 1)])
      _ = try await store.erase([record], recording: [])
      _ = try await store.erase([record, record], recording: [])
      var next = Samples.draft(record, 2)
      next.key = Samples.key(record, epoch: 4)
      try await store.append([next])
      #expect(try await store.record(record)?.key == next.key)
      #expect(try await store.record(record)?.state == next.state)
      #expect(try await store.history(record).map(\.content) == [nil, next.content])
    },
  ]

  static let keys = [
    Clause("what is wrapped under an epoch before the newest is refused, alone or among others") {
      store async throws in
      var next = Samples.draft(Samples.record(2), 1)
      next.key = Samples.key(next.record, epoch: 2)
      try await store.append([Samples.draft(Samples.record(1), 1), next])
      let late = [Samples.draft(Samples.record(1), 2), Samples.draft(Samples.record(3), 1)]
      let refused = await refusal { try await store.append(late) }
      #expect(refused?.code == "store.epoch-ended")
      #expect(try await store.head(.regulatory).size == 2)
      try await store.append([late[0]])
      next = Samples.draft(Samples.record(3), 1)
      next.key = Samples.key(next.record, epoch: 2)
      try await store.append([next])
    },
    Clause("keys are wrapped anew all or none, and an erased record gets none") {
      store async throws in
      try await store.append(Samples.drafts(0..<3))
      _ = try await store.erase([Samples.record(2)], recording: [])
      let keys = Dictionary(
        uniqueKeysWithValues: (0..<3).map {
          (Samples.record($0), Samples.key(Samples.record($0), epoch: 2))
        })
      var wrong = keys
      wrong[Samples.record(9)] = Samples.key(Samples.record(9), epoch: 2)
      let refused = await refusal { try await store.rewrap(wrong) }
      #expect(refused?.code == "store.unknown-record")
      #expect(try await store.record(Samples.record(0))?.key?.epoch == 1)
      try await store.rewrap(keys)
      for number in 0..<2 {
        let record = Samples.record(number)
        #expect(try await store.record(record)?.key == Samples.key(record, epoch: 2))
        #expect(try await store.record(record)?.state == Samples.draft(record, 1).state)
      }
      #expect(try await store.record(Samples.record(2))?.key == nil)
    },
  ]
}
