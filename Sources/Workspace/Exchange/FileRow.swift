internal import Ground

/// A value of a row as the file holds it.
enum FileValue: Sendable {
  /// The text of a cell.
  case cell(String)
  /// A member of a JSON object.
  case member(JSON)

  /// Whether nothing stands there.
  var isEmpty: Bool {
    switch self {
    case .cell(let text): TableCell.isBlank(text.unicodeScalars[...])
    case .member(.null): true
    case .member: false
    }
  }

  /// The text, where it is one; not trimmed.
  var text: String? {
    switch self {
    case .cell(let text): text
    case .member(.string(let text)): text
    case .member(.int(let number)): String(number)
    case .member: nil
    }
  }
}

/// A row of a file: what stands in which of its columns.
struct FileRow: Sendable {
  /// The line on which it begins, from 1.
  let line: Int
  /// Values with the index of their column; columns that the row does not have are absent.
  let values: [(column: Int, value: FileValue)]
}

/// What the next row of a file is.
enum FileReading: Sendable {
  case row(FileRow)
  /// A row that cannot be read, with what is wrong and the heading of the column, if it is one.
  case refused(line: Int, [(problem: Problem, column: String?)])
}

/// A file as rows, whatever its form.
enum FileRows {
  case csv(CSVRows)
  case jsonLines(JSONRows)

  /// Opens a file, finds out its form where it was not given, and reads the headings.
  ///
  /// - Throws: `workspace.import-not-table`, `workspace.empty-table`, what `ColumnMap.add` throws, `ground.*`.
  init(
    _ lines: ByteLines, form: RegisterForm?, map: inout ColumnMap
  ) throws(Problem) {
    let head = try lines.peek()
    if let problem = FileRows.foreign(head, lines.path) { throw problem }
    let first = head.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    guard first != nil else {
      throw Problem(
        "workspace.empty-table", what: "\(lines.path) holds no header line",
        why: "columns are found by their names", mend: "begin with a line such as name,tokens",
        places: [Place(lines.path)])
    }
    switch form {
    case .jsonLines: self = .jsonLines(JSONRows(lines))
    case nil where first == 0x7B: self = .jsonLines(JSONRows(lines))
    case nil, .csv:
      var separator: Separator?
      if case .csv(let given) = form { separator = given }
      self = .csv(try CSVRows(lines, head: Array(head), separator: separator, map: &map))
    }
  }

  /// The form that was found.
  var form: RegisterForm {
    switch self {
    case .csv(let rows): .csv(rows.separator)
    case .jsonLines: .jsonLines
    }
  }

  /// The next row; nil at the end.
  mutating func next(_ map: inout ColumnMap) throws(Problem) -> FileReading? {
    switch self {
    case .csv(var rows):
      let reading = try rows.next(map)
      self = .csv(rows)
      return reading
    case .jsonLines(var rows):
      let reading = try rows.next(&map)
      self = .jsonLines(rows)
      return reading
    }
  }

  /// Files that are tables only to another program.
  private static func foreign(_ head: UnsafeRawBufferPointer, _ path: String) -> Problem? {
    func refusal(_ what: String, _ mend: String) -> Problem {
      Problem(
        "workspace.import-not-table", what: "\(path) is \(what)",
        why: "registers are read from CSV in UTF-8 and from JSON Lines", mend: mend,
        places: [Place(path)])
    }
    if head.has("PK\u{3}\u{4}") {
      return refusal("a workbook or an archive", "save the sheet as “CSV UTF-8”")
    }
    let isUTF16 = head.count >= 2 && Set([head[0], head[1]]) == [0xFE, 0xFF]
    if isUTF16 || head.prefix(4096).contains(0) {
      return refusal("not text in UTF-8", "save it as “CSV UTF-8”")
    }
    if head.first(where: { $0 > 0x20 }) == 0x5B {
      return refusal("one list of JSON", "write one object a line (jq -c '.[]')")
    }
    return nil
  }
}

/// Overlong lines, which the reader of lines skips, one after another.
struct SkippedLines {
  private var told = 0

  /// The next that was not told yet.
  mutating func next(_ lines: ByteLines) -> FileReading? {
    guard told < lines.problems.count else { return nil }
    let problem = lines.problems[told]
    told += 1
    return .refused(line: problem.places.first?.line ?? lines.line, [(problem, nil)])
  }
}
