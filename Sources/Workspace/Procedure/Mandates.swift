public import Duties
public import Ground

extension OpenWorkspace {
  /// Begins the mandate of an authorised representative; asked of providers outside the Union only.
  ///
  /// - Throws: `duties.mandate-not-asked`, `duties.*`.
  public func draftMandate(_ set: [(String, JSON)]) async throws(Problem) -> RecordState {
    try MandateTask.checkAsked(of: try await provider())
    try await check(set, of: .mandate)
    return try await record(
      .composed(
        .mandate, nil, Change("mandate-drafted", set: set, effective: .day(surroundings.today))))
  }

  /// Changes the draft of a mandate.
  public func changeMandate(
    _ mandate: RecordState, set: [(String, JSON)], reason: String? = nil
  ) async throws(Problem) -> RecordState {
    try await check(set, of: .mandate)
    return try await step(mandate, .mandate, "changed", set: set, reason: reason)
  }

  /// Notes that a mandate was signed: it holds the tasks of Article 54(3), and the provider has a representative.
  ///
  /// - Throws: `duties.mandate-incomplete`, `duties.mandate-not-asked`, `duties.wrong-order`.
  public func signMandate(_ mandate: RecordState, on day: Effective) async throws(Problem)
    -> RecordState
  {
    try MandateTask.checkSignature(of: mandate)
    var commands: [RecordCommand] = [
      .composed(
        .mandate, mandate.id, Change("mandate-signed", effective: day),
        expectedVersion: mandate.version)
    ]
    if let provider = try await provider() {
      try MandateTask.checkAsked(of: provider)
      commands.append(
        RecordCommand(
          .provider, provider.id,
          Change(
            "representative-appointed",
            set: [("authorised_representative", .string(mandate.title))],
            effective: day)))
    }
    return try await record(commands)[0]
  }

  /// Notes that a mandate ended, by whom and why; the provider then has no representative by it.
  ///
  /// - Throws: `duties.reason-due`, `duties.wrong-order`.
  public func endMandate(
    _ mandate: RecordState, by whom: String, on day: Effective, reason: String
  ) async throws(Problem) -> RecordState {
    var commands: [RecordCommand] = [
      .composed(
        .mandate, mandate.id,
        Change(
          "mandate-ended", set: [("ended_by", .string(whom))], effective: day, reason: reason),
        expectedVersion: mandate.version)
    ]
    if let provider = try await provider(),
      provider.text("authorised_representative") == mandate.title
    {
      commands.append(
        RecordCommand(
          .provider, provider.id,
          Change(
            "provider-changed", set: [("authorised_representative", .null)], effective: day,
            reason: "the mandate ended: \(mandate.id.text)")))
    }
    return try await record(commands)[0]
  }

  /// Notes that the AI Office was informed of the end of a mandate.
  public func reportMandateEnd(_ mandate: RecordState, on day: Day) async throws(Problem)
    -> RecordState
  {
    try await step(
      mandate, .mandate, "end-reported", set: [("office_informed", .string(day.iso))],
      on: .day(day))
  }

  /// Gives the draft of a mandate up.
  public func giveUpMandate(_ mandate: RecordState, reason: String) async throws(Problem)
    -> RecordState
  {
    try await step(mandate, .mandate, "given-up", reason: reason)
  }

  /// The mandate in force that covers a model; of several the one signed last.
  public func mandate(for model: RecordID) async throws(Problem) -> RecordState? {
    try await states(.mandate).filter { mandate in
      let models = mandate.texts("models")
      return mandate.status == "in force" && (models.isEmpty || models.contains(model.text))
    }
    .max {
      ($0.day("mandate-signed")?.sinceEpoch ?? 0) < ($1.day("mandate-signed")?.sinceEpoch ?? 0)
    }
  }
}
