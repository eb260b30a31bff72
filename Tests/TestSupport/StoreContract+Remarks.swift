import Ground
import Synchronization
import Testing

/// A remark that says in one entry which numbers were remarked, and remembers what it was told.
private final class Numbered: Remark {
  let group: String
  let number: Int
  /// The version its entry claims: other than 1 is refused.
  let version: Int
  let heard = Mutex<[Receipt]>([])

  init(_ group: String, _ number: Int, version: Int = 1) {
    self.group = group
    self.number = number
    self.version = version
  }

  func drafts(with others: [any Remark]) throws(Problem) -> [Draft] {
    let numbers = ([self] + others.compactMap { $0 as? Numbered }).map { String($0.number) }
    return [
      StoreSamples.draft(
        StoreSamples.record(number, kind: group), version, log: .access,
        mark: ":" + numbers.joined(separator: " "))
    ]
  }

  func said(_ drafts: [Draft], at receipts: [Receipt]) { heard.withLock { $0 += receipts } }
}

extension StoreContract {
  static let remarks: [Clause] = [
    Clause("a remark is said with its drafts, which alone have receipts, or by itself") {
      store async throws in
      let first = Numbered("note", 1)
      let receipts = try await store.append(StoreSamples.drafts(0..<2), saying: first)
      #expect(receipts == [0, 1].map { Receipt(log: .regulatory, index: $0) })
      #expect(try await store.append([], saying: Numbered("note", 2)).isEmpty)
      #expect(try await store.head(.access).size == 2)
      #expect(first.heard.withLock { $0 } == [Receipt(log: .access, index: 0)])
    },
    Clause("what is remarked of a refused request is not said") { store async throws in
      let remark = Numbered("note", 1)
      let stale = StoreSamples.draft(StoreSamples.record(1), 2)
      let problem = await refusal { try await store.append([stale], saying: remark) }
      #expect(problem?.code == "store.version-conflict")
      #expect(try await store.head(.access).size == 0 && remark.heard.withLock { $0.isEmpty })
    },
    Clause("a remark that is refused takes its drafts with it") { store async throws in
      let refused = Numbered("note", 1, version: 3)
      let problem = await refusal {
        try await store.append(StoreSamples.drafts(0..<1), saying: refused)
      }
      #expect(problem?.code == "store.version-conflict")
      for log in [LogName.regulatory, .access] { #expect(try await store.head(log).size == 0) }
      try await store.append(StoreSamples.drafts(0..<1))
    },
    Clause("of many at once every remark is said once, by its group, and refused ones are not") {
      store async throws in
      try await store.append(StoreSamples.drafts(0..<1))
      let said = try await withThrowingTaskGroup(of: [Int].self) { group in
        for number in 0..<240 {
          group.addTask {
            // Every tenth comes too late.
            let draft =
              number.isMultiple(of: 10)
              ? StoreSamples.draft(StoreSamples.record(0), 1)
              : StoreSamples.draft(StoreSamples.record(1000 + number), 1)
            let remark = Numbered(["even", "odd"][number % 2], number)
            let problem = await refusal { try await store.append([draft], saying: remark) }
            return problem == nil ? [number] : []
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(Set(said) == Set((0..<240).filter { !$0.isMultiple(of: 10) }))
      var noted: [Int] = []
      for entry in try await store.allEntries(.access) {
        let text = String(decoding: entry.entry, as: UTF8.self)
        let numbers = text.split(separator: ":").last?.split(separator: " ").compactMap { Int($0) }
        let isEven = entry.record.kind == "even"
        #expect(numbers?.allSatisfy { $0.isMultiple(of: 2) == isEven } == true)
        noted += numbers ?? []
      }
      #expect(noted.sorted() == said.sorted())
    },
  ]
}
