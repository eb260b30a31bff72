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
  private let remembered: Int
  /// The newest record of each log that got an entry, by position.
  var newest: [Int?]
  var hasErased = false

  /// Begins the transaction.
  init(_ db: Database, path: String, tuning: Tuning) throws {
    self.db = db
    self.path = path
    remembered = tuning.rememberedRecords
    statements = try WriteStatements(db)
    newest = LogTables.all.map { _ in nil }
    try RawStatement.check(statements.begin.run())
  }

  /// Writes what a request asks for, or says why not, having written nothing of it.
  mutating func apply(
    _ submission: Submission, _ state: inout WriterState
  ) throws -> Result<[Receipt], Problem> {
    if let key = submission.key, let receipts = try receipts(of: key) { return .success(receipts) }
    if let problem = try refusal(of: submission, &state) { return .failure(problem) }
    for record in submission.erasing { try erase(record, &state) }
    var receipts: [Receipt] = []
    receipts.reserveCapacity(submission.drafts.count)
    for (draft, leaf) in zip(submission.drafts, submission.leaves) {
      receipts.append(try insert(draft, leaf, &state))
    }
    if let key = submission.key { try keep(receipts, for: key) }
    return .success(receipts)
  }

  /// Writes the heads of the logs that grew, and commits.
  func commit(_ state: WriterState) throws {
    for (log, record) in zip(LogTables.all, newest) {
      guard let record else { continue }
      let end = state.ends[log.log.position]
      let statement = statements.logs[log.log.position].setHead
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

  private func refusal(
    of submission: Submission, _ state: inout WriterState
  ) throws -> Problem? {
    for record in submission.erasing where try standing(record, &state) == nil {
      return StoreProblem.unknownRecord(record)
    }
    var changed: [RecordID: (version: Int, log: LogName)] = [:]
    for draft in submission.drafts {
      let before = try standing(draft.record, &state)
      let newest = changed[draft.record]?.version ?? before?.version ?? 0
      guard draft.version == newest + 1 else {
        return StoreProblem.versionConflict(draft.record, made: draft.version, newest: newest)
      }
      let log = changed[draft.record]?.log ?? before?.log ?? draft.log
      guard draft.log == log else {
        return StoreProblem.wrongLog(draft.record, kept: log, asked: draft.log)
      }
      if submission.drafts.count > 1 { changed[draft.record] = (draft.version, log) }
    }
    return nil
  }

  func standing(_ record: RecordID, _ state: inout WriterState) throws -> Standing? {
    if let standing = state.known[record] { return standing }
    let statement = statements.findRecord
    defer { statement.reset() }
    guard try statement.row(of: record) else { return nil }
    guard let log = LogTables.log(statement.int(1)) else {
      throw StoreProblem.damaged(path, "a record stands in no log", at: record.text)
    }
    let standing = Standing(number: statement.int(0), log: log, version: statement.int(2))
    remember(standing, of: record, &state)
    return standing
  }

  func remember(_ standing: Standing, of record: RecordID, _ state: inout WriterState) {
    if state.known.count >= remembered { state.known.removeAll(keepingCapacity: true) }
    state.known[record] = standing
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
      guard parts.count == 2, let log = LogTables.log(parts[0]) else {
        throw StoreProblem.damaged(path, "the answer of an earlier request cannot be read")
      }
      return Receipt(log: log, index: parts[1])
    }
  }

  private func keep(_ receipts: [Receipt], for key: Digest) throws {
    var text = receipts.map { "\(LogTables.of($0.log).code):\($0.index)" }.joined(separator: " ")
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
