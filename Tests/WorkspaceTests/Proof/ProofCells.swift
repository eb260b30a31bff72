import Foundation
import GRDB
import Testing

@testable import Workspace

/// One change behind the program's back: a cell of a table with another value, or a row that goes or comes.
struct ProofCell: Sendable, CustomStringConvertible {
  let table: String
  let column: String
  let sql: String

  var description: String { sql }

  /// Every cell of every row, altered in several ways, and every row removed.
  static func all(of path: String) throws -> [ProofCell] {
    let queue = try DatabaseQueue(path: path)
    let found = try queue.read { db in
      let tables = try String.fetchAll(
        db,
        sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      return try tables.flatMap { try cells(of: $0, db) }
    }
    try queue.close()
    return found
  }

  private static func cells(of table: String, _ db: Database) throws -> [ProofCell] {
    let columns = try Row.fetchAll(db, sql: "PRAGMA table_info(\(table))")
    let names = columns.map { $0["name"] as String }
    let keys = columns.filter { ($0["pk"] as Int) > 0 }.map { $0["name"] as String }
    let quoted = names.map { "quote(\($0))" }.joined(separator: ", ")
    var cells: [ProofCell] = []
    for row in try Row.fetchAll(db, sql: "SELECT \(quoted) FROM \(table)") {
      let values = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($1, row[$0] as String) })
      let place = keys.map { "\($0) = \(values[$0]!)" }.joined(separator: " AND ")
      cells.append(
        ProofCell(table: table, column: "(row)", sql: "DELETE FROM \(table) WHERE \(place)"))
      for column in columns {
        let name: String = column["name"]
        for value in others(values[name]!, type: column["type"], isNeeded: column["notnull"] == 1) {
          cells.append(
            ProofCell(
              table: table, column: name,
              sql: "UPDATE \(table) SET \(name) = \(value) WHERE \(place)"))
        }
      }
    }
    return cells
  }

  /// Other values than a quoted one.
  private static func others(_ value: String, type: String, isNeeded: Bool) -> [String] {
    if value == "NULL" {
      return type == "BLOB" ? ["x'07'"] : type == "TEXT" ? ["'x'"] : ["1", "7"]
    }
    var others = isNeeded ? [] : ["NULL"]
    switch type {
    case "INTEGER": others += ["\(value) + 1", "\(value) + 1000"]
    case "TEXT": others += ["\(value) || 'x'", "'x'"]
    default:
      let hex = Array(value.dropFirst(2).dropLast())
      guard !hex.isEmpty else { return others + ["x'00'"] }
      func flipped(_ place: Int) -> String {
        var hex = hex
        hex[place] = hex[place] == "0" ? "1" : "0"
        return "x'" + String(hex) + "'"
      }
      others += [1, hex.count / 2, hex.count - 1].map(flipped)
      others.append("x'" + String(hex.dropLast(2)) + "'")
    }
    return others
  }
}

extension ProofFixture {
  /// The database file as it is.
  func bytes() throws -> Data { try Data(contentsOf: URL(filePath: folder.store)) }

  /// Puts a database file back.
  func put(_ bytes: Data) throws {
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: folder.store + ending)
    }
    try bytes.write(to: URL(filePath: folder.store))
  }

  /// Makes one change; false when the tables themselves do not allow it.
  func apply(_ sql: String) throws -> Bool {
    do {
      try tamper { db in try db.execute(sql: sql) }
      return true
    } catch let error as DatabaseError
      where [.SQLITE_CONSTRAINT, .SQLITE_MISMATCH].contains(error.resultCode)
    {
      return false
    }
  }

  /// Every byte of a file, with one bit of it flipped.
  func eachFlip(
    of path: String, step: Int = 1, _ body: (_ place: Int) async throws -> Void
  ) async throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    for place in stride(from: 0, to: bytes.count, by: step) {
      var changed = bytes
      changed[place] ^= UInt8(1 << (place % 8))
      try changed.write(to: URL(filePath: path))
      try await body(place)
    }
    try bytes.write(to: URL(filePath: path))
  }
}
