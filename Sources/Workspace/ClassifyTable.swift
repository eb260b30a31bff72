internal import Duties
internal import Ground
public import Rulebook

/// The use case behind `classify --csv`: one answer for each row of a table, in constant memory.
public struct ClassifyTable: Sendable {
  private let table: DutyTable
  private let staleness: String?

  /// Answers by the law of a day.
  public init(law: Law) {
    table = DutyTable(law: law)
    staleness = law.staleness
  }

  /// What a run found.
  public struct Summary: Sendable {
    /// Rows read.
    public var rows = 0
    /// Rows with problems.
    public var rowsWithProblems = 0
    /// Columns that were ignored.
    public var ignoredColumns: [String] = []
    /// A caution about the day asked for.
    public var staleness: String?
  }

  /// Reads a table and gives each answer as one JSON object in a line, in UTF-8 without a line end.
  ///
  /// `progress` hears the number of bytes read, after each chunk.
  /// - Throws: `ground.file-*` when it cannot be read, `workspace.no-known-column`, `workspace.duplicate-column`.
  public func run(
    path: String, progress: ((Int) -> Void)? = nil, each: ([UInt8]) throws -> Void
  ) throws -> Summary {
    let records = CSVRecords(try ByteLines(path: path, progress: progress))
    guard let header = try records.next() else {
      throw Problem(
        "workspace.empty-table", what: "\(path) holds no header line",
        why: "columns are found by their names",
        mend: "begin with a line such as model,params_total,tokens,modality")
    }
    var summary = Summary(staleness: staleness)
    let places = try columns(header, path, &summary)
    while true {
      do {
        guard let record = try records.next() else { break }
        summary.rows += 1
        try each(answer(record, width: header.count, places, summary.rows, &summary))
      } catch let problem as Problem where problem.code.hasPrefix("ground.csv") {
        summary.rows += 1
        try each(refused(problem, summary.rows, &summary))
      }
    }
    return summary
  }

  private func columns(
    _ header: CSVRecord, _ path: String, _ summary: inout Summary
  ) throws -> [ModelFacts.Column: Int] {
    var places: [ModelFacts.Column: Int] = [:]
    for index in 0..<header.count {
      let name = ClassifyTable.name(header.text(index))
      guard let column = ModelFacts.Column(rawValue: name) else {
        summary.ignoredColumns.append(header.text(index))
        continue
      }
      guard places[column] == nil else {
        throw Problem(
          "workspace.duplicate-column", what: "the column \"\(name)\" stands twice",
          why: "it would be unclear which one holds", mend: "keep one of them",
          places: [Place(path, line: header.line)])
      }
      places[column] = index
    }
    guard !places.isEmpty else {
      throw Problem(
        "workspace.no-known-column", what: "\(path) has none of the columns that are understood",
        why: "columns are found by their names",
        mend: "name them "
          + ModelFacts.Column.allCases.map(\.rawValue).joined(separator: ", "),
        places: [Place(path, line: header.line)])
    }
    return places
  }

  private static func name(_ text: String) -> String {
    var view = Substring(text)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return view.lowercased()
  }

  private func answer(
    _ record: CSVRecord, width: Int, _ places: [ModelFacts.Column: Int], _ row: Int,
    _ summary: inout Summary
  ) -> [UInt8] {
    let reader =
      record.count == width
      ? FactReader { column in places[column].map(record.text) ?? "" }
      : FactReader(
        unreadableRow:
          "line \(record.line) has \(record.count) fields where the header has \(width)",
        remedy: "quote fields that hold commas; give every row as many fields as the header")
    return line(reader, row, &summary)
  }

  private func refused(_ problem: Problem, _ row: Int, _ summary: inout Summary) -> [UInt8] {
    line(FactReader(unreadableRow: problem.what, remedy: problem.mend), row, &summary)
  }

  private func line(_ reader: FactReader, _ row: Int, _ summary: inout Summary) -> [UInt8] {
    var classification = Classification.decide(reader.facts, problems: reader.problems)
    if !table.isChapterInForce { classification.isPresumed = nil }
    if !classification.problems.isEmpty { summary.rowsWithProblems += 1 }
    let duties = table.duties(DutyFacts(classification))
    return JSON.object(classification.members(row: row, duties: duties)).compactBytes
  }
}
