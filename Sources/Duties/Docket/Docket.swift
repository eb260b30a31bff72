public import Ground
public import Rulebook

/// The docket: every deadline of every record, computed from the rulebook and the calendar, never stored.
public enum Docket {
  /// The deadlines of one record on a day, the earliest first.
  ///
  /// For many records prepare a `DocketClock` once.
  public static func deadlines(
    _ state: RecordState, related: DocketRecords = DocketRecords(), law: Law, today: Day
  ) -> [Deadline] {
    var clock = DocketClock(law: law, today: today, related: related)
    return clock.deadlines(of: state)
  }

  /// Sorted: by the day to plan with, those without a day last, then by record, then as the texts follow each other.
  public static func inOrder(_ deadlines: [Deadline]) -> [Deadline] {
    var run = DeadlineRun(capacity: deadlines.count)
    for deadline in inOrderOfRecords(deadlines) { run.append(deadline) }
    run.sort()
    return run.inOrder()
  }

  /// The same with the records in the order of their names; those of one record keep theirs.
  private static func inOrderOfRecords(_ deadlines: [Deadline]) -> [Deadline] {
    var starts = deadlines.indices.filter {
      $0 == 0 || deadlines[$0 - 1].subject !== deadlines[$0].subject
    }
    // Names are ASCII, whose order as texts is that of their bytes.
    let names = starts.map { deadlines[$0].record.text }
    let order = names.indices.sorted { (names[$0], $0) < (names[$1], $1) }
    guard order != Array(names.indices) else { return deadlines }
    starts.append(deadlines.count)
    return order.flatMap { deadlines[starts[$0]..<starts[$0 + 1]] }
  }

  /// Of several that ask the same of a record, the earliest governs; the others name it.
  static func govern(_ found: inout ArraySlice<Deadline>) {
    for index in found.indices {
      guard !found[index].isClosed, let day = found[index].alarmDay,
        let group = group(found[index])
      else { continue }
      var best = index
      var bestDay = day
      for other in found.indices where other != index && !found[other].isClosed {
        guard Docket.group(found[other]) == group, let otherDay = found[other].alarmDay,
          otherDay < bestDay || otherDay == bestDay && other < best,
          // What is not decided yet does not take the place of what is.
          found[other].status != .undetermined || found[index].status == .undetermined
        else { continue }
        (best, bestDay) = (other, otherDay)
      }
      guard best != index else { continue }
      found[index].governor = found[best].core
    }
  }

  private static func group(_ deadline: Deadline) -> String? {
    let prepared = deadline.prepared
    return prepared.clock.group ?? (prepared.housePeriod == nil ? nil : prepared.clock.key)
  }
}
