/// One of the logs of a workspace; each has its own origin, tree and sequence.
public enum LogName: String, Sendable, CaseIterable {
  /// What the law asks to be kept: models, runs, opinions, evidence, incidents.
  case regulatory
  /// Who was let in, what was allowed, what an inspector read.
  case access
  /// Keys, backups, exports, witnesses.
  case operational
}

/// A change that has been decided and sealed, ready to be appended.
public struct Draft: Sendable {
  /// The log it belongs to.
  public var log: LogName
  /// The record it changes.
  public var record: RecordID
  /// The version it makes: exactly one more than the newest, else the append is refused.
  public var version: Int
  /// The canonical envelope, which becomes the leaf.
  public var entry: [UInt8]
  /// Salt and content under the record's key; nil when there is no content.
  public var content: [UInt8]?
  /// The record after the event under the record's key: a cache that can be rebuilt.
  public var state: [UInt8]?
  /// The record's key, wrapped, when this draft brings a new record.
  public var key: WrappedKey?
  /// The size of its log on which it was decided, where it rests on more than its record; nil for any.
  public var decidedAt: Int?

  /// A draft with all its parts.
  public init(
    log: LogName, record: RecordID, version: Int, entry: [UInt8], content: [UInt8]? = nil,
    state: [UInt8]? = nil, key: WrappedKey? = nil, decidedAt: Int? = nil
  ) {
    self.log = log
    self.record = record
    self.version = version
    self.entry = entry
    self.content = content
    self.state = state
    self.key = key
    self.decidedAt = decidedAt
  }
}

/// A record's key as it is stored: wrapped under the key of an epoch.
public struct WrappedKey: Hashable, Sendable {
  /// The epoch whose key wraps it, from 1.
  public var epoch: Int
  /// The wrapped key (RFC 3394), 40 bytes.
  public var bytes: [UInt8]

  /// A wrapped key.
  public init(epoch: Int, bytes: [UInt8]) {
    self.epoch = epoch
    self.bytes = bytes
  }
}

/// Where an appended entry stands.
///
/// What has a receipt is durable.
public struct Receipt: Hashable, Sendable {
  /// The log.
  public var log: LogName
  /// The index in its tree, from 0 without gaps.
  public var index: Int

  /// A receipt.
  public init(log: LogName, index: Int) {
    self.log = log
    self.index = index
  }
}

/// An entry as it is stored.
public struct StoredEntry: Sendable {
  /// The index in its tree, from 0.
  public var index: Int
  /// The record it changed.
  public var record: RecordID
  /// The version it made.
  public var version: Int
  /// The canonical envelope.
  public var entry: [UInt8]
  /// The leaf hash as stored, 32 bytes.
  public var leaf: [UInt8]
  /// The sealed content; nil when there was none or it was erased.
  public var content: [UInt8]?

  /// A stored entry.
  public init(
    index: Int, record: RecordID, version: Int, entry: [UInt8], leaf: [UInt8], content: [UInt8]?
  ) {
    self.index = index
    self.record = record
    self.version = version
    self.entry = entry
    self.leaf = leaf
    self.content = content
  }
}

/// A record as it stands, as stored beside the journal.
public struct StoredRecord: Sendable {
  /// Its name.
  public var id: RecordID
  /// The log that holds its events.
  public var log: LogName
  /// Its newest version.
  public var version: Int
  /// Its sealed state; nil when it was erased.
  public var state: [UInt8]?
  /// Its wrapped key; nil when it was erased.
  public var key: WrappedKey?

  /// A stored record.
  public init(id: RecordID, log: LogName, version: Int, state: [UInt8]?, key: WrappedKey?) {
    self.id = id
    self.log = log
    self.version = version
    self.state = state
    self.key = key
  }
}

/// The head of a log: how many entries it has, and the hashes of the complete subtrees on its right edge.
public struct StoredHead: Hashable, Sendable {
  /// Entries so far.
  public var size: Int
  /// Hashes of 32 bytes, the largest subtree first; one for each bit set in `size`.
  public var edge: [[UInt8]]

  /// A head.
  public init(size: Int, edge: [[UInt8]]) {
    self.size = size
    self.edge = edge
  }
}

/// A signed checkpoint as it was published, with the signatures of witnesses.
public struct StoredCheckpoint: Hashable, Sendable {
  /// Entries that it covers.
  public var size: Int
  /// The signed note.
  public var note: [UInt8]

  /// A checkpoint.
  public init(size: Int, note: [UInt8]) {
    self.size = size
    self.note = note
  }
}

/// Keeps the journal and the records beside it. What it promises is stated, and tried on every engine, by the
/// contract suite:
///
/// - drafts of one call are appended together or not at all; what has a receipt survives a crash;
/// - the index of a log has no gaps, and a reader that goes on from where it stopped misses nothing;
/// - a version that does not follow the newest is refused with `store.version-conflict`, nothing is written;
/// - a draft that was decided on a log of another size is refused with `store.log-grown`, nothing is written;
/// - a draft whose key is wrapped under an epoch before the newest one is refused with `store.epoch-ended`;
/// - the same idempotency key gives the first receipts again, and writes nothing;
/// - a remark is said with the drafts of its request or not at all, and once;
/// - entries are never changed or removed.
public protocol RecordStore: Sendable {
  /// Appends all drafts in one transaction and answers when they are durable.
  ///
  /// - Parameter idempotencyKey: names the request; a second append under it gives the first receipts.
  /// - Throws: `store.version-conflict`, `store.log-grown`, `store.entry-too-large`, `store.full`, `store.read-only`, `store.broken`.
  func append(_ drafts: [Draft], idempotencyKey: String?) async throws(Problem) -> [Receipt]

  /// Appends all drafts, of which there may be none, and in the same transaction what the request remarks.
  ///
  /// - Returns: the receipts of the drafts.
  func append(_ drafts: [Draft], saying remark: any Remark) async throws(Problem) -> [Receipt]

  /// Erases content: the sealed contents and states of records, and their keys; entries stay.
  ///
  /// The drafts that record the erasure are appended in the same transaction.
  func erase(_ records: [RecordID], recording drafts: [Draft]) async throws(Problem) -> [Receipt]

  /// The head of a log.
  func head(_ log: LogName) async throws(Problem) -> StoredHead

  /// At most `limit` entries from an index on, in order.
  func entries(_ log: LogName, from index: Int, limit: Int) async throws(Problem) -> [StoredEntry]

  /// All entries of a record, in order.
  func history(_ record: RecordID) async throws(Problem) -> [StoredEntry]

  /// Where the entries of a record stand, by version from 1.
  func record(_ id: RecordID) async throws(Problem) -> StoredRecord?

  /// At most `limit` records of a kind in the order of their names, after one of them.
  ///
  /// With a nil kind, records of all kinds.
  func records(
    kind: String?, after: RecordID?, limit: Int
  ) async throws(Problem) -> [StoredRecord]

  /// Hashes of complete subtrees of 256^level entries: 32 bytes each, from an index on.
  ///
  /// Level 0 gives leaf hashes. Fewer when the log has no more.
  func hashes(
    _ log: LogName, level: Int, from index: Int, count: Int
  ) async throws(Problem) -> [[UInt8]]

  /// Keeps a published checkpoint; one of the same size is replaced, so that signatures of witnesses can be added.
  func keep(_ checkpoint: StoredCheckpoint, of log: LogName) async throws(Problem)

  /// The newest checkpoint that covers at most so many entries.
  func checkpoint(_ log: LogName, atMost size: Int) async throws(Problem) -> StoredCheckpoint?

  /// All checkpoints of a log, oldest first.
  func checkpoints(_ log: LogName) async throws(Problem) -> [StoredCheckpoint]

  /// Replaces the wrapped keys of records, when an epoch begins; all or none.
  func rewrap(_ keys: [RecordID: WrappedKey]) async throws(Problem)

  /// Replaces the cached states of records, when the cache is rebuilt.
  func cache(_ states: [StoredRecord]) async throws(Problem)

  /// Writes a copy of the whole store, consistent as of one moment, while others go on writing.
  func copy(to path: String) async throws(Problem)

  /// Waits until a log has more than `size` entries; gives its size.
  func grown(_ log: LogName, beyond size: Int) async throws(Problem) -> Int

  /// What an engine finds wrong with its own tables that the other calls do not show: rows that nothing refers to,
  /// columns that only the engine reads, guards that were taken away. For `verify`; reads, and changes nothing.
  func faults() async throws(Problem) -> [StoreFault]

  /// Ends all work; later calls fail with `store.closed`.
  func close() async
}

/// Something in the tables of a store that its engine did not write.
public struct StoreFault: Hashable, Sendable {
  /// Stable identifier in kebab-case, such as `content-without-entry`.
  public var code: String
  /// The table; empty for the store as a whole.
  public var table: String
  /// One plain sentence that names the row.
  public var what: String

  /// A fault.
  public init(_ code: String, table: String, what: String) {
    self.code = code
    self.table = table
    self.what = what
  }
}
