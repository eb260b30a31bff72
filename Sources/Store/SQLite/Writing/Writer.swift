internal import GRDB
internal import Glibc
internal import Ground
internal import Sealing
internal import Synchronization

/// The one that writes: takes what waits, puts it into shared transactions, and answers once it is
/// durable.
///
/// It runs on the queue of the pool's writing connection, and only while something waits. A caller who is alone
/// writes on its own thread, because waking another one can take longer than the disk does.
final class Writer: Sendable {
  let tails: Tails
  private let queue: WriteQueue
  private let pool: DatabasePool
  private let path: String
  private let tuning: Tuning
  /// Used on the writer's queue only; the lock never waits.
  private let state: Mutex<WriterState>
  private let commits = Atomic(0)
  /// How many transactions of one request are still to come before the next caller is taken to be alone.
  private let crowd = Atomic(0)
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

  /// Requests that nobody has taken up yet.
  var waitingRequests: Int { queue.count }

  /// Transactions so far, each of which waited once for the disk.
  var commitCount: Int { commits.load(ordering: .relaxed) }

  /// Appends, having erased, and answers when it is durable.
  func append(
    _ drafts: [Draft], key: Digest?, erasing: [RecordID] = [], remark: (any Remark)? = nil
  ) async throws(Problem) -> [Receipt] {
    let submission = Submission(drafts, key: key, erasing: erasing, remark: remark)
    let outcome = await withCheckedContinuation { caller in
      let place = queue.put(
        .submission(submission, caller), drafts: submission.weight, bytes: submission.bytes)
      begin(place, mayWriteHere: crowd.load(ordering: .relaxed) == 0) {
        caller.resume(returning: .refused($0))
      }
    }
    switch outcome {
    case .appended(let sizes): return submission.receipts(after: sizes)
    case .repeated(let receipts): return receipts
    case .refused(let problem): throw problem
    }
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
        state.withLock { tidy(&$0, db) }
      }
      begin(queue.put(work, drafts: 1)) { caller.resume(returning: .failure($0)) }
    }
    try result.get()
  }

  // MARK: On the writer's queue

  private func begin(
    _ place: WriteQueue.Place, mayWriteHere: Bool = false, refused: (Problem) -> Void
  ) {
    switch place {
    case .begin where mayWriteHere: serveHere()
    case .begin: pool.asyncWriteWithoutTransaction { [self] db in serve(db) }
    case .served: break
    case .busy: refused(StoreProblem.busy(tuning))
    case .closed: refused(StoreProblem.closed)
    }
  }

  /// Serves what waits now on the caller's thread, and leaves what came meanwhile to the writer's own.
  private func serveHere() {
    var works: [Work] = []
    guard queue.take(&works) else { return }
    pool.writeWithoutTransaction { db in serve(&works, db) }
    guard queue.take(&works) else { return }
    pool.asyncWriteWithoutTransaction { [self, works] db in serve(db, first: works) }
  }

  private func serve(_ db: Database, first: [Work] = []) {
    var works = first
    repeat {
      serve(&works, db)
      gather()
    } while queue.take(&works)
  }

  /// Waits a moment for others where several came at once: what shares a transaction shares its cost, and waits for the
  /// disk once.
  private func gather() {
    guard crowd.load(ordering: .relaxed) > 0 else { return }
    var before = queue.count
    for _ in 0..<tuning.gatherings {
      usleep(tuning.gatheringMicroseconds)
      let now = queue.count
      guard now > before, now < tuning.gatheredRequests else { return }
      before = now
    }
  }

  private func serve(_ works: inout [Work], _ db: Database) {
    var batch = Batch()
    // Taken out one by one from the end, so that none is held here when it is answered.
    works.reverse()
    while let work = works.popLast() {
      switch work {
      case .submission(let submission, let caller):
        if batch.drafts + submission.weight > tuning.draftsPerCommit {
          commit(&batch, db)
        }
        batch.add(submission, caller)
      case .alone(let body):
        commit(&batch, db)
        body(db)
      }
    }
    commit(&batch, db)
  }

  private func commit(_ batch: inout Batch, _ db: Database) {
    guard !batch.submissions.isEmpty else { return }
    let left = crowd.load(ordering: .relaxed)
    crowd.store(
      batch.submissions.count > 1 ? tuning.crowdedCommits : max(0, left - 1), ordering: .relaxed)
    let outcomes = state.withLock { write(batch.submissions, &$0, db) }
    queue.done(drafts: batch.drafts, bytes: batch.bytes)
    batch.answer(outcomes)
    state.withLock { tidy(&$0, db, isQuiet: outcomes.count < tuning.quietRequests) }
  }

  private func write(
    _ submissions: [Submission], _ state: inout WriterState, _ db: Database
  ) -> [Outcome] {
    if let broken = state.broken { return submissions.map { _ in .refused(broken) } }
    do {
      var transaction = try AppendTransaction(db, path: path)
      var outcomes: [Outcome] = []
      outcomes.reserveCapacity(submissions.count)
      var remarks = Remarks()
      for submission in submissions {
        let outcome = try transaction.apply(submission, &state)
        outcomes.append(outcome)
        if case .appended = outcome, let remark = submission.remark { remarks.add(remark) }
      }
      let said = try transaction.say(remarks, &state)
      try transaction.commit(state)
      commits.add(1, ordering: .relaxed)
      if transaction.hasErased { state.hasRemains = true }
      state.forget(above: tuning.rememberedRecords)
      tails.publish(state.sizes)
      for said in said { said.remark.said(said.drafts, at: said.receipts) }
      return outcomes
    } catch {
      let problem = StoreProblem.of(error, path)
      recover(from: problem, &state, db)
      return submissions.map { _ in .refused(problem) }
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
  private func tidy(_ state: inout WriterState, _ db: Database, isQuiet: Bool = true) {
    let most =
      isQuiet
      ? min(tuning.pagesPerQuietCheckpoint, tuning.pagesPerCheckpoint) : tuning.pagesPerCheckpoint
    do {
      state.pagesInLog += db.pagesWritten()
      if state.hasRemains, try db.cutLog(waitMilliseconds: 0, path: path) {
        state.hasRemains = false
        state.pagesInLog = 0
      } else if state.pagesInLog >= most {
        try db.shortenLog(limit: 4 * tuning.pagesPerCheckpoint)
        state.pagesInLog = 0
      }
    } catch {
      state.broken = StoreProblem.of(error, path)
    }
  }
}

/// The requests that share a transaction, and who waits for their answers.
private struct Batch {
  private(set) var submissions: [Submission] = []
  private var callers: [CheckedContinuation<Outcome, Never>] = []
  private(set) var drafts = 0
  private(set) var bytes = 0

  mutating func add(_ submission: Submission, _ caller: CheckedContinuation<Outcome, Never>) {
    submissions.append(submission)
    callers.append(caller)
    drafts += submission.weight
    bytes += submission.bytes
  }

  /// Lets go of the requests, then answers them.
  mutating func answer(_ outcomes: [Outcome]) {
    submissions.removeAll(keepingCapacity: true)
    for (caller, outcome) in zip(callers, outcomes) { caller.resume(returning: outcome) }
    callers.removeAll(keepingCapacity: true)
    drafts = 0
    bytes = 0
  }
}
