public import Duties
public import Ground
public import Rulebook
internal import Sealing

extension OpenWorkspace {
  /// Drafts the classification opinion on a model from its records: it is kept as it reads today, with its facts and the
  /// digest of the law, and waits for another person to approve it.
  ///
  /// - Parameter render: the opinion as Markdown and as JSON.
  public func draftOpinion(
    on model: RecordState, day: Day? = nil, render: (Opinion) -> (markdown: String, json: JSON)
  ) async throws(Problem) -> RecordState {
    // Law and facts of one day: what happened later is not in an opinion on an earlier day.
    let ledger = try await ledger(of: model.id, AsOf(effective: day))
    let opinion = try opinion(on: ledger, day: day)
    let (markdown, json) = render(opinion)
    let law = surroundings.law(opinion.day)
    return try await record(
      RecordCommand(
        .opinion, nil,
        Change(
          "opinion-drafted",
          set: [
            ("model", .string(model.id.text)),
            ("title", .string("\(model.title), \(opinion.day.iso)")),
            ("as_of", .string(opinion.day.iso)), ("ledger_version", .int(ledger.version)),
            ("facts", .string(ledger.document.pretty)), ("opinion", .string(json.compact)),
            ("markdown", .string(markdown)), ("law", .string(law.digest)),
          ], effective: .day(surroundings.today)), law: law.digest))
  }

  /// Approves an opinion and files it; the approver is another person than the author.
  ///
  /// - Throws: `duties.same-person`, `workspace.not-allowed`.
  public func fileOpinion(_ opinion: RecordState, reason: String? = nil) async throws(Problem)
    -> RecordState
  {
    try await record(
      RecordCommand(
        .opinion, opinion.id,
        Change("opinion-filed", effective: .day(surroundings.today), reason: reason),
        expectedVersion: opinion.version, law: opinion.text("law")))
  }
}

extension Law {
  /// SHA-256 over the rules and the overlay: every decision keeps it, so that it can be asked again by the rules of then.
  public var digest: String { Digest(of: canonicalBytes).hex }
}
