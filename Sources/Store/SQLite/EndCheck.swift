internal import GRDB
internal import Ground
internal import Journal
internal import Sealing

/// The check at opening: the right edge of each log, computed anew, is the one in its head.
///
/// It takes the stored nodes and the leaves after them, at most 255 rows of each level, whatever
/// the size of the log.
struct EndCheck {
  private let db: Database
  private let path: String

  init(_ db: Database, path: String) {
    self.db = db
    self.path = path
  }

  /// Checks all logs.
  ///
  /// - Throws: `store.damaged`, which names the log and what differs in it.
  func run() throws {
    for tables in LogTables.all { try check(tables) }
  }

  private func check(_ tables: LogTables) throws {
    let name = tables.log.rawValue
    let head = try LogEnd(db, tables, path: path).range
    let last = try Int.fetchOne(db, sql: "SELECT coalesce(max(seq), 0) FROM \(name)") ?? 0
    guard last == head.size else {
      throw damaged(
        name, "its head tells \(head.size) entries, and the last one stored is number \(last)")
    }
    try checkLeaves(tables, from: head.size / 256 * 256)
    let edge = try edge(tables, size: head.size)
    guard edge.count == head.hashes.count else { throw damaged(name, "nodes of its tree miss") }
    for (index, (computed, kept)) in zip(edge, head.hashes).enumerated() where computed != kept {
      throw damaged(
        name, "hash \(index + 1) of \(edge.count) on its right edge does not fit what is below it")
    }
  }

  /// Each entry after the last complete group must have its own leaf hash.
  private func checkLeaves(_ tables: LogTables, from start: Int) throws {
    let statement = try RawStatement(
      db, "SELECT seq, entry, leaf FROM \(tables.log.rawValue) WHERE seq > ?1 ORDER BY seq")
    statement.bind(1, start)
    defer { statement.reset() }
    var index = start
    while try statement.next() {
      let entry = statement.bytes(1) ?? []
      let leaf = TreeHash.leaf(entry)
      guard statement.int(0) == index + 1 else {
        throw damaged(tables.log.rawValue, "entry \(index) is missing")
      }
      guard leaf.bytes == statement.bytes(2) else {
        throw damaged(tables.log.rawValue, "entry \(index) does not fit its leaf hash")
      }
      index += 1
    }
  }

  /// The right edge from the largest stored nodes down to the leaves.
  private func edge(_ tables: LogTables, size: Int) throws -> [Digest] {
    var edge: [Digest] = []
    for level in (0...7).reversed() {
      let full = size >> (8 * level)
      let width = full & 255
      guard width > 0 else { continue }
      let hashes = try self.hashes(tables, level: level, from: full - width, count: width)
      guard hashes.count == width else {
        throw damaged(
          tables.log.rawValue, "\(width - hashes.count) nodes of level \(level) are missing")
      }
      var range = CompactRange()
      for hash in hashes { range.append(hash) }
      edge += range.hashes
    }
    return edge
  }

  private func hashes(
    _ tables: LogTables, level: Int, from index: Int, count: Int
  ) throws -> [Digest] {
    try db.hashes(tables, level: level, from: index, count: count).compactMap {
      Digest(bytes: $0)
    }
  }

  private func damaged(_ log: String, _ what: String) -> Problem {
    StoreProblem.damaged(path, "in the \(log) log, \(what)", at: log)
  }
}
