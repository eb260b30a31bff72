internal import Ground

/// `incidents.csv` of a snapshot of the AI Incident Database.
struct AIIDTable {
  private var table: ForeignTable
  private let file: String
  private let classifications: AIIDClassifications

  static let needed = ["incident_id", "date", "title", "description"]
  private static let parties = [
    "Alleged deployer of AI system", "Alleged developer of AI system",
    "Alleged harmed or nearly harmed parties",
  ]

  init(_ lines: ByteLines, _ classifications: AIIDClassifications) throws(Problem) {
    file = lines.path
    table = try ForeignTable(lines, needs: AIIDTable.needed)
    self.classifications = classifications
  }

  mutating func next() throws(Problem) -> IncomingReading? {
    switch try table.next() {
    case nil: return nil
    case .refused(let problem): return .refused(problem)
    case .row(let row): return .report(report(row))
    }
  }

  private func report(_ row: ForeignTable.Row) -> IncomingReport {
    let number = IntakeText.line(row["incident_id"], longest: 40)
    let joined = classifications[number]
    var report = IncomingReport(
      original: IncomingFile(
        "aiid-\(number).csv", "text/csv", row.original + joined.flatMap(\.original)),
      place: Place(file, line: row.line))
    report.source = IncomingFormat.aiid.source
    report.reference = number
    report.title = row["title"]
    report.narrative = row["description"]
    report.happened(row["date"], in: "date")
    if number.isEmpty || Int(number) == nil {
      report.note(
        "workspace.intake-reference", "“\(number)” is not the number of an incident",
        "check the row in the database", at: "incident_id")
    }
    for heading in AIIDTable.parties {
      let names = AIIDTable.names(row[heading])
      report.hint(.party, heading, names.joined(separator: "; "))
    }
    report.hint(.other, "reports", AIIDTable.names(row["reports"]).joined(separator: ", "))
    for row in joined { AIIDClassifications.hints(row, into: &report) }
    report.settle()
    return report
  }

  /// The items of a JSON list in a cell; the cell itself where it is none.
  private static func names(_ cell: String) -> [String] {
    guard case .array(let items)? = try? JSON(parsing: cell.utf8) else {
      return IntakeText.isBlank(cell) ? [] : [cell]
    }
    return items.map { $0.text ?? $0.compact }
  }
}
