internal import Synchronization

/// What is under way for whom, and who listens: kept in memory, since it ends with the request that does it.
final class ProgressBoard: Sendable {
  /// Most streams that one person listens to at the same time.
  static let mostStreams = 4
  /// Most streams of all.
  static let mostStreamsOfAll = 256

  /// Something under way.
  struct Work: Sendable, Hashable {
    let number: Int
    let name: String
    let person: String
    var done = 0
    var total = 0
  }

  private struct State {
    var next = 0
    var work: [Int: Work] = [:]
    var streams: [String: Int] = [:]
  }

  private let state = Mutex(State())

  /// Notes that something begins.
  func begin(_ name: String, for person: String) -> Int {
    state.withLock { state in
      state.next += 1
      state.work[state.next] = Work(number: state.next, name: name, person: person)
      return state.next
    }
  }

  /// Notes how far it is.
  func note(_ number: Int, done: Int, total: Int) {
    state.withLock { state in
      state.work[number]?.done = done
      state.work[number]?.total = total
    }
  }

  /// Notes that it has ended.
  func end(_ number: Int) { state.withLock { $0.work[number] = nil } }

  /// What is under way for a person.
  func work(of person: String) -> [Work] {
    state.withLock { state in
      state.work.values.filter { $0.person == person }.sorted { $0.number < $1.number }
    }
  }

  /// Lets somebody listen; false when they, or all together, listen too often already.
  func enter(_ person: String) -> Bool {
    state.withLock { state in
      let own = state.streams[person] ?? 0
      guard own < ProgressBoard.mostStreams,
        state.streams.values.reduce(0, +) < ProgressBoard.mostStreamsOfAll
      else { return false }
      state.streams[person] = own + 1
      return true
    }
  }

  /// Notes that they stopped.
  func leave(_ person: String) {
    state.withLock { state in
      let left = (state.streams[person] ?? 1) - 1
      state.streams[person] = left > 0 ? left : nil
    }
  }
}
