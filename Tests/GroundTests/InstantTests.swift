import Ground
import TestSupport
import Testing

@Suite("A moment in Brussels")
struct InstantTests {
  static let read: [(String, String)] = [
    ("2026-11-20T09:30:00+01:00", "2026-11-20T09:30:00+01:00"),
    ("2026-11-20T09:30+01:00", "2026-11-20T09:30:00+01:00"),
    ("2026-11-20T08:30:00Z", "2026-11-20T09:30:00+01:00"),
    ("2026-11-20t08:30:00z", "2026-11-20T09:30:00+01:00"),
    ("2026-11-20 09:30", "2026-11-20T09:30:00+01:00"),
    ("2026-11-20T09:30:15.999+01:00", "2026-11-20T09:30:15+01:00"),
    ("2026-11-20T03:30:00-05:00", "2026-11-20T09:30:00+01:00"),
    ("2026-11-20T14:00:00+05:30", "2026-11-20T09:30:00+01:00"),
    ("2026-11-20", "2026-11-20T00:00:00+01:00"), ("2026-07-01", "2026-07-01T00:00:00+02:00"),
    ("2026-12-31T23:30:00-01:00", "2027-01-01T01:30:00+01:00"),
    ("1969-12-31T23:59:59Z", "1970-01-01T00:59:59+01:00"),
  ]

  @Test("RFC 3339 is read with any offset and written with that of Brussels", arguments: read)
  func reading(text: String, written: String) throws {
    #expect(try #require(Instant(text)).rfc3339 == written)
  }

  @Test(
    "What is not a time is not read",
    arguments: [
      "", "2026-02-30", "2026-11-20T24:00:00Z", "2026-11-20T09:60:00Z", "2026-11-20T09:30:60Z",
      "2026-11-20T09", "2026-11-20T0930", "2026-11-20T09:30:00+0100", "2026-11-20T09:30:00+1:00",
      "2026-11-20T09:30:00 Z", "2026-11-20T09:30:00.Z", "2026-11-20X09:30:00Z", "yesterday",
      "2026-11-20T09:30:00+24:00", "2026-11-20T09:30:00+01:60", "2026-11-20T9:30:00Z",
      "20/11/2026",
    ])
  func refused(text: String) { #expect(Instant(text) == nil) }

  /// Last Sundays of March and October.
  ///
  /// Source: Directive 2000/84/EC; Commission communication
  /// 2022/C 61/01 for 2022 to 2026.
  static let changes: [(summer: String, winter: String)] = [
    ("2025-03-30", "2025-10-26"), ("2026-03-29", "2026-10-25"), ("2027-03-28", "2027-10-31"),
  ]

  @Test("Summer time begins at 01:00 UTC and skips an hour", arguments: changes)
  func summer(summer: String, winter: String) throws {
    let before = try #require(Instant(summer + "T00:59:59Z"))
    let after = try #require(Instant(summer + "T01:00:00Z"))
    #expect(before.rfc3339 == summer + "T01:59:59+01:00")
    #expect(after.rfc3339 == summer + "T03:00:00+02:00")
    #expect(after.seconds - before.seconds == 1)
    #expect(Instant(summer + "T02:00") == nil)
    #expect(Instant(summer + "T02:59:59") == nil)
    #expect(Instant(summer + "T01:59:59") == before)
    #expect(Instant(summer + "T03:00") == after)
  }

  @Test(
    "Summer time ends at 01:00 UTC; the doubled hour is read as the earlier", arguments: changes)
  func winter(summer: String, winter: String) throws {
    let before = try #require(Instant(winter + "T00:59:59Z"))
    let after = try #require(Instant(winter + "T01:00:00Z"))
    #expect(before.rfc3339 == winter + "T02:59:59+02:00")
    #expect(after.rfc3339 == winter + "T02:00:00+01:00")
    #expect(Instant(winter + "T02:30") == Instant(winter + "T02:30:00+02:00"))
    #expect(Instant(winter + "T03:00")?.rfc3339 == winter + "T03:00:00+01:00")
  }

  @Test("The days of the changes last 23 and 25 hours", arguments: changes)
  func length(summer: String, winter: String) throws {
    let short = try #require(Day(iso: summer))
    let long = try #require(Day(iso: winter))
    #expect(Instant(endOf: short).seconds - Instant(startOf: short).seconds == 23 * 3600)
    #expect(Instant(endOf: long).seconds - Instant(startOf: long).seconds == 25 * 3600)
  }

  @Test("The end of a day is the beginning of the next")
  func end() throws {
    let day = try #require(Day(2026, 12, 4))
    #expect(Instant(endOf: day).rfc3339 == "2026-12-05T00:00:00+01:00")
    #expect(Instant(startOf: day).day == day)
    #expect(Instant(seconds: Instant(endOf: day).seconds - 1).day == day)
  }

  @Test("What is written is read back as the same moment")
  func roundTrip() {
    property(cases: 2000) { random in
      let instant = Instant(seconds: random.int(-1_000_000_000...8_000_000_000))
      let text = instant.rfc3339
      return Instant(text) == instant ? nil : "\(instant.seconds) was written as \(text)"
    }
  }

  @Test("Every quarter of an hour around the changes is read back", arguments: changes)
  func around(summer: String, winter: String) throws {
    for day in [summer, winter] {
      let start = try #require(Instant(day))
      for step in 0..<110 {
        let instant = Instant(seconds: start.seconds + step * 900)
        #expect(Instant(instant.rfc3339) == instant)
      }
    }
  }

  @Test("Moments are ordered by time, whatever the offset they were written with")
  func order() throws {
    let early = try #require(Instant("2026-11-20T12:00:00+05:00"))
    let late = try #require(Instant("2026-11-20T08:00:00+00:00"))
    #expect(early < late)
    #expect(Instant("2026-11-20T10:00:00+02:00") == late)
  }
}
