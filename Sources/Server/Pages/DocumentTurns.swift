internal import Ground
internal import Synchronization

/// Lets few files be made at once, since each takes a processor for some seconds; others are told to come again.
final class DocumentTurns: Sendable {
  /// Most files at once.
  static let most = 2

  private let underWay = Mutex(0)

  /// Makes one.
  ///
  /// - Throws: `server.busy`, and what the work throws.
  func take<Result>(
    _ body: () async throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    let isFree = underWay.withLock { count in
      guard count < DocumentTurns.most else { return false }
      count += 1
      return true
    }
    guard isFree else {
      throw Problem(
        "server.busy", what: "other files are being made",
        why: "each takes a processor for some seconds", mend: "try again in some seconds")
    }
    defer { underWay.withLock { $0 -= 1 } }
    return try await body()
  }
}
