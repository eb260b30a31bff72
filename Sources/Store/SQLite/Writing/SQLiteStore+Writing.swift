internal import Foundation
internal import GRDB
public import Ground
internal import Sealing

extension SQLiteStore {
  /// Appends all drafts in one transaction and answers when they are durable.
  ///
  /// - Throws: `store.version-conflict`, `store.wrong-log`, `store.entry-too-large`,
  ///   `store.content-too-large`, `store.too-many-drafts`, `store.busy`, `store.full`,
  ///   `store.read-only`, `store.broken`, `store.closed`.
  public func append(
    _ drafts: [Draft], idempotencyKey: String?
  ) async throws(Problem) -> [Receipt] {
    let writer = try writing()
    try check(drafts)
    if drafts.isEmpty { return [] }
    return try await writer.append(
      drafts, key: idempotencyKey.map { Digest(of: Array($0.utf8)) })
  }

  /// Appends all drafts, and in the same transaction what this and other requests of its group remark.
  ///
  /// - Throws: what `append` throws, and what the remark throws.
  public func append(
    _ drafts: [Draft], saying remark: any Remark
  ) async throws(Problem) -> [Receipt] {
    let writer = try writing()
    try check(drafts)
    return try await writer.append(drafts, key: nil, remark: remark)
  }

  /// Erases the sealed contents and states of records, and their keys; entries stay.
  ///
  /// Answers when the erased bytes stand neither in the file nor in its write-ahead log. What the
  /// disk itself keeps of blocks that were given back is not in a program's hand.
  /// - Throws: what `append` throws, `store.unknown-record`, and `store.erasure-pending` when the
  ///   erasure is recorded and a reader keeps the log from being cut.
  public func erase(
    _ records: [RecordID], recording drafts: [Draft]
  ) async throws(Problem) -> [Receipt] {
    let writer = try writing()
    try check(drafts)
    if records.isEmpty, drafts.isEmpty { return [] }
    let receipts = try await writer.append(drafts, key: nil, erasing: records)
    let step: Int32 = 100
    var waited: Int32 = 0
    while try await !writer.cutLog(waitMilliseconds: step) {
      waited += step
      if waited >= tuning.erasureWaitMilliseconds { throw StoreProblem.erasurePending(path) }
    }
    return receipts
  }

  /// Keeps a published checkpoint; one of the same size is replaced.
  public func keep(_ checkpoint: StoredCheckpoint, of log: LogName) async throws(Problem) {
    try await writing().change { db in
      try db.execute(
        sql: """
          INSERT INTO checkpoint (log, size, seq, note)
          VALUES (?, ?, 1 + (SELECT coalesce(max(seq), 0) FROM checkpoint), ?)
          ON CONFLICT (log, size) DO UPDATE SET note = excluded.note
          """,
        arguments: [log.code, checkpoint.size, Data(checkpoint.note)])
    }
  }

  /// Replaces the wrapped keys of records, all or none; an erased record stays without a key.
  ///
  /// - Throws: `store.unknown-record`.
  public func rewrap(_ keys: [RecordID: WrappedKey]) async throws(Problem) {
    try await writing().change { db in
      for (record, key) in keys {
        try db.requireRecord(record)
        try db.execute(
          sql: "UPDATE record SET epoch = ?, key = ? WHERE id = ? AND key IS NOT NULL",
          arguments: [key.epoch, Data(key.bytes), record.text])
      }
    }
  }

  /// Replaces the cached states of records, all or none.
  ///
  /// A state of another version than the newest is passed over, because the record moved on while
  /// it was computed; so is that of an erased record.
  /// - Throws: `store.unknown-record`.
  public func cache(_ states: [StoredRecord]) async throws(Problem) {
    try await writing().change { db in
      for record in states {
        try db.requireRecord(record.id)
        try db.execute(
          sql: """
            UPDATE record SET state = ? WHERE id = ? AND version = ?
            AND (state IS NOT NULL OR key IS NOT NULL)
            """,
          arguments: [record.state.map { Data($0) }, record.id.text, record.version])
      }
    }
  }

  private func check(_ drafts: [Draft]) throws(Problem) {
    guard drafts.count <= StoreLimits.draftsPerRequest else {
      throw StoreProblem.tooManyDrafts(drafts.count)
    }
    for draft in drafts {
      guard draft.entry.count <= Envelope.largestEntry else {
        throw StoreProblem.entryTooLarge(draft.record, bytes: draft.entry.count)
      }
      let longest = max(draft.content?.count ?? 0, draft.state?.count ?? 0)
      guard longest <= StoreLimits.largestContent else {
        throw StoreProblem.contentTooLarge(draft.record, bytes: longest)
      }
    }
  }
}

extension Database {
  /// - Throws: `store.unknown-record`.
  fileprivate func requireRecord(_ record: RecordID) throws {
    let statement = try RawStatement(self, "SELECT 1 FROM record WHERE id = ?1")
    defer { statement.reset() }
    guard try statement.row(of: record) else { throw StoreProblem.unknownRecord(record) }
  }
}
