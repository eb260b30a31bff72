internal import GRDB
internal import Ground
internal import Journal
internal import Sealing

/// One transaction that many requests share.
///
/// A request is checked in full before its first row is written, so that one that is refused needs
/// no savepoint; what is thrown, in contrast, ends the transaction for all.
struct AppendTransaction {
  let db: Database
  let path: String
  let statements: WriteStatements
  /// The newest record of each log that got an entry, by position.
  var newest: [Int?]
  var hasErased = false

  /// Begins the transaction.
  init(_ db: Database, path: String) throws {
    self.db = db
    self.path = path
    statements = try WriteStatements(db)
    newest = LogTables.all.map { _ in nil }
    try RawStatement.check(statements.begin.run())
  }

  /// Writes what a request asks for, or says why not, having written nothing of it.
  mutating func apply(_ submission: Submission, _ state: inout WriterState) throws -> Outcome {
    if let key = submission.key, let receipts = try receipts(of: key) { return .repeated(receipts) }
    let sizes = state.sizes
    for draft in submission.drafts {
      guard let decidedAt = draft.decidedAt else { continue }
      let now = state.ends[draft.log.position].range.size
      if now != decidedAt {
        return .refused(StoreProblem.logGrown(draft.record, decidedAt: decidedAt, now: now))
      }
    }
    if submission.drafts.count == 1, submission.erasing.isEmpty {
      let refused = try append(submission.drafts[0], submission.leaves[0], &state)
      if let refused { return .refused(refused) }
    } else {
      if let refused = try refusal(of: submission, &state) { return .refused(refused) }
      for record in submission.erasing { try erase(record, &state) }
      for (draft, leaf) in zip(submission.drafts, submission.leaves) {
        try insert(draft, leaf, &state)
      }
    }
    if let key = submission.key { try keep(submission.receipts(after: sizes), for: key) }
    return .appended(sizes)
  }

  /// Writes the heads of the logs that grew, and commits.
  func commit(_ state: WriterState) throws {
    for (position, record) in newest.enumerated() {
      guard let record else { continue }
      let end = state.ends[position]
      let statement = statements.logs[position].setHead
      statement.bind(1, end.range.size)
      if end.nodes > 0 { statement.bind(3, end.nodes) } else { statement.bindNull(3) }
      statement.bind(4, record)
      try end.edge.withUnsafeBytes {
        statement.bind(2, $0)
        try RawStatement.check(statement.run())
      }
    }
    try RawStatement.check(statements.commit.run())
  }

  // MARK: Checks

  /// A request of one draft, which is most of them: a record that nobody has seen lately is taken
  /// for new, and only if its name is found taken is it read.
  private mutating func append(
    _ draft: Draft, _ leaf: Digest, _ state: inout WriterState
  ) throws -> Problem? {
    if draft.version == 1, (draft.key?.epoch ?? state.epoch) >= state.epoch,
      let new = try insertRecord(draft, &state)
    {
      try insertEntry(draft, leaf, of: new, &state)
      return nil
    }
    let before = try standing(draft.record, &state)
    let refused = refusal(
      of: draft, newest: before.version, log: before.log, epoch: state.epoch)
    if let refused { return refused }
    try insert(draft, leaf, &state)
    return nil
  }

  private func refusal(
    of submission: Submission, _ state: inout WriterState
  ) throws -> Problem? {
    for record in submission.erasing where try !standing(record, &state).isThere {
      return StoreProblem.unknownRecord(record)
    }
    var changed: [RecordID: (version: Int, log: LogName)] = [:]
    for draft in submission.drafts {
      let before = try standing(draft.record, &state)
      let earlier = changed[draft.record]
      let refused = refusal(
        of: draft, newest: earlier?.version ?? before.version, log: earlier?.log ?? before.log,
        epoch: state.epoch)
      if let refused { return refused }
      changed[draft.record] = (draft.version, draft.log)
    }
    return nil
  }

  private func refusal(
    of draft: Draft, newest: Int, log: LogName?, epoch: Int
  ) -> Problem? {
    guard draft.version == newest + 1 else {
      return StoreProblem.versionConflict(draft.record, made: draft.version, newest: newest)
    }
    guard log == nil || draft.log == log else {
      return StoreProblem.wrongLog(draft.record, kept: log ?? draft.log, asked: draft.log)
    }
    if let key = draft.key, key.epoch < epoch {
      return StoreProblem.epochEnded(draft.record, made: key.epoch, newest: epoch)
    }
    return nil
  }

  /// What is known of a record, or read; a record that is not there is looked for again.
  func standing(_ record: RecordID, _ state: inout WriterState) throws -> Standing {
    if let standing = state.known[record] { return standing }
    let statement = statements.findRecord
    var standing = Standing()
    if try statement.row(of: record) {
      defer { statement.reset() }
      guard let log = LogName(code: statement.int(1)) else {
        throw StoreProblem.damaged(path, "a record stands in no log", at: record.text)
      }
      standing = Standing(number: statement.int(0), log: log, version: statement.int(2))
      state.known[record] = standing
    }
    return standing
  }

  // MARK: Requests

  private func receipts(of key: Digest) throws -> [Receipt]? {
    let statement = statements.findRequest
    let text: String? = try key.bytes.withUnsafeBytes {
      statement.bind(1, $0)
      guard try statement.next() else { return nil }
      defer { statement.reset() }
      return statement.text(0)
    }
    return try text?.split(separator: " ").map { place in
      let parts = place.split(separator: ":").compactMap { Int($0) }
      guard parts.count == 2, let log = LogName(code: parts[0]) else {
        throw StoreProblem.damaged(path, "the answer of an earlier request cannot be read")
      }
      return Receipt(log: log, index: parts[1])
    }
  }

  private func keep(_ receipts: [Receipt], for key: Digest) throws {
    var text = receipts.map { "\($0.log.code):\($0.index)" }.joined(separator: " ")
    let statement = statements.insertRequest
    try text.withUTF8 { text in
      try key.bytes.withUnsafeBytes {
        statement.bind(1, $0)
        statement.bind(text: text, at: 2)
        try RawStatement.check(statement.run())
      }
    }
  }
}
