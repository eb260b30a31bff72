public import Ground
public import RuleFile

/// Which days are working days, and how well that is known.
///
/// Source: Regulation (EEC, Euratom) No 1182/71, Art. 2: all days except public holidays, Saturdays and Sundays.
public struct HolidayCalendar: Sendable {
  /// Name, such as `commission` or `BE`.
  public let name: String
  private let years: [Int: CalendarYear]
  private let fixed: Set<Int>
  private let movable: Set<Int>

  init(name: String, years list: [CalendarYear]) {
    self.name = name
    years = Dictionary(list.map { ($0.year, $0) }, uniquingKeysWith: { first, _ in first })
    if name == "commission" {
      fixed = HolidayCalendar.commissionFixed
      movable = HolidayCalendar.commissionMovable
    } else {
      (fixed, movable) = HolidayCalendar.pattern(list)
    }
  }

  /// Whether the day is neither a weekend nor a holiday.
  public func isWorkingDay(_ day: Day) -> Bool { !day.weekday.isWeekend && holiday(day) == nil }

  /// The name of the holiday, or nil.
  public func holiday(_ day: Day) -> String? {
    if let year = years[day.year] { return year.days.first { $0.day == day }?.name }
    let easter = day.sinceEpoch - Day.easter(day.year).sinceEpoch
    return fixed.contains(day.month * 100 + day.day) || movable.contains(easter)
      ? "holiday by pattern" : nil
  }

  /// How the list of a year came about; a year without a list is derived from the pattern.
  public func status(_ year: Int) -> CalendarYear.Status { years[year]?.status ?? .derived }

  /// Where the list of a year comes from.
  public func source(_ year: Int) -> String {
    years[year]?.source ?? "derived from the pattern of the years listed; no list for \(year)"
  }

  /// The next working day after this one.
  public func workingDay(after day: Day) -> Day {
    var next = day.adding(days: 1)
    while !isWorkingDay(next) { next = next.adding(days: 1) }
    return next
  }

  /// The last working day before this one.
  public func workingDay(before day: Day) -> Day {
    var next = day.adding(days: -1)
    while !isWorkingDay(next) { next = next.adding(days: -1) }
    return next
  }

  /// How many working days lie in the range; counting stops at `limit`.
  public func workingDays(in range: ClosedRange<Day>, upTo limit: Int = .max) -> Int {
    var count = 0
    var day = range.lowerBound
    while day <= range.upperBound, count < limit {
      if isWorkingDay(day) { count += 1 }
      day = day.adding(days: 1)
    }
    return count
  }

  // The constant pattern of the Commission's decisions on public holidays, months and days and days after Easter.
  private static let commissionFixed: Set<Int> = [
    101, 102, 501, 509, 721, 815, 1101, 1102, 1224, 1225, 1226, 1227, 1228, 1229, 1230, 1231,
  ]
  private static let commissionMovable: Set<Int> = [-3, -2, 1, 39, 40, 50]

  /// Days that recur in every year listed, by date or by distance from Easter.
  private static func pattern(_ list: [CalendarYear]) -> (Set<Int>, Set<Int>) {
    guard let first = list.first else { return ([], []) }
    func dates(_ year: CalendarYear) -> Set<Int> {
      Set(year.days.map { $0.day.month * 100 + $0.day.day })
    }
    func offsets(_ year: CalendarYear) -> Set<Int> {
      let easter = Day.easter(year.year).sinceEpoch
      return Set(year.days.map { $0.day.sinceEpoch - easter })
    }
    return list.dropFirst().reduce((dates(first), offsets(first))) {
      ($0.0.intersection(dates($1)), $0.1.intersection(offsets($1)))
    }
  }
}
