internal import Documents
internal import Synchronization

/// Whether the server still takes in its records after its start: a page then says so, instead of letting people wait
/// without a word.
final class Reading: Sendable {
  private let isUnderWay = Mutex(false)

  /// How long a page waits before it says so, in steps of so many milliseconds.
  private static let (steps, step) = (60, 25)
  /// After how many seconds the page asks again by itself.
  private static let again = 2

  func begin() { isUnderWay.withLock { $0 = true } }

  func end() { isUnderWay.withLock { $0 = false } }

  /// The page that says so; nil where nothing has to be waited for, or not for long.
  func notice(_ endpoint: Endpoint) async -> Reply? {
    guard endpoint.method == .get, endpoint.audience == .signedIn else { return nil }
    for _ in 0..<Reading.steps {
      guard isUnderWay.withLock({ $0 }) else { return nil }
      try? await Task.sleep(for: .milliseconds(Reading.step))
    }
    var reply = Reply.page(
      Frame(title: "One moment", visit: nil).around(
        """
        <p>The desk has just started and is reading its records. This page asks again by itself.</p>

        """), status: 503)
    reply.fields += [("refresh", "\(Reading.again)"), ("retry-after", "\(Reading.again)")]
    return reply
  }
}
