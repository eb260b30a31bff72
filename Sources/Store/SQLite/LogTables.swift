internal import Ground

/// The tables of one log, and the statements on them that run often.
struct LogTables: Sendable {
  let log: LogName

  let insertEntry: String
  let insertContent: String
  let insertNode: String
  let setHead: String
  let readHead: String
  let readEntries: String
  let readHistory: String
  let readLeaves: String
  let readNodes: String

  private init(_ log: LogName) {
    self.log = log
    let name = log.rawValue
    let columns = """
      SELECT e.seq, r.id, e.version, e.entry, e.leaf, c.content FROM \(name) AS e \
      JOIN record AS r ON r.number = e.record LEFT JOIN \(name)_content AS c ON c.seq = e.seq
      """
    insertEntry = """
      INSERT OR ROLLBACK INTO \(name) (seq, record, version, entry, leaf)
      VALUES (?1, ?2, ?3, ?4, ?5)
      """
    insertContent = "INSERT OR ROLLBACK INTO \(name)_content (seq, content) VALUES (?1, ?2)"
    insertNode =
      "INSERT OR ROLLBACK INTO \(name)_node (seq, level, place, hash) VALUES (?1, ?2, ?3, ?4)"
    setHead = """
      UPDATE \(name)_head SET size = ?1, edge = ?2, newest = ?1, node = ?3, record = ?4
      """
    readHead = "SELECT size, edge FROM \(name)_head"
    readEntries = columns + " WHERE e.seq > ?1 ORDER BY e.seq LIMIT ?2"
    readHistory = columns + " WHERE e.version = ?2 AND e.record = ?1"
    readLeaves = "SELECT leaf FROM \(name) WHERE seq > ?1 ORDER BY seq LIMIT ?2"
    readNodes = """
      SELECT hash FROM \(name)_node WHERE level = ?1 AND place >= ?2 ORDER BY place LIMIT ?3
      """
  }

  static let all = LogName.allCases.map { LogTables($0) }

  /// The tables of a log.
  static func of(_ log: LogName) -> LogTables { all[log.position] }
}

extension LogName {
  /// The number that stands for it in `record.log` and `checkpoint.log`.
  var code: Int { position + 1 }

  /// The log of a code; nil for a number that stands for none.
  init?(code: Int) {
    switch code {
    case 1: self = .regulatory
    case 2: self = .access
    case 3: self = .operational
    default: return nil
    }
  }

  /// Its place among the logs, from 0.
  var position: Int {
    switch self {
    case .regulatory: 0
    case .access: 1
    case .operational: 2
    }
  }
}
