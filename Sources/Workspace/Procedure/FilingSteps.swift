public import Duties
public import Ground
internal import Rulebook
internal import Sealing

extension OpenWorkspace {
  /// Sends a draft for review: the package is made and kept as it is now, with its SHA-256.
  ///
  /// - Throws: `duties.mitigations-only`, `duties.no-arguments`, `duties.no-reasons`, `duties.reason-not-new`,
  ///   `duties.wrong-order`.
  public func sendForReview(_ filing: RecordState) async throws(Problem) -> RecordState {
    let kind = try OpenWorkspace.filed(filing)
    let model = try await needed(try OpenWorkspace.model(of: filing))
    let made = try await composed(filing, model)
    try checkContent(filing, made)
    var set: [(String, JSON)] = [
      ("model_record", .int(model.version)),
      ("package", .string(made.text)), ("sha256", .string(made.digest)),
      ("law", .string(made.law.digest)),
      (
        "gaps",
        JSON(made.items.filter(\.isGap).map { "\($0.title) (asked by \($0.asker.rawValue))" })
      ),
    ]
    if let version = made.ledgerVersion { set.append(("ledger_version", .int(version))) }
    return try await step(filing, kind, "sent-for-review", set: set, law: made.law.digest)
  }

  /// Sends a filing back to whoever wrote it.
  public func returnFiling(_ filing: RecordState, reason: String) async throws(Problem)
    -> RecordState
  {
    try await step(filing, try OpenWorkspace.filed(filing), "returned", reason: reason)
  }

  /// Approves a filing as another person than those who wrote it; what the law asks for must be there.
  ///
  /// - Throws: `duties.same-person`, `duties.author-not-signed-in`, `duties.package-incomplete`,
  ///   `workspace.package-changed`, `workspace.not-allowed`.
  public func approveFiling(
    _ filing: RecordState, reason: String? = nil
  ) async throws(Problem) -> RecordState {
    let kind = try OpenWorkspace.filed(filing)
    return try await onStillRecords { size throws(Problem) in
      let view = try await self.filing(filing.id)
      try OpenWorkspace.checkUnchanged(view)
      try NotificationPackage.checkLaw(view.items, of: kind)
      return try await step(
        filing, kind, "approved", set: [("approved_sha256", .string(try digest(filing)))],
        reason: reason, law: filing.text("law"), decidedAt: size)
    }
  }

  /// Takes a step that rests on other records: where anything is written between its look at them and the step, it
  /// looks again, so that what is approved or sent is what the records say at that moment.
  ///
  /// - Parameter step: is given the size of the regulatory log, which it hands to the store.
  /// - Throws: what the step throws; `store.log-grown` where others write all the time.
  func onStillRecords<Result>(
    _ step: (Int) async throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    var attempt = 1
    while true {
      let size = try await store.head(.regulatory).size
      do { return try await step(size) } catch {
        guard error.code == "store.log-grown", attempt < OpenWorkspace.attempts else { throw error }
        attempt += 1
      }
    }
  }

  /// Withdraws the approval, so that the draft can be changed; it is reviewed and approved anew.
  public func withdrawApproval(_ filing: RecordState, reason: String) async throws(Problem)
    -> RecordState
  {
    try await step(
      filing, try OpenWorkspace.filed(filing), "approval-withdrawn",
      set: [("approved_sha256", .null)], reason: reason)
  }

  /// Gives a filing up before it was sent.
  public func giveUpFiling(_ filing: RecordState, reason: String) async throws(Problem)
    -> RecordState
  {
    try await step(filing, try OpenWorkspace.filed(filing), "given-up", reason: reason)
  }

  /// Notes that the Commission acknowledged a filing.
  public func acknowledgeFiling(
    _ filing: RecordState, reference: String?, on day: Effective? = nil
  ) async throws(Problem) -> RecordState {
    let set: [(String, JSON)] = reference.map { [("reference", .string($0))] } ?? []
    return try await step(
      filing, try OpenWorkspace.filed(filing), "acknowledged", set: set, on: day)
  }

  /// One step of a filing on the version that was read.
  func step(
    _ filing: RecordState, _ kind: RecordKind, _ event: String, set: [(String, JSON)] = [],
    reason: String? = nil, on effective: Effective? = nil, law: String? = nil,
    decidedAt: Int? = nil
  ) async throws(Problem) -> RecordState {
    var command = RecordCommand.composed(
      kind, filing.id,
      Change(
        kind.name + "-" + event, set: set, effective: effective ?? .day(surroundings.today),
        reason: reason), expectedVersion: filing.version, law: law)
    command.decidedAt = decidedAt
    return try await record(command)
  }

  /// The digest of the package that was reviewed; it must be the one that was kept.
  ///
  /// - Throws: `workspace.package-differs`.
  func digest(_ filing: RecordState) throws(Problem) -> String {
    let digest = Digest(of: (filing.text("package") ?? "").utf8).hex
    guard digest == filing.text("sha256") else {
      throw Problem(
        "workspace.package-differs", what: "the package is not the one whose SHA-256 was kept",
        why: "what is approved and sent is what was reviewed, byte for byte",
        mend: "send it for review again")
    }
    return digest
  }

  /// Refuses to go on with a package when the records behind it changed since it was reviewed.
  ///
  /// - Throws: `workspace.package-changed`.
  static func checkUnchanged(_ view: Filing) throws(Problem) {
    if let problem = view.problem { throw problem }
    guard let first = view.changes.first else { return }
    throw Problem(
      "workspace.package-changed",
      what: "the records changed since the package was reviewed: "
        + view.changes.map(\.what).joined(separator: ", "),
      why: first.words,
      mend: view.status == "approved"
        ? "withdraw the approval with a reason, send the draft for review again, and have it approved anew; where it "
          + "was sent before they changed, give the moment of its sending"
        : "send it back with a reason, and have it reviewed again")
  }

  private func checkContent(_ filing: RecordState, _ made: Composed) throws(Problem) {
    if filing.id.kind == RecordKind.rebuttal.name { try RebuttalRule.checkArguments(filing) }
    if let rule = made.rule { try rule.check(try NewReason.read(filing.fields["reasons"])) }
  }
}
