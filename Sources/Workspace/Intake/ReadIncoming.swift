public import Ground

/// Opens foreign files of incidents.
public struct ReadIncoming: Sendable {
  private let format: IncomingFormat?
  private let classifications: AIIDClassifications

  /// A reader of files of a form; nil finds it out for each file.
  ///
  /// - Parameter classifications: `classifications_*.csv` of the AI Incident Database, joined to its incidents.
  /// - Throws: `workspace.intake-columns`, `workspace.intake-too-large`, `ground.*`.
  public init(
    format: IncomingFormat? = nil, classifications: [ByteSource] = []
  ) throws(Problem) {
    self.format = format
    var read = AIIDClassifications()
    for source in classifications { try read.add(source) }
    self.classifications = read
  }

  /// What was wrong in the files of classifications.
  public var problems: [Problem] { classifications.problems }

  /// The reports of a file, from the first.
  ///
  /// - Throws: `workspace.intake-*`, `workspace.empty-table`, `workspace.not-utf8`, `rulefile.*`, `ground.*`.
  public func reports(of source: ByteSource) throws(Problem) -> IncomingReports {
    let lines = ByteLines(try source.stream())
    let form: IncomingFormat
    if let format {
      form = format
    } else {
      form = try IncomingFormat.detected(try lines.peek(), source.name)
    }
    return IncomingReports(
      try IncomingRows(lines, form, classifications), form, name: source.name)
  }

  /// All there is in a file, for files that are small.
  ///
  /// - Throws: as `reports`, and as `IncomingReports.next`.
  public func all(_ source: ByteSource) throws(Problem) -> [IncomingReading] {
    var reports = try reports(of: source)
    var readings: [IncomingReading] = []
    while let reading = try reports.next() { readings.append(reading) }
    return readings
  }
}
