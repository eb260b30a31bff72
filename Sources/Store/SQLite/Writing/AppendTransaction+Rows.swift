internal import GRDB
internal import Ground
internal import Journal
internal import Sealing

extension AppendTransaction {
  /// Writes the rows of a draft that was not refused: its version is the next of its record.
  mutating func insert(
    _ draft: Draft, _ leaf: Digest, _ state: inout WriterState
  ) throws {
    let before = draft.version == 1 ? Standing() : try standing(draft.record, &state)
    if before.isThere {
      try updateRecord(draft, number: before.number, &state)
      try insertEntry(draft, leaf, of: before.number, &state)
    } else if draft.version == 1, let number = try insertRecord(draft, &state) {
      try insertEntry(draft, leaf, of: number, &state)
    } else {
      throw StoreProblem.damaged(path, "a record is there and is not found", at: draft.record.text)
    }
  }

  /// Writes the entry, its content and what it completes of the tree.
  mutating func insertEntry(
    _ draft: Draft, _ leaf: Digest, of record: Int, _ state: inout WriterState
  ) throws {
    let position = draft.log.position
    let log = statements.logs[position]
    let seq = state.ends[position].range.size + 1
    log.insertEntry.bind(1, seq)
    log.insertEntry.bind(2, record)
    log.insertEntry.bind(3, draft.version)
    let code = draft.entry.withUnsafeBytes { entry in
      log.insertEntry.bind(4, entry)
      return leaf.withUnsafeBytes { leaf in
        log.insertEntry.bind(5, leaf)
        return log.insertEntry.run()
      }
    }
    try RawStatement.check(code)
    if let content = draft.content {
      log.insertContent.bind(1, seq)
      let code = content.withUnsafeBytes {
        log.insertContent.bind(2, $0)
        return log.insertContent.run()
      }
      try RawStatement.check(code)
    }
    for node in state.ends[position].range.append(leaf) {
      state.ends[position].nodes += 1
      try insertNode(node, seq: state.ends[position].nodes, log.insertNode)
    }
    newest[position] = record
    state.epoch = max(state.epoch, draft.key?.epoch ?? 0)
  }

  private func insertNode(
    _ node: CompleteSubtree, seq: Int, _ statement: RawStatement
  ) throws {
    statement.bind(1, seq)
    statement.bind(2, node.level)
    statement.bind(3, node.index)
    let code = node.hash.withUnsafeBytes {
      statement.bind(4, $0)
      return statement.run()
    }
    try RawStatement.check(code)
  }

  /// Makes the row of a new record; gives its number, nil when there is one of the name.
  ///
  /// It is not remembered: most records that begin are not the next to change, and looking one up costs less than
  /// remembering all.
  func insertRecord(_ draft: Draft, _ state: inout WriterState) throws -> Int? {
    let statement = statements.insertRecord
    let number = state.records + 1
    statement.bind(1, number)
    statement.bind(3, draft.log.code)
    statement.bind(4, draft.version)
    if let key = draft.key { statement.bind(5, key.epoch) } else { statement.bindNull(5) }
    var name = draft.record.text
    let code = name.withUTF8 { name in
      statement.bind(text: name, at: 2)
      return withBytes(draft.key?.bytes) { key in
        statement.bind(6, orNull: key)
        return withBytes(draft.state) { state in
          statement.bind(7, orNull: state)
          return statement.run()
        }
      }
    }
    try RawStatement.check(code)
    guard db.changesCount == 1 else { return nil }
    state.records = number
    return number
  }

  private func updateRecord(_ draft: Draft, number: Int, _ state: inout WriterState) throws {
    let statement = draft.key == nil ? statements.updateRecord : statements.updateRecordAndKey
    statement.bind(1, number)
    statement.bind(2, draft.version)
    let code = withBytes(draft.state) { state in
      statement.bind(3, orNull: state)
      guard let key = draft.key else { return statement.run() }
      statement.bind(4, key.epoch)
      return withBytes(key.bytes) { key in
        statement.bind(5, orNull: key)
        return statement.run()
      }
    }
    try RawStatement.check(code)
    state.known[draft.record] = Standing(number: number, log: draft.log, version: draft.version)
  }

  /// Removes contents, state and key of a record.
  mutating func erase(_ record: RecordID, _ state: inout WriterState) throws {
    guard let standing = state.known[record], let log = standing.log?.rawValue else {
      throw StoreProblem.damaged(path, "a record that was found is gone", at: record.text)
    }
    try db.execute(
      sql: "DELETE FROM \(log)_content WHERE seq IN (SELECT seq FROM \(log) WHERE record = ?)",
      arguments: [standing.number])
    try db.execute(
      sql: "UPDATE record SET state = NULL, key = NULL, epoch = NULL WHERE number = ?",
      arguments: [standing.number])
    hasErased = true
  }
}

/// The bytes in place, without copying; nil for nil.
private func withBytes<Result>(
  _ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Result
) -> Result {
  bytes?.withUnsafeBytes { body($0) } ?? body(nil)
}
