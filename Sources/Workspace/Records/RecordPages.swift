public import Duties
public import Ground

/// Some records of a kind, in the order of their names.
public struct RecordsFound: Sendable {
  /// Those that the actor may read.
  public let states: [RecordState]
  /// The name after which to go on; nil when nothing follows.
  public let next: RecordID?
}

extension OpenWorkspace {
  /// At most `limit` records of a kind that the actor may read, after one of them.
  ///
  /// Names never change, so that whoever goes on from the last one misses nothing that was there when they began.
  /// - Parameters:
  ///   - since: only records that were changed at or after this moment.
  ///   - status: only records that stand there.
  /// - Throws: `store.*`, `sealing.*`.
  public func records(
    of kind: RecordKind, after: RecordID?, limit: Int, since: Instant? = nil,
    status: String? = nil
  ) async throws(Problem) -> RecordsFound {
    let who = try await current()
    let today = surroundings.today
    var found: [RecordState] = []
    var last = after
    while true {
      let from = last
      let page = try await withKeys { () async throws(Problem) -> [(RecordID, RecordState?)] in
        var page: [(RecordID, RecordState?)] = []
        for stored in try await store.records(
          kind: kind.name, after: from, limit: OpenWorkspace.lookedAt)
        {
          page.append((stored.id, try keys.state(stored)))
        }
        return page
      }
      for (id, state) in page {
        last = id
        guard let state, who.mayRead(id, state.confidentiality, today: today),
          since.map({ $0 <= state.changed }) ?? true, status.map({ $0 == state.status }) ?? true
        else { continue }
        guard found.count < limit else {
          try await noteSeen(found.map(\.id), by: who)
          return RecordsFound(states: found, next: found.last?.id)
        }
        found.append(state.shown)
      }
      guard page.count == OpenWorkspace.lookedAt else { break }
    }
    try await noteSeen(found.map(\.id), by: who)
    return RecordsFound(states: found, next: nil)
  }

  /// Records that are opened together.
  private static let lookedAt = 256
}
