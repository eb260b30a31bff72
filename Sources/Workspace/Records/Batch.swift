internal import Duties
internal import Ground
internal import Sealing

/// Commands being decided one after the other, each on what the ones before made of its record.
struct Batch {
  let workspace: OpenWorkspace
  var drafts: [Draft] = []
  var results: [RecordState] = []
  /// The records whose class changes in this batch, with whoever changes it.
  var reclassed: [Reclassed] = []
  private var known: [RecordID: Known] = [:]
  /// Whether what a command made is looked at again: not where it is the only one.
  private let remembers: Bool

  /// A record before a command, with its key; the key wrapped where it is new.
  typealias Known = (state: RecordState?, key: SecretKey, wrapped: WrappedKey?)

  /// A batch of so many commands; of any number where none is given.
  init(workspace: OpenWorkspace, commands: Int? = nil) {
    self.workspace = workspace
    remembers = commands != 1
  }

  /// Authorises, decides, seals.
  mutating func add(_ command: RecordCommand) async throws(Problem) {
    guard let id = command.id else {
      preconditionFailure("records are named before they are decided")
    }
    // What is a sample may be erased at any time: nobody marks a record of their own so.
    guard
      command.isOfSample
        || !command.change.set.contains(where: { $0.0 == "sample" && $0.1 == .bool(true) })
    else {
      throw Problem(
        "workspace.no-sample", what: "only the samples of the program are marked as samples",
        why: "no rule asks to keep a sample, so that a real record could be erased too early",
        mend: "leave the field out", places: [Place("sample")])
    }
    let event = command.kind.event(command.change.event)
    guard command.isComposed || !command.kind.isComposed && event?.isComposed != true else {
      throw .ownProcedure(command.kind)
    }
    let entry = try await before(id, isNew: command.isNamedHere, key: command.key)
    let asked =
      command.change.confidentiality ?? entry.state?.confidentiality
      ?? command.kind.confidentiality
    let confidentiality = max(asked, try await classOfIncident(command) ?? asked)
    let actor = try await workspace.authorise(
      act(command, id, event), id,
      max(confidentiality, entry.state?.confidentiality ?? confidentiality),
      belongingTo: owner(of: command, entry.state))
    if let expected = command.expectedVersion, expected != entry.state?.version ?? 0 {
      throw Problem(
        "store.version-conflict", what: "\(id.text) has changed since it was read",
        why: "it is at version \(entry.state?.version ?? 0), not \(expected)",
        mend: "read it again, then decide")
    }
    let content = workspace.signed(
      try command.kind.decide(
        command.change, on: entry.state, actor: actor, today: workspace.surroundings.today),
      by: actor)
    try await checkReferences(command)
    if let before = entry.state, before.confidentiality != confidentiality {
      reclassed.append(
        Reclassed(
          id: id, from: before.confidentiality, to: confidentiality, by: actor,
          request: command.change.request))
    }
    results.append(
      try seal(
        content, of: id, command.kind, command.change, entry, by: actor,
        confidentiality: confidentiality, law: command.law))
    drafts[drafts.count - 1].decidedAt = command.decidedAt
  }

  /// Seals what was decided; gives the state after it.
  mutating func seal(
    _ content: JSON, of id: RecordID, _ kind: RecordKind, _ change: Change, _ before: Known,
    by actor: Actor, confidentiality: Confidentiality, law: String?
  ) throws(Problem) -> RecordState {
    var envelope = Envelope(
      record: id, version: (before.state?.version ?? 0) + 1, event: change.event,
      effective: change.effective, recorded: workspace.surroundings.now(), actor: actor,
      confidentiality: confidentiality, law: law)
    var random = Sealed.random()
    let (sealed, commitment) = try Sealed.content(
      content, of: id, confidentiality: confidentiality, version: envelope.version,
      key: before.key, from: &random)
    envelope.commitment = commitment
    let state = kind.applying(envelope, content: content, to: before.state)
    drafts.append(
      Draft(
        log: kind.log, record: id, version: envelope.version, entry: try envelope.entry(),
        content: sealed, state: try Sealed.state(state, key: before.key, from: &random),
        key: before.wrapped))
    if remembers { known[id] = (state, before.key, nil) }
    return state
  }

  /// What the command asks to do; whoever signed in may choose their own passphrase.
  private func act(_ command: RecordCommand, _ id: RecordID, _ event: RecordEvent?) -> Act {
    if event?.isApproval == true { return .approve(command.kind) }
    let isOwnSecret =
      event.map { RecordKind.ownEvents.contains($0.name) } ?? false && id.key == workspace.who.id
    return isOwnSecret ? .chooseSecret : .write(command.kind)
  }

  /// The model that a record belongs to, where the actor begins it or began it.
  private func owner(of command: RecordCommand, _ state: RecordState?) -> RecordID? {
    guard state == nil || state?.author == workspace.who.id else { return nil }
    let given = command.change.set.last { $0.0 == "model" }?.1.text ?? state?.text("model")
    return given.flatMap { RecordID($0) }
  }

  /// Refuses names of records that are not there: a deadline of nobody, a run of no model.
  private func checkReferences(_ command: RecordCommand) async throws(Problem) {
    for (name, value) in command.change.set {
      guard case .record = command.kind.field(name)?.form,
        let id = value.text.flatMap({ RecordID($0) }), known[id] == nil,
        !workspace.shared.isKnown(id)
      else { continue }
      guard try await workspace.store.record(id) != nil else {
        throw Problem(
          "workspace.unknown-record", what: "there is no \(id.text)",
          why: "\(name) names a record of this workspace",
          mend: "look for it with: systemic search WORDS", places: [Place(name)])
      }
      workspace.shared.know(id)
    }
  }

  private func new(_ given: SecretKey?) throws(Problem) -> Known {
    let key = given ?? SecretKey()
    return (nil, key, try workspace.keys.wrap(key))
  }

  /// The record before the command, from this batch or the store, with its key; a new key for a new record.
  func before(
    _ id: RecordID, isNew: Bool, key given: SecretKey?
  ) async throws(Problem) -> Known {
    if let known = known[id] { return known }
    if isNew { return try new(given) }
    try workspace.shared.checkErasing(id)
    return try await workspace.withKeys { () async throws(Problem) in
      guard let stored = try await workspace.store.record(id) else {
        return try new(given)
      }
      guard let wrapped = stored.key else {
        throw Problem(
          "workspace.unknown-record", what: "\(id.text) was erased",
          why: "its content was destroyed; nothing can be added to it",
          mend: "begin a new record")
      }
      return (try workspace.keys.state(stored), try workspace.keys.unwrap(wrapped), nil)
    }
  }
}
