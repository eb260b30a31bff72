internal import GRDB
internal import Ground
internal import Journal
internal import Sealing

extension AppendTransaction {
  mutating func insert(
    _ draft: Draft, _ leaf: Digest, _ state: inout WriterState
  ) throws -> Receipt {
    let position = draft.log.position
    let number = try putRecord(draft, &state)
    let index = state.ends[position].range.size
    try insertEntry(draft, leaf, record: number, seq: index + 1)
    if let content = draft.content {
      let statement = statements.logs[position].insertContent
      statement.bind(1, index + 1)
      try content.withUnsafeBytes {
        statement.bind(2, $0)
        try RawStatement.check(statement.run())
      }
    }
    try grow(position, leaf, &state)
    newest[position] = number
    return Receipt(log: draft.log, index: index)
  }

  private func insertEntry(_ draft: Draft, _ leaf: Digest, record: Int, seq: Int) throws {
    let statement = statements.logs[draft.log.position].insertEntry
    statement.bind(1, seq)
    statement.bind(2, record)
    statement.bind(3, draft.version)
    let code = draft.entry.withUnsafeBytes { entry in
      statement.bind(4, entry)
      return leaf.withUnsafeBytes { leaf in
        statement.bind(5, leaf)
        return statement.run()
      }
    }
    try RawStatement.check(code)
  }

  /// Adds the leaf to the tree, and writes the nodes that it completes.
  private func grow(_ position: Int, _ leaf: Digest, _ state: inout WriterState) throws {
    for node in state.ends[position].range.append(leaf) {
      state.ends[position].nodes += 1
      let statement = statements.logs[position].insertNode
      statement.bind(1, state.ends[position].nodes)
      statement.bind(2, node.level)
      statement.bind(3, node.index)
      let code = node.hash.withUnsafeBytes {
        statement.bind(4, $0)
        return statement.run()
      }
      try RawStatement.check(code)
    }
  }

  /// Makes or changes the record's row; gives its number.
  private func putRecord(_ draft: Draft, _ state: inout WriterState) throws -> Int {
    guard var standing = try standing(draft.record, &state) else {
      state.records += 1
      let standing = Standing(number: state.records, log: draft.log, version: draft.version)
      try insertRecord(draft, number: standing.number)
      remember(standing, of: draft.record, &state)
      return standing.number
    }
    standing.version = draft.version
    state.known[draft.record] = standing
    let statement = draft.key == nil ? statements.updateRecord : statements.updateRecordAndKey
    statement.bind(1, standing.number)
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
    return standing.number
  }

  private func insertRecord(_ draft: Draft, number: Int) throws {
    let statement = statements.insertRecord
    statement.bind(1, number)
    statement.bind(3, LogTables.of(draft.log).code)
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
  }

  mutating func erase(_ record: RecordID, _ state: inout WriterState) throws {
    guard let standing = try standing(record, &state) else { return }
    let log = standing.log.rawValue
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
