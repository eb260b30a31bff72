public import Duties
public import Ground

extension OpenWorkspace {
  /// Closes an incident, once nothing about it is owed any more.
  ///
  /// - Throws: `workspace.filing-open`, `duties.still-owed`, `duties.reason-due`, `duties.wrong-order`, `store.version-conflict`.
  public func closeIncident(
    _ incident: RecordState, reason: String, on effective: Effective? = nil,
    expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    try await onStillRecords { size throws(Problem) in
      let current = try await needed(incident.id)
      try await checkNothingOwed(current)
      var command = RecordCommand.composed(
        .incident, current.id,
        Change(
          "incident-closed", effective: effective ?? .moment(surroundings.now()), reason: reason),
        expectedVersion: expectedVersion)
      command.decidedAt = size
      return try await record(command)
    }
  }

  private func checkNothingOwed(_ incident: RecordState) async throws(Problem) {
    if let open = try await reportInPreparation(on: incident.id) {
      throw Problem(
        "workspace.filing-open",
        what: "a report on \(incident.title) is being prepared: \(open.id.text)",
        why: "once the incident is closed nobody is reminded of it",
        mend: "send it, or give it up with a reason, then close the incident")
    }
    if incident.happened["final-report-sent"] == nil { try await checkSettled(incident) }
    let untold = IncidentRecord.untold(incident).map(\.title)
    guard untold.isEmpty else {
      throw Problem(
        "duties.still-owed",
        what: "no report has told of this yet: \(untold.joined(separator: ", "))",
        why: "it became known after the reports that were sent",
        mend: "send an intermediate report, then close the incident")
    }
  }

  /// Refuses where no report was sent and it is not settled that none is owed: what is answered later outweighs a
  /// decision that was confirmed before.
  private func checkSettled(_ incident: RecordState) async throws(Problem) {
    let isConfirmed = try await belonging(.nonReport, to: incident.id).contains {
      $0.status == "confirmed"
    }
    guard isConfirmed else {
      throw Problem(
        "duties.still-owed", what: "a report or its refusal is still open",
        why:
          "an incident is closed after its final report, or after a second person confirmed that none is owed",
        mend: "send the final report, or have the decision not to report confirmed")
    }
    guard IncidentRecord.isReportOwed(incident, isSettled: true) == .no else {
      throw Problem(
        "duties.still-owed", what: "what was answered, or considered, asks for a report",
        why: "a decision not to report ends what the answers leave open, and nothing that they say",
        mend: "send the reports, or correct the answer that is wrong, with a reason")
    }
  }
}
