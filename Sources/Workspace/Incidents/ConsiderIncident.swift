public import Duties
public import Ground
internal import Rulebook

extension OpenWorkspace {
  /// Notes what an incident is considered to be, with the reason; where no report is owed, that decision is a record of
  /// its own, which a second person confirms.
  ///
  /// The answers to the legal test stand beside it and are not changed: what they say to be serious stays so.
  ///
  /// - Throws: `duties.reason-due`, `duties.wrong-order`, `duties.answers-differ`.
  public func considerIncident(
    _ incident: RecordState, _ outcome: IncidentOutcome, reason: String,
    on effective: Effective? = nil, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    let facts = IncidentRecord.facts(incident)
    guard outcome == .serious || facts.serious != .yes else {
      throw Problem(
        "duties.answers-differ",
        what: "the answers say that it is a serious incident, and you consider it \(outcome.words)",
        why: "a report is owed by what was answered, whatever it is called",
        mend: "correct the answer that is wrong, with a reason, or consider it serious")
    }
    let at = effective ?? .moment(surroundings.now())
    var commands: [RecordCommand] = []
    if incident.status == "received" {
      commands.append(
        RecordCommand(
          .incident, incident.id, Change("triage-begun", effective: at),
          expectedVersion: expectedVersion))
    }
    let law = surroundings.law(surroundings.today).digest
    commands.append(
      .composed(
        .incident, incident.id,
        Change(
          "incident-considered", set: [("outcome", .string(outcome.rawValue))], effective: at,
          reason: reason), expectedVersion: commands.isEmpty ? expectedVersion : nil, law: law))
    let place = commands.count - 1
    let standing = try await belonging(.nonReport, to: incident.id).filter {
      $0.status != "revoked"
    }
    if outcome == .serious {
      commands += standing.map {
        RecordCommand(
          .nonReport, $0.id,
          Change("non-report-revoked", effective: at, reason: "considered serious: " + reason))
      }
    } else if standing.isEmpty {
      commands.append(nonReport(incident, outcome, reason, at, law))
    }
    return try await record(commands)[place]
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

  /// Merges a report into the incident that it is about; its record stays and names the other.
  ///
  /// - Throws: `duties.merged-awareness`, `duties.merged-harm`, `duties.reason-due`, `duties.wrong-order`,
  ///   `store.version-conflict`.
  public func mergeIncident(
    _ incident: RecordState, into other: RecordState, reason: String, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    try OpenWorkspace.checkOther(incident, other, "merged into")
    try OpenWorkspace.checkDeadlines(incident, other)
    return try await record(
      .composed(
        .incident, incident.id,
        Change(
          "incident-merged", set: [("merged_into", .string(other.id.text))],
          effective: .moment(surroundings.now()), reason: reason),
        expectedVersion: expectedVersion))
  }

  /// Reports an incident together with an earlier, similar one, whose deadlines hold for both.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 9.3.
  /// - Throws: `duties.merged-awareness`, `duties.merged-harm`, `duties.not-in-period`, `duties.reason-due`,
  ///   `duties.wrong-order`.
  public func bundleIncident(
    _ incident: RecordState, with first: RecordState, reason: String, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    try OpenWorkspace.checkOther(incident, first, "reported with")
    try OpenWorkspace.checkDeadlines(incident, first)
    try checkPeriod(first)
    return try await record(
      .composed(
        .incident, incident.id,
        Change(
          "incident-bundled", set: [("bundled_with", .string(first.id.text))],
          effective: .moment(surroundings.now()), reason: reason),
        expectedVersion: expectedVersion))
  }

  private static func checkOther(
    _ incident: RecordState, _ other: RecordState, _ words: String
  ) throws(Problem) {
    let isFree = ["merged_into", "bundled_with"].allSatisfy { other.fields[$0] == nil }
    guard incident.id != other.id, other.id.kind == RecordKind.incident.name, isFree else {
      throw Problem(
        "duties.wrong-order", what: "\(incident.title) cannot be \(words) \(other.title)",
        why: isFree
          ? "it takes another incident"
          : "that one was itself merged or bundled: its deadlines are another's",
        mend: "name the incident whose deadlines hold", places: [Place("into")])
    }
  }

  /// The incident whose deadlines hold afterwards must not be the one that was known later, or of less harm.
  private static func checkDeadlines(
    _ incident: RecordState, _ other: RecordState
  ) throws(Problem) {
    guard IncidentRecord.isKnownFirst(other, incident) else {
      throw Problem(
        "duties.merged-awareness",
        what: "the involvement of the model was known earlier for \(incident.title)",
        why: "the time limits run from the earliest awareness, which would be lost",
        mend: "take the other way round, or correct involvement-known of \(other.id.text)")
    }
    let lacking = IncidentRecord.lacking(other, incident).map(\.title)
    guard lacking.isEmpty else {
      throw Problem(
        "duties.merged-harm",
        what: "\(incident.title) has a harm that \(other.title) has not: "
          + lacking.joined(separator: ", "),
        why: "its deadlines would be lost, because those of the other incident hold afterwards",
        mend: "answer it for \(other.id.text) too, or take the other way round",
        places: [Place("into")])
    }
  }

  /// What happened later is reported with the first incident only within the time limits of that one.
  private func checkPeriod(_ first: RecordState) throws(Problem) {
    let isSent = first.happened["initial-report-sent"] != nil
    let today = surroundings.today
    let isOver = IncidentRecord.assessment(first, law: surroundings.law(today)).clocks.all.contains
    {
      $0.track == .model && $0.task == .initial && $0.state == .running && $0.isOverdue(on: today)
    }
    guard isSent || isOver else { return }
    throw Problem(
      "duties.not-in-period",
      what: isSent
        ? "the initial report on \(first.title) was sent already"
        : "the time limit for the initial report on \(first.title) has passed",
      why: "similar incidents are reported with the first one within its time limit (Measure 9.3)",
      mend: "report this one by itself, and name the other as a pattern")
  }

  /// Closes an incident, once nothing about it is owed any more.
  ///
  /// - Throws: `duties.still-owed`, `duties.reason-due`, `duties.wrong-order`.
  public func closeIncident(
    _ incident: RecordState, reason: String, on effective: Effective? = nil,
    expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    let isReported = incident.happened["final-report-sent"] != nil
    let settled = try await belonging(.nonReport, to: incident.id).contains {
      $0.status == "confirmed"
    }
    guard isReported || settled else {
      throw Problem(
        "duties.still-owed", what: "a report or its refusal is still open",
        why:
          "an incident is closed after its final report, or after a second person confirmed that none is owed",
        mend: "send the final report, or have the decision not to report confirmed")
    }
    let untold = IncidentRecord.untold(incident).map(\.title)
    guard untold.isEmpty else {
      throw Problem(
        "duties.still-owed",
        what: "no report has told of this yet: \(untold.joined(separator: ", "))",
        why: "it became known after the reports that were sent",
        mend: "send an intermediate report, then close the incident")
    }
    return try await record(
      .composed(
        .incident, incident.id,
        Change(
          "incident-closed", effective: effective ?? .moment(surroundings.now()), reason: reason),
        expectedVersion: expectedVersion))
  }
}
