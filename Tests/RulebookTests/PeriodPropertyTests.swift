import Ground
import RuleFile
import Rulebook
import TestSupport
import Testing

@Suite("Periods, whatever the event and the calendar")
struct PeriodPropertyTests {
  private static let law = Law.at(Law.checked)
  private static let calendars = ["commission", "BE", "DE", "FR", "TARGET"].compactMap(law.calendar)
  private static let dayUnits: [PeriodRule.Unit] = [.days, .weeks, .months, .years]

  /// An event between 2020 and 2035, so that listed and derived years both occur.
  private static func event(_ random: inout SplitMix64) -> Instant {
    Instant(seconds: random.int(1_577_836_800...2_051_222_400))
  }

  private static func period(
    _ random: inout SplitMix64, units: [PeriodRule.Unit] = PeriodRule.Unit.allCases,
    kinds: [PeriodRule.Kind] = PeriodRule.Kind.allCases
  ) -> PeriodRule {
    let unit = random.pick(units)
    let most = unit == .years ? 12 : unit == .months ? 40 : 90
    return PeriodRule(amount: random.int(1...most), unit: unit, kind: random.pick(kinds))
  }

  private static func words(_ period: PeriodRule, _ event: Instant, _ calendar: HolidayCalendar)
    -> String
  { "\(period.words), \(period.kind), from \(event.rfc3339), \(calendar.name)" }

  @Test("All five calendars are there")
  func calendars() { #expect(Self.calendars.count == 5) }

  @Test("Regulation 1182/71 never ends before the plain calendar, nor begins after it backwards")
  func direction() {
    property(cases: 600) { random in
      let (event, period) = (Self.event(&random), Self.period(&random))
      let calendar = random.pick(Self.calendars)
      let due = DueDate.count(period, from: event, calendar: calendar)
      let holds =
        period.kind == .backward
        ? due.regulation <= due.plain && due.regulationLastDay <= due.plainLastDay
          && due.plain < event
        : due.regulation >= due.plain && due.regulationLastDay >= due.plainLastDay
          && due.plain > event
      return holds ? nil : Self.words(period, event, calendar)
    }
  }

  @Test("The end under Regulation 1182/71 is the first day that its rules allow")
  func oracle() {
    property(cases: 600) { random in
      let event = Self.event(&random)
      let period = Self.period(
        &random, units: Self.dayUnits + [.workingDays], kinds: [.deadline, .notBefore])
      let calendar = random.pick(Self.calendars)
      let due = DueDate.count(period, from: event, calendar: calendar)
      let isTwoDays = period.amount >= 2 || [.weeks, .months, .years].contains(period.unit)
      var day = due.plainLastDay
      while !calendar.isWorkingDay(day)
        || isTwoDays && Self.working(event.day.adding(days: 1), day, calendar) < 2
      { day = day.adding(days: 1) }
      return due.regulationLastDay == day
        ? nil
        : Self.words(period, event, calendar) + ": \(due.regulationLastDay.iso) for \(day.iso)"
    }
  }

  /// Working days from one day to another, both included, counted one by one; sixty days are enough.
  private static func working(_ first: Day, _ last: Day, _ calendar: HolidayCalendar) -> Int {
    guard first <= last else { return 0 }
    return (first.sinceEpoch...min(last.sinceEpoch, first.sinceEpoch + 60)).count {
      calendar.isWorkingDay(Day(sinceEpoch: $0))
    }
  }

  @Test("The last day of a forward period in days, weeks, months or years is a working day")
  func workingEnd() {
    property(cases: 400) { random in
      let event = Self.event(&random)
      let period = Self.period(&random, units: Self.dayUnits, kinds: [.deadline, .notBefore])
      let calendar = random.pick(Self.calendars)
      let last = DueDate.count(period, from: event, calendar: calendar).regulationLastDay
      return calendar.isWorkingDay(last)
        ? nil : Self.words(period, event, calendar) + ": \(last.iso)"
    }
  }

  @Test("A period of two days or more holds two working days, backwards too")
  func twoWorkingDays() {
    property(cases: 600) { random in
      let event = Self.event(&random)
      var period = Self.period(&random, units: Self.dayUnits + [.workingDays])
      if [.days, .workingDays].contains(period.unit) { period.amount = random.int(2...6) }
      let calendar = random.pick(Self.calendars)
      let last = DueDate.count(period, from: event, calendar: calendar).regulationLastDay
      let count =
        period.kind == .backward
        ? Self.working(last, event.day.adding(days: -1), calendar)
        : Self.working(event.day.adding(days: 1), last, calendar)
      return count >= 2 ? nil : Self.words(period, event, calendar) + ": \(count) working days"
    }
  }

  @Test("A longer period never ends earlier")
  func monotoneAmount() {
    property(cases: 400) { random in
      let (event, period) = (Self.event(&random), Self.period(&random))
      let calendar = random.pick(Self.calendars)
      var longer = period
      longer.amount += random.int(1...5)
      let short = DueDate.count(period, from: event, calendar: calendar)
      let long = DueDate.count(longer, from: event, calendar: calendar)
      let holds =
        period.kind == .backward
        ? long.plain < short.plain && long.regulation <= short.regulation
        : long.plain > short.plain && long.regulation >= short.regulation
      return holds ? nil : Self.words(period, event, calendar) + " and \(longer.amount)"
    }
  }

  @Test("A later event never gives an earlier end")
  func monotoneEvent() {
    property(cases: 400) { random in
      let (event, period) = (Self.event(&random), Self.period(&random))
      let calendar = random.pick(Self.calendars)
      let later = Instant(seconds: event.seconds + random.int(1...500_000))
      let first = DueDate.count(period, from: event, calendar: calendar)
      let second = DueDate.count(period, from: later, calendar: calendar)
      return first.plain <= second.plain && first.regulation <= second.regulation
        ? nil : Self.words(period, event, calendar) + " and \(later.rfc3339)"
    }
  }

  @Test(
    "The alarm is the earlier reading, but the later for a date before which nothing may be done")
  func alarm() {
    property(cases: 500) { random in
      let (event, period) = (Self.event(&random), Self.period(&random))
      let calendar = random.pick(Self.calendars)
      let due = DueDate.count(period, from: event, calendar: calendar)
      let both = [due.plain, due.regulation].sorted()
      return due.alarm == (period.kind == .notBefore ? both[1] : both[0])
        ? nil : Self.words(period, event, calendar)
    }
  }

  @Test("Periods in hours last exactly so long, and under the Regulation at most one hour more")
  func hours() {
    property(cases: 400) { random in
      let event = Self.event(&random)
      let period = Self.period(&random, units: [.hours], kinds: [.deadline])
      let calendar = random.pick(Self.calendars)
      let due = DueDate.count(period, from: event, calendar: calendar)
      let added = due.regulation.seconds - due.plain.seconds
      return due.plain.seconds - event.seconds == period.amount * 3600 && (1...3600).contains(added)
        && due.regulation.seconds % 3600 == 0 ? nil : Self.words(period, event, calendar)
    }
  }

  @Test("Ends in days fall on midnight in Brussels, behind the last day or before the first")
  func midnight() {
    property(cases: 500) { random in
      let event = Self.event(&random)
      let period = Self.period(&random, units: Self.dayUnits + [.workingDays])
      let calendar = random.pick(Self.calendars)
      let due = DueDate.count(period, from: event, calendar: calendar)
      let isBackward = period.kind == .backward
      let plain = isBackward ? due.plainLastDay : due.plainLastDay.adding(days: 1)
      return due.plain == Instant(startOf: plain) && due.plain.local.secondOfDay == 0
        ? nil : Self.words(period, event, calendar)
    }
  }
}
