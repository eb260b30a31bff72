import Ground
import Sealing
import Testing

extension StoreContract {
  private typealias Samples = StoreSamples

  static let reading = [
    Clause("entries are read in pages, from any index, to the end") { store async throws in
      try await store.append(Samples.drafts(0..<25))
      func indices(_ from: Int, _ limit: Int) async throws -> [Int] {
        try await store.entries(.regulatory, from: from, limit: limit).map(\.index)
      }
      #expect(try await indices(0, 10) == Array(0..<10))
      #expect(try await indices(20, 10) == Array(20..<25))
      #expect(try await indices(25, 10).isEmpty)
      #expect(try await indices(.max, 10).isEmpty)
      #expect(try await indices(0, .max) == Array(0..<25))
      #expect(try await indices(3, 0).isEmpty)
      #expect(try await indices(3, -1).isEmpty)
      #expect(try await indices(-5, 2) == [0, 1])
    },
    Clause("an entry is given back as it was appended, with its leaf hash") { store async throws in
      let draft = Samples.draft(Samples.record(1), 1, mark: "ä\u{0}\n")
      try await store.append([draft])
      let entry = try #require(try await store.entries(.regulatory, from: 0, limit: 1).first)
      #expect(entry.entry == draft.entry)
      #expect(entry.content == draft.content)
      #expect(entry.leaf == NaiveTree(entries: [draft.entry]).root().bytes)
    },
    Clause("the history of a record is all of its entries and no others") { store async throws in
      for version in 1...3 {
        try await store.append((0..<4).map { Samples.draft(Samples.record($0), version) })
      }
      let history = try await store.history(Samples.record(2))
      #expect(history.map(\.version) == [1, 2, 3])
      #expect(history.map(\.index) == [2, 6, 10])
      #expect(history.allSatisfy { $0.record == Samples.record(2) })
      #expect(try await store.history(Samples.record(99)).isEmpty)
    },
  ]

  static let records = [
    Clause("a record stands as its newest draft left it and keeps its key") { store async throws in
      let record = Samples.record(1)
      #expect(try await store.record(record) == nil)
      try await store.append([Samples.draft(record, 1, log: .access)])
      var second = Samples.draft(record, 2, log: .access)
      second.state = Array("new state".utf8)
      try await store.append([second])
      let stored = try #require(try await store.record(record))
      #expect(stored.id == record && stored.log == .access && stored.version == 2)
      #expect(stored.state == second.state)
      #expect(stored.key == Samples.key(record))
    },
    Clause("records are listed by kind in the order of their names, page by page") {
      store async throws in
      let names = [
        "model/b", "model/a-1", "model/a", "model/a1", "model-card/a", "incident/z", "model/0",
      ].compactMap { RecordID($0) }
      try await store.append(names.map { Samples.draft($0, 1) })
      var listed: [RecordID] = []
      while true {
        let page = try await store.records(kind: "model", after: listed.last, limit: 2)
        if page.isEmpty { break }
        #expect(page.count <= 2)
        listed += page.map(\.id)
      }
      #expect(listed == names.filter { $0.kind == "model" }.sorted())
      let all = try await store.records(kind: nil, after: nil, limit: 99)
      #expect(all.map(\.id) == names.sorted())
      #expect(all.allSatisfy { $0.state != nil && $0.key != nil })
      #expect(try await store.records(kind: "mode", after: nil, limit: 9).isEmpty)
      #expect(try await store.records(kind: "model", after: nil, limit: 0).isEmpty)
      let after = RecordID("model/a-0")
      #expect(try await store.records(kind: nil, after: after, limit: 1).first?.id == names[1])
    },
    Clause("a cached state is replaced, unless the record moved on or was erased") {
      store async throws in
      try await store.append(Samples.drafts(0..<4))
      try await store.append([Samples.draft(Samples.record(1), 2)])
      _ = try await store.erase([Samples.record(2)], recording: [])
      var states = try await store.records(kind: nil, after: nil, limit: 9)
      for index in states.indices { states[index].state = Array("rebuilt \(index)".utf8) }
      states[1].version = 1
      try await store.cache(states)
      let after = try await store.records(kind: nil, after: nil, limit: 9)
      #expect(after[0].state == states[0].state)
      #expect(after[1].state == Samples.draft(Samples.record(1), 2).state)
      #expect(after[2].state == nil)
      #expect(after[3].state == states[3].state)
      states[0].state = Array("not kept".utf8)
      let unknown = StoredRecord(
        id: Samples.record(99), log: .regulatory, version: 1, state: [1], key: nil)
      let refused = await refusal { try await store.cache([states[0], unknown]) }
      #expect(refused?.code == "store.unknown-record")
      #expect(try await store.record(Samples.record(0))?.state == after[0].state)
    },
  ]

  static let tailing = [
    Clause("readers that follow a log miss nothing and see nothing twice") { store async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        let total = 8 * 40
        for limit in [1, 3, 50, 1000] {
          group.addTask {
            var seen: [StoredEntry] = []
            while seen.count < total {
              let size = try await store.grown(.regulatory, beyond: seen.count)
              #expect(size > seen.count)
              let next = try await store.entries(.regulatory, from: seen.count, limit: limit)
              #expect(!next.isEmpty)
              seen += next
            }
            #expect(seen.map(\.index) == Array(0..<total))
          }
        }
        for writer in 0..<8 {
          group.addTask {
            for version in 1...40 {
              try await store.append([Samples.draft(Samples.record(writer), version)])
            }
          }
        }
        try await group.waitForAll()
      }
    },
    Clause("a log that is long enough is not waited for, and another log wakes nobody") {
      store async throws in
      try await store.append(Samples.drafts(0..<3))
      #expect(try await store.grown(.regulatory, beyond: 2) == 3)
      async let waiting = store.grown(.access, beyond: 0)
      try await store.append([Samples.draft(Samples.record(5), 1)])
      try await store.append([Samples.draft(Samples.record(6), 1, log: .access)])
      #expect(try await waiting == 1)
    },
    Clause("a wait ends when its task is cancelled") { store async throws in
      let task = Task {
        await refusal { _ = try await store.grown(.regulatory, beyond: 0) }?.code
      }
      task.cancel()
      #expect(await task.value == "store.cancelled")
    },
  ]

  static let checkpoints = [
    Clause("checkpoints are kept by log and size, and found by the size they cover") {
      store async throws in
      func keep(_ size: Int, _ note: String, _ log: LogName = .regulatory) async throws {
        try await store.keep(StoredCheckpoint(size: size, note: Array(note.utf8)), of: log)
      }
      #expect(try await store.checkpoint(.regulatory, atMost: .max) == nil)
      try await keep(5, "five")
      try await keep(9, "nine")
      try await keep(0, "none")
      try await keep(7, "access", .access)
      #expect(try await store.checkpoints(.regulatory).map(\.size) == [0, 5, 9])
      #expect(try await store.checkpoint(.regulatory, atMost: 8)?.note == Array("five".utf8))
      #expect(try await store.checkpoint(.regulatory, atMost: 9)?.size == 9)
      #expect(try await store.checkpoint(.access, atMost: 6) == nil)
      try await keep(5, "five, with a witness")
      let found = try await store.checkpoint(.regulatory, atMost: 5)
      #expect(found?.note == Array("five, with a witness".utf8))
      #expect(try await store.checkpoints(.regulatory).count == 3)
    }
  ]
}
