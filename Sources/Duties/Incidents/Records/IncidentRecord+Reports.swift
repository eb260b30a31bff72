public import Ground

/// What was sent of an incident, and of what it told.
extension IncidentRecord {
  /// When a report first told of each category; nil where the reports that were sent do not say of what they told.
  public static func told(_ state: RecordState) -> [IncidentCategory: Effective]? {
    guard case .object(let members)? = state.fields["told"] else { return nil }
    return members.reduce(into: [:]) { told, member in
      guard let category = IncidentCategory(rawValue: member.0),
        let at = member.1.text.flatMap({ Effective($0) })
      else { return }
      told[category] = at
    }
  }

  /// The same as the field that holds it.
  public static func json(told: [IncidentCategory: Effective]) -> JSON {
    .object(
      told.sorted { $0.key.rawValue < $1.key.rawValue }.map { category, at in
        (category.rawValue, .string(at.text))
      })
  }

  /// Whether a report may follow those that were sent; a harm that none told of may be told after the final one.
  ///
  /// - Throws: `duties.report-*`, see `ReportOrder`.
  public static func checkOrder(
    _ next: SubmittedReport, of incident: RecordState
  ) throws(Problem) {
    let times = times(incident)
    let isNew = !untold(incident).isEmpty
    try ReportOrder.check(
      next, after: times.reports, resolved: times[.resolved],
      learned: Array(times.learned.values) + (isNew ? [next.at] : []))
  }

  /// Whether a report may have been sent at another time than was noted.
  ///
  /// - Parameter was: the time that was noted.
  /// - Throws: `duties.report-before-resolution`, `duties.report-out-of-order`.
  public static func checkCorrected(
    _ type: ReportType, was: Effective, to now: Effective, of incident: RecordState
  ) throws(Problem) {
    let times = times(incident)
    let noted = SubmittedReport(type: type, at: was.instant)
    guard let place = times.reports.lastIndex(of: noted) else { return }
    try ReportOrder.checkCorrected(
      times.reports, at: place, to: now.instant, resolved: times[.resolved])
  }

  /// Harms of which no report has told yet, though the first report was sent.
  public static func untold(_ state: RecordState) -> [IncidentCategory] {
    guard let told = told(state) else { return [] }
    let facts = facts(state)
    return IncidentCategory.byUrgency.filter { facts.harm($0) == .yes && told[$0] == nil }
  }
}

extension ReportType {
  /// Its name at the beginning of a title.
  public var title: String {
    switch self {
    case .initial: "Initial"
    case .intermediate: "Intermediate"
    case .final: "Final"
    }
  }

  /// The event of the incident that says that it was sent.
  public var event: String { rawValue + "-report-sent" }

  /// The events of all types.
  static let events = allCases.map(\.event)
}
