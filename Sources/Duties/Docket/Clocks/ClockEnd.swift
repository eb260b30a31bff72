internal import Ground

/// What ended a clock of one record.
struct ClockEnd {
  /// Nil while nothing has.
  var ended: Effective?
  /// Whether it ended without having been met.
  var isVoid = false
  /// Whether it is known that it ended, but not when.
  var isWithoutDay = false
  var missing: [String] = []

  /// The end that belongs to a start.
  ///
  /// What happens once, such as the first documentation, is ended by the first of its kind; what happens each time by
  /// the first that follows; what repeats has begun anew with its last end and is open.
  static func find(_ clock: Clock, _ facts: DocketFacts, _ start: Effective?) -> ClockEnd {
    var end = ClockEnd()
    for void in clock.voids {
      guard let time = facts.last(void), end.ended.map({ time.day < $0.day }) ?? true else {
        continue
      }
      end.ended = time
      end.isVoid = true
    }
    if case .latest = clock.start { return end }
    if !clock.tells.isEmpty, let told = facts.incident.told(of: clock.tells) {
      end.ended = told
      return end
    }
    var isEach = false
    if case .each = clock.start { isEach = true }
    for fact in clock.ends {
      let first =
        isEach || clock.endsFromDueDay
        ? facts.times(fact).first { time in start.map { ClockEnd.follows(time, $0) } ?? false }
        : facts.first(fact)
      if let first, end.ended.map({ first.day <= $0.day }) ?? true {
        end.ended = first
        end.isVoid = false
      }
      if first == nil, let field = fact.field, facts.isFilledIn(field, fact.bearer) {
        end.isWithoutDay = true
        end.missing = [fact.event ?? field]
      }
    }
    if end.ended != nil { (end.isWithoutDay, end.missing) = (false, []) }
    return end
  }

  /// Whether an act on that day can answer a start; on the same day it can.
  static func follows(_ act: Effective, _ start: Effective) -> Bool {
    if case .moment(let act) = act, case .moment(let start) = start { return act >= start }
    return act.day >= start.day
  }

  /// Whether an act was in time; where hours count, an act whose hour is unknown is in time on an earlier day only.
  static func isInTime(_ act: Effective, _ count: DeadlineCount) -> Bool {
    guard let moments = count.moments else { return act.day <= count.statutory }
    switch act {
    case .moment(let moment): return moment <= moments.statutory
    case .day(let day): return day < moments.statutory.day
    }
  }

  func notes(_ count: DeadlineCount?) -> Deadline.Notes {
    var notes: Deadline.Notes = []
    if isWithoutDay { notes.insert(.endWithoutDay) }
    if isVoid { notes.insert(.void) }
    guard let count, let ended else { return notes }
    if count.moments != nil, case .day = ended { notes.insert(.endWithoutHour) }
    if ended.day > count.alarm, ended.day <= count.statutory { notes.insert(.afterAlarm) }
    return notes
  }
}
