internal import Compute
internal import Ground

/// How numbers, powers and days stand in print.
package enum Typography {
  /// Whether a text has nothing that is set otherwise: no power, no run of at least seven digits.
  static func isPlain(_ text: String) -> Bool {
    var digits = 0
    for byte in text.utf8 {
      digits = (0x30...0x39).contains(byte) ? digits + 1 : 0
      if byte == 0x5E || digits >= longRun { return false }
    }
    return true
  }

  private static let longRun = 7

  /// `10^25` as `10²⁵`, wherever it stands in a text.
  static func powers(_ text: String) -> String {
    guard text.utf8.contains(0x5E) else { return text }
    var result = ""
    var rest = Substring(text)
    while let range = rest.firstRange(of: "10^") {
      let digits = rest[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
      result += digits.isEmpty ? rest[..<range.lowerBound] : factor(rest[..<range.lowerBound])
      result += digits.isEmpty ? "10^" : "10" + FLOP.raised(digits)
      rest = rest[digits.endIndex...]
    }
    return result + rest
  }

  /// What stands before a power, with the multiplication sign set as in print.
  private static func factor(_ text: Substring) -> Substring {
    for sign in ["×", " x ", " × ", "x"] where text.hasSuffix(sign) {
      let number = text.dropLast(sign.count)
      guard number.last?.isNumber == true else { return text }
      return number + "\u{A0}×\u{A0}"
    }
    return text
  }

  /// Ten to a power.
  static func power(_ exponent: Int) -> String { "10" + FLOP.raised(String(exponent)) }

  /// Digits in groups of three from the right.
  static func groups(_ digits: String) -> [String] {
    var groups: [String] = []
    var rest = Substring(digits)
    while !rest.isEmpty {
      groups.insert(String(rest.suffix(3)), at: 0)
      rest = rest.dropLast(3)
    }
    return groups
  }

  /// A text in pieces: runs of at least seven digits, and what stands between them.
  static func runs(_ text: String) -> [(text: String, isDigits: Bool)] {
    var pieces: [(text: String, isDigits: Bool)] = []
    var rest = Substring(text)
    while let first = rest.first {
      let isDigits = isDigit(first)
      let piece = rest.prefix { isDigit($0) == isDigits }
      pieces.append((String(piece), isDigits && piece.count >= longRun))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  /// First letter upper case.
  package static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A sentence of ours with its days as in a letter.
  package static func days(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      let end = word.dropFirst(10)
      guard let day = Day(iso: String(word.prefix(10))), end.allSatisfy(\.isPunctuation) else {
        return String(word)
      }
      return day.words + end
    }.joined(separator: " ")
  }

  /// A margin such as 0.3 as `30 %`.
  static func percent(_ margin: Double) -> String {
    let tenths = Int((margin * 1000).rounded())
    let whole = String(tenths / 10)
    return (tenths % 10 == 0 ? whole : whole + "." + String(tenths % 10)) + "\u{A0}%"
  }

  /// A number with this many decimals, rounded half up.
  static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "—" }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    let padded = String(repeating: "0", count: max(0, places - fraction.count)) + fraction
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return sign + String(scaled / scale) + (places > 0 ? "." + padded : "")
  }
}

extension Day {
  /// As in a letter: `4 December 2026`.
  package var words: String { "\(day)\u{A0}\(Day.months[month - 1])\u{A0}\(year)" }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}

extension FLOP {
  /// In two significant figures, as in print; nothing is plainly zero.
  var shown: String { count == 0 ? "0" : printed() }

  /// The amount divided by the threshold of presumption, four decimals, rounded half up.
  var ratioToPresumption: String {
    let unit = FLOP(powerOfTen: 21).count
    let (whole, rest) = count.quotientAndRemainder(dividingBy: unit)
    let scaled = whole + (rest >= unit / 2 ? 1 : 0)
    let digits = String(scaled % 10_000)
    return String(scaled / 10_000) + "." + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// From 0.7 to 1.3 times the amount.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 120 (overall error margin of 30 % of the reported estimate).
  var band: (low: FLOP, high: FLOP) {
    let (tens, ones) = count.quotientAndRemainder(dividingBy: 10)
    let high = tens.multipliedReportingOverflow(by: 13)
    let sum = high.partialValue.addingReportingOverflow(ones * 13 / 10)
    return (
      FLOP(tens * 7 + ones * 7 / 10),
      FLOP(high.overflow || sum.overflow ? UInt128.max : sum.partialValue)
    )
  }
}
