public import Duties
public import Ground
internal import Rulebook
internal import Sealing

/// A filing as it stands: what would be sent, what was reviewed, what it lacks, what changed since.
public struct Filing: Sendable {
  /// The record.
  public let state: RecordState
  /// Its model.
  public let model: RecordState
  /// The package as the records would make it today; nil while it cannot be made.
  public let package: JSON?
  /// Why it cannot be made.
  public let problem: Problem?
  /// What is asked for, given or not; empty for arguments and requests for reassessment.
  public let items: [PackageItem]
  /// Both triggers with their clocks; empty for filings other than notifications.
  public let triggers: [NotificationTrigger]
  /// The package as it was reviewed; nil while it is a draft.
  public let reviewed: JSON?
  /// In what the records differ from the package that was reviewed; once it was sent, in what matters.
  public let changes: [PackageChange]
  /// The arguments that go with a notification.
  public let rebuttals: [RecordState]
  /// When a reassessment may be requested.
  public let rule: ReassessmentRule?

  /// The kind of the record.
  public var kind: RecordKind { RecordKind.named(state.id.kind) ?? .notification }
  /// Where it stands.
  public var status: String { state.status ?? "draft" }
  /// Whether it was sent.
  public var isSent: Bool { state.happened[kind.name + "-submitted"] != nil }
  /// The package that counts: as it was reviewed, else as it would be today.
  public var shown: JSON? { reviewed ?? package }
}

extension Problem {
  /// Refuses a change that does not come from its use case.
  static func ownProcedure(_ kind: RecordKind) -> Problem {
    let mend =
      switch kind.name {
      case RecordKind.comment.name: "comment on the page of the record"
      case RecordKind.view.name: "save it on the page of the list"
      default: "systemic \(kind.name) --help"
      }
    return Problem(
      "workspace.own-procedure", what: "\(kind.titled) has a procedure of its own",
      why: "other records decide on each of its steps", mend: mend)
  }
}

extension RecordCommand {
  /// A step of the procedure, decided by its use case.
  static func composed(
    _ kind: RecordKind, _ id: RecordID?, _ change: Change, expectedVersion: Int? = nil,
    law: String? = nil
  ) -> RecordCommand {
    var command = RecordCommand(kind, id, change, expectedVersion: expectedVersion, law: law)
    command.isComposed = true
    return command
  }
}

extension OpenWorkspace {
  /// A filing with its package, what it lacks and what changed.
  ///
  /// - Throws: `workspace.*`.
  public func filing(_ id: RecordID) async throws(Problem) -> Filing {
    let state = try await needed(id)
    let model = try await needed(try OpenWorkspace.model(of: state))
    let reviewed = try state.text("package").map { text throws(Problem) in
      try JSON(parsing: text.utf8, file: state.id.text)
    }
    let frozen = state.status == "draft" ? nil : reviewed
    var made: Composed?
    var problem: Problem?
    do { made = try await composed(state, model, day: frozen.flatMap(OpenWorkspace.day)) } catch {
      problem = error
    }
    let isSent = state.happened[id.kind + "-submitted"] != nil
    var changes: [PackageChange] = []
    if let frozen, let made {
      changes =
        isSent
        ? id.kind == RecordKind.notification.name
          ? PackageChange.sinceSubmission(from: frozen, to: made.json) : []
        : try await PackageChange.all(from: frozen, to: made.json) + factChanges(state, model)
    }
    let rebuttals = try await states(.rebuttal).filter { $0.text("notification") == id.text }
    return Filing(
      state: state, model: model, package: made?.json, problem: problem,
      items: made?.items ?? [], triggers: made?.triggers ?? [],
      reviewed: frozen, changes: changes, rebuttals: rebuttals, rule: made?.rule)
  }

  /// The facts of the model that changed since the review and that the package does not show by itself.
  private func factChanges(
    _ filing: RecordState, _ model: RecordState
  ) async throws(Problem) -> [PackageChange] {
    // A report on an incident names the model; it does not rest on its facts.
    guard filing.id.kind != RecordKind.incidentReport.name,
      case .int(let version)? = filing.fields["model_record"], version < model.version
    else { return [] }
    var then: RecordState?
    for event in try await history(model.id) where event.envelope.version <= version {
      then = RecordKind.model.applying(event.envelope, content: event.content, to: then)
    }
    return then.map { PackageChange.facts(from: $0, to: model) } ?? []
  }

  /// What a filing amounts to as of a day.
  struct Composed {
    let json: JSON
    var items: [PackageItem] = []
    var triggers: [NotificationTrigger] = []
    var rule: ReassessmentRule?
    var ledgerVersion: Int?
    let law: Law
    /// The text that is kept and sent.
    var text: String { NotificationPackage.text(json) }
    /// Its SHA-256.
    var digest: String { Digest(of: text.utf8).hex }
  }

  /// Composes a filing from the records as they are, by the law of a day.
  func composed(
    _ state: RecordState, _ model: RecordState, day: Day? = nil
  ) async throws(Problem) -> Composed {
    let law = surroundings.law(day ?? surroundings.today)
    switch state.id.kind {
    case RecordKind.rebuttal.name:
      return Composed(json: FilingPackage.rebuttal(state, model: model, law: law), law: law)
    case RecordKind.reassessment.name:
      let rule = try ReassessmentRule(model, law: law)
      let reasons = try NewReason.read(state.fields["reasons"])
      let json = FilingPackage.reassessment(
        state, reasons: reasons, rule: rule, model: model, law: law)
      return Composed(json: json, rule: rule, law: law)
    case RecordKind.incidentReport.name: return try await incidentReport(state, model, law)
    default: return try await notification(state, model, law)
    }
  }

  private func notification(
    _ state: RecordState, _ model: RecordState, _ law: Law
  ) async throws(Problem) -> Composed {
    let ledger = try await ledger(of: model.id)
    var evidence: [RecordState] = []
    for text in state.texts("evidence") {
      if let id = RecordID(text), let record = try await named(id) { evidence.append(record) }
    }
    let package = NotificationPackage(
      NotificationSources(
        model: model, runs: ledger.runs, ledgerVersion: ledger.version,
        opinion: try ledger.opinion(law), provider: try await provider(),
        versions: try await states(.modelVersion).filter { $0.text("model") == model.id.text },
        mandate: try await mandate(for: model.id), evidence: evidence, fields: state.fields,
        law: law))
    return Composed(
      json: package.json, items: package.items, triggers: package.triggers,
      ledgerVersion: ledger.version, law: law)
  }

  /// A record that a draft names, whoever reads the filing: the package must be the same for all of them.
  ///
  /// Whoever named it could read it, and chose to show its title and digest with the filing.
  private func named(_ id: RecordID) async throws(Problem) -> RecordState? {
    try await withKeys { () async throws(Problem) in
      try await store.record(id).flatMap { stored throws(Problem) in try keys.state(stored) }
    }
  }

  /// The model that a filing belongs to.
  static func model(of state: RecordState) throws(Problem) -> RecordID {
    guard let id = state.text("model").flatMap({ RecordID($0) }) else {
      throw Problem(
        "workspace.unknown-record", what: "\(state.id.text) names no model",
        why: "it was damaged, or written by another program",
        mend: "rebuild the states: systemic journal rebuild")
    }
    return id
  }

  private static func day(_ package: JSON) -> Day? {
    guard case .string(let text)? = package["as_of"] else { return nil }
    return Day(iso: text)
  }
}
