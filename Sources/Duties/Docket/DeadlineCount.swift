internal import Ground
internal import RuleFile
internal import Rulebook

/// The days that follow from a start, counted once for all records that share it.
///
/// Each is a day on which somebody can act: the last one in time for a deadline, the first one for a not-before date.
final class DeadlineCount: Sendable {
  /// By the plain calendar.
  let plain: Day
  /// Under Regulation 1182/71.
  let regulation: Day
  /// The one that binds: under the Regulation where the rule counts so, else by the plain calendar.
  let statutory: Day
  /// The one to plan with.
  let alarm: Day
  /// The same ends as moments, where the period is in hours.
  let moments: Deadline.Moments?
  let kind: Deadline.Kind
  let basis: [String]

  /// A period of a rule from a start.
  ///
  /// Source: Regulation (EEC, Euratom) No 1182/71, Art. 3.
  init(_ period: PeriodRule, from start: Effective, calendar: HolidayCalendar) {
    let due = DueDate.count(period, from: start.instant, calendar: calendar)
    let binds = period.counting == .regulation ? due.regulationLastDay : due.plainLastDay
    switch period.kind {
    case .deadline:
      (plain, regulation, kind) = (due.plainLastDay, due.regulationLastDay, .deadline)
      (statutory, alarm) = (binds, due.alarmDay)
    case .backward:
      // The whole period has to lie between: the cautious last day is the one before the period begins.
      (plain, regulation, kind) = (due.plainLastDay, due.regulationLastDay, .backward)
      (statutory, alarm) = (binds, due.alarmDay.adding(days: -1))
    case .notBefore:
      // Nothing may be done before the last day is over: the first possible day is the next.
      plain = due.plainLastDay.adding(days: 1)
      regulation = due.regulationLastDay.adding(days: 1)
      (statutory, alarm) = (binds.adding(days: 1), due.alarmDay.adding(days: 1))
      kind = .notBefore
    }
    moments =
      period.unit == .hours
      ? Deadline.Moments(
        plain: due.plain, regulation: due.regulation,
        statutory: period.counting == .regulation ? due.regulation : due.plain, alarm: due.alarm)
      : nil
    basis = due.basis + DeadlineCount.notes(period, due)
  }

  /// A day that needs no counting; `before` is the cautious day.
  init(day: Day, alarm: Day? = nil, kind: Deadline.Kind, basis: [String]) {
    (plain, regulation, statutory) = (day, day, day)
    self.alarm = alarm ?? day
    self.kind = kind
    self.basis = basis
    moments = nil
  }

  private static func notes(_ period: PeriodRule, _ due: DueDate) -> [String] {
    var notes: [String] = []
    switch period.counting {
    case .regulation: notes.append("Regulation 1182/71 governs this period.")
    case .unsettled:
      notes.append(
        "The Code is not an act of Council or Commission: whether Regulation 1182/71 applies to it "
          + "is unsettled, so that both readings are given and the cautious one is planned with.")
    case .plain: break
    }
    if due.calendarStatus != .official {
      notes.append(
        "The \(due.calendar) calendar of a year involved is \(due.calendarStatus.rawValue), not an "
          + "official list.")
    }
    return notes
  }
}
