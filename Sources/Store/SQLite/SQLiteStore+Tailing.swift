public import Ground

extension SQLiteStore {
  /// How often a reader looks whether another process has written.
  private static let pollingPeriod = Duration.milliseconds(100)

  /// Waits until a log has more than `size` entries; gives its size.
  ///
  /// In the writing process it is woken by the commit; beside a writer in another process it looks
  /// ten times a second.
  /// - Throws: `store.closed`, `store.cancelled`.
  public func grown(_ log: LogName, beyond size: Int) async throws(Problem) -> Int {
    if isClosed { throw StoreProblem.closed }
    if let writer { return try await writer.tails.grown(log.position, beyond: size) }
    while true {
      let head = try await head(log).size
      if head > size { return head }
      do { try await Task.sleep(for: SQLiteStore.pollingPeriod) } catch {
        throw StoreProblem.cancelled
      }
    }
  }
}
