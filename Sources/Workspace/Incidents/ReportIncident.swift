public import Duties
public import Ground
internal import Rulebook

extension OpenWorkspace {
  /// Begins a report on an incident; what it says follows from the incident's record.
  ///
  /// - Throws: `duties.no-model`, `duties.report-*`, `workspace.filing-open`, `duties.*`.
  public func draftIncidentReport(
    on incident: RecordState, _ type: ReportType, set: [(String, JSON)] = []
  ) async throws(Problem) -> RecordState {
    guard let model = incident.text("model").flatMap({ RecordID($0) }) else {
      throw Problem(
        "duties.no-model", what: "\(incident.title) names no model",
        why: "a report says which model is involved (Measure 9.2, point (4))",
        mend: "systemic incident describe \(incident.id.text) --set model=model/…")
    }
    try OpenWorkspace.checkOwnReports(incident)
    try IncidentRecord.checkOrder(
      SubmittedReport(type: type, at: surroundings.now()), of: incident)
    let open = try await belonging(.incidentReport, to: incident.id).first {
      ["draft", "in review", "approved"].contains($0.status ?? "")
    }
    if let open {
      throw Problem(
        "workspace.filing-open",
        what: "a report on \(incident.title) is being prepared already: \(open.id.text)",
        why: "two at once could both be sent", mend: "go on with it, or give it up")
    }
    let own: [(String, JSON)] = [
      ("model", .string(model.text)), ("incident", .string(incident.id.text)),
      ("type", .string(type.rawValue)),
      (
        "title",
        .string("\(type.title) report on \(incident.title), \(surroundings.today.iso)")
      ),
    ]
    return try await record(
      .composed(
        .incidentReport, nil,
        Change(
          "incident-report-drafted", set: own + set, effective: .day(surroundings.today),
          confidentiality: incident.confidentiality)))
  }

  /// An incident that was merged or bundled has no reports of its own.
  static func checkOwnReports(_ incident: RecordState) throws(Problem) {
    guard let other = incident.text("merged_into") ?? incident.text("bundled_with") else { return }
    throw Problem(
      "duties.reported-with", what: "\(incident.title) is reported with \(other)",
      why: "it was merged or bundled, and that incident's deadlines hold for both",
      mend: "report on \(other)")
  }

  /// The package of a report from the records as they are.
  func incidentReport(
    _ report: RecordState, _ model: RecordState, _ law: Law
  ) async throws(Problem) -> Composed {
    let incident = try await needed(try OpenWorkspace.incident(of: report))
    let package = IncidentPackage(
      IncidentSources(
        incident: incident, dates: try await incidentDates(incident.id), report: report,
        model: model, provider: try await provider(),
        others: try await belonging(.otherReport, to: incident.id),
        measures: try await belonging(.measure, to: incident.id),
        bundled: try await belonging(.incident, to: incident.id).filter {
          $0.text("bundled_with") == incident.id.text
        }, law: law))
    return Composed(json: package.json, items: package.items, law: law)
  }

  /// The incident that a record belongs to.
  static func incident(of state: RecordState) throws(Problem) -> RecordID {
    guard let id = state.text("incident").flatMap({ RecordID($0) }) else {
      throw Problem(
        "workspace.unknown-record", what: "\(state.id.text) names no incident",
        why: "it was damaged, or written by another program",
        mend: "rebuild the states: systemic journal rebuild")
    }
    return id
  }

  /// What is written to the incident when its report is sent: after the others, and in the order of reports.
  ///
  /// - Throws: `duties.report-*`.
  func reported(
    _ report: RecordState, on effective: Effective
  ) async throws(Problem) -> RecordCommand {
    let incident = try await needed(try OpenWorkspace.incident(of: report))
    try OpenWorkspace.checkOwnReports(incident)
    let type = report.text("type").flatMap(ReportType.init) ?? .initial
    try IncidentRecord.checkOrder(
      SubmittedReport(type: type, at: OpenWorkspace.instant(effective)), of: incident)
    return .composed(
      .incident, incident.id,
      Change(type.event, set: [("told", told(incident, report, effective))], effective: effective))
  }

  /// When a report first told of each category, with this one.
  private func told(
    _ incident: RecordState, _ report: RecordState, _ effective: Effective
  ) -> JSON {
    var told = IncidentRecord.told(incident) ?? [:]
    for category in IncidentPackage.told(report) where told[category] == nil {
      told[category] = effective
    }
    return IncidentRecord.json(told: told)
  }

  private static func instant(_ effective: Effective) -> Instant {
    switch effective {
    case .moment(let moment): moment
    case .day(let day): Instant(startOf: day)
    }
  }
}
