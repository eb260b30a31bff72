internal import Duties
internal import Ground

extension RecordField {
  /// The cell that holds a value in a table; empty for null.
  func cell(_ value: JSON) -> String {
    switch (form, value) {
    case (_, .null): ""
    case (.tree, _): TableCell.written(value.compact, trims: true)
    case (_, .string(let text)): TableCell.written(text, trims: form != .text)
    case (_, .bool(let answer)): answer ? "yes" : "no"
    case (.list, .array(let values)): TableCell.written(RecordField.list(values), trims: true)
    default: TableCell.written(value.compact, trims: true)
    }
  }

  private static func list(_ values: [JSON]) -> String {
    var items: [String] = []
    for value in values {
      guard case .string(let item) = value else { return JSON.array(values).compact }
      items.append(item)
    }
    return ListCell.written(items)
  }

  /// The value of a cell as `cell` writes it and as people type it; an empty cell is null.
  ///
  /// References to records stay as they are written.
  /// - Throws: `duties.bad-field`, `ground.not-json`, `ground.not-canonical`, `workspace.import-day`,
  ///   `workspace.import-ambiguous-day`.
  func value(ofCell cell: String) throws(Problem) -> JSON {
    guard !TableCell.isBlank(cell.unicodeScalars[...]) else { return .null }
    let (text, isExact) = TableCell.read(cell, trims: form != .text)
    switch form {
    case .text: return .string(text)
    case .amount, .record: return .string(isExact ? text : TableCell.trimmed(text))
    case .list: return JSON(ListCell.read(isExact ? text : TableCell.trimmed(text)))
    case .day, .moment: return try day(TableCell.trimmed(text))
    case .tree:
      let value = try JSON(parsing: text.utf8, file: name)
      _ = try value.canonicalBytes()
      return value
    case .choice, .count, .yesNo: return try value(of: text)
    }
  }

  /// The value of a member of a JSON object; texts are taken as they are, and read where the field holds no text.
  ///
  /// - Throws: as `value(ofCell:)`, `workspace.import-inexact-number`.
  func value(ofMember value: JSON) throws(Problem) -> JSON {
    switch (form, value) {
    case (.tree, _):
      _ = try value.canonicalBytes()
      return value
    case (.day, .string(let text)), (.moment, .string(let text)): return try day(text)
    case (.yesNo, .string(let text)), (.count, .string(let text)): return try self.value(of: text)
    case (.list, .string(let text)): return JSON(ListCell.read(TableCell.trimmed(text)))
    case (.record, .string): return value
    case (.amount, .number(let number)): return .string(try exact(number))
    default: return try checked(value)
    }
  }

  private func day(_ text: String) throws(Problem) -> JSON {
    if let problem = DayText.problem(text, of: name) { throw problem }
    return try checked(.string(text))
  }

  /// A number whose digits are those of the file; larger ones have lost some when they are read.
  private func exact(_ number: Double) throws(Problem) -> String {
    guard abs(number) <= Double(JSON.largestExactInteger) else {
      throw Problem(
        "workspace.import-inexact-number", what: "\(name) is too large for a number of JSON",
        why: "numbers above 2^53 lose digits when they are read",
        mend: "write it as text, in quotes")
    }
    return JSON.number(number).compact
  }
}

extension JSON {
  /// Whether two values are the same to the byte; members of objects may stand in any order.
  ///
  /// `==` would take texts for equal that differ in their composition (NFC, NFD).
  func isSame(as other: JSON) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left.sorted(by: JSON.precedes), right.sorted(by: JSON.precedes)).allSatisfy {
          $0.0.utf8.elementsEqual($1.0.utf8) && $0.1.isSame(as: $1.1)
        }
    case (.number, .number), (.number, .int), (.int, .number): compact == other.compact
    default: false
    }
  }

  private static func precedes(_ left: (String, JSON), _ right: (String, JSON)) -> Bool {
    left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
  }
}
