public import Ground

/// What two reports of one event have in common, if they are of one: words, days, references and addresses.
public struct IncidentTrace: Sendable {
  /// Its title.
  public var title: String
  /// Its narrative.
  public var narrative: String
  /// Who keeps it under its references; empty where that is not said.
  public var source: String
  /// The numbers or names under which the source keeps it.
  public var references: [String]
  /// Where it can be read.
  public var addresses: [String]
  /// When it began; nil where that is not known.
  public var began: DayRange?
  /// When it ended; nil where that is not known.
  public var ended: DayRange?

  /// A trace with all its parts.
  public init(
    title: String, narrative: String, source: String = "", references: [String] = [],
    addresses: [String] = [], began: DayRange? = nil, ended: DayRange? = nil
  ) {
    self.title = title
    self.narrative = narrative
    self.source = source
    self.references = references
    self.addresses = addresses
    self.began = began
    self.ended = ended
  }

  /// The trace of a report that was just read.
  public init(_ report: IncomingReport) {
    self.init(
      title: report.title, narrative: report.narrative,
      source: IntakeText.sourceName(report.source),
      references: [report.reference].filter { !$0.isEmpty },
      addresses: [report.url].filter { !$0.isEmpty }, began: report.began, ended: report.ended)
  }

  /// From the first possible day to the last; nil where it is not known when it began.
  var days: ClosedRange<Day>? {
    began.map { $0.first...max($0.last, ended?.last ?? $0.last) }
  }
}
