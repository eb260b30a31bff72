internal import Ground

/// A table of this program's own: CSV under the names of `OwnRow.columns`, each row whole or refused.
struct OwnTable {
  private var table: ForeignTable
  private let file: String

  init(_ lines: ByteLines) throws(Problem) {
    file = lines.path
    let table = try ForeignTable(lines, needs: [])
    for (index, heading) in table.headings.enumerated() {
      let isKnown = OwnRow.columns.contains(heading)
      if isKnown, table.headings.firstIndex(of: heading) == index { continue }
      throw Problem(
        "workspace.intake-columns",
        what: isKnown
          ? "the column “\(heading)” stands twice in \(lines.path)"
          : "\(lines.path) has a column “\(heading)”, which is not known",
        why: "a value would be lost, or it would be unclear which one holds",
        mend: "columns are " + OwnRow.columns.joined(separator: ", "),
        places: [Place(lines.path, line: 1, column: index + 1, label: heading)])
    }
    self.table = table
  }

  mutating func next() throws(Problem) -> IncomingReading? {
    switch try table.next() {
    case nil: return nil
    case .refused(let problem): return .refused(problem)
    case .row(let row):
      let values = zip(row.headings, row.cells).map { ($0, TableCell.read($1, trims: true).text) }
      return OwnRow.report(
        values, original: IncomingFile("row-\(row.line).csv", "text/csv", row.original),
        at: Place(file, line: row.line))
    }
  }
}
