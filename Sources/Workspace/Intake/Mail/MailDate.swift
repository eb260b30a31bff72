internal import Ground

/// A date of mail: `Fri, 20 Nov 2026 02:00:00 +0100 (CET)`.
///
/// Source: RFC 5322, sections 3.3 and 4.3.
enum MailDate {
  static func read(_ text: String) -> Instant? {
    let bare = text.prefix { $0 != "(" }
    var words = bare.split(whereSeparator: { " ,\t".contains($0) })
    if let first = words.first, Int(first) == nil { words.removeFirst() }
    guard words.count >= 4, words[0].utf8.count <= 2, let number = Int(words[0]),
      let month = IntakeDay.months.firstIndex(of: words[1].prefix(3).lowercased()),
      let year = year(words[2]), let day = Day(year, month + 1, number),
      let second = second(words[3])
    else { return nil }
    // Without a zone nobody knows the moment; -0000 is the time of Greenwich (section 3.3).
    guard words.count > 4, let offset = offset(words[4]) else { return nil }
    return Instant(day: day, secondOfDay: second, offset: offset)
  }

  private static func year(_ word: Substring) -> Int? {
    guard let year = Int(word), year >= 0 else { return nil }
    switch word.utf8.count {
    case 4: return year
    case 3: return 1900 + year
    case 2: return year < 50 ? 2000 + year : 1900 + year
    default: return nil
    }
  }

  private static func second(_ word: Substring) -> Int? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.utf8.count <= 2 ? Int($0) : nil }
    guard parts.count == numbers.count, (2...3).contains(numbers.count),
      (0..<24).contains(numbers[0]), (0..<60).contains(numbers[1])
    else { return nil }
    let seconds = numbers.count > 2 ? numbers[2] : 0
    // A leap second is the last of its minute here.
    guard (0...60).contains(seconds) else { return nil }
    return numbers[0] * 3600 + numbers[1] * 60 + min(seconds, 59)
  }

  private static func offset(_ word: Substring) -> Int? {
    let hours = ["EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8]
    switch word.uppercased() {
    case "GMT", "UT", "UTC", "Z": return 0
    case "PDT": return -7 * 3600
    case let name where hours[name] != nil: return hours[name].map { $0 * 3600 }
    default: break
    }
    guard word.utf8.count == 5, word.first == "+" || word.first == "-",
      let digits = Int(word.dropFirst()), word.dropFirst().utf8.allSatisfy({ $0 >= 0x30 }),
      digits / 100 < 24, digits % 100 < 60
    else { return nil }
    let seconds = digits / 100 * 3600 + digits % 100 * 60
    return word.first == "-" ? -seconds : seconds
  }
}
