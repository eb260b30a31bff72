internal import GRDB
internal import Ground
internal import Journal
internal import Sealing
internal import Synchronization

/// The one that writes: takes what waits, puts it into shared transactions, and answers once it is
/// durable.
///
/// It runs on the queue of the pool's writing connection, and only while something waits.
final class Writer: Sendable {
  let tails: Tails
  private let queue: WriteQueue
  private let pool: DatabasePool
  private let path: String
  private let tuning: Tuning
  /// Used on the writer's queue only; the lock never waits.
  private let state: Mutex<WriterState>
  private let lock: WriterLock

  init(
    _ pool: DatabasePool, path: String, tuning: Tuning, state: WriterState, lock: WriterLock
  ) {
    self.pool = pool
    self.path = path
    self.tuning = tuning
    self.lock = lock
    queue = WriteQueue(mostDrafts: tuning.waitingDrafts, mostBytes: tuning.waitingBytes)
    tails = Tails(sizes: state.sizes)
    self.state = Mutex(state)
  }

  var isClosed: Bool { queue.isClosed }

  /// Requests that nobody has taken up yet.
  var waitingRequests: Int { queue.count }

  /// Transactions so far, each of which waited once for the disk.
  var commitCount: Int { state.withLock { $0.commits } }

  /// Appends, having erased, and answers when it is durable.
  func append(
    _ drafts: [Draft], key: Digest?, erasing: [RecordID] = []
  ) async throws(Problem) -> [Receipt] {
    let leaves = drafts.map { TreeHash.leaf($0.entry) }
    let bytes = drafts.reduce(0) {
      $0 + $1.entry.count + ($1.content?.count ?? 0) + ($1.state?.count ?? 0)
    }
    let result = await withCheckedContinuation { caller in
      let submission = Submission(
        drafts: drafts, leaves: leaves, key: key, erasing: erasing, bytes: bytes, caller: caller)
      let place = queue.put(.submission(submission), drafts: drafts.count, bytes: bytes)
      begin(place) { caller.resume(returning: .failure($0)) }
    }
    return try result.get()
  }

  /// Does something in a transaction of its own.
  func change(_ body: @escaping @Sendable (Database) throws -> Void) async throws(Problem) {
    try await alone { db, _ in
      try db.inTransaction(.immediate) {
        try body(db)
        return .commit
      }
    }
  }

  /// Cuts the write-ahead log, so that no older state can be read from it; false when somebody
  /// reads one.
  func cutLog(waitMilliseconds: Int32) async throws(Problem) -> Bool {
    let isCut = Mutex(false)
    try await alone { [path] db, state in
      let result = try db.cutLog(waitMilliseconds: waitMilliseconds, path: path)
      if result { state.hasRemains = false }
      isCut.withLock { $0 = result }
    }
    return isCut.withLock { $0 }
  }

  /// Ends the work: what waits is done, nothing more is taken.
  func close() async {
    tails.close()
    let wasOpen = await withCheckedContinuation { caller in
      let last = Work.alone { [path] db in
        _ = try? db.cutLog(waitMilliseconds: 0, path: path)
        caller.resume(returning: true)
      }
      begin(queue.close(last: last)) { _ in caller.resume(returning: false) }
    }
    guard wasOpen else { return }
    pool.invalidateReadOnlyConnections()
    try? pool.close()
    lock.release()
  }

  /// Has the writer for itself.
  private func alone(
    _ body: @escaping @Sendable (Database, inout WriterState) throws -> Void
  ) async throws(Problem) {
    let result: Result<Void, Problem> = await withCheckedContinuation { caller in
      let work = Work.alone { [self] db in
        let result = state.withLock { attempt(body, &$0, db) }
        queue.done(drafts: 1)
        caller.resume(returning: result)
      }
      begin(queue.put(work, drafts: 1)) { caller.resume(returning: .failure($0)) }
    }
    try result.get()
  }

  // MARK: On the writer's queue

  private func begin(_ place: WriteQueue.Place, refused: (Problem) -> Void) {
    switch place {
    case .begin: pool.asyncWriteWithoutTransaction { [self] db in serve(db) }
    case .served: break
    case .busy: refused(StoreProblem.busy(tuning))
    case .closed: refused(StoreProblem.closed)
    }
  }

  private func serve(_ db: Database) {
    while let works = queue.take() {
      var batch: [Submission] = []
      var drafts = 0
      for work in works {
        switch work {
        case .submission(let submission):
          if drafts + submission.drafts.count > tuning.draftsPerCommit, !batch.isEmpty {
            commit(&batch, &drafts, db)
          }
          batch.append(submission)
          drafts += submission.drafts.count
        case .alone(let body):
          commit(&batch, &drafts, db)
          body(db)
        }
      }
      commit(&batch, &drafts, db)
    }
  }

  private func commit(_ batch: inout [Submission], _ drafts: inout Int, _ db: Database) {
    guard !batch.isEmpty else { return }
    let results = state.withLock { write(batch, &$0, db) }
    queue.done(drafts: drafts, bytes: batch.reduce(0) { $0 + $1.bytes })
    for (submission, result) in zip(batch, results) { submission.caller.resume(returning: result) }
    batch.removeAll(keepingCapacity: true)
    drafts = 0
    state.withLock { tidy(&$0, db) }
  }

  private func write(
    _ batch: [Submission], _ state: inout WriterState, _ db: Database
  ) -> [Result<[Receipt], Problem>] {
    if let broken = state.broken { return batch.map { _ in .failure(broken) } }
    do {
      var transaction = try AppendTransaction(db, path: path, tuning: tuning)
      var results: [Result<[Receipt], Problem>] = []
      results.reserveCapacity(batch.count)
      for submission in batch { results.append(try transaction.apply(submission, &state)) }
      try transaction.commit(state)
      state.commits += 1
      if transaction.hasErased { state.hasRemains = true }
      tails.publish(state.sizes)
      return results
    } catch {
      let problem = StoreProblem.of(error, path)
      recover(from: problem, &state, db)
      return batch.map { _ in .failure(problem) }
    }
  }
  private func attempt(
    _ body: (Database, inout WriterState) throws -> Void, _ state: inout WriterState,
    _ db: Database
  ) -> Result<Void, Problem> {
    if let broken = state.broken { return .failure(broken) }
    do {
      try body(db, &state)
      return .success(())
    } catch {
      let problem = StoreProblem.of(error, path)
      recover(from: problem, &state, db)
      return .failure(problem)
    }
  }

  /// Ends a transaction that failed, and learns anew what is stored.
  ///
  /// A disk that failed once may have lost pages that it reported as written, and a commit that
  /// failed may come back when the log is read again: then nothing more is written until the file
  /// has been opened anew.
  private func recover(from problem: Problem, _ state: inout WriterState, _ db: Database) {
    do {
      if db.isInsideTransaction { try db.rollback() }
      let durable = tails.sizes
      try state.readAgain(db, path: path)
      if state.sizes != durable { state.broken = StoreProblem.broken(path, code: 0) }
      if ["store.broken", "store.damaged"].contains(problem.code) { state.broken = problem }
    } catch {
      state.broken = StoreProblem.of(error, path)
    }
  }

  /// Copies the write-ahead log into the file when it has grown long, and cuts it after an erasure.
  private func tidy(_ state: inout WriterState, _ db: Database) {
    do {
      state.pagesInLog += db.pagesWritten()
      if state.hasRemains, try db.cutLog(waitMilliseconds: 0, path: path) {
        state.hasRemains = false
        state.pagesInLog = 0
      } else if state.pagesInLog >= tuning.pagesPerCheckpoint {
        try db.shortenLog(limit: 4 * tuning.pagesPerCheckpoint)
        state.pagesInLog = 0
      }
    } catch {
      state.broken = StoreProblem.of(error, path)
    }
  }
}
