/// What decides how fast the store is, and nothing else; the defaults are measured.
package struct Tuning: Sendable {
  /// Bytes of a page of a new store.
  package var pageBytes = 4096
  /// Memory for pages of the writer and of each reader, in KiB.
  package var cacheKiB = 32 << 10
  /// Most drafts that share a transaction.
  package var draftsPerCommit = 1024
  /// Most drafts that wait to be written; above, requests are turned away.
  package var waitingDrafts = 100_000
  /// Most bytes that wait.
  package var waitingBytes = 256 << 20
  /// Pages written to the log after which they are copied into the file, between two transactions.
  package var pagesPerCheckpoint = 8192
  /// The same while few requests share a transaction: whoever waits for the next one then waits for a short copy.
  package var pagesPerQuietCheckpoint = 1024
  /// Requests that are few.
  package var quietRequests = 32
  /// Transactions of one request each after which requests no longer count as coming at once.
  package var crowdedCommits = 8
  /// How often the writer waits for others while requests come at once, as long as each time brings one.
  package var gatherings = 4
  /// How long each time.
  package var gatheringMicroseconds: UInt32 = 250
  /// Requests for which it waits no longer.
  package var gatheredRequests = 32
  /// Records whose number and version the writer remembers.
  package var rememberedRecords = 1 << 16
  /// Most pages of the file, nil for no limit: with it tests fill a disk.
  package var mostPages: Int?
  /// Whether a commit waits for the disk.
  ///
  /// False is the negative control of the crash tests, which must find that such a store loses
  /// what it acknowledged.
  package var isDurable = true
  /// How long an erasure waits for readers of older states, in milliseconds.
  package var erasureWaitMilliseconds: Int32 = 30_000

  /// The tuning of a store in use.
  package init() {}
}
