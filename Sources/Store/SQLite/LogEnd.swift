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

/// A record as the writer remembers it.
struct Standing: Sendable {
  var number: Int
  var log: LogName
  var version: Int
}
