internal import Ground
internal import Synchronization

/// Who waits to be let in: one derivation runs at a time, others wait in bounded number, and names and addresses from
/// which wrong secrets come are held up.
///
/// A derivation takes 128 MiB: without a bound signing in would be a way to exhaust memory.
/// Source: OWASP ASVS 5.0.0, 6.3.1.
final class Door: Sendable {
  /// Most who wait.
  private static let mostWaiting = 16
  /// Wrong secrets of one name or address after which it is held up.
  static let mostMistakes = 5
  /// For how long, in seconds.
  static let holdSeconds = 15 * 60
  /// Most names and addresses that are remembered.
  private static let mostRemembered = 10_000

  private struct State {
    var isBusy = false
    var waiting: [CheckedContinuation<Void, Never>] = []
    var mistakes: [String: [Instant]] = [:]
  }

  private let state = Mutex(State())

  /// Does one derivation when its turn has come.
  ///
  /// - Throws: `server.busy` when too many wait, and what the body throws.
  func inTurn<Result>(_ body: () async throws(Problem) -> Result) async throws(Problem) -> Result {
    let isFull = state.withLock { $0.isBusy && $0.waiting.count >= Door.mostWaiting }
    guard !isFull else {
      throw Problem(
        "server.busy", what: "too many people sign in at the same time",
        why: "each sign-in takes much memory for a moment, so that few run at once",
        mend: "try again in some seconds")
    }
    await withCheckedContinuation { caller in
      let isFree = state.withLock { state in
        if state.isBusy {
          state.waiting.append(caller)
          return false
        }
        state.isBusy = true
        return true
      }
      if isFree { caller.resume() }
    }
    defer { next() }
    return try await body()
  }

  private func next() {
    let caller = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard !state.waiting.isEmpty else {
        state.isBusy = false
        return nil
      }
      return state.waiting.removeFirst()
    }
    caller?.resume()
  }

  /// Refuses somebody who was wrong too often of late.
  ///
  /// - Throws: `server.held-up`.
  func check(_ keys: [String], now: Instant) throws(Problem) {
    let isHeldUp = state.withLock { state in
      keys.contains { key in
        let recent = (state.mistakes[key] ?? []).filter {
          now.seconds - $0.seconds < Door.holdSeconds
        }
        return recent.count >= Door.mostMistakes
      }
    }
    guard isHeldUp else { return }
    throw Problem(
      "server.held-up", what: "there were too many wrong attempts",
      why: "after \(Door.mostMistakes) wrong secrets nobody is let in for a quarter of an hour",
      mend: "wait, or ask an administrator for a one-time link: systemic person link NAME")
  }

  /// Remembers a wrong secret.
  func noteMistake(_ keys: [String], now: Instant) {
    state.withLock { state in
      if state.mistakes.count > Door.mostRemembered { state.mistakes.removeAll() }
      for key in keys {
        let recent = (state.mistakes[key] ?? []).filter {
          now.seconds - $0.seconds < Door.holdSeconds
        }
        state.mistakes[key] = recent.suffix(Door.mostMistakes) + [now]
      }
    }
  }

  /// Forgets the mistakes of somebody who is in.
  func forget(_ key: String) { state.withLock { $0.mistakes[key] = nil } }
}
