/// A moment in time, to the second, written with the offset of Brussels.
public struct Instant: Hashable, Comparable, Sendable {
  /// Seconds after 1970-01-01T00:00:00Z; leap seconds are not counted.
  public let seconds: Int

  /// The moment so many seconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int) { self.seconds = seconds }

  /// The beginning of a day in Brussels.
  public init(startOf day: Day) {
    self.init(day: day, secondOfDay: 0, offset: Brussels.offset(localDay: day, secondOfDay: 0))
  }

  /// The end of a day in Brussels, 24:00, which is 00:00 of the next day.
  public init(endOf day: Day) { self.init(startOf: day.adding(days: 1)) }

  /// A local date and time with its offset from UTC in seconds.
  public init(day: Day, secondOfDay: Int, offset: Int) {
    seconds = day.sinceEpoch * 86_400 + secondOfDay - offset
  }

  /// Reads RFC 3339, with seconds optional; without offset it is Brussels time; a date alone is its
  /// beginning.
  ///
  /// Nil for anything else, and for a local time that the change to summer time skips.
  ///
  /// A local time that occurs twice, when summer time ends, is taken as the earlier.
  /// Source: RFC 3339, section 5.6.
  public init?(_ text: some StringProtocol) {
    guard let parsed = Instant.parse(Array(text.utf8)) else { return nil }
    self = parsed
  }

  /// The day in Brussels on which this moment falls.
  public var day: Day { local.day }

  /// Date, second of the day and offset in Brussels.
  public var local: (day: Day, secondOfDay: Int, offset: Int) {
    let offset = Brussels.offset(at: self)
    let shifted = seconds + offset
    let days = shifted >= 0 ? shifted / 86_400 : (shifted - 86_399) / 86_400
    return (Day(sinceEpoch: days), shifted - days * 86_400, offset)
  }

  /// RFC 3339 with the offset that Brussels has at that moment, such as `2026-12-05T00:00:00+01:00`.
  public var rfc3339: String {
    let (day, second, offset) = local
    return day.iso + "T" + Day.padded(second / 3600, 2) + ":" + Day.padded(second / 60 % 60, 2)
      + ":" + Day.padded(second % 60, 2) + "+" + Day.padded(offset / 3600, 2) + ":"
      + Day.padded(offset / 60 % 60, 2)
  }

  /// Whether `utc` writes it in a form that is read back: in UTC it lies in the years 1 to 9999.
  var hasUTC: Bool { (-62_135_596_800...253_402_300_799).contains(seconds) }

  /// RFC 3339 in UTC, such as `2026-12-04T23:00:00Z`: the form of entries in the journal.
  public var utc: String {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let second = seconds - days * 86_400
    let day = Day(sinceEpoch: days)
    guard (0...9999).contains(day.year) else {
      return day.iso + "T" + Day.padded(second / 3600, 2) + ":"
        + Day.padded(second / 60 % 60, 2) + ":" + Day.padded(second % 60, 2) + "Z"
    }
    return String(unsafeUninitializedCapacity: 20) { text in
      day.write(to: text)
      text[10] = 0x54
      Day.write(second / 3600, to: text, 11)
      text[13] = 0x3A
      Day.write(second / 60 % 60, to: text, 14)
      text[16] = 0x3A
      Day.write(second % 60, to: text, 17)
      text[19] = 0x5A
      return 20
    }
  }

  /// Earlier.
  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }

  private static func parse(_ bytes: [UInt8]) -> Instant? {
    guard bytes.count >= 10,
      let day = bytes.withUnsafeBufferPointer({ Day(iso: $0[0..<10]) })
    else { return nil }
    if bytes.count == 10 { return Instant(startOf: day) }
    guard bytes.count >= 16, [0x54, 0x74, 0x20].contains(bytes[10]), bytes[13] == 0x3A,
      let hour = two(bytes, 11), hour < 24, let minute = two(bytes, 14), minute < 60
    else { return nil }
    var position = 16
    var second = 0
    if position < bytes.count, bytes[position] == 0x3A {
      guard let value = two(bytes, 17), value < 60 else { return nil }
      second = value
      position = 19
      if position < bytes.count, bytes[position] == 0x2E {
        let digits = bytes[(position + 1)...].prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        position += 1 + digits.count
      }
    }
    let secondOfDay = hour * 3600 + minute * 60 + second
    if position == bytes.count { return Brussels.instant(day: day, secondOfDay: secondOfDay) }
    guard let offset = offset(bytes[position...]) else { return nil }
    return Instant(day: day, secondOfDay: secondOfDay, offset: offset)
  }

  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
    let text = Array(bytes)
    if text == [0x5A] || text == [0x7A] { return 0 }
    guard text.count == 6, text[0] == 0x2B || text[0] == 0x2D, text[3] == 0x3A,
      let hours = two(text, 1), hours < 24, let minutes = two(text, 4), minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (text[0] == 0x2D ? -1 : 1)
  }

  private static func two(_ bytes: [UInt8], _ at: Int) -> Int? {
    guard at + 1 < bytes.count, (0x30...0x39).contains(bytes[at]),
      (0x30...0x39).contains(bytes[at + 1])
    else { return nil }
    return Int(bytes[at] - 0x30) * 10 + Int(bytes[at + 1] - 0x30)
  }
}

/// Civil time in Brussels: UTC+1, and UTC+2 from the last Sunday of March to the last of October,
/// both at 01:00 UTC.
///
/// Source: Directive 2000/84/EC, Arts 2 and 3 (in force from 2002; the same rule held since 1996).
enum Brussels {
  static func offset(at instant: Instant) -> Int {
    let year = Day(
      sinceEpoch: instant.seconds >= 0
        ? instant.seconds / 86_400 : (instant.seconds - 86_399) / 86_400
    ).year
    let summer = change(year, 3)..<change(year, 10)
    return summer.contains(instant.seconds) ? 7200 : 3600
  }

  static func offset(localDay day: Day, secondOfDay: Int) -> Int {
    let summer = Instant(day: day, secondOfDay: secondOfDay, offset: 7200)
    return offset(at: summer) == 7200 ? 7200 : 3600
  }

  /// The moment of a local time; nil in the hour that is skipped in March.
  static func instant(day: Day, secondOfDay: Int) -> Instant? {
    let offset = offset(localDay: day, secondOfDay: secondOfDay)
    let instant = Instant(day: day, secondOfDay: secondOfDay, offset: offset)
    return instant.local.secondOfDay == secondOfDay ? instant : nil
  }

  private static func change(_ year: Int, _ month: Int) -> Int {
    let end = Day(year, month, 31).map { $0.sinceEpoch - ($0.weekday.rawValue + 1) % 7 } ?? 0
    return end * 86_400 + 3600
  }
}
