public import Ground

/// A moment as people and programs write it, and how exactly it is known.
public struct WrittenMoment: Sendable, Equatable {
  /// The moment; of a day, its beginning in Brussels.
  public let instant: Instant
  /// The last moment possible, where it is known to the day or less exactly; nil where it is known to the second.
  public let latest: Instant?
  /// Whether its hour does not exist in Brussels, so that only its day counts.
  public let isSkipped: Bool

  /// Reads a day, or a day and a time with or without an offset; without, it is Brussels time.
  ///
  /// Besides RFC 3339 it takes offsets as `+01` and `+0100`, a space before them, `UTC`, `GMT`, `CET` and `CEST`, and
  /// 24:00 as the end of a day. In the hour that summer time skips only the day is certain. Nil for anything else.
  public init?(_ text: String) {
    let parts = WrittenMoment.parts(text)
    if let day = Day(iso: parts.day), parts.time.isEmpty, parts.zone.isEmpty {
      self.init(range: DayRange(day))
      return
    }
    guard let offset = WrittenMoment.offset(parts.zone),
      let (day, time) = WrittenMoment.endOfDay(parts.day, parts.time)
    else { return nil }
    if let instant = Instant(day + "T" + time + offset) {
      self.init(instant: instant, latest: nil, isSkipped: false)
    } else if offset.isEmpty, Instant(day + "T" + time + "Z") != nil, let only = Day(iso: day) {
      // A time that is one elsewhere and none in Brussels lies in the night in which summer time begins.
      let range = WrittenMoment(range: DayRange(only))
      self.init(instant: range.instant, latest: range.latest, isSkipped: true)
    } else {
      return nil
    }
  }

  /// A day, a month or a year: any moment of it.
  public init(range: DayRange) {
    self.init(
      instant: Instant(startOf: range.first),
      latest: Instant(seconds: Instant(endOf: range.last).seconds - 1), isSkipped: false)
  }

  private init(instant: Instant, latest: Instant?, isSkipped: Bool) {
    self.instant = instant
    self.latest = latest
    self.isSkipped = isSkipped
  }

  /// The day, the time of the day and the zone behind it, without spaces around them.
  private static func parts(_ text: String) -> (day: String, time: String, zone: String) {
    let trimmed = WrittenMoment.trimmed(text[...])
    let rest = trimmed.dropFirst(10)
    guard let first = rest.first, first == "T" || first == "t" || first == " " else {
      return (String(trimmed.prefix(10)), "", String(rest))
    }
    let time = rest.dropFirst().prefix { ("0"..."9").contains($0) || $0 == ":" || $0 == "." }
    if time.isEmpty { return (String(trimmed.prefix(10)), "", String(rest)) }
    let zone = WrittenMoment.trimmed(rest.dropFirst(1 + time.count))
    return (String(trimmed.prefix(10)), String(time), zone.uppercased())
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// An offset as RFC 3339 writes it; nil for a zone that is not known.
  private static func offset(_ zone: String) -> String? {
    switch zone {
    case "": return ""
    case "Z", "UTC", "GMT": return "Z"
    case "CET": return "+01:00"
    case "CEST": return "+02:00"
    default: break
    }
    let digits = zone.dropFirst().filter { $0 != ":" }
    guard let sign = zone.first, sign == "+" || sign == "-",
      digits.allSatisfy({ ("0"..."9").contains($0) })
    else { return nil }
    switch (zone.count, digits.count) {
    case (3, 2): return zone + ":00"
    case (5, 4): return String(sign) + digits.prefix(2) + ":" + digits.suffix(2)
    case (6, 4): return zone
    default: return nil
    }
  }

  /// 24:00 of a day is 00:00 of the next.
  ///
  /// Source: ISO 8601-1:2019/Amd 1:2022, which calls it the end of the day.
  private static func endOfDay(_ day: String, _ time: String) -> (String, String)? {
    guard !time.isEmpty, Day(iso: day) != nil else { return nil }
    guard time == "24:00" || time == "24:00:00" else { return (day, time) }
    return Day(iso: day).map { ($0.adding(days: 1).iso, "00:00") }
  }
}
