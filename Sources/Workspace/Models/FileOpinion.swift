public import Duties
public import Ground
public import Rulebook
internal import Sealing

extension OpenWorkspace {
  /// Drafts the classification opinion on a model from its records: it is kept as it reads today, with its facts, the
  /// house rules word for word and the digest of the law, and waits for another person to approve it.
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
    var set: [(String, JSON)] = [
      ("model", .string(model.id.text)),
      ("title", .string("\(model.title), \(opinion.day.iso)")),
      ("as_of", .string(opinion.day.iso)), ("ledger_version", .int(ledger.version)),
      ("facts", .string(ledger.document.pretty)), ("opinion", .string(json.compact)),
      ("markdown", .string(markdown)), ("law", .string(law.digest)),
    ]
    // The law of a day comes with the program; the house rules are in a file that may be gone in ten years.
    if let overlay = law.overlay { set.append(("overlay", .string(overlay.text))) }
    let change = Change("opinion-drafted", set: set, effective: .day(surroundings.today))
    return try await record(RecordCommand(.opinion, nil, change, law: law.digest))
  }

  /// Approves an opinion and files it; author and approver have signed in, and are two people.
  ///
  /// - Throws: `duties.same-person`, `duties.author-not-signed-in`, `workspace.not-allowed`.
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
