public import Duties
public import Ground

extension OpenWorkspace {
  /// Corrects when and how a filing was sent, as long as it was not acknowledged; what went with it is corrected alike.
  ///
  /// - Throws: `workspace.not-sent`, `duties.reason-due`, `duties.wrong-order`, `duties.too-early`.
  public func correctSubmission(
    _ filing: RecordState, _ submission: Submission, reason: String
  ) async throws(Problem) -> RecordState {
    let kind = try OpenWorkspace.filed(filing)
    guard filing.status == "submitted", let before = filing.day(kind.name + "-submitted"),
      kind.name != RecordKind.rebuttal.name
    else {
      throw Problem(
        "workspace.not-sent", what: "\(filing.id.text) is “\(filing.status ?? "")”",
        why: "what is corrected is the submission of a filing that was sent and not acknowledged",
        mend: "arguments are corrected with their notification")
    }
    if let approved = filing.day(kind.name + "-approved"), submission.on.day < approved {
      throw Problem(
        "duties.wrong-order", what: "it was not sent before it was approved",
        why: "the approval is of \(approved.iso)", mend: "give \(approved.iso) or a later day")
    }
    let view = try await self.filing(filing.id)
    try view.rule?.check(sentOn: submission.on.day)
    let set = try await checked(filing, submission)
    var commands = [corrected(filing, kind, set, submission, reason)]
    for rebuttal in view.rebuttals
    where rebuttal.status == "submitted" && rebuttal.day("rebuttal-submitted") == before {
      let own = try await checked(
        rebuttal,
        Submission(on: submission.on, channel: submission.channel, receipt: submission.receipt))
      commands.append(corrected(rebuttal, .rebuttal, own, submission, reason))
    }
    if kind.name == RecordKind.notification.name, view.model.day("commission-notified") == before,
      before != submission.on.day
    {
      commands.append(
        RecordCommand(
          .model, view.model.id,
          Change("commission-notified", effective: submission.on, reason: reason, corrects: true)))
    }
    if kind.name == RecordKind.incidentReport.name,
      let type = filing.text("type").flatMap(ReportType.init)
    {
      let incident = try await needed(try OpenWorkspace.incident(of: filing))
      commands.append(
        .composed(
          .incident, incident.id,
          Change(
            type.event, set: OpenWorkspace.told(incident, since: type.event, now: submission.on),
            effective: submission.on, reason: reason, corrects: true)))
    }
    return try await record(commands)[0]
  }

  /// When reports first told of each category, where one of them was sent at another time than was noted.
  private static func told(
    _ incident: RecordState, since event: String, now: Effective
  ) -> [(String, JSON)] {
    guard let told = IncidentRecord.told(incident), let wrong = incident.happened[event] else {
      return []
    }
    return [("told", IncidentRecord.json(told: told.mapValues { $0 == wrong ? now : $0 }))]
  }

  private func corrected(
    _ filing: RecordState, _ kind: RecordKind, _ set: [(String, JSON)], _ submission: Submission,
    _ reason: String
  ) -> RecordCommand {
    .composed(
      kind, filing.id,
      Change(
        kind.name + "-submitted", set: set, effective: submission.on, reason: reason,
        corrects: true), expectedVersion: filing.version, law: filing.text("law"))
  }
}
