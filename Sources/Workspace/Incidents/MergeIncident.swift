public import Duties
public import Ground
internal import Rulebook

extension OpenWorkspace {
  /// Merges a report into the incident that it is about; its record stays and names the other.
  ///
  /// - Throws: `duties.merged-awareness`, `duties.merged-harm`, `duties.reason-due`, `duties.wrong-order`,
  ///   `store.version-conflict`.
  public func mergeIncident(
    _ incident: RecordState, into other: RecordState, reason: String, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    let change = Change(
      "incident-merged", set: [("merged_into", .string(other.id.text))],
      effective: .moment(surroundings.now()), reason: reason)
    return try await move(incident, to: other, change, "merged into", expectedVersion)
  }

  /// Reports an incident together with an earlier, similar one, whose deadlines hold for both.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 9.3.
  /// - Throws: `duties.merged-awareness`, `duties.merged-harm`, `duties.not-in-period`, `duties.reason-due`,
  ///   `duties.wrong-order`, `store.version-conflict`.
  public func bundleIncident(
    _ incident: RecordState, with first: RecordState, reason: String, expectedVersion: Int? = nil
  ) async throws(Problem) -> RecordState {
    let change = Change(
      "incident-bundled", set: [("bundled_with", .string(first.id.text))],
      effective: .moment(surroundings.now()), reason: reason)
    return try await move(incident, to: first, change, "reported with", expectedVersion)
  }

  /// Moves the deadlines of an incident to another, as both stand when it is written: two people who send each into the
  /// other at once must not take the deadlines of both away.
  private func move(
    _ incident: RecordState, to other: RecordState, _ change: Change, _ words: String,
    _ expectedVersion: Int?
  ) async throws(Problem) -> RecordState {
    try await onStillRecords { size throws(Problem) in
      let (current, holder) = (try await needed(incident.id), try await needed(other.id))
      try OpenWorkspace.checkOther(current, holder, words)
      try OpenWorkspace.checkDeadlines(current, holder)
      if change.event == "incident-bundled" { try checkPeriod(holder) }
      var command = RecordCommand.composed(
        .incident, current.id, change, expectedVersion: expectedVersion)
      command.decidedAt = size
      return try await record(command)
    }
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
}
