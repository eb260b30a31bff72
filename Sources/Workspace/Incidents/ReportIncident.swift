public import Duties
public import Ground
internal import Rulebook

extension OpenWorkspace {
  /// Begins a report on an incident; what it says follows from the incident's record.
  ///
  /// - Throws: `duties.no-model`, `duties.report-*`, `workspace.filing-open`, `workspace.computed-field`, `duties.*`.
  public func draftIncidentReport(
    on incident: RecordState, _ type: ReportType, set: [(String, JSON)] = []
  ) async throws(Problem) -> RecordState {
    try await check(set, of: .incidentReport)
    return try await onStillRecords { size throws(Problem) in
      let current = try await needed(incident.id)
      var command = try reportDraft(current, type, set)
      try await checkMayReport(current, type)
      command.decidedAt = size
      return try await record(command)
    }
  }

  private func reportDraft(
    _ incident: RecordState, _ type: ReportType, _ set: [(String, JSON)]
  ) throws(Problem) -> RecordCommand {
    guard let model = incident.text("model").flatMap({ RecordID($0) }) else {
      throw Problem(
        "duties.no-model", what: "\(incident.title) names no model",
        why: "a report says which model is involved (Measure 9.2, point (4))",
        mend: "systemic incident describe \(incident.id.text) --set model=model/…")
    }
    let own: [(String, JSON)] = [
      ("model", .string(model.text)), ("incident", .string(incident.id.text)),
      ("type", .string(type.rawValue)),
      (
        "title",
        .string("\(type.title) report on \(incident.title), \(surroundings.today.iso)")
      ),
    ]
    return .composed(
      .incidentReport, nil,
      Change(
        "incident-report-drafted", set: own + set, effective: .day(surroundings.today),
        confidentiality: incident.confidentiality))
  }

  /// Refuses a report that may not follow, and a second one beside one that is being prepared.
  private func checkMayReport(_ incident: RecordState, _ type: ReportType) async throws(Problem) {
    try OpenWorkspace.checkOwnReports(incident)
    try IncidentRecord.checkOrder(
      SubmittedReport(type: type, at: surroundings.now()), of: incident)
    if let open = try await reportInPreparation(on: incident.id) {
      throw Problem(
        "workspace.filing-open",
        what: "a report on \(incident.title) is being prepared already: \(open.id.text)",
        why: "two at once could both be sent", mend: "go on with it, or give it up")
    }
  }

  /// The report on an incident that was begun and neither sent nor given up.
  func reportInPreparation(on incident: RecordID) async throws(Problem) -> RecordState? {
    try await belonging(.incidentReport, to: incident).first {
      ["draft", "in review", "approved"].contains($0.status ?? "")
    }
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
        bundled: try await bundled(with: incident.id), law: law))
    return Composed(json: package.json, items: package.items, law: law)
  }

  /// The incidents that are reported with one, over however many they were moved into each other: duplicates that were
  /// merged are the same event and are not told apart.
  private func bundled(with incident: RecordID) async throws(Problem) -> [RecordState] {
    var (found, seen): ([RecordState], Set<RecordID>) = ([], [incident])
    var next = [incident]
    while let holder = next.popLast() {
      for state in try await belonging(.incident, to: holder) where seen.insert(state.id).inserted {
        if state.text("bundled_with") != nil { found.append(state) }
        next.append(state.id)
      }
    }
    return found.sorted { ($0.begun, $0.id) < ($1.begun, $1.id) }
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
      SubmittedReport(type: type, at: effective.instant), of: incident)
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

  /// What is written to the incident when the sending of its report was noted with a wrong time: that one time is
  /// corrected, and what the other reports told stays where it was.
  ///
  /// - Throws: `duties.report-*`.
  func reportedAgain(
    _ report: RecordState, on now: Effective, reason: String
  ) async throws(Problem) -> RecordCommand {
    let incident = try await needed(try OpenWorkspace.incident(of: report))
    let type = report.text("type").flatMap(ReportType.init) ?? .initial
    let was = report.happened["incident-report-submitted"] ?? now
    try IncidentRecord.checkCorrected(type, was: was, to: now, of: incident)
    return .composed(
      .incident, incident.id,
      Change(
        type.event, set: try await toldAgain(incident, report, was: was, now: now),
        effective: now, reason: reason, corrects: true, was: was))
  }

  /// When reports first told of each category, where this one was sent at another time than was noted.
  private func toldAgain(
    _ incident: RecordState, _ report: RecordState, was: Effective, now: Effective
  ) async throws(Problem) -> [(String, JSON)] {
    guard var told = IncidentRecord.told(incident) else { return [] }
    let others = try await followers(.incidentReport, of: incident.id).filter { $0.id != report.id }
    for category in IncidentPackage.told(report) {
      let known = told[category].flatMap { $0 == was ? nil : $0 }
      // Another report that was sent at the very time that is corrected may have told it too.
      let again = others.filter { IncidentPackage.told($0).contains(category) }
        .compactMap { $0.happened["incident-report-submitted"] }
      told[category] = ([now] + again + [known].compactMap { $0 }).min { $0.instant < $1.instant }
    }
    return [("told", IncidentRecord.json(told: told))]
  }
}
