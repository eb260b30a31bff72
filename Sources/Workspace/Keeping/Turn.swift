internal import Ground
internal import Synchronization

/// Lets one after the other do something; who waits comes in the order of asking.
final class Turn: Sendable {
  private struct State {
    var isTaken = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// Does something when nobody else does.
  func taking<Result>(
    _ body: () async throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    await withCheckedContinuation { caller in
      let isFree = state.withLock { state in
        guard state.isTaken else {
          state.isTaken = true
          return true
        }
        state.waiting.append(caller)
        return false
      }
      if isFree { caller.resume() }
    }
    defer { next() }
    return try await body()
  }

  private func next() {
    let next: CheckedContinuation<Void, Never>? = state.withLock { state in
      state.isTaken = !state.waiting.isEmpty
      return state.isTaken ? state.waiting.removeFirst() : nil
    }
    next?.resume()
  }
}
