import Ground
import Sealing
import Testing

/// What a store should hold, as simple as can be: arrays and dictionaries that one caller changes
/// step by step.
struct StoreModel {
  var entries: [LogName: [StoredEntry]] = [:]
  var records: [RecordID: StoredRecord] = [:]
  var requests: [String: [Receipt]] = [:]
  var checkpoints: [LogName: [Int: [UInt8]]] = [:]

  /// What an append should answer; changes the model when it succeeds.
  mutating func append(
    _ drafts: [Draft], key: String?, erasing: [RecordID] = []
  ) -> Result<[Receipt], Problem> {
    if let key, let receipts = requests[key] { return .success(receipts) }
    guard erasing.allSatisfy({ records[$0] != nil }) else {
      return .failure(Problem("store.unknown-record", what: ""))
    }
    var next = self
    for record in erasing { next.erase(record) }
    var receipts: [Receipt] = []
    for draft in drafts {
      let before = next.records[draft.record]
      guard draft.version == (before?.version ?? 0) + 1 else {
        return .failure(Problem("store.version-conflict", what: ""))
      }
      guard before == nil || before?.log == draft.log else {
        return .failure(Problem("store.wrong-log", what: ""))
      }
      let index = next.entries[draft.log, default: []].count
      next.entries[draft.log, default: []].append(
        StoredEntry(
          index: index, record: draft.record, version: draft.version, entry: draft.entry,
          leaf: NaiveTree(entries: [draft.entry]).root().bytes, content: draft.content))
      next.records[draft.record] = StoredRecord(
        id: draft.record, log: draft.log, version: draft.version, state: draft.state,
        key: draft.key ?? before?.key)
      receipts.append(Receipt(log: draft.log, index: index))
    }
    if let key, !drafts.isEmpty { next.requests[key] = receipts }
    self = next
    return .success(receipts)
  }

  private mutating func erase(_ record: RecordID) {
    records[record]?.state = nil
    records[record]?.key = nil
    for log in LogName.allCases {
      for index in entries[log, default: []].indices where entries[log]?[index].record == record {
        entries[log]?[index].content = nil
      }
    }
  }

  /// Everything that a store can be asked, compared with the model; nil where both agree.
  func difference(from store: any RecordStore) async throws(Problem) -> String? {
    for log in LogName.allCases {
      let mine = entries[log, default: []]
      let head = try await store.head(log)
      guard head.size == mine.count else { return "\(log) has \(head.size) entries" }
      guard head.edge == NaiveTree(entries: mine.map(\.entry)).edge() else {
        return "the edge of \(log)"
      }
      let theirs = try await store.allEntries(log, page: 7)
      guard theirs.map(\.facts) == mine.map(\.facts) else { return "the entries of \(log)" }
      let kept = checkpoints[log, default: [:]].sorted { $0.key < $1.key }
      guard try await store.checkpoints(log).map(\.note) == kept.map(\.value) else {
        return "the checkpoints of \(log)"
      }
    }
    let theirs = try await store.records(kind: nil, after: nil, limit: 1_000)
    guard theirs.map(\.facts) == records.values.sorted(by: { $0.id < $1.id }).map(\.facts) else {
      return "the records"
    }
    for record in records.keys {
      let history = LogName.allCases.flatMap { entries[$0, default: []] }
        .filter { $0.record == record }
      guard try await store.history(record).map(\.facts) == history.map(\.facts) else {
        return "the history of \(record.text)"
      }
    }
    return nil
  }
}

extension StoredEntry {
  /// Its parts, to compare.
  fileprivate var facts: [[UInt8]?] {
    [Array("\(index) \(record.text) \(version)".utf8), entry, leaf, content]
  }
}

extension StoredRecord {
  /// Its parts, to compare.
  fileprivate var facts: [[UInt8]?] {
    [Array("\(id.text) \(log) \(version) \(key?.epoch ?? 0)".utf8), state, key?.bytes]
  }
}
