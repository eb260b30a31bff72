internal import Duties
internal import Ground
internal import Sealing

/// Commands being decided one after the other, each on what the ones before made of its record.
struct Batch {
  let workspace: OpenWorkspace
  var drafts: [Draft] = []
  var results: [RecordState] = []
  private var known: [RecordID: (state: RecordState?, key: SecretKey, wrapped: WrappedKey?)] = [:]

  init(workspace: OpenWorkspace) { self.workspace = workspace }

  /// Authorises, decides, seals.
  mutating func add(_ command: RecordCommand) async throws(Problem) {
    guard let id = command.id else {
      preconditionFailure("records are named before they are decided")
    }
    var entry = try await before(id, command)
    let event = command.kind.event(command.change.event)
    let confidentiality =
      command.change.confidentiality ?? entry.state?.confidentiality
      ?? command.kind.confidentiality
    let actor = try await workspace.authorise(
      event?.isApproval == true ? .approve(command.kind) : .write(command.kind), id,
      max(confidentiality, entry.state?.confidentiality ?? confidentiality),
      belongingTo: owner(of: command, entry.state))
    if let expected = command.expectedVersion, expected != entry.state?.version ?? 0 {
      throw Problem(
        "store.version-conflict", what: "\(id.text) has changed since it was read",
        why: "it is at version \(entry.state?.version ?? 0), not \(expected)",
        mend: "read it again, then decide")
    }
    let now = workspace.surroundings.now()
    let content = workspace.signed(
      try command.kind.decide(command.change, on: entry.state, actor: actor, today: now.day),
      by: actor)
    try await checkReferences(command)
    var envelope = Envelope(
      record: id, version: (entry.state?.version ?? 0) + 1, event: command.change.event,
      effective: command.change.effective, recorded: now, actor: actor,
      confidentiality: confidentiality, law: command.law)
    let (sealed, commitment) = try Sealed.content(
      content, of: id, confidentiality: confidentiality, version: envelope.version, key: entry.key)
    envelope.commitment = commitment
    let state = command.kind.applying(envelope, content: content, to: entry.state)
    drafts.append(
      Draft(
        log: command.kind.log, record: id, version: envelope.version, entry: try envelope.entry(),
        content: sealed, state: try Sealed.state(state, key: entry.key), key: entry.wrapped))
    entry.state = state
    entry.wrapped = nil
    known[id] = entry
    results.append(state)
  }

  /// The model that a record belongs to, where the actor begins it or began it.
  private func owner(of command: RecordCommand, _ state: RecordState?) -> RecordID? {
    guard state == nil || state?.author == workspace.who.id else { return nil }
    let given = command.change.set.last { $0.0 == "model" }?.1.asText ?? state?.text("model")
    return given.flatMap { RecordID($0) }
  }

  /// Refuses names of records that are not there: a deadline of nobody, a run of no model.
  private func checkReferences(_ command: RecordCommand) async throws(Problem) {
    for (name, value) in command.change.set {
      guard case .record = command.kind.field(name)?.form,
        let id = value.asText.flatMap({ RecordID($0) }), known[id] == nil,
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

  private func new(
    _ given: SecretKey?
  ) throws(Problem) -> (state: RecordState?, key: SecretKey, wrapped: WrappedKey?) {
    let key = given ?? SecretKey()
    return (nil, key, try workspace.keys.wrap(key))
  }

  /// The record before the command, from this batch or the store, with its key; a new key for a new record.
  private func before(
    _ id: RecordID, _ command: RecordCommand
  ) async throws(Problem) -> (state: RecordState?, key: SecretKey, wrapped: WrappedKey?) {
    if let known = known[id] { return known }
    if command.isNamedHere { return try new(command.key) }
    try workspace.shared.checkErasing(id)
    return try await workspace.withKeys { () async throws(Problem) in
      guard let stored = try await workspace.store.record(id) else {
        return try new(command.key)
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
