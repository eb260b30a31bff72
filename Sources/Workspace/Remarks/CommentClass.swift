internal import Duties
internal import Ground

/// A record that gets another class.
struct Reclassed {
  let id: RecordID
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
        try await reclass(comment.id, as: record)
        // What was said about the comment goes with it.
        reclassed.append(
          Reclassed(id: comment.id, to: record.to, by: record.by, request: record.request))
      }
    }
  }

  private mutating func reclass(_ comment: RecordID, as record: Reclassed) async throws(Problem) {
    let before = try await before(comment, isNew: false, key: nil)
    var change = Change(
      "comment-reclassed", effective: .day(workspace.surroundings.today),
      reason: "the class of \(record.id.text) changed", confidentiality: record.to)
    change.request = record.request
    let content = workspace.signed(
      try RecordKind.comment.decide(
        change, on: before.state, actor: record.by, today: workspace.surroundings.today),
      by: record.by)
    results.append(
      try seal(
        content, of: comment, .comment, change, before, by: record.by, confidentiality: record.to,
        law: nil))
  }
}

extension OpenWorkspace {
  /// Gives the comments on a record its class where they have another one: somebody may have commented while somebody else
  /// changed the class.
  func alignComments(on id: RecordID) async throws(Problem) {
    guard let record = try await opened(id),
      try await everyState(.comment).contains(where: {
        $0.text("about") == id.text && $0.confidentiality != record.confidentiality
      })
    else { return }
    let program = Actor(id: SignedIn.system.id, role: .system)
    let (receipts, results) = try await repeating([]) { () async throws(Problem) in
      var batch = Batch(workspace: self)
      batch.reclassed = [Reclassed(id: id, to: record.confidentiality, by: program)]
      try await batch.takeCommentsAlong()
      return (try await store.append(batch.drafts, idempotencyKey: nil), batch.results)
    }
    shared.summaries.hand(receipts, results)
  }
}
