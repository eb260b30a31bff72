internal import Ground

/// When something happened, as databases of incidents write it.
enum IntakeDay {
  /// What the words say.
  enum Reading {
    case days(from: DayRange, to: DayRange?)
    case unclear(Problem)
  }

  /// A day, a month, a year, a moment, or two years with a hyphen between; anything else stays words.
  static func read(_ words: String, _ label: String) -> Reading {
    if let days = DayRange(iso: words) { return .days(from: days, to: nil) }
    // A moment without offset would be taken for Brussels time; its date is what the source wrote.
    if words.utf8.count > 10, Instant(words) != nil, let day = DayRange(iso: words.prefix(10)) {
      return .days(from: day, to: nil)
    }
    if let month = month(words) { return .days(from: month, to: nil) }
    let years = words.split(whereSeparator: { "-–".contains($0) })
    if years.count == 2 {
      let (from, to) = (trimmed(years[0]), trimmed(years[1]))
      if from.utf8.count == 4, to.utf8.count == 4, let first = DayRange(iso: from),
        let last = DayRange(iso: to), first.first <= last.last
      {
        return .days(from: first, to: last)
      }
    }
    return .unclear(
      DayText.problem(words, of: label)
        ?? Problem(
          "workspace.intake-day", what: "\(label): “\(words.prefix(80))” is not a date",
          why: "a day, a month or a year is read as one; other words stay words",
          mend: "set when it began on the record, once that is known"))
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " }
    return start.prefix { $0 != " " }
  }

  static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// `March 2026`, `Mar 2026`.
  private static func month(_ words: String) -> DayRange? {
    let parts = words.lowercased().split(separator: " ")
    guard parts.count == 2, parts[1].utf8.count == 4, let year = Int(parts[1]) else { return nil }
    let name = String(parts[0])
    guard let index = monthNames.firstIndex(of: name) ?? months.firstIndex(of: name) else {
      return nil
    }
    let number = index + 1
    return DayRange(iso: "\(year)-\(number < 10 ? "0" : "")\(number)")
  }
}
