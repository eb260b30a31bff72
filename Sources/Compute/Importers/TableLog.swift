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
      var bad: String?
      for (index, column) in columns {
        bad = totals.set(column, row[index])
        if bad != nil { break }
      }
      end(&totals, row.line, bad, &run)
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
      let bad = try readObject(&tokens, &totals)
      end(&totals, lines.line, bad, &run)
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

  private static func end(
    _ totals: inout TableTotals, _ line: Int, _ bad: String?, _ run: inout ImportedRun
  ) {
    guard let bad else { return totals.endRow(line) }
    totals.dropRow()
    run.badRow(line, bad)
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
        if let column, let bad = tokens.text.withUnsafeBytes({ totals.set(column, $0) }) {
          return bad
        }
        column = nil
      case .beginObject, .endObject, .beginArray, .endArray: column = nil
      case .end: return nil
      }
    }
    return "it is not a JSON object, or it is cut off"
  }
}
