/// A day of the proleptic Gregorian calendar, without time or zone: the unit in which law counts.
public struct Day: Hashable, Comparable, Sendable {
  /// Calendar year, 1 to 9999.
  public let year: Int
  /// Month, 1 to 12.
  public let month: Int
  /// Day of the month, 1 to 31.
  public let day: Int

  /// The day with these parts, or nil when the calendar has no such day (30 February).
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      (1...Day.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `YYYY-MM-DD` (ISO 8601); nil for anything else.
  public init?(iso text: some StringProtocol) {
    let read =
      text.utf8.withContiguousStorageIfAvailable { Day(iso: $0[...]) }
      ?? Array(text.utf8).withUnsafeBufferPointer { Day(iso: $0[...]) }
    guard let read else { return nil }
    self = read
  }

  /// Reads the bytes of `YYYY-MM-DD`.
  init?(iso bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard bytes.count == 10 else { return nil }
    let bytes = UnsafeBufferPointer(rebasing: bytes)
    guard bytes[4] == 0x2D, bytes[7] == 0x2D, let year = Day.number(bytes, 0..<4),
      let month = Day.number(bytes, 5..<7), let day = Day.number(bytes, 8..<10)
    else { return nil }
    self.init(year, month, day)
  }

  /// The day that lies this many days after 1 January 1970.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  public init(sinceEpoch days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }

  /// Days after 1 January 1970; negative before.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  public var sinceEpoch: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// This day plus so many days.
  public func adding(days: Int) -> Day { Day(sinceEpoch: sinceEpoch + days) }

  /// The same date so many months later; the last day of the month where that date is missing.
  ///
  /// Source: Regulation (EEC, Euratom) No 1182/71, Art. 3(2)(c).
  public func adding(months: Int) -> Day {
    let index = year * 12 + month - 1 + months
    let newYear = index >= 0 ? index / 12 : (index - 11) / 12
    let newMonth = index - newYear * 12 + 1
    return Day(
      unchecked: newYear, newMonth, min(day, Day.length(ofMonth: newMonth, year: newYear)))
  }

  /// The day of the week.
  public var weekday: Weekday {
    let index = (sinceEpoch % 7 + 7 + 3) % 7
    return Weekday(rawValue: index) ?? .monday
  }

  /// `YYYY-MM-DD`.
  public var iso: String {
    guard (0...9999).contains(year) else {
      return Day.padded(year, 4) + "-" + Day.padded(month, 2) + "-" + Day.padded(day, 2)
    }
    return String(unsafeUninitializedCapacity: 10) { text in
      write(to: text)
      return 10
    }
  }

  /// Writes the ten bytes of `YYYY-MM-DD`, for years of four digits.
  func write(to text: UnsafeMutableBufferPointer<UInt8>) {
    Day.write(year / 100, to: text, 0)
    Day.write(year % 100, to: text, 2)
    text[4] = 0x2D
    Day.write(month, to: text, 5)
    text[7] = 0x2D
    Day.write(day, to: text, 8)
  }

  /// Writes a number below 100 with two digits.
  static func write(_ value: Int, to text: UnsafeMutableBufferPointer<UInt8>, _ at: Int) {
    text[at] = 0x30 + UInt8(value / 10)
    text[at + 1] = 0x30 + UInt8(value % 10)
  }

  /// How many days the month has in that year.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
  }

  /// Easter Sunday of the year in the Gregorian calendar.
  ///
  /// Source: Anonymous Gregorian algorithm, Meeus, Astronomical Algorithms, ch. 8.
  public static func easter(_ year: Int) -> Day {
    let a = year % 19
    let b = year / 100
    let c = year % 100
    let d = (19 * a + b - b / 4 - ((b - (b + 8) / 25 + 1) / 3) + 15) % 30
    let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - (c % 4)) % 7
    let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114
    return Day(unchecked: year, f / 31, f % 31 + 1)
  }

  /// Earlier.
  public static func < (left: Day, right: Day) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// The number that decimal digits write; nil where another byte stands among them.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var value = 0
    for index in range {
      guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
      value = value * 10 + Int(bytes[index] - 0x30)
    }
    return value
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}

/// A day of the week.
public enum Weekday: Int, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// English name.
  public var name: String {
    switch self {
    case .monday: "Monday"
    case .tuesday: "Tuesday"
    case .wednesday: "Wednesday"
    case .thursday: "Thursday"
    case .friday: "Friday"
    case .saturday: "Saturday"
    case .sunday: "Sunday"
    }
  }

  /// True on Saturday and Sunday.
  public var isWeekend: Bool { self == .saturday || self == .sunday }
}

extension Day: Codable {
  /// Reads `YYYY-MM-DD`.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let day = Day(iso: text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a day: \(text)"))
    }
    self = day
  }

  /// Writes `YYYY-MM-DD`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso)
  }
}
