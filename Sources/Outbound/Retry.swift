public import Ground

/// When something that could not be delivered is tried again.
public enum Retry {
  /// Seconds after each attempt that failed: from seconds to a day, over four days in all.
  public static let seconds = [
    5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 86400, 86400,
  ]
  /// The longest that is waited because the other side asks for it, in seconds.
  public static let longest = 86400

  /// When the next attempt is due; nil when there is none any more.
  ///
  /// - Parameters:
  ///   - attempts: How many there were.
  ///   - asked: What the answer says in `Retry-After`: seconds, or a moment.
  ///   - key: Spreads the attempts of different messages over a tenth of the time.
  public static func next(
    after attempts: Int, now: Instant, asked: String? = nil, key: String = ""
  ) -> Instant? {
    guard attempts >= 1, attempts <= seconds.count else { return nil }
    let usual = seconds[attempts - 1]
    let spread = key.utf8.reduce(7) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % max(1, usual / 10 + 1)
    var wait = usual + spread
    if let asked = asked.flatMap({ moment($0, now: now) }) {
      wait = max(wait, min(asked.seconds - now.seconds, longest))
    }
    return Instant(seconds: now.seconds + wait)
  }

  /// The moment that a `Retry-After` field asks for.
  ///
  /// Source: RFC 9110, sections 10.2.3 and 5.6.7.
  static func moment(_ field: String, now: Instant) -> Instant? {
    let text = field.drop { $0 == " " }
    if !text.isEmpty, text.utf8.count <= 9, let seconds = Int(text), seconds >= 0 {
      return Instant(seconds: now.seconds + seconds)
    }
    let words = text.split(separator: " ")
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    guard words.count == 6, words[5] == "GMT", let date = Int(words[1]),
      let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]),
      let day = Day(year, month + 1, date)
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3, (0..<24).contains(time[0]), (0..<60).contains(time[1]),
      (0...60).contains(time[2])
    else { return nil }
    return Instant(
      day: day, secondOfDay: time[0] * 3600 + time[1] * 60 + min(time[2], 59), offset: 0)
  }
}
