internal import Ground
internal import Sealing
internal import Synchronization
internal import Workspace

/// Who waits to be let in: one derivation runs at a time, others wait in bounded number, and names and addresses from
/// which wrong secrets come are held up.
///
/// A derivation takes 128 MiB: without a bound signing in would be a way to exhaust memory.
/// Source: OWASP ASVS 5.0.0, 6.3.1.
final class Door: Sendable {
  /// Most who wait.
  static let mostWaiting = 16
  /// Wrong secrets of one name or address after which it is held up.
  static let mostMistakes = 5
  /// For how long, in seconds.
  static let holdSeconds = 15 * 60
  /// For how long somebody may look for the code of their second factor, in seconds.
  static let stepSeconds = 5 * 60
  /// Most names and addresses that are remembered.
  static let mostRemembered = 10_000

  /// Somebody who owes a code.
  struct Step: Sendable {
    let proof: FirstProof
    /// The name as it was typed; empty where they came by a link.
    let name: String
    let until: Instant

    /// Under what wrong codes are counted: the person, the name that was typed, and at the end the address.
    func keys(_ visit: Visit) -> [String] {
      let names = name.isEmpty || name == proof.key ? [proof.key] : [proof.key, name]
      return names.map { "name " + $0 } + ["address " + visit.address]
    }
  }

  private struct State {
    var isBusy = false
    var waiting: [CheckedContinuation<Bool, Never>] = []
    var mistakes: [String: [Instant]] = [:]
    var steps: [String: Step] = [:]
  }

  private let state = Mutex(State())

  /// Does one derivation when its turn has come.
  ///
  /// - Throws: `server.busy` when too many wait, and what the body throws.
  func inTurn<Result>(_ body: () async throws(Problem) -> Result) async throws(Problem) -> Result {
    let isTaken = await withCheckedContinuation { caller in
      let answer = state.withLock { state -> Bool? in
        guard state.isBusy else {
          state.isBusy = true
          return true
        }
        guard state.waiting.count < Door.mostWaiting else { return false }
        state.waiting.append(caller)
        return nil
      }
      if let answer { caller.resume(returning: answer) }
    }
    guard isTaken else {
      throw Problem(
        "server.busy", what: "too many people sign in at the same time",
        why: "each sign-in takes much memory for a moment, so that few run at once",
        mend: "try again in some seconds")
    }
    defer { next() }
    return try await body()
  }

  private func next() {
    let caller = state.withLock { state -> CheckedContinuation<Bool, Never>? in
      guard !state.waiting.isEmpty else {
        state.isBusy = false
        return nil
      }
      return state.waiting.removeFirst()
    }
    caller?.resume(returning: true)
  }
}

// MARK: Mistakes

extension Door {
  /// How long somebody is held up who was wrong too often of late, in seconds; nil for whoever may try.
  func held(_ keys: [String], now: Instant) -> Int? {
    state.withLock { state in
      keys.compactMap { key -> Int? in
        let recent = Door.recent(state.mistakes[key], now)
        guard recent.count >= Door.mostMistakes, let first = recent.first else { return nil }
        return first.seconds + Door.holdSeconds - now.seconds
      }.max()
    }
  }

  /// Refuses somebody who was wrong too often of late.
  ///
  /// - Throws: `server.held-up`.
  func check(_ keys: [String], now: Instant) throws(Problem) {
    guard held(keys, now: now) != nil else { return }
    throw Problem(
      "server.held-up", what: "there were too many wrong attempts",
      why: "after \(Door.mostMistakes) wrong secrets nobody is let in for a quarter of an hour",
      mend: "wait, or ask an administrator for a one-time link: systemic person link NAME")
  }

  /// Remembers a wrong secret.
  func noteMistake(_ keys: [String], now: Instant) {
    state.withLock { state in
      for key in keys {
        if state.mistakes[key] == nil, state.mistakes.count >= Door.mostRemembered {
          Door.forgetOldest(&state.mistakes, now)
        }
        state.mistakes[key] =
          Door.recent(state.mistakes[key], now).suffix(Door.mostMistakes - 1) + [now]
      }
    }
  }

  /// Forgets the mistakes of somebody who is in, or whom an administrator lets try again.
  func forget(_ key: String) { state.withLock { $0.mistakes[key] = nil } }

  private static func recent(_ mistakes: [Instant]?, _ now: Instant) -> [Instant] {
    (mistakes ?? []).filter { now.seconds - $0.seconds < holdSeconds }
  }

  /// Makes room: what is over goes, then the names and addresses that were wrong least often, so that nobody who is held
  /// up is let in because others try many names.
  private static func forgetOldest(_ mistakes: inout [String: [Instant]], _ now: Instant) {
    mistakes = mistakes.filter { !recent($0.value, now).isEmpty }
    guard mistakes.count >= mostRemembered else { return }
    mistakes = mistakes.filter { $0.value.count >= mostMistakes }
    if mistakes.count >= mostRemembered { mistakes.removeAll() }
  }
}

// MARK: Two steps

extension Door {
  /// Remembers who gave a right secret and owes a code; gives what their browser shows for it.
  func begin(_ proof: FirstProof, name: String, now: Instant) -> String {
    let token = AccessToken()
    state.withLock { state in
      if state.steps.count >= Door.mostRemembered {
        state.steps = state.steps.filter { now < $0.value.until }
        if state.steps.count >= Door.mostRemembered { state.steps.removeAll() }
      }
      state.steps[token.digest] = Step(
        proof: proof, name: name, until: Instant(seconds: now.seconds + Door.stepSeconds))
    }
    return token.text
  }

  /// Who owes a code behind what a browser shows; nil when it took too long.
  func step(_ text: String, now: Instant) -> Step? {
    guard let token = try? AccessToken(text) else { return nil }
    return state.withLock { state in
      guard let step = state.steps[token.digest], now < step.until else { return nil }
      return step
    }
  }

  /// Ends a step: they are in, or were wrong too often.
  func end(_ text: String) {
    guard let token = try? AccessToken(text) else { return }
    state.withLock { $0.steps[token.digest] = nil }
  }
}
