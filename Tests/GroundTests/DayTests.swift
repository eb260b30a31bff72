import Ground
import TestSupport
import Testing

@Suite("A day of the calendar")
struct DayTests {
  @Test("Every day from 1900 to 2100 survives being counted and written")
  func roundTrip() throws {
    let first = try #require(Day(1900, 1, 1))
    var expected = first
    var weekday = first.weekday.rawValue
    #expect(first.weekday == .monday)
    for count in first.sinceEpoch...(try #require(Day(2100, 12, 31))).sinceEpoch {
      let day = Day(sinceEpoch: count)
      guard day == expected, day.sinceEpoch == count, Day(iso: day.iso) == day,
        Day(day.year, day.month, day.day) == day, day.weekday.rawValue == weekday
      else {
        Issue.record("day \(count) is \(day.iso), expected \(expected.iso)")
        return
      }
      weekday = (weekday + 1) % 7
      expected = Self.following(expected)
    }
  }

  /// The next day by the printed rules of the calendar, apart from the code under test.
  private static func following(_ day: Day) -> Day {
    Day(day.year, day.month, day.day + 1) ?? Day(day.year, day.month + 1, 1)
      ?? Day(day.year + 1, 1, 1) ?? day
  }

  static let weekdays: [(String, Weekday)] = [
    ("1970-01-01", .thursday), ("1969-07-20", .sunday), ("2000-02-29", .tuesday),
    ("2024-07-12", .friday), ("2024-08-01", .thursday), ("2025-08-02", .saturday),
    ("2026-07-27", .monday), ("2026-08-02", .sunday), ("2026-11-20", .friday),
    ("2027-08-02", .monday), ("2028-02-29", .tuesday),
  ]

  @Test("The weekday of a known date is right", arguments: weekdays)
  func weekday(iso: String, expected: Weekday) throws {
    #expect(try #require(Day(iso: iso)).weekday == expected)
  }

  @Test("Only Saturday and Sunday are weekend")
  func weekend() {
    let all: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday]
    #expect(all.filter(\.isWeekend) == [.saturday, .sunday])
    #expect(all.map(\.name).first == "Monday" && all.map(\.name).last == "Sunday")
  }

  static let months: [(String, Int, String)] = [
    ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"),
    ("2026-08-31", 6, "2027-02-28"), ("2027-08-31", 6, "2028-02-29"),
    ("2026-03-31", 1, "2026-04-30"), ("2026-03-31", -1, "2026-02-28"),
    ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
    ("2025-08-02", 24, "2027-08-02"), ("2026-05-30", 0, "2026-05-30"),
    ("2026-01-01", -13, "2024-12-01"),
  ]

  @Test("Months go to the same date, or to the last day where that is missing", arguments: months)
  func addMonths(start: String, months: Int, end: String) throws {
    #expect(try #require(Day(iso: start)).adding(months: months).iso == end)
  }

  @Test("The centuries are leap years only every four hundred years")
  func leapYears() {
    #expect(Day(1900, 2, 29) == nil)
    #expect(Day(2000, 2, 29) != nil)
    #expect(Day(2100, 2, 29) == nil)
    #expect(Day(2024, 2, 29) != nil)
    #expect(Day(2026, 2, 29) == nil)
    #expect(Day.length(ofMonth: 2, year: 2028) == 29)
  }

  // Source: the Easter dates as printed in the calendars of those years.
  static let easters = [
    "2014-04-20", "2015-04-05", "2016-03-27", "2017-04-16", "2018-04-01", "2019-04-21",
    "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20",
    "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21",
  ]

  @Test("Easter falls on the printed day", arguments: easters)
  func easter(iso: String) throws {
    let day = try #require(Day(iso: iso))
    #expect(Day.easter(day.year) == day)
    #expect(day.weekday == .sunday)
  }

  @Test(
    "What is not a day of the calendar is not read",
    arguments: [
      "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "2026-1-1", "26-01-01", "20260101",
      "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-0x", "0000-01-01", "2026-11-31", "",
      "２０２６-01-01", "+026-01-01", "2026-01-01T00:00",
    ])
  func refused(text: String) { #expect(Day(iso: text) == nil) }

  @Test("Years are written with four digits")
  func padding() { #expect(Day(987, 6, 5)?.iso == "0987-06-05") }

  @Test("Days added and taken away again lead back")
  func addDays() {
    property { random in
      let day = Day(sinceEpoch: random.int(-100_000...200_000))
      let count = random.int(-50_000...50_000)
      let there = day.adding(days: count)
      let isOrdered = count == 0 || (there > day) == (count > 0)
      return there.adding(days: -count) == day && isOrdered ? nil : "\(day.iso) plus \(count)"
    }
  }
}
