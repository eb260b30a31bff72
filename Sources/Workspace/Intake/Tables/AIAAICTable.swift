internal import Ground

/// The table of AIAAIC: a title row, the headings, and a row of further headings below them.
struct AIAAICTable {
  private var table: ForeignTable
  private var pending: ForeignTable.Row?
  private let file: String

  static let key = "AIAAIC ID#"
  /// How far down the headings are looked for.
  private static let mostTitleRows = 10

  init(_ lines: ByteLines) throws(Problem) {
    file = lines.path
    let records = CSVRecords(lines)
    var header: CSVRecord?
    for _ in 0..<AIAAICTable.mostTitleRows {
      guard let record = try records.next() else { break }
      if IntakeText.line(record.text(0), longest: 40) == AIAAICTable.key {
        header = record
        break
      }
    }
    guard let header else {
      throw Problem(
        "workspace.intake-columns", what: "\(lines.path) has no row of headings of AIAAIC",
        why: "the headings begin with “\(AIAAICTable.key)”, below a title row",
        mend: "export the sheet again as CSV", places: [Place(lines.path)])
    }
    var headings: [String] = []
    for index in 0..<header.count {
      let heading = IntakeText.line(header.text(index), longest: 200)
      headings.append(heading.isEmpty ? headings.last ?? "" : heading)
    }
    table = ForeignTable(lines, records, headings: AIAAICTable.numbered(headings))
  }

  /// Headings that stand over several columns, told apart.
  private static func numbered(_ headings: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return headings.map { heading in
      seen[heading, default: 0] += 1
      let number = seen[heading] ?? 1
      return number == 1 ? heading : heading + " " + String(number)
    }
  }

  mutating func next() throws(Problem) -> IncomingReading? {
    while true {
      switch try table.next() {
      case nil: return nil
      case .refused(let problem): return .refused(problem)
      case .row(let row):
        let number = IntakeText.line(row[AIAAICTable.key], longest: 80)
        let headline = row["Headline"]
        if number.isEmpty, IntakeText.isBlank(headline) {
          // The row below the headings names the parts of those that stand over several columns.
          if pending == nil {
            pending = row
            continue
          }
          return .refused(AIAAICTable.nameless(file, row.line))
        }
        return .report(report(row, number))
      }
    }
  }

  private static func nameless(_ file: String, _ line: Int) -> Problem {
    Problem(
      "workspace.intake-nothing", what: "the row has neither number nor headline",
      why: "it would be a report that tells nothing", mend: "check the row in the table",
      places: [Place(file, line: line, label: AIAAICTable.key)])
  }

  private func report(_ row: ForeignTable.Row, _ number: String) -> IncomingReport {
    var report = IncomingReport(
      original: IncomingFile("aiaaic-\(number).csv", "text/csv", row.original),
      place: Place(file, line: row.line))
    report.source = IncomingFormat.aiaaic.source
    report.reference = number
    report.title = row["Headline"]
    report.narrative = row["Headline"]
    report.model = row["System name"]
    report.happened(row["Occurred"], in: "Occurred")
    for heading in row.headings where !heading.isEmpty {
      guard let about = AIAAICTable.about(heading) else { continue }
      let part = pending.map { IntakeText.line($0[heading], longest: 80) } ?? ""
      let label = part.isEmpty ? heading : heading + " · " + part
      report.hint(about, label, row[heading])
    }
    for heading in row.headings where heading.hasPrefix("Summary/links") {
      report.address(row[heading], in: heading)
    }
    report.settle()
    return report
  }

  /// What the words under a heading are about; nil where they are a field of the report.
  private static func about(_ heading: String) -> IncomingHint.About? {
    switch heading {
    case key, "Headline", "Occurred", "System name": nil
    case "Deployer", "Developer": .party
    default:
      heading.hasPrefix("External harm") || heading.hasPrefix("Ethical issue")
        ? .category : heading.hasPrefix("Summary/links") ? nil : .other
    }
  }
}
