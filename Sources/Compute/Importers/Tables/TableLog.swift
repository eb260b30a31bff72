import Ground

/// Reads plain tables, CSV with a header or JSON Lines; the columns stand in `TableColumn`.
enum TableLog {
  /// Reads a CSV table and puts what it tells into the run.
  ///
  /// - Throws: `compute.import-wrong-kind` when no column is known; `ground.file-unreadable`.
  static func readCSV(_ lines: ByteLines, into run: inout ImportedRun) throws(Problem) {
    let records = CSVRecords(lines)
    var columns: [(index: Int, column: TableColumn)] = []
    if let header = try nextRow(records, &run) {
      for index in 0..<header.count {
        guard let column = TableColumn(name: LogName.plain(header.text(index))) else { continue }
        if columns.contains(where: { $0.column == column }) {
          run.warn("the column \(column) is there twice; the first is read")
        } else {
          columns.append((index, column))
        }
      }
    }
    guard !columns.isEmpty else {
      throw .importWrongKind(run.file, .csv, understood: TableColumn.understood)
    }
    let widest = columns.last?.index ?? 0
    var totals = TableTotals()
    while let row = try nextRow(records, &run) {
      guard row.count > widest else {
        run.badRow(row.line, "it has \(row.count) fields only")
        continue
      }
      var isGood = true
      for (index, column) in columns where !totals.set(column, row[index]) {
        isGood = false
        run.badRow(row.line, refusal(row[index], column))
        break
      }
      if isGood { totals.endRow(row.line) } else { totals.dropRow() }
    }
    totals.conclude(into: &run)
  }

  /// Reads JSON Lines and puts what they tell into the run.
  ///
  /// - Throws: `compute.import-wrong-kind` when no key is known; `ground.file-unreadable`.
  static func readJSON(_ lines: ByteLines, into run: inout ImportedRun) throws(Problem) {
    var totals = TableTotals()
    var tokens = JSONTokens(UnsafeRawBufferPointer(start: nil, count: 0))
    while let line = try lines.next() {
      if LogBytes.trimmed(line).isEmpty { continue }
      tokens.restart(line)
      if let bad = try readObject(&tokens, &totals) {
        totals.dropRow()
        run.badRow(lines.line, bad)
      } else {
        totals.endRow(lines.line)
      }
    }
    guard totals.seen != 0 || run.problemCount > 0 else {
      throw .importWrongKind(run.file, .jsonl, understood: TableColumn.understood)
    }
    totals.conclude(into: &run)
  }

  /// The next record; those that cannot be read are reported and passed over.
  static func nextRow(_ records: CSVRecords, _ run: inout ImportedRun) throws(Problem)
    -> CSVFields?
  {
    while true {
      do throws(Problem) {
        return try records.nextFields()
      } catch {
        guard error.code.hasPrefix("ground.csv-") else { throw error }
        run.report(error)
      }
    }
  }

  private static func refusal(_ cell: UnsafeRawBufferPointer, _ column: TableColumn) -> String {
    "\(LogBytes.excerpt(cell)) cannot stand in the column \(column)"
  }

  /// Takes the members of one object; a word when it is not one object.
  private static func readObject(_ tokens: inout JSONTokens, _ totals: inout TableTotals)
    throws(Problem) -> String?
  {
    guard try tokens.next() == .beginObject else { return "it is not a JSON object" }
    var column: TableColumn?
    while let token = try tokens.next() {
      switch token {
      case .key:
        column = tokens.depth == 1 ? tokens.text.withUnsafeBytes { TableColumn($0) } : nil
      case .number, .string, .literal:
        if let column, !tokens.text.withUnsafeBytes({ totals.set(column, $0) }) {
          return tokens.text.withUnsafeBytes { refusal($0, column) }
        }
        column = nil
      case .beginObject, .endObject, .beginArray, .endArray: column = nil
      case .end: return nil
      }
    }
    return "it is not a JSON object, or it is cut off"
  }
}
