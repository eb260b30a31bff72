public import Duties
public import Ground

extension OpenWorkspace {
  /// Corrects when and how a filing was sent, as long as it was not acknowledged; what went with it is corrected alike.
  ///
  /// Of several reports on one incident, or several notifications of one model, only what this one dated is corrected.
  ///
  /// - Throws: `workspace.not-sent`, `duties.reason-due`, `duties.wrong-order`, `duties.too-early`, `duties.report-*`,
  ///   `store.version-conflict`.
  public func correctSubmission(
    _ filing: RecordState, _ submission: Submission, reason: String
  ) async throws(Problem) -> RecordState {
    let kind = try OpenWorkspace.filed(filing)
    return try await onStillRecords { size throws(Problem) in
      let view = try await self.filing(filing.id)
      let before = try OpenWorkspace.checkSent(view.state, kind, submission)
      try view.rule?.check(sentOn: submission.on.day)
      let set = try await checked(view.state, submission)
      var commands = [corrected(filing, kind, set, submission, reason)]
      commands += try await alike(view, before, submission, reason)
      if kind.name == RecordKind.incidentReport.name {
        commands.append(try await reportedAgain(view.state, on: submission.on, reason: reason))
      }
      commands[0].decidedAt = size
      return try await record(commands)[0]
    }
  }

  /// The day on which a filing was sent, as it was noted.
  private static func checkSent(
    _ filing: RecordState, _ kind: RecordKind, _ submission: Submission
  ) throws(Problem) -> Day {
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
    return before
  }

  /// What went with a filing on the day that was noted.
  private func alike(
    _ view: Filing, _ before: Day, _ submission: Submission, _ reason: String
  ) async throws(Problem) -> [RecordCommand] {
    var commands: [RecordCommand] = []
    for rebuttal in view.rebuttals
    where rebuttal.status == "submitted" && rebuttal.day("rebuttal-submitted") == before {
      let own = try await checked(
        rebuttal,
        Submission(on: submission.on, channel: submission.channel, receipt: submission.receipt))
      commands.append(corrected(rebuttal, .rebuttal, own, submission, reason))
    }
    let notified = view.model.times("commission-notified").last { $0.day == before }
    if view.kind.name == RecordKind.notification.name, let notified, before != submission.on.day {
      commands.append(
        RecordCommand(
          .model, view.model.id,
          Change(
            "commission-notified", effective: submission.on, reason: reason, corrects: true,
            was: notified)))
    }
    return commands
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
