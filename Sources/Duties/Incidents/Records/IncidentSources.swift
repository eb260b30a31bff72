internal import Ground
public import Rulebook

/// What a report on an incident is made from: records as they are, and the law of a day.
public struct IncidentSources: Sendable {
  /// The incident.
  public var incident: RecordState
  /// Its dates as they were written.
  public var dates: [IncidentDate]
  /// The report: its type and what concerns the sending.
  public var report: RecordState
  /// The model that is involved.
  public var model: RecordState
  /// The provider of the workspace.
  public var provider: RecordState?
  /// Reports of the same event under other law.
  public var others: [RecordState]
  /// Corrective measures and what else follows.
  public var measures: [RecordState]
  /// Incidents that are reported with this one.
  public var bundled: [RecordState]
  /// The law of the day.
  public var law: Law

  /// The sources of a report.
  public init(
    incident: RecordState, dates: [IncidentDate], report: RecordState, model: RecordState,
    provider: RecordState?, others: [RecordState], measures: [RecordState],
    bundled: [RecordState], law: Law
  ) {
    self.incident = incident
    self.dates = dates
    self.report = report
    self.model = model
    self.provider = provider
    self.others = others
    self.measures = measures
    self.bundled = bundled
    self.law = law
  }

  /// Which report it is.
  public var type: ReportType { report.text("type").flatMap(ReportType.init) ?? .initial }

  /// Fields that are said not to be known yet.
  var unknown: [String] { incident.texts("unknown") }

  /// What is left out, with the Union law that asks for it, by field.
  var redactions: [String: String] {
    guard case .array(let items)? = report.fields["redactions"] else { return [:] }
    return Dictionary(
      items.compactMap { item in
        guard let field = item["field"]?.text, let basis = item["basis"]?.text else {
          return nil
        }
        return (field, basis)
      }, uniquingKeysWith: { first, _ in first })
  }
}
