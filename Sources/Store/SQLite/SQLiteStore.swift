internal import GRDB
public import Ground
internal import Synchronization

/// The journal and its records in one SQLite file, through GRDB.
///
/// One process writes; others read beside it. What has a receipt is on the disk: the write-ahead
/// log is synchronised at each commit, and concurrent requests share a commit. The file, `-wal`,
/// `-shm` and `.lock` beside it can be read by their owner only.
public final class SQLiteStore: RecordStore {
  /// What a store is opened for.
  public enum Access: Sendable {
    /// To append; one process at a time. A missing file is made.
    case write
    /// To append to what is there: a journal that vanished is told, and not begun anew.
    case writeExisting
    /// To read, beside a writer in this or another process.
    case readOnly
    /// To verify: as for reading, and a store whose ends do not fit is opened too, so that what is wrong can be named.
    case audit
  }

  let path: String
  let pool: DatabasePool
  let tuning: Tuning
  /// Nil when the store was opened for reading.
  let writer: Writer?
  private let isEnded = Mutex(false)

  /// Opens a store, and compares the end of each log with its head.
  ///
  /// - Throws: `store.in-use`, `store.foreign`, `store.newer`, `store.damaged`, `store.not-found`,
  ///   `store.not-opened`, `store.read-only`, `store.full`, `store.not-durable`.
  public convenience init(path: String, access: Access) throws(Problem) {
    try self.init(path: path, access: access, tuning: Tuning())
  }

  /// Opens a store that is tuned otherwise.
  package init(path: String, access: Access, tuning: Tuning) throws(Problem) {
    let path = StoreFile.resolved(path)
    self.path = path
    self.tuning = tuning
    if access != .write, (StoreFile.bytes(path) ?? 0) == 0 { throw StoreProblem.notFound(path) }
    guard access != .readOnly, access != .audit else {
      pool = try Opening.readingPool(path, tuning: tuning)
      try Opening.prepareReader(pool, path, checksEnds: access == .readOnly)
      writer = nil
      return
    }
    let lock = try WriterLock(of: path)
    try StoreFile.makeIfMissing(path)
    let isNew = StoreFile.bytes(path) == 0
    if !isNew { try Opening.checkMark(path) }
    pool = try Opening.writingPool(path, isNew: isNew, tuning: tuning)
    // The turn to write-ahead logging went through a journal whose removal must not be lost: found
    // again after a crash, it would undo what was written since.
    if isNew { try StoreFile.syncFolder(of: path) }
    let state = try Opening.prepareWriter(pool, path, tuning)
    writer = Writer(pool, path: path, tuning: tuning, state: state, lock: lock)
  }

  /// Ends all work; what waits is written before, later calls fail with `store.closed`.
  public func close() async {
    let wasEnded = isEnded.withLock { ended in
      defer { ended = true }
      return ended
    }
    guard !wasEnded else { return }
    if let writer {
      await writer.close()
    } else {
      try? pool.close()
    }
  }

  /// Transactions committed since the store was opened: what benchmarks divide by.
  public var commitCount: Int { writer?.commitCount ?? 0 }

  var isClosed: Bool { isEnded.withLock { $0 } }

  /// The writer.
  ///
  /// - Throws: `store.closed`, `store.read-only`.
  func writing() throws(Problem) -> Writer {
    if isClosed { throw StoreProblem.closed }
    guard let writer else { throw StoreProblem.readOnly(path) }
    return writer
  }
}
