import Ground
import RuleFile
import Rulebook
import TestSupport
import Testing

@Suite("Calendars of holidays")
struct CalendarTests {
  private let law = Law.at(Law.checked)

  @Test("The Commission and ten others are there, in any letter case")
  func names() {
    let names = Set(law.calendarNames.map { $0.lowercased() })
    #expect(
      names == ["commission", "at", "be", "de", "es", "fr", "ie", "it", "lu", "nl", "target"])
    #expect(law.calendar("Commission")?.name == law.calendar("commission")?.name)
    #expect(law.calendar("be") != nil && law.calendar("BE") != nil)
    #expect(law.calendar("XX") == nil && law.calendar("") == nil)
  }

  static let closed: [(String, Bool)] = [
    ("2026-01-02", true), ("2026-04-02", true), ("2026-04-03", true), ("2026-04-06", true),
    ("2026-05-14", true), ("2026-05-15", true), ("2026-05-25", true), ("2026-07-21", true),
    ("2026-11-02", true), ("2026-12-24", true), ("2026-12-31", true), ("2026-12-23", false),
    ("2026-11-03", false), ("2026-07-20", false), ("2025-11-03", false), ("2027-01-04", false),
    ("2025-05-09", true), ("2025-08-15", true), ("2026-11-21", true), ("2026-11-22", true),
  ]

  @Test("The closing days of the Commission are days off", arguments: closed)
  func commission(iso: String, isOff: Bool) throws {
    let calendar = try #require(law.calendar("commission"))
    #expect(calendar.isWorkingDay(try #require(Day(iso: iso))) == !isOff)
  }

  @Test("A year without a list follows the pattern and says that it is derived")
  func derived() throws {
    let calendar = try #require(law.calendar("commission"))
    #expect(calendar.status(2030) == .derived)
    #expect(calendar.source(2030).contains("2030"))
    for iso in ["2030-01-02", "2030-04-18", "2030-05-30", "2030-05-31", "2030-06-10", "2030-12-27"]
    {
      #expect(!calendar.isWorkingDay(try #require(Day(iso: iso))), "\(iso)")
    }
    #expect(calendar.isWorkingDay(try #require(Day(2030, 6, 11))))
    #expect(calendar.status(2023) == .official)
    #expect(calendar.status(2025) == .secondary)
  }

  @Test("In a listed year only the list counts")
  func listed() throws {
    let calendar = try #require(law.calendar("commission"))
    // In 2023 the 24th of December was a Sunday and 2 November was on the list.
    #expect(calendar.holiday(try #require(Day(2023, 11, 2))) != nil)
    #expect(calendar.holiday(try #require(Day(2023, 10, 31))) == nil)
  }

  @Test(
    "Every holiday of the material beside the repository is a day off here, and no other weekday is"
  )
  func againstMaterial() throws {
    guard let path = sharedData("calendars/national_public_holidays_2025_2027_python-holidays.csv")
    else { return }
    let records = try CSVRecords(path: path)
    let header = try #require(try records.next())
    let columns = (0..<header.count).map(header.text)
    let day = try #require(columns.firstIndex { $0.contains("date") })
    let name = try #require(columns.firstIndex { $0.contains("calendar") || $0.contains("countr") })
    var given: [String: Set<Day>] = [:]
    while let record = try records.next() {
      let read = try #require(Day(iso: record.text(day)))
      let key = record.text(name).lowercased().replacing("xecb_", with: "")
      given[key, default: []].insert(read)
    }
    #expect(given.count >= 10)
    for (name, days) in given {
      let calendar = try #require(law.calendar(name), "\(name)")
      let first = try #require(Day(2025, 1, 1))
      for count in 0..<1095 {
        let day = first.adding(days: count)
        #expect((calendar.holiday(day) != nil) == days.contains(day), "\(name) \(day.iso)")
      }
    }
  }

  @Test("The next and the last working day skip what is closed")
  func steps() throws {
    let calendar = try #require(law.calendar("commission"))
    #expect(calendar.workingDay(after: try #require(Day(2026, 12, 23))).iso == "2027-01-04")
    #expect(calendar.workingDay(before: try #require(Day(2027, 1, 4))).iso == "2026-12-23")
    let days = try #require(Day(2026, 12, 21))...(try #require(Day(2027, 1, 4)))
    #expect(calendar.workingDays(in: days) == 4)
  }
}
