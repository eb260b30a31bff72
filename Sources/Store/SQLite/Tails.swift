internal import Ground
internal import Synchronization

/// Who waits for a log to grow, in the process that writes it.
final class Tails: Sendable {
  private struct Waiter {
    let log: Int
    let size: Int
    let caller: CheckedContinuation<Result<Int, Problem>, Never>
  }

  private struct State {
    /// Durable sizes.
    var sizes: LogSizes
    var waiters: [Int: Waiter] = [:]
    var next = 0
    var isClosed = false
  }

  private let state: Mutex<State>

  init(sizes: LogSizes) { state = Mutex(State(sizes: sizes)) }

  /// The sizes that are durable.
  var sizes: LogSizes { state.withLock { $0.sizes } }

  /// Tells the sizes that are durable now.
  func publish(_ sizes: LogSizes) {
    let woken = state.withLock { state -> [Waiter] in
      state.sizes = sizes
      if state.waiters.isEmpty { return [] }
      let woken = state.waiters.filter { sizes[$0.value.log] > $0.value.size }
      for key in woken.keys { state.waiters[key] = nil }
      return Array(woken.values)
    }
    for waiter in woken { waiter.caller.resume(returning: .success(sizes[waiter.log])) }
  }

  /// Waits until the log at a position has more entries than `size`; gives how many.
  ///
  /// - Throws: `store.closed`, `store.cancelled`.
  func grown(_ position: Int, beyond size: Int) async throws(Problem) -> Int {
    // Most ask how far it is, and wait for nothing.
    if let known = state.withLock({ $0.isClosed ? nil : $0.sizes[position] }), known > size {
      return known
    }
    let ticket = state.withLock { state in
      state.next += 1
      return state.next
    }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { caller in
        let answer: Result<Int, Problem>? = state.withLock { state in
          if state.isClosed { return .failure(StoreProblem.closed) }
          if state.sizes[position] > size { return .success(state.sizes[position]) }
          if Task.isCancelled { return .failure(StoreProblem.cancelled) }
          state.waiters[ticket] = Waiter(log: position, size: size, caller: caller)
          return nil
        }
        if let answer { caller.resume(returning: answer) }
      }
    } onCancel: {
      let caller = state.withLock { $0.waiters.removeValue(forKey: ticket)?.caller }
      caller?.resume(returning: .failure(StoreProblem.cancelled))
    }
    return try result.get()
  }

  /// Wakes everybody; the store is closed.
  func close() {
    let callers = state.withLock { state in
      state.isClosed = true
      defer { state.waiters = [:] }
      return state.waiters.values.map(\.caller)
    }
    for caller in callers { caller.resume(returning: .failure(StoreProblem.closed)) }
  }
}
