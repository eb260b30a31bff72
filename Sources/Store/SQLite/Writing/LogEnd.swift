internal import Ground
internal import Journal
internal import Sealing

/// The end of a log, where the next entry goes.
struct LogEnd: Sendable {
  var range: CompactRange
  /// Rows of the node table.
  var nodes: Int

  /// The hashes of the right edge, one after another.
  var edge: [UInt8] { range.hashes.flatMap(\.bytes) }
}

/// A record as the writer remembers it, also one that is not there yet.
struct Standing: Sendable {
  /// Its row; 0 when there is none.
  var number = 0
  /// Its log; nil when there is no record.
  var log: LogName?
  /// Its newest version; 0 when there is none.
  var version = 0

  /// Whether there is such a record.
  var isThere: Bool { number > 0 }
}
