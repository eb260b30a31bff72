public import Ground

extension OpenWorkspace {
  /// Entries of the log that are looked at together.
  private static let newest = 32

  /// What happened last to records of a list, and who did it.
  ///
  /// Records that changed last stand among the newest entries; only of the others the history is read.
  /// - Throws: `ground.not-an-entry`, `store.*`.
  public func newestEvents(
    of rows: [RecordSummary]
  ) async throws(Problem) -> [RecordID: Envelope] {
    guard !rows.isEmpty else { return [:] }
    let size = try await store.head(.regulatory).size
    let from = max(0, size - OpenWorkspace.newest)
    var found: [RecordID: Envelope] = [:]
    let wanted = Set(rows.map(\.id))
    for entry in try await store.entries(.regulatory, from: from, limit: OpenWorkspace.newest)
    where wanted.contains(entry.record) {
      found[entry.record] = try Envelope(entry: entry.entry)
    }
    for row in rows where found[row.id] == nil {
      found[row.id] = try await store.history(row.id).last.map { entry throws(Problem) in
        try Envelope(entry: entry.entry)
      }
    }
    return found
  }
}
