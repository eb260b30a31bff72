internal import Duties
internal import Ground

/// A name that no other record may bear at the same time, looked up and given in one transaction.
///
/// Two who give names at once both move the register of names on; the store takes one of them, and the other looks
/// again. That holds between processes too, where no lock of this one reaches.
struct UniqueName: Sendable {
  /// The register that guards it: one for a kind, or for the runs of a model.
  let register: RecordID
  /// The kind of records.
  let kind: RecordKind
  /// Looks at the names there are.
  let check: @Sendable (OpenWorkspace) async throws(Problem) -> Void

  /// A name of a record of a kind; of those that belong to an owner, where one is given.
  init(
    _ kind: RecordKind, of owner: RecordID? = nil,
    check: @escaping @Sendable (OpenWorkspace) async throws(Problem) -> Void
  ) {
    guard let register = RecordID(RecordKind.names.name + "/" + (owner?.key ?? kind.name)) else {
      preconditionFailure("names of kinds and keys are plain")
    }
    self.register = register
    self.kind = kind
    self.check = check
  }
}

extension OpenWorkspace {
  /// Does several things together, if a name is free.
  ///
  /// - Throws: what the check throws, and as `record`.
  func record(
    _ commands: [RecordCommand], naming name: UniqueName
  ) async throws(Problem) -> [RecordState] {
    let named = named(commands)
    return try await shared.naming.taking { () async throws(Problem) in
      try await repeating(commands) { () async throws(Problem) in
        var batch = Batch(workspace: self)
        try await batch.give(name)
        for command in named { try await batch.add(command) }
        let receipts = try await store.append(batch.drafts, idempotencyKey: nil)
        // The first is that of the register of names.
        shared.summaries.hand(receipts.dropFirst(), batch.results)
        return batch.results.map(\.shown)
      }
    }
  }
}

extension Batch {
  /// Moves the register of names on, so that whoever else gives one at this moment looks again, then looks.
  mutating func give(_ name: UniqueName) async throws(Problem) {
    let before = try await before(name.register, isNew: false, key: nil)
    let kind = RecordKind.names
    let change = Change(
      before.state == nil ? "name-register-begun" : "name-given",
      set: before.state == nil ? [("kind", .string(name.kind.name))] : [],
      effective: .day(workspace.surroundings.today))
    let actor = workspace.actor
    let content = workspace.signed(
      try kind.decide(
        change, on: before.state, actor: actor, today: workspace.surroundings.today), by: actor)
    _ = try seal(
      content, of: name.register, kind, change, before, by: actor,
      confidentiality: kind.confidentiality, law: nil)
    try await name.check(workspace)
  }
}
