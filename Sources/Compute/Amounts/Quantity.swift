public import Ground

/// A non-negative number exactly as written: `coefficient · 10^exponent`.
///
/// It is what the readers of FLOP, counts, hours and fractions share: one grammar, no rounding.
public struct Quantity: Hashable, Sendable {
  /// The digits, without trailing zeros after the point.
  public let coefficient: UInt128
  /// Power of ten that multiplies the coefficient; negative for decimals.
  public let exponent: Int
  /// Whether the text had a power of ten or a unit letter (K, M, B, T).
  public let hasScale: Bool

  /// A number from its parts; trailing zeros move into the exponent of decimals.
  public init(_ coefficient: UInt128, exponent: Int = 0, hasScale: Bool = false) {
    var digits = coefficient
    var power = exponent
    while power < 0, digits % 10 == 0, digits > 0 {
      digits /= 10
      power += 1
    }
    self.coefficient = digits
    self.exponent = digits == 0 ? 0 : power
    self.hasScale = hasScale
  }

  /// Whether it is zero.
  public var isZero: Bool { coefficient == 0 }

  /// The integer, or nil when it has decimals or does not fit 128 bits.
  public var integer: UInt128? {
    guard exponent >= 0 else { return nil }
    var value = coefficient
    for _ in 0..<exponent {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }

  /// The nearest floating-point number: for ratios and pictures, never for comparisons of law.
  public var approximate: Double { Double(Quantity.text(coefficient, exponent)) ?? 0 }

  /// Plain decimal digits, such as `0.41` or `989400000000000`; with exponent when that would be long.
  public var decimal: String {
    if exponent == 0 { return String(coefficient) }
    if exponent > 0 { return integer.map { String($0) } ?? Quantity.text(coefficient, exponent) }
    guard exponent > -30 else { return Quantity.text(coefficient, exponent) }
    let digits = String(coefficient)
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    return String(padded.dropLast(-exponent)) + "." + String(padded.suffix(-exponent))
  }

  /// Decimal text with exponent, for messages.
  static func text(_ coefficient: UInt128, _ exponent: Int) -> String {
    exponent == 0 ? String(coefficient) : "\(coefficient)e\(exponent)"
  }

  /// Reads a number as people and programs write it.
  ///
  /// Accepted: `38`, `3.8e25`, `3.8E+25`, `3.8×10^25`, `3.8 x 10^25`, `3.8*10**25`, `3.8×10²⁵`, `10^25`, commas, underscores or
  /// thin spaces between groups of three, and a unit letter K, M, B or T when `letters` is set.
  /// - Throws: `compute.not-a-number`, `compute.negative`, `compute.not-finite`, `compute.misplaced-separator`, `compute.too-large`.
  public static func read(_ text: String, letters: Bool = false) throws(Problem) -> Quantity {
    var scanner = QuantityScanner(text: text, allowsLetters: letters)
    return try scanner.read()
  }
}

/// Reads one quantity; a value per text.
struct QuantityScanner {
  private let text: String
  private let scalars: [Unicode.Scalar]
  private let allowsLetters: Bool
  private var position = 0

  private static let superscripts: [Unicode.Scalar: Int] = [
    "⁰": 0, "¹": 1, "²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9,
  ]
  private static let letters: [String: Int] = [
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "b": 9, "bn": 9, "g": 9, "billion": 9,
    "t": 12, "tn": 12, "trillion": 12,
  ]
  static let longest = 80

  init(text: String, allowsLetters: Bool) {
    self.text = text
    self.allowsLetters = allowsLetters
    var all = Array(text.unicodeScalars.prefix(QuantityScanner.longest + 1))
    while let last = all.last, last == " " || last == "\t" { all.removeLast() }
    scalars = Array(all.drop { $0 == " " || $0 == "\t" })
  }

  mutating func read() throws(Problem) -> Quantity {
    guard !scalars.isEmpty, scalars.count <= QuantityScanner.longest else {
      throw .notANumber(text)
    }
    try refuseWords()
    _ = take("+")
    guard position < scalars.count else { throw .notANumber(text) }
    if scalars[position] == "-" || scalars[position] == "\u{2212}" { throw .negative(text) }
    var (digits, decimals) = try mantissa()
    if let power = try power(afterMantissa: true) {
      return try finish(digits, power - decimals, hasScale: true)
    }
    if digits == 10, decimals == 0, let power = try bareTenPower() {
      digits = 1
      return try finish(digits, power, hasScale: true)
    }
    let letter = try unitLetter()
    return try finish(digits, (letter ?? 0) - decimals, hasScale: letter != nil)
  }

  private func refuseWords() throws(Problem) {
    let lower = String(String.UnicodeScalarView(scalars)).lowercased()
    if ["nan", "inf", "+inf", "-inf", "infinity", "-nan"].contains(lower) {
      throw .notFinite(text)
    }
  }

  /// Digits with groups and a decimal point; the number of decimals beside them.
  private mutating func mantissa() throws(Problem) -> (UInt128, Int) {
    var value: UInt128 = 0
    var decimals = 0
    var seen = 0
    var group = 0
    var separator: Unicode.Scalar?
    var inDecimals = false
    while position < scalars.count {
      let scalar = scalars[position]
      if let digit = QuantityScanner.digit(scalar) {
        value = try append(digit, to: value)
        seen += 1
        group += 1
        if inDecimals { decimals += 1 }
      } else if scalar == ".", !inDecimals, seen > 0 {
        if separator != nil, group != 3 { throw .misplacedSeparator(text) }
        inDecimals = true
      } else if QuantityScanner.separators.contains(scalar), !inDecimals, nextIsDigit {
        guard seen > 0, separator == nil ? group <= 3 : group == 3 && separator == scalar else {
          throw .misplacedSeparator(text)
        }
        separator = scalar
        group = 0
      } else {
        break
      }
      position += 1
    }
    if separator != nil, !inDecimals, group != 3 { throw .misplacedSeparator(text) }
    guard seen > 0, seen > decimals, !inDecimals || decimals > 0 else { throw .notANumber(text) }
    return (value, decimals)
  }

  private static let separators: Set<Unicode.Scalar> = [
    ",", "_", "'", "\u{2009}", "\u{202F}", "\u{A0}", " ",
  ]

  private var nextIsDigit: Bool {
    position + 1 < scalars.count && QuantityScanner.digit(scalars[position + 1]) != nil
  }

  /// `e25`, `×10^25`, `x 10**25`, `*10²⁵` after a mantissa.
  private mutating func power(afterMantissa: Bool) throws(Problem) -> Int? {
    let start = position
    if take("e") || take("E") { return try exponent() }
    skipSpaces()
    guard take("×") || take("x") || take("X") || take("*") || take("·") else {
      position = start
      return nil
    }
    if scalars[position - 1] == "*", position < scalars.count, scalars[position] == "*" {
      // `10**25`: the ten was the mantissa.
      position = start
      return nil
    }
    skipSpaces()
    guard take("1"), take("0") else { throw .notANumber(text) }
    guard let power = try bareTenPower() else { throw .notANumber(text) }
    return power
  }

  /// The exponent behind a ten that was just read: `^25`, `**25`, `^{25}`, `²⁵`.
  private mutating func bareTenPower() throws(Problem) -> Int? {
    if take("^") {
      let braces = take("{")
      let value = try exponent()
      if braces, !take("}") { throw .notANumber(text) }
      return value
    }
    if position + 1 < scalars.count, scalars[position] == "*", scalars[position + 1] == "*" {
      position += 2
      return try exponent()
    }
    var value: Int?
    while position < scalars.count, let digit = QuantityScanner.superscripts[scalars[position]] {
      value = min((value ?? 0) * 10 + digit, 1000)
      position += 1
    }
    return value
  }

  private mutating func exponent() throws(Problem) -> Int {
    let negative = take("-") || take("\u{2212}")
    if !negative { _ = take("+") }
    var value: Int?
    while position < scalars.count, let digit = QuantityScanner.digit(scalars[position]) {
      value = min((value ?? 0) * 10 + digit, 1000)
      position += 1
    }
    guard let value else { throw .notANumber(text) }
    return negative ? -value : value
  }

  private mutating func unitLetter() throws(Problem) -> Int? {
    guard allowsLetters, position < scalars.count else { return nil }
    skipSpaces()
    let word = String(String.UnicodeScalarView(scalars[position...])).lowercased()
    guard let power = QuantityScanner.letters[word] else { throw .notANumber(text) }
    position = scalars.count
    return power
  }

  private func finish(_ digits: UInt128, _ power: Int, hasScale: Bool) throws(Problem) -> Quantity {
    guard position == scalars.count else { throw .notANumber(text) }
    guard abs(power) <= 400 else { throw .tooLarge(text) }
    return Quantity(digits, exponent: power, hasScale: hasScale)
  }

  private func append(_ digit: Int, to value: UInt128) throws(Problem) -> UInt128 {
    let (ten, over) = value.multipliedReportingOverflow(by: 10)
    let (sum, overAgain) = ten.addingReportingOverflow(UInt128(digit))
    if over || overAgain { throw .tooLarge(text) }
    return sum
  }

  private mutating func skipSpaces() {
    while position < scalars.count, scalars[position] == " " { position += 1 }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard position < scalars.count, scalars[position] == scalar else { return false }
    position += 1
    return true
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int? {
    (0x30...0x39).contains(scalar.value) ? Int(scalar.value) - 0x30 : nil
  }
}

extension Problem {
  static func notANumber(_ text: String) -> Problem {
    Problem(
      "compute.not-a-number", what: "\(quoted(text)) is not a number that can be read",
      why: "only digits, a decimal point, groups of three and a power of ten are understood",
      mend: "write it like 3.8e25 or 38000000000000000000000000; leave it empty when unknown")
  }
  static func negative(_ text: String) -> Problem {
    Problem(
      "compute.negative", what: "\(quoted(text)) is negative",
      why: "an amount of compute, parameters, tokens or time cannot be below zero",
      mend: "correct the value, or leave it empty when unknown")
  }
  static func notFinite(_ text: String) -> Problem {
    Problem(
      "compute.not-finite", what: "\(quoted(text)) is not a finite number",
      why: "an unknown value must stay unknown",
      mend: "leave it empty when unknown")
  }
  static func misplacedSeparator(_ text: String) -> Problem {
    Problem(
      "compute.misplaced-separator",
      what: "the separators in \(quoted(text)) do not stand between groups of three digits",
      why: "it could be a decimal comma or a slip; it is not guessed which",
      mend: "write 3.8e25, or digits without separators")
  }
  static func tooLarge(_ text: String) -> Problem {
    Problem(
      "compute.too-large", what: "\(quoted(text)) is too large to be held exactly",
      why: "amounts are exact integers of 128 bits, at most about 3.4e38",
      mend: "check the exponent")
  }

  /// At most 40 characters of what the user wrote, in quotation marks.
  static func quoted(_ text: String) -> String {
    "\"" + (text.count > 40 ? String(text.prefix(40)) + "…" : text) + "\""
  }
}
