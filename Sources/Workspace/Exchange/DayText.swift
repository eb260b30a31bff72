internal import Ground

/// What is wrong with days as spreadsheets write them, and how each is written here.
enum DayText {
  /// The problem of a text that is meant as a day; nil for anything else, the ISO form among it.
  static func problem(_ text: String, of name: String) -> Problem? {
    if let serial = serial(text) {
      return Problem(
        "workspace.import-day", what: "\(name) cannot be “\(text)”",
        why: "a spreadsheet counts days so; it may mean \(serial.iso)",
        mend: "format the column as YYYY-MM-DD before saving")
    }
    let parts = text.split { "./- ".contains($0) }
    guard parts.count >= 3, parts[..<3].allSatisfy({ Int($0) != nil && $0.utf8.count <= 4 }) else {
      return nil
    }
    let numbers = parts[..<3].compactMap { Int($0) }
    if parts[0].utf8.count == 4 {
      let isWritten = text.utf8.count >= 10 && Day(iso: text.prefix(10)) != nil
      guard !isWritten, let day = Day(numbers[0], numbers[1], numbers[2]) else { return nil }
      return misspelt(text, name, [day])
    }
    let year = numbers[2] < 100 && parts[2].utf8.count == 2 ? 2000 + numbers[2] : numbers[2]
    let dayFirst = Day(year, numbers[1], numbers[0])
    let monthFirst = Day(year, numbers[0], numbers[1])
    let meanings = [dayFirst, monthFirst == dayFirst ? nil : monthFirst].compactMap { $0 }
    return misspelt(text, name, meanings)
  }

  private static func misspelt(_ text: String, _ name: String, _ meanings: [Day]) -> Problem {
    guard meanings.count > 1 else {
      return Problem(
        "workspace.import-day", what: "\(name) cannot be “\(text)”",
        why: "a day is written YYYY-MM-DD",
        mend: meanings.first.map { "write \($0.iso)" } ?? "write it like 2026-03-01")
    }
    return Problem(
      "workspace.import-ambiguous-day", what: "\(name) cannot be “\(text)”",
      why: "it may be \(meanings[0].iso) or \(meanings[1].iso)",
      mend: "write the one that is meant, YYYY-MM-DD")
  }

  /// The day of a spreadsheet's count: days after 30 December 1899, here from 1954 to 2119.
  private static func serial(_ text: String) -> Day? {
    guard text.utf8.count == 5, let days = Int(text), (20_000...80_000).contains(days) else {
      return nil
    }
    return Day(1899, 12, 30)?.adding(days: days)
  }
}
