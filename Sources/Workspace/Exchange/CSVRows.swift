internal import Duties
internal import Ground

/// The rows of a CSV file.
struct CSVRows {
  /// What separates the cells.
  let separator: Separator

  private let lines: ByteLines
  private let records: CSVRecords
  private let width: Int
  private var skipped = SkippedLines()
  private var pending: FileReading?

  /// Reads the header; finds the separator by it where it was not given.
  ///
  /// - Throws: `workspace.empty-table`, what `ColumnMap.add` throws, `ground.*`.
  init(
    _ lines: ByteLines, head: [UInt8], separator: Separator?, map: inout ColumnMap
  ) throws(Problem) {
    var chosen = separator
    if let stated = CSVRows.stated(head) {
      chosen = chosen ?? stated
      _ = try lines.next()
    }
    let found = chosen ?? CSVRows.likely(head, map.kind)
    self.lines = lines
    self.separator = found
    records = CSVRecords(lines, delimiter: found.byte)
    guard let header = try records.next() else {
      throw Problem(
        "workspace.empty-table", what: "\(lines.path) holds no header line",
        why: "columns are found by their names", mend: "begin with a line such as name,tokens",
        places: [Place(lines.path)])
    }
    width = header.count
    let place = Place(lines.path, line: header.line)
    for index in 0..<header.count {
      let heading = TableCell.read(header.text(index), trims: true).text
      try map.add(heading, at: place)
    }
    map.finish(at: place)
  }

  /// The separator of a first line `sep=;`, which some spreadsheets write and hide.
  private static func stated(_ head: [UInt8]) -> Separator? {
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D }
    guard line.count == 5, line.starts(with: "sep=".utf8), let byte = line.last else { return nil }
    return Separator.allCases.first { $0.byte == byte }
  }

  /// The separator that makes most known headings of the first line, then most headings.
  private static func likely(_ head: [UInt8], _ kind: RecordKind) -> Separator {
    let columns = RegisterColumn.all(of: kind)
    var best = (separator: Separator.comma, known: -1, count: 0)
    for separator in Separator.allCases {
      let headings = CSVRows.headings(head, separator.byte)
      let known = headings.count { heading in
        !ColumnMap.candidates(TableCell.trimmed(heading), kind, columns).isEmpty
      }
      if (known, headings.count) > (best.known, best.count) {
        best = (separator, known, headings.count)
      }
    }
    return best.separator
  }

  /// The headings that a separator would give, at most so many as a file may have.
  private static func headings(_ head: [UInt8], _ separator: UInt8) -> [String] {
    var headings: [String] = []
    var heading: [UInt8] = []
    var isQuoted = false
    for byte in head.drop(while: { $0 == 0x0A || $0 == 0x0D }) {
      if byte == 0x22 {
        isQuoted.toggle()
      } else if !isQuoted, byte == 0x0A || byte == 0x0D {
        break
      } else if !isQuoted, byte == separator, headings.count < ColumnMap.mostColumns {
        headings.append(String(decoding: heading, as: UTF8.self))
        heading.removeAll(keepingCapacity: true)
      } else {
        heading.append(byte)
      }
    }
    return headings + [String(decoding: heading, as: UTF8.self)]
  }

  /// The next row that is not empty; nil at the end.
  mutating func next(_ map: ColumnMap) throws(Problem) -> FileReading? {
    if let reading = skipped.next(lines) { return reading }
    if let reading = pending {
      pending = nil
      return reading
    }
    let reading = try read(map)
    guard let first = skipped.next(lines) else { return reading }
    pending = reading
    return first
  }

  private func read(_ map: ColumnMap) throws(Problem) -> FileReading? {
    while true {
      do throws(Problem) {
        guard let fields = try records.nextFields() else { return nil }
        let isEmpty = (0..<fields.count).allSatisfy { fields[$0].allSatisfy { $0 == 0x20 } }
        if !isEmpty { return row(fields, map) }
      } catch {
        guard error.code.hasPrefix("ground.csv") else { throw error }
        return .refused(line: error.places.first?.line ?? lines.line, [(error, nil)])
      }
    }
  }

  private func row(_ fields: CSVFields, _ map: ColumnMap) -> FileReading {
    guard fields.count == width else {
      let problem = Problem(
        "workspace.import-row-width",
        what: "the row has \(fields.count) cells where the header has \(width)",
        why: "it would be unclear which value stands in which column",
        mend:
          "quote cells that hold a \(separator.word); give every row as many cells as the header")
      return .refused(line: fields.line, [(problem, nil)])
    }
    var values: [(column: Int, value: FileValue)] = []
    var problems: [(problem: Problem, column: String?)] = []
    for index in 0..<width {
      let column = map.columns[index]
      if case .ignored = column.target { continue }
      let bytes = fields[index]
      guard let text = String(validating: bytes, as: UTF8.self), bytes.offset(of: 0) == nil else {
        problems.append((CSVRows.notText(bytes), column.heading))
        continue
      }
      values.append((index, .cell(text)))
    }
    return problems.isEmpty
      ? .row(FileRow(line: fields.line, values: values)) : .refused(line: fields.line, problems)
  }

  private static func notText(_ bytes: UnsafeRawBufferPointer) -> Problem {
    bytes.offset(of: 0) == nil
      ? Problem(
        "workspace.import-not-utf8", what: "the cell is not text in UTF-8",
        why: "letters would be lost", mend: "save the table as “CSV UTF-8”")
      : Problem(
        "workspace.import-nul", what: "the cell holds the character NUL",
        why: "it stands in no text that people write", mend: "take it out, or use JSON Lines")
  }
}
