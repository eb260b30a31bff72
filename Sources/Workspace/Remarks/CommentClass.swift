internal import Duties
internal import Ground

/// A record that gets another class.
struct Reclassed {
  let id: RecordID
  let from: Confidentiality
  let to: Confidentiality
  let by: Actor
  /// The digest of the request that asked for it, if it named itself.
  var request: String?
}

extension Batch {
  /// Gives comments the class of their record in the same transaction: whoever may no longer read the record reads
  /// nothing that was said about it.
  mutating func takeCommentsAlong() async throws(Problem) {
    guard !reclassed.isEmpty else { return }
    let comments = try await workspace.everyState(.comment)
    var next = 0
    while next < reclassed.count {
      let record = reclassed[next]
      next += 1
      for comment in comments
      where comment.text("about") == record.id.text && comment.confidentiality != record.to {
        try await reclass(comment.id, .comment, to: record.to, as: record)
        // What was said about the comment goes with it.
        reclassed.append(
          Reclassed(
            id: comment.id, from: comment.confidentiality, to: record.to, by: record.by,
            request: record.request))
      }
    }
  }

  /// Gives a record another class because that of the record which it is about changed.
  mutating func reclass(
    _ id: RecordID, _ kind: RecordKind, to class_: Confidentiality, as record: Reclassed
  ) async throws(Problem) {
    let before = try await before(id, isNew: false, key: nil)
    var change = Change(
      kind.reclassing?.name ?? "", effective: .day(workspace.surroundings.today),
      reason: "the class of \(record.id.text) changed", confidentiality: class_)
    change.request = record.request
    let content = workspace.signed(
      try kind.decide(
        change, on: before.state, actor: record.by, today: workspace.surroundings.today),
      by: record.by)
    results.append(
      try seal(
        content, of: id, kind, change, before, by: record.by, confidentiality: class_, law: nil))
  }
}

extension OpenWorkspace {
  /// Gives the comments on a record its class where they have another one: somebody may have commented while somebody else
  /// changed the class.
  func alignComments(on id: RecordID) async throws(Problem) { try await alignComments(on: [id]) }

  /// The same for several records, whose comments are read once.
  func alignComments(on ids: [RecordID]) async throws(Problem) {
    guard !ids.isEmpty else { return }
    let names = Set(ids.map(\.text))
    let comments = Dictionary(
      grouping: try await everyState(.comment).filter { names.contains($0.text("about") ?? "") }
    ) { $0.text("about") }
    let program = Actor(id: SignedIn.system.id, role: .system)
    var changed: [Reclassed] = []
    for id in Set(ids).sorted() {
      guard let said = comments[id.text], let record = try await opened(id) else { continue }
      let now = record.confidentiality
      guard said.contains(where: { $0.confidentiality != now }) else { continue }
      changed.append(Reclassed(id: id, from: now, to: now, by: program))
    }
    guard !changed.isEmpty else { return }
    let reclassed = changed
    let (receipts, results) = try await repeating([]) { () async throws(Problem) in
      var batch = Batch(workspace: self)
      batch.reclassed = reclassed
      try await batch.takeCommentsAlong()
      return (try await store.append(batch.drafts, idempotencyKey: nil), batch.results)
    }
    shared.summaries.hand(receipts, results)
  }
}
