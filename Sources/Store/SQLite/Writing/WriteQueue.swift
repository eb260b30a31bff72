internal import GRDB
internal import Ground
internal import Synchronization

/// What waits for the writer.
enum Work: Sendable {
  /// Shares a transaction with the requests around it.
  case submission(Submission, CheckedContinuation<Outcome, Never>)
  /// Has the writer for itself.
  case alone(@Sendable (Database) -> Void)
}

/// What waits to be written, in the order of arrival; bounded, so that a slow disk is felt by
/// callers and not by memory.
final class WriteQueue: Sendable {
  private struct State {
    var works: [Work] = []
    var drafts = 0
    var bytes = 0
    /// Whether somebody is taking work out; who finds it false has to begin.
    var isServed = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let mostDrafts: Int
  private let mostBytes: Int

  /// A queue with its bounds; a request that is larger than they are waits alone.
  init(mostDrafts: Int, mostBytes: Int) {
    self.mostDrafts = mostDrafts
    self.mostBytes = mostBytes
  }

  /// What came of putting work in.
  enum Place { case begin, served, busy, closed }

  /// Puts work at the end; `begin` asks the caller to have the queue served.
  func put(_ work: Work, drafts: Int, bytes: Int = 0) -> Place {
    state.withLock { state in
      guard !state.isClosed else { return .closed }
      let isWithin = state.drafts + drafts <= mostDrafts && state.bytes + bytes <= mostBytes
      guard isWithin || state.drafts == 0 else { return .busy }
      state.works.append(work)
      state.drafts += drafts
      state.bytes += bytes
      defer { state.isServed = true }
      return state.isServed ? .served : .begin
    }
  }

  /// Exchanges everything that waits for an empty array, whose room is used again.
  ///
  /// - Returns: False, and the service has ended, when nothing waited.
  func take(_ works: inout [Work]) -> Bool {
    state.withLock { state in
      guard !state.works.isEmpty else {
        state.isServed = false
        return false
      }
      swap(&works, &state.works)
      return true
    }
  }

  /// Works that nobody has taken out yet.
  var count: Int { state.withLock { $0.works.count } }

  /// Tells that drafts wait no more.
  func done(drafts: Int, bytes: Int = 0) {
    state.withLock { state in
      state.drafts -= drafts
      state.bytes -= bytes
    }
  }

  /// Takes no more work after a last one; what waits is still done.
  func close(last work: Work) -> Place {
    state.withLock { state in
      guard !state.isClosed else { return .closed }
      state.isClosed = true
      state.works.append(work)
      defer { state.isServed = true }
      return state.isServed ? .served : .begin
    }
  }
}
