internal import GRDB
internal import Glibc
public import Ground

extension SQLiteStore {
  /// How far a copy is.
  public struct CopyProgress: Sendable {
    /// Pages copied so far.
    public var pages: Int
    /// Pages in all.
    public var total: Int
  }

  /// Pages copied between two reports.
  private static let pagesPerStep: CInt = 256

  /// Writes a copy of the whole store, consistent as of one moment, while others go on writing.
  ///
  /// - Throws: `store.copy-exists`, `store.full`, `store.not-opened`, `store.broken`.
  public func copy(to path: String) async throws(Problem) {
    try await copy(to: path) { _ in }
  }

  /// Writes a copy and tells how far it is, about every megabyte.
  ///
  /// The copy gets its name when it is complete, checked and on the disk. It is one file, which can
  /// also be read from a medium that takes no writes.
  /// - Throws: `store.copy-exists`, `store.full`, `store.not-opened`, `store.broken`,
  ///   `store.cancelled`.
  public func copy(
    to path: String, progress: @escaping @Sendable (CopyProgress) -> Void
  ) async throws(Problem) {
    guard !StoreFile.exists(path) else { throw StoreProblem.copyExists(path) }
    // The name is new each time: two copies at once must not meet in one file.
    let part = path + ".part-" + String(UInt64.random(in: 0...UInt64.max), radix: 36)
    defer { unlink(part) }
    try StoreFile.makeIfMissing(part)
    try await reading { [store = self.path] db in
      do {
        // The snapshot is taken by the first read and held until the last page, so that writers do
        // not make the copy begin again.
        _ = try Int.fetchOne(db, sql: "PRAGMA user_version")
        try SQLiteStore.copy(db, of: store, to: part, progress: progress)
      } catch {
        throw StoreProblem.of(error, path)
      }
    }
    try StoreFile.sync(part)
    guard rename(part, path) == 0 else { throw StoreProblem.notOpened(path) }
    try StoreFile.syncFolder(of: path)
  }

  private static func copy(
    _ source: Database, of store: String, to part: String,
    progress: @escaping @Sendable (CopyProgress) -> Void
  ) throws {
    let target = try DatabaseQueue(path: part)
    try target.writeWithoutTransaction { copy in
      // The file is synchronised as a whole before it gets its name.
      try copy.execute(sql: "PRAGMA synchronous = OFF")
      try source.backup(to: copy, pagesPerStep: pagesPerStep) { state in
        progress(CopyProgress(pages: state.completedPageCount, total: state.totalPageCount))
        try Task.checkCancellation()
      }
      try copy.execute(sql: "PRAGMA journal_mode = DELETE")
      // What does not fit in a copy of all pages did not fit in the store.
      try EndCheck(copy, path: store).run()
    }
    try target.close()
  }
}
