/// A date of stated precision: a year, a month or a day.
///
/// All its days are possible.
public struct DayRange: Hashable, Sendable {
  /// First possible day.
  public let first: Day
  /// Last possible day.
  public let last: Day

  /// A single day.
  public init(_ day: Day) {
    first = day
    last = day
  }

  /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; nil for anything else or for a day that is not one.
  public init?(iso text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2]
    guard (1...3).contains(parts.count), zip(parts, widths).allSatisfy({ $0.utf8.count == $1 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0])
    else { return nil }
    let month = parts.count > 1 ? Int(parts[1]) ?? 0 : nil
    let day = parts.count > 2 ? Int(parts[2]) ?? 0 : nil
    guard let start = Day(year, month ?? 1, day ?? 1) else { return nil }
    first = start
    switch (month, day) {
    case (nil, _): last = start.adding(months: 12).adding(days: -1)
    case (_, nil): last = start.adding(months: 1).adding(days: -1)
    default: last = start
    }
  }

  /// The day, when it is known to the day.
  public var exact: Day? { first == last ? first : nil }

  /// Whether all of it lies before the day; undetermined, missing `fact`, when it straddles.
  public func isBefore(_ day: Day, fact: String) -> Answer {
    if last < day { return .yes }
    if first >= day { return .no }
    return .undetermined([fact])
  }

  /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as it is known.
  public var iso: String {
    if let exact { return exact.iso }
    return String(first.iso.prefix(first.month == last.month ? 7 : 4))
  }
}
