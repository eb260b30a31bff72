public import Ground

/// The reports of a foreign file, one after another: tables and lines in constant memory, the rest within bounds.
///
/// Not for several threads.
public struct IncomingReports {
  /// The form of the file.
  public let format: IncomingFormat
  /// Reports given so far.
  public private(set) var reports = 0
  /// Rows and objects so far that could not be read.
  public private(set) var refused = 0

  private var rows: IncomingRows
  private let name: String

  init(_ rows: IncomingRows, _ format: IncomingFormat, name: String) {
    self.rows = rows
    self.format = format
    self.name = name
  }

  /// The next report, or what is wrong with the next row; nil at the end.
  ///
  /// - Throws: `workspace.intake-nothing` for a file without any, `ground.file-unreadable`.
  public mutating func next() throws(Problem) -> IncomingReading? {
    guard let reading = try rows.next() else {
      guard reports + refused > 0 else { throw nothing }
      return nil
    }
    switch reading {
    case .report(let report) where report.isEmpty:
      refused += 1
      return .refused(
        Problem(
          "workspace.intake-nothing", what: "there is neither title nor narrative nor a file",
          why: "it would be a report that tells nothing", mend: "check it in the source",
          places: [report.place]))
    case .report: reports += 1
    case .refused: refused += 1
    }
    return reading
  }

  private var nothing: Problem {
    Problem(
      "workspace.intake-nothing", what: "\(name) holds no report",
      why: "it was read as \(format.title)", mend: "check the file, or give --format",
      places: [Place(name)])
  }
}
