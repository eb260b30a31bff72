internal import Ground
internal import Sealing
internal import Synchronization

/// What everybody who acts in one open workspace shares: its keys, and what is under way.
///
/// A change is sealed before it is appended. Were its epoch to end between the two, the record's key would be wrapped
/// under a key that nobody has any more. So a change says when it begins and ends, and who ends an epoch or erases
/// waits for all that began before. New ones are never held up, so that nobody waits for somebody who waits for them.
final class SharedParts: Sendable {
  private struct Waiting {
    let until: Int
    let caller: CheckedContinuation<Void, Never>
  }

  private struct State {
    var keys: KeyRing
    /// Counts the turns; a change belongs to the turn in which it began.
    var turn = 0
    var changing: [Int: Int] = [:]
    var waiting: [Waiting] = []
    var erasing: Set<RecordID>?
    var adding: Set<String> = []
    var known: Set<RecordID> = []
    var newKeys = KeyRun()
    var people: [RecordID: CurrentPerson] = [:]

    /// Those whose wait is over.
    mutating func released() -> [CheckedContinuation<Void, Never>] {
      if waiting.isEmpty { return [] }
      let oldest = changing.keys.min() ?? .max
      let over = waiting.filter { $0.until < oldest }
      waiting.removeAll { $0.until < oldest }
      return over.map(\.caller)
    }
  }

  private let state: Mutex<State>
  /// Lets one after the other give names, so that those who wait do not undo each other's work.
  let naming = Turn()
  /// What lists show, in memory.
  let summaries = Summaries()
  /// The docket of today, in memory.
  let docket = DocketKeeper()

  init(keys: KeyRing) { state = Mutex(State(keys: keys)) }

  /// The keys as they are now.
  var keys: KeyRing { state.withLock { $0.keys } }

  /// Decides, seals and appends a change.
  func changing<Result>(
    _ body: () async throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    let turn = state.withLock { state in
      state.changing[state.turn, default: 0] += 1
      return state.turn
    }
    defer { end(turn) }
    return try await body()
  }

  private func end(_ turn: Int) {
    let released = state.withLock { state in
      let left = (state.changing[turn] ?? 1) - 1
      state.changing[turn] = left > 0 ? left : nil
      return state.released()
    }
    for caller in released { caller.resume() }
  }

  /// Changes the keys, then waits until every change that began with the keys before has ended.
  func turn(_ change: @Sendable (inout KeyRing) -> Void = { _ in }) async {
    await withCheckedContinuation { caller in
      let released = state.withLock { state in
        change(&state.keys)
        state.waiting.append(Waiting(until: state.turn, caller: caller))
        state.turn += 1
        return state.released()
      }
      for caller in released { caller.resume() }
    }
  }

  /// Takes keys that another process made; gives whether they are others than before.
  func take(_ keys: KeyRing) -> Bool {
    state.withLock { state in
      guard keys.epoch != state.keys.epoch else { return false }
      state.keys = keys
      return true
    }
  }

  // MARK: Erasing

  /// Begins an erasure: until it ends nothing is added to these records, and no hold is placed.
  ///
  /// - Throws: `workspace.erasure-under-way`.
  func beginErasing(_ records: Set<RecordID>) throws(Problem) {
    try state.withLock { state throws(Problem) in
      guard state.erasing == nil else { throw SharedParts.underWay }
      state.erasing = records
    }
  }

  func endErasing() { state.withLock { $0.erasing = nil } }

  /// Refuses a change that an erasure under way would lose, or that would come too late to stop it.
  ///
  /// - Throws: `workspace.erasure-under-way`.
  func checkErasing(_ record: RecordID) throws(Problem) {
    try state.withLock { state throws(Problem) in
      guard let erasing = state.erasing, record.kind == "hold" || erasing.contains(record) else {
        return
      }
      throw SharedParts.underWay
    }
  }

  private static var underWay: Problem {
    Problem(
      "workspace.erasure-under-way", what: "an erasure is under way",
      why: "while it runs nothing is added to its records, no hold is placed, and no other begins",
      mend: "do it again in a moment")
  }

  // MARK: Names

  /// Most names that are remembered.
  private static let mostKnown = 1 << 16

  /// The key of a name that nobody has been given.
  func newKey() -> String { state.withLock { $0.newKeys.next() } }

  /// Whether a record was seen: records are never removed, so that nobody has to look again.
  func isKnown(_ id: RecordID) -> Bool { state.withLock { $0.known.contains(id) } }

  /// Remembers that a record is there.
  func know(_ id: RecordID) {
    state.withLock { state in
      if state.known.count >= SharedParts.mostKnown { state.known.removeAll() }
      state.known.insert(id)
    }
  }

  // MARK: People

  /// A person as they were at a version of their record; nil when another version was seen last.
  func person(_ id: RecordID, version: Int) -> CurrentPerson? {
    state.withLock { state in
      guard let person = state.people[id], person.version == version else { return nil }
      return person
    }
  }

  /// Remembers a person at a version.
  func know(_ person: CurrentPerson, _ id: RecordID) {
    state.withLock { state in
      if state.people.count >= SharedParts.mostKnown { state.people.removeAll() }
      state.people[id] = person
    }
  }

  // MARK: Evidence

  /// Notes that a sealed file is being added and has no record yet.
  func beginAdding(_ name: String) { state.withLock { _ = $0.adding.insert(name) } }

  func endAdding(_ name: String) { state.withLock { _ = $0.adding.remove(name) } }

  /// The sealed files that are being added.
  var adding: Set<String> { state.withLock { $0.adding } }
}
