import Ground
import Testing

@Suite("A date of stated precision")
struct DayRangeTests {
  static let read: [(String, String, String)] = [
    ("2025", "2025-01-01", "2025-12-31"), ("2024", "2024-01-01", "2024-12-31"),
    ("2025-08", "2025-08-01", "2025-08-31"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025-08-02", "2025-08-02", "2025-08-02"), ("2025-12", "2025-12-01", "2025-12-31"),
  ]

  @Test("A year, a month and a day hold all their days and are written as read", arguments: read)
  func reading(text: String, first: String, last: String) throws {
    let range = try #require(DayRange(iso: text))
    #expect(range.first.iso == first)
    #expect(range.last.iso == last)
    #expect(range.iso == text)
    #expect((range.exact != nil) == (first == last))
  }

  @Test(
    "What is not a date is not read",
    arguments: [
      "", "25", "2025-8", "2025-13", "2025-02-30", "2025-08-02-01", "2025-", "abcd", "2025-ab",
      "-2025", "2025-00", "2025-08-00", "0000", "+202", "2025-+1",
    ])
  func refused(text: String) { #expect(DayRange(iso: text) == nil) }

  static let sides: [(String, Answer)] = [
    ("2025-08-01", .yes), ("2025-08-02", .no), ("2025-08-03", .no), ("2025-07", .yes),
    ("2025-08", .undetermined(["released"])), ("2025-09", .no), ("2024", .yes),
    ("2025", .undetermined(["released"])), ("2026", .no),
  ]

  @Test("Whether it lies before a day is open only where the date straddles it", arguments: sides)
  func before(text: String, expected: Answer) throws {
    let range = try #require(DayRange(iso: text))
    let start = try #require(Day(2025, 8, 2))
    #expect(range.isBefore(start, fact: "released") == expected)
  }

  @Test("A single day is exact")
  func single() throws {
    let day = try #require(Day(2026, 11, 20))
    #expect(DayRange(day).exact == day)
    #expect(DayRange(day).iso == "2026-11-20")
  }
}
