internal import Ground

/// Deadlines of records in the order of their names, with the order of their days beside them.
///
/// Sorted by numbers, a day and a place in one: texts are slow to compare, and each look at a deadline is one at memory
/// far away.
struct DeadlineRun: Sendable {
  /// Nil once it was moved elsewhere.
  private var found: [Deadline?] = []
  private var keys: [Int] = []

  private static let placeBits = 40
  private static let never = 1 << 22

  init(capacity: Int = 0) {
    found.reserveCapacity(capacity)
    keys.reserveCapacity(capacity)
  }

  mutating func append(_ deadline: Deadline) {
    let day = deadline.alarmDay?.sinceEpoch ?? DeadlineRun.never
    keys.append(day << DeadlineRun.placeBits | found.count)
    found.append(deadline)
  }

  /// By the day to plan with; those without a day last, and those of one day as they were appended.
  mutating func sort() { keys.sort() }

  /// In their order, moved out.
  mutating func inOrder() -> [Deadline] { merged(with: DeadlineRun()) }

  /// With those of later records; both are sorted, and moved out.
  mutating func merged(with other: consuming DeadlineRun) -> [Deadline] {
    var all: [Deadline] = []
    all.reserveCapacity(keys.count + other.keys.count)
    var into = 0
    for key in keys {
      let day = DeadlineRun.day(key)
      while into < other.keys.count, DeadlineRun.day(other.keys[into]) < day {
        other.move(other.keys[into], to: &all)
        into += 1
      }
      move(key, to: &all)
    }
    for key in other.keys[into...] { other.move(key, to: &all) }
    return all
  }

  private mutating func move(_ key: Int, to all: inout [Deadline]) {
    if let deadline = found[key & (1 << DeadlineRun.placeBits - 1)].take() { all.append(deadline) }
  }

  private static func day(_ key: Int) -> Int { key >> placeBits }
}
