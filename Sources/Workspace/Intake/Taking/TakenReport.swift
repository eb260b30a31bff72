public import Duties
public import Ground

/// What came of taking in a report.
public struct TakenReport: Sendable {
  /// The incident; nil where nothing was to be written.
  public let incident: RecordState?
  /// False when the same report was taken in before: then nothing was added.
  public let isNew: Bool
  /// The original and the files that came with it.
  public let evidence: [RecordID]
  /// Incidents that may be the same event: for a person to look at.
  public let similar: [IncidentLikeness]
}
