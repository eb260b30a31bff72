internal import Duties
internal import Ground
internal import Sealing

extension OpenWorkspace {
  /// A draft that begins a record of the program's own: an operation or a decision on access.
  func ownDraft(
    _ kind: RecordKind, _ event: String, _ set: [(String, JSON)], by actor: Actor
  ) throws(Problem) -> Draft {
    let now = surroundings.now()
    let id = newID(kind)
    let key = SecretKey()
    let content = signed(
      try kind.decide(
        Change(event, set: set, effective: .moment(now)), on: nil, actor: actor, today: now.day),
      by: actor)
    var envelope = Envelope(
      record: id, version: 1, event: event, effective: .moment(now), recorded: now, actor: actor,
      confidentiality: kind.confidentiality)
    var random = Sealed.random()
    let (sealed, commitment) = try Sealed.content(
      content, of: id, confidentiality: kind.confidentiality, version: 1, key: key, from: &random)
    envelope.commitment = commitment
    let state = kind.applying(envelope, content: content, to: nil)
    return Draft(
      log: kind.log, record: id, version: 1, entry: try envelope.entry(), content: sealed,
      state: try Sealed.state(state, key: key, from: &random), key: try keys.wrap(key))
  }

  /// The content of an event with the name of the system's user, where somebody acts who did not sign in.
  ///
  /// It stands in the sealed content, not in the entry, so that it can be erased.
  func signed(_ content: JSON, by actor: Actor) -> JSON {
    guard actor.role == .localOperator, case .object(let members) = content else { return content }
    return .object(members + [("user", .string(surroundings.user))])
  }

  /// Notes what the program did with keys, copies and proofs.
  func noteOperation(
    _ event: String, _ title: String, place: String? = nil, detail: JSON? = nil
  ) async throws(Problem) {
    var set: [(String, JSON)] = [("title", .string(title))]
    if let place { set.append(("place", .string(place))) }
    if let detail { set.append(("detail", detail)) }
    try await append(.operation, event, set, by: actor)
  }
}
