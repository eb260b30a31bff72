import Ground

/// Moments and durations as logs write them.
enum LogTime {
  /// Seconds since 1970 of `2024-05-01T10:00:00.5Z`, `2024/05/01 10:00:00.5`, or of a Unix time in
  /// seconds, or in milliseconds when it is above 10^11.
  ///
  /// Without an offset it is taken as UTC.
  static func instant(_ bytes: UnsafeRawBufferPointer) -> Double? {
    let text = LogBytes.trimmed(bytes)
    if text.count >= 10, text[4] == 0x2D || text[4] == 0x2F { return calendar(text) }
    guard case .number(let number) = LogNumber.read(text), let value = number.amount,
      value < 1e15
    else { return nil }
    return value > 1e11 ? value / 1000 : value
  }

  private static func calendar(_ text: UnsafeRawBufferPointer) -> Double? {
    guard let high = two(text, 0), let low = two(text, 2), let month = two(text, 5),
      text[7] == text[4], let number = two(text, 8), let day = Day(high * 100 + low, month, number)
    else { return nil }
    let start = Double(day.sinceEpoch) * 86_400
    guard text.count > 10 else { return start }
    guard text.count >= 19, [0x54, 0x74, 0x20].contains(text[10]), text[13] == 0x3A,
      text[16] == 0x3A, let hour = two(text, 11), hour < 24, let minute = two(text, 14),
      minute < 60, let second = two(text, 17), second < 61
    else { return nil }
    var value = start + Double(hour * 3600 + minute * 60 + second)
    var index = 19
    if index < text.count, text[index] == 0x2E || text[index] == 0x2C {
      var scale = 0.1
      index += 1
      while index < text.count, text[index] &- 0x30 < 10 {
        value += Double(text[index] - 0x30) * scale
        scale /= 10
        index += 1
      }
    }
    let zone = LogBytes.rest(text, from: index)
    if zone.isEmpty || zone.has("Z") || zone.has("UTC") || zone.has("z") { return value }
    guard zone.count >= 5, zone[0] == 0x2B || zone[0] == 0x2D, let hours = two(zone, 1),
      let minutes = two(zone, zone[3] == 0x3A ? 4 : 3)
    else { return nil }
    let offset = Double(hours * 3600 + minutes * 60)
    return zone[0] == 0x2B ? value - offset : value + offset
  }

  /// Seconds of Slurm's `[days-]hours:minutes:seconds[.fraction]` or `minutes:seconds`.
  ///
  /// Source: Slurm, sacct manual, "Elapsed".
  static func slurm(_ bytes: UnsafeRawBufferPointer) -> Double? {
    let text = LogBytes.trimmed(bytes)
    var days = 0
    var start = 0
    if let dash = text.offset(of: 0x2D) {
      guard let value = digits(text, 0, dash), value < 1_000_000 else { return nil }
      days = value
      start = dash + 1
    }
    var parts: [Int] = []
    while let colon = text.offset(of: 0x3A, from: start) {
      guard let value = digits(text, start, colon), value < 1_000_000, parts.count < 2 else {
        return nil
      }
      parts.append(value)
      start = colon + 1
    }
    let last = UnsafeRawBufferPointer(rebasing: text[start...])
    guard let first = last.first, first &- 0x30 < 10, !parts.isEmpty,
      case .number(let seconds) = LogNumber.read(last), let value = seconds.amount, value < 61,
      parts.last.map({ $0 < 60 }) ?? true, days == 0 || parts.count == 2
    else { return nil }
    let minutes = parts.reduce(0) { $0 * 60 + $1 }
    return Double(days * 86_400 + minutes * 60) + value
  }

  private static func digits(_ text: UnsafeRawBufferPointer, _ from: Int, _ to: Int) -> Int? {
    guard from < to, to - from <= 9 else { return nil }
    var value = 0
    for index in from..<to {
      guard text[index] &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(text[index] - 0x30)
    }
    return value
  }

  private static func two(_ text: UnsafeRawBufferPointer, _ at: Int) -> Int? {
    at + 2 <= text.count ? digits(text, at, at + 2) : nil
  }
}
