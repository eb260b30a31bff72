public import Ground
public import RuleFile

/// The end of a period under both readings: plain calendar, and Regulation 1182/71.
public struct DueDate: Sendable {
  /// The end by the plain calendar.
  ///
  /// A deadline and a not-before date: 24:00 of the last day. Backward: 00:00 of the earliest day.
  public let plain: Instant
  /// The end under Regulation 1182/71.
  public let regulation: Instant
  /// The last day by the plain calendar (backward: the earliest day of the period).
  public let plainLastDay: Day
  /// The last day under Regulation 1182/71.
  public let regulationLastDay: Day
  /// What the end means.
  public let kind: PeriodRule.Kind
  /// How it was counted, step by step, with sources.
  public let basis: [String]
  /// Which calendar was used.
  public let calendar: String
  /// How the calendar's years came about, least certain last.
  public let calendarStatus: CalendarYear.Status

  /// The reading to act on: the earlier for a deadline or a backward period, the later for a not-before date.
  public var alarm: Instant {
    kind == .notBefore ? max(plain, regulation) : min(plain, regulation)
  }

  /// The day to act on.
  public var alarmDay: Day {
    kind == .notBefore
      ? max(plainLastDay, regulationLastDay) : min(plainLastDay, regulationLastDay)
  }

  /// How what was done stands to both readings.
  public enum Timeliness: Sendable { case inTime, byOneReading, late }

  /// Whether what was done at a moment was in time.
  ///
  /// The end of a day is the beginning of the next, and what is known by its day begins there: it was done on that day.
  public func timeliness(of done: Instant) -> Timeliness {
    switch (
      DueDate.isLate(done, plain, plainLastDay), DueDate.isLate(done, regulation, regulationLastDay)
    ) {
    case (false, false): .inTime
    case (true, true): .late
    default: .byOneReading
    }
  }

  /// Whether it came after the end of the reading to act on.
  public func isLate(_ done: Instant) -> Bool { DueDate.isLate(done, alarm, alarmDay) }

  private static func isLate(_ done: Instant, _ end: Instant, _ lastDay: Day) -> Bool {
    done > end || done == end && done.day > lastDay
  }

  /// Counts a period from an event.
  ///
  /// Source: Regulation (EEC, Euratom) No 1182/71, Art. 3. The day (or hour) of the event is excluded; Saturdays, Sundays and
  /// holidays count unless the period is in working days; an end on a day off moves to the next working day, except in hours
  /// or backwards; a period of two days or more holds at least two working days.
  public static func count(
    _ period: PeriodRule, from event: Instant, calendar: HolidayCalendar
  ) -> DueDate {
    var counter = PeriodCounter(period: period, event: event, calendar: calendar)
    return counter.count()
  }
}

/// One count; gathers its reasons as it goes.
struct PeriodCounter {
  let period: PeriodRule
  let event: Instant
  let calendar: HolidayCalendar
  private var basis: [String] = []

  init(period: PeriodRule, event: Instant, calendar: HolidayCalendar) {
    self.period = period
    self.event = event
    self.calendar = calendar
  }

  mutating func count() -> DueDate {
    let backward = period.kind == .backward
    basis.append(
      "Event on \(event.day.weekday.name) \(event.day.iso), Brussels time; "
        + "that \(period.unit == .hours ? "hour" : "day") is not counted (Reg. 1182/71 Art. 3(1)).")
    if period.unit == .hours { return hours(backward) }
    let plainLast = plainLastDay(backward)
    basis.append(
      "\(period.words) \(backward ? "back" : "on"): \(plainLast.weekday.name) \(plainLast.iso) "
        + "(\(unitSource)).")
    let regulationLast = backward ? floorBackward(plainLast) : roll(plainLast)
    basis.append(ending(backward))
    return result(
      plain: backward ? Instant(startOf: plainLast) : Instant(endOf: plainLast),
      regulation: backward ? Instant(startOf: regulationLast) : Instant(endOf: regulationLast),
      plainLast, regulationLast)
  }

  /// Periods in hours: exact hours, and full hours after the hour of the event; no moving (Art.
  ///
  /// 3(4)).
  private mutating func hours(_ backward: Bool) -> DueDate {
    let length = period.amount * 3600 * (backward ? -1 : 1)
    let plain = Instant(seconds: event.seconds + length)
    let hour = event.seconds - (event.seconds % 3600 + 3600) % 3600
    let start = backward ? hour : hour + 3600
    let regulation = Instant(seconds: start + length)
    basis.append(
      "Periods in hours run in full hours and do not move off days off "
        + "(Reg. 1182/71 Art. 3(2)(a), 3(4)).")
    func lastDay(_ end: Instant) -> Day {
      backward ? end.day : Instant(seconds: end.seconds - 1).day
    }
    return result(plain: plain, regulation: regulation, lastDay(plain), lastDay(regulation))
  }

  private var unitSource: String {
    switch period.unit {
    case .hours: "Reg. 1182/71 Art. 3(2)(a)"
    case .days: "Reg. 1182/71 Art. 3(2)(b)"
    case .workingDays: "Reg. 1182/71 Art. 3(3); days off by the \(calendar.name) calendar"
    case .weeks, .months, .years: "Reg. 1182/71 Art. 3(2)(c)"
    }
  }

  private func plainLastDay(_ backward: Bool) -> Day {
    let sign = backward ? -1 : 1
    let amount = period.amount
    switch period.unit {
    case .hours, .days: return event.day.adding(days: sign * amount)
    case .weeks: return event.day.adding(days: sign * amount * 7)
    case .months: return event.day.adding(months: sign * amount)
    case .years: return event.day.adding(months: sign * amount * 12)
    case .workingDays:
      var day = event.day
      for _ in 0..<amount {
        day = backward ? calendar.workingDay(before: day) : calendar.workingDay(after: day)
      }
      return day
    }
  }

  /// Art.
  ///
  /// 3(4), then Art. 3(5).
  private mutating func roll(_ plainLast: Day) -> Day {
    var last = plainLast
    if !calendar.isWorkingDay(last) {
      last = calendar.workingDay(after: last)
      let reason = calendar.holiday(plainLast) ?? plainLast.weekday.name
      basis.append(
        "\(plainLast.iso) is a day off (\(reason)): the end moves to \(last.weekday.name) "
          + "\(last.iso) (Reg. 1182/71 Art. 3(4)).")
    }
    guard isTwoDaysOrMore else { return last }
    let first = event.day.adding(days: 1)
    let before = last
    while calendar.workingDays(in: first...last, upTo: 2) < 2 {
      last = calendar.workingDay(after: last)
    }
    if last != before {
      basis.append(
        "Fewer than two working days would lie in the period: it ends on \(last.weekday.name) "
          + "\(last.iso) (Reg. 1182/71 Art. 3(5)).")
    }
    return last
  }

  /// Backwards an end does not move (Art.
  ///
  /// 3(4), second sentence), but two working days must lie in the period (Art. 3(5)).
  private mutating func floorBackward(_ plainLast: Day) -> Day {
    guard isTwoDaysOrMore else { return plainLast }
    var last = plainLast
    let newest = event.day.adding(days: -1)
    while calendar.workingDays(in: last...newest, upTo: 2) < 2 {
      last = calendar.workingDay(before: last)
    }
    if last != plainLast {
      basis.append(
        "Fewer than two working days would lie in the period: it begins on \(last.weekday.name) "
          + "\(last.iso) (Reg. 1182/71 Art. 3(5)).")
    }
    return last
  }

  private var isTwoDaysOrMore: Bool {
    switch period.unit {
    case .hours: false
    case .days, .workingDays: period.amount >= 2
    case .weeks, .months, .years: true
    }
  }

  private func ending(_ backward: Bool) -> String {
    if backward {
      return "Counted backwards the end does not move (Reg. 1182/71 Art. 3(4)); "
        + "to be done before 00:00 of that day, so that the whole period lies between."
    }
    return period.kind == .notBefore
      ? "Not before 24:00 of the last day; the later reading is the safe one."
      : "Ends at 24:00 of the last day; the earlier reading is the safe one."
  }

  private func result(plain: Instant, regulation: Instant, _ plainLast: Day, _ last: Day) -> DueDate
  {
    let all = [event.day.year, plainLast.year, last.year].map(calendar.status)
    let status: CalendarYear.Status =
      all.contains(.derived) ? .derived : all.contains(.secondary) ? .secondary : .official
    return DueDate(
      plain: plain, regulation: regulation, plainLastDay: plainLast, regulationLastDay: last,
      kind: period.kind, basis: basis, calendar: calendar.name, calendarStatus: status)
  }
}
