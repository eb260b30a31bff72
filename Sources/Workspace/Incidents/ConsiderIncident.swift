public import Duties
public import Ground
internal import Rulebook

extension OpenWorkspace {
  /// Notes what an incident is considered to be, with the reason; where no report is owed, that decision is a record of
  /// its own, which a second person confirms.
  ///
  /// The answers to the legal test stand beside it and are not changed: what they say to be serious stays so. Another
  /// outcome or another reason is another decision: the one before is revoked, and the new one confirmed anew.
  ///
  /// - Throws: `duties.reason-due`, `duties.wrong-order`, `duties.answers-differ`, `store.version-conflict`.
  public func considerIncident(
    _ incident: RecordState, _ outcome: IncidentOutcome, reason: String,
    on effective: Effective? = nil, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    try await onStillRecords { size throws(Problem) in
      let current = try await needed(incident.id)
      try OpenWorkspace.checkAnswers(current, outcome)
      let at = effective ?? .moment(surroundings.now())
      var commands: [RecordCommand] = []
      if current.status == "received" {
        commands.append(
          RecordCommand(
            .incident, current.id, Change("triage-begun", effective: at),
            expectedVersion: expectedVersion))
      }
      let law = surroundings.law(surroundings.today).digest
      commands.append(
        .composed(
          .incident, current.id,
          Change(
            "incident-considered", set: [("outcome", .string(outcome.rawValue))], effective: at,
            reason: reason), expectedVersion: commands.isEmpty ? expectedVersion : nil, law: law))
      let place = commands.count - 1
      commands += try await decisions(current, outcome, reason, at, law)
      commands[0].decidedAt = size
      return try await record(commands)[place]
    }
  }

  private static func checkAnswers(
    _ incident: RecordState, _ outcome: IncidentOutcome
  ) throws(Problem) {
    guard outcome == .serious || IncidentRecord.facts(incident).serious != .yes else {
      throw Problem(
        "duties.answers-differ",
        what: "the answers say that it is a serious incident, and you consider it \(outcome.words)",
        why: "a report is owed by what was answered, whatever it is called",
        mend: "correct the answer that is wrong, with a reason, or consider it serious")
    }
  }

  /// What becomes of the decisions not to report: only one that says the same, for the same reason, still stands.
  private func decisions(
    _ incident: RecordState, _ outcome: IncidentOutcome, _ reason: String, _ at: Effective,
    _ law: String
  ) async throws(Problem) -> [RecordCommand] {
    let isSame = IncidentRecord.outcome(incident) == outcome
    let standing = try await belonging(.nonReport, to: incident.id).filter {
      $0.status != "revoked"
    }
    let kept =
      outcome == .serious || !isSame ? [] : standing.filter { $0.text("reasons") == reason }
    let revoked = standing.filter { paper in !kept.contains { $0.id == paper.id } }.map { paper in
      RecordCommand(
        .nonReport, paper.id,
        Change(
          "non-report-revoked", effective: .moment(surroundings.now()),
          reason: "considered \(outcome.words): " + reason))
    }
    guard outcome != .serious, kept.isEmpty else { return revoked }
    return revoked + [nonReport(incident, outcome, reason, at, law)]
  }

  private func nonReport(
    _ incident: RecordState, _ outcome: IncidentOutcome, _ reason: String, _ at: Effective,
    _ law: String
  ) -> RecordCommand {
    RecordCommand(
      .nonReport, nil,
      Change(
        "non-report-decided",
        set: [
          ("incident", .string(incident.id.text)), ("reasons", .string(reason)),
          ("title", .string("\(incident.title): \(outcome.words), not reported")),
        ], effective: at, confidentiality: incident.confidentiality), law: law)
  }
}
