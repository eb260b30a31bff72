internal import Ground

/// A CSV file of somebody else, row by row under its headings.
struct ForeignTable {
  /// The headings, in order.
  let headings: [String]
  private let lines: ByteLines
  private let records: CSVRecords
  private var told = 0

  /// A row with its cells by heading.
  struct Row: Sendable {
    /// The line on which it begins, from 1.
    let line: Int
    let headings: [String]
    let cells: [String]

    /// The cell under a heading; empty where there is none.
    subscript(_ heading: String) -> String {
      headings.firstIndex(of: heading).map { cells[$0] } ?? ""
    }
  }

  /// What comes next in the file.
  enum Reading {
    case row(Row)
    case refused(Problem)
  }

  /// A table whose headings were read already.
  init(_ lines: ByteLines, _ records: CSVRecords, headings: [String]) {
    self.lines = lines
    self.records = records
    self.headings = headings
  }

  /// A table whose first row holds the headings; a heading that stands twice is refused.
  ///
  /// - Throws: `workspace.empty-table`, `workspace.intake-columns`, `ground.*`.
  init(_ lines: ByteLines, needs: [String]) throws(Problem) {
    let records = CSVRecords(lines)
    guard let header = try records.next() else { throw .emptyTable(lines.path) }
    let headings = (0..<header.count).map { IntakeText.line(header.text($0), longest: 200) }
    for heading in needs where headings.count(where: { $0 == heading }) != 1 {
      throw Problem(
        "workspace.intake-columns",
        what: "\(lines.path) has the column “\(heading)” not exactly once",
        why: "the table is read by its headings", mend: "export it again without changing headings",
        places: [Place(lines.path, line: header.line)])
    }
    self.init(lines, records, headings: headings)
  }

  /// The next row that holds anything; nil at the end.
  ///
  /// - Throws: `ground.file-unreadable`.
  mutating func next() throws(Problem) -> Reading? {
    while true {
      if told < lines.problems.count {
        told += 1
        return .refused(lines.problems[told - 1])
      }
      do throws(Problem) {
        guard let record = try records.next() else {
          return told < lines.problems.count ? try next() : nil
        }
        let cells = (0..<record.count).map { record.text($0) }
        if cells.allSatisfy(IntakeText.isBlank) { continue }
        return row(record.line, cells)
      } catch {
        guard error.code.hasPrefix("ground.csv") else { throw error }
        return .refused(error)
      }
    }
  }

  private func row(_ line: Int, _ cells: [String]) -> Reading {
    let extra = cells.dropFirst(headings.count)
    guard cells.count >= headings.count, extra.allSatisfy(IntakeText.isBlank) else {
      return .refused(
        Problem(
          "workspace.import-row-width",
          what: "the row has \(cells.count) cells where the header has \(headings.count)",
          why: "it would be unclear which value stands in which column",
          mend: "put texts with commas or line ends in quotes",
          places: [Place(lines.path, line: line)]))
    }
    return .row(Row(line: line, headings: headings, cells: Array(cells.prefix(headings.count))))
  }
}

extension ForeignTable.Row {
  /// The row under its headings, as a table of its own.
  var original: [UInt8] {
    CSVLine.bytes(headings, 0x2C) + CSVLine.bytes(cells, 0x2C)
  }
}

extension Problem {
  static func emptyTable(_ path: String) -> Problem {
    Problem(
      "workspace.empty-table", what: "\(path) holds no header line",
      why: "columns are found by their names", mend: "begin with a line of headings",
      places: [Place(path)])
  }
}
