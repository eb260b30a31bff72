public import Ground

/// What happened in a log after an entry, as far as the actor may know it.
public struct ChangesFound: Sendable {
  /// The entries, in their order.
  public let lines: [ReadJournal.Line]
  /// The last entry that was looked at, -1 before the first: whoever goes on from it misses nothing.
  public let last: Int
  /// Whether more follow.
  public let isMore: Bool
}

extension OpenWorkspace {
  /// Entries looked at for one answer.
  public static let mostChanges = 1000

  /// Which records changed after an entry: who, when, which event; contents are asked for with the record.
  ///
  /// - Parameter after: the index of the last entry that is known; -1 begins at the beginning.
  /// - Throws: `store.*`, `ground.not-an-entry`.
  public func changes(
    in log: LogName, after: Int, limit: Int
  ) async throws(Problem) -> ChangesFound {
    let who = try await current()
    let today = surroundings.today
    let entries = try await store.entries(
      log, from: max(0, after + 1), limit: OpenWorkspace.mostChanges)
    var lines: [ReadJournal.Line] = []
    var last = after
    for entry in entries where lines.count < limit {
      last = entry.index
      let envelope = try Envelope(entry: entry.entry)
      guard who.mayRead(envelope.record, envelope.confidentiality, today: today) else { continue }
      lines.append(
        ReadJournal.Line(log: log, index: entry.index, envelope: envelope, content: .notAsked))
    }
    return ChangesFound(
      lines: lines, last: last, isMore: try await store.head(log).size > last + 1)
  }
}
