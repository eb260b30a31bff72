public import Ground

/// An amount of floating-point operations: an exact integer of 128 bits.
///
/// A floating-point operation is any operation or assignment on floating-point numbers, whatever their precision.
/// Source: Regulation (EU) 2024/1689, Art. 3(67); Guidelines C(2025) 7719, ¶ 120.
public struct FLOP: Hashable, Comparable, Sendable {
  /// The number of operations.
  public let count: UInt128

  /// An amount of so many operations.
  public init(_ count: UInt128) { self.count = count }

  /// The amount above which high-impact capabilities are presumed (10^25; itself not above).
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 51(2).
  public static let presumption = FLOP(powerOfTen: 25)

  /// The amount above which a model that generates language or images from text is, as an indication, general-purpose.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 17 (10^23).
  public static let indication = FLOP(powerOfTen: 23)

  /// Ten to this power, at most 38.
  public init(powerOfTen power: Int) {
    precondition((0...38).contains(power), "a power of ten of 128 bits lies between 0 and 38")
    var value: UInt128 = 1
    for _ in 0..<power { value *= 10 }
    count = value
  }

  /// Reads an amount as people write it: `3.8e25`, `38000000000000000000000000`, `3.8×10^25`.
  ///
  /// - Throws: the codes of `Quantity.read`; `compute.mantissa-only` below 1,000 operations; `compute.zero`; `compute.too-large`.
  ///   A fraction of an operation, as estimates have, is rounded up, which never crosses a whole-number threshold.
  public init(reading text: String) throws(Problem) {
    let quantity = try Quantity.read(text)
    if quantity.isZero {
      throw Problem(
        "compute.zero", what: "the amount of compute is zero",
        why: "zero would mean that no training took place",
        mend: "leave it empty when it is unknown")
    }
    if quantity.approximate < 1000 {
      throw Problem(
        "compute.mantissa-only",
        what: "\(Problem.quoted(text)) looks like a number whose power of ten is missing",
        why:
          "no model is trained with fewer than a thousand operations; the exponent is not guessed",
        mend: "write the whole amount, such as \(text)e25")
    }
    var product = ExactProduct()
    product.multiply(by: quantity)
    guard let flop = product.flop else { throw .tooLarge(text) }
    self = flop
  }

  /// The sum, or nil above 128 bits.
  public func adding(_ other: FLOP) -> FLOP? {
    let (sum, overflow) = count.addingReportingOverflow(other.count)
    return overflow ? nil : FLOP(sum)
  }

  /// The product, or nil above 128 bits.
  public func times(_ factor: UInt128) -> FLOP? {
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    return overflow ? nil : FLOP(product)
  }

  /// Whether it is strictly greater than one third of the other amount; exactly one third is not.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 60.
  public func isAboveOneThird(of original: FLOP) -> Bool {
    let (thrice, overflow) = count.multipliedReportingOverflow(by: 3)
    return overflow || thrice > original.count
  }

  /// Whether 10^25 lies between 0.7 and 1.3 times this amount, ends included.
  ///
  /// The margin is that of a best-judgement estimate. Source: Guidelines C(2025) 7719, ¶ 120 to 130 (30 %).
  public var isNearPresumption: Bool {
    let ten = FLOP.presumption.count * 10
    let low = count.multipliedReportingOverflow(by: 7)
    let high = count.multipliedReportingOverflow(by: 13)
    return !low.overflow && low.partialValue <= ten && (high.overflow || high.partialValue >= ten)
  }

  /// The exact amount in digits: for records and JSON.
  public var digits: String { String(count) }

  /// The nearest floating-point number: for ratios and pictures only.
  public var approximate: Double { Double(digits) ?? 0 }

  /// With that many significant figures, rounded half up, as `2.3×10^25`: for filings.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 31 (two significant figures).
  public func figures(_ significant: Int = 2) -> String {
    let (mantissa, power) = rounded(to: significant)
    return mantissa + "×10^" + String(power)
  }

  /// As `figures`, with superscript digits as in print: `2.3 × 10²⁵`.
  public func printed(_ significant: Int = 2) -> String {
    let (mantissa, power) = rounded(to: significant)
    return mantissa + " × 10" + FLOP.raised(String(power))
  }

  /// Digits as an exponent in print: `25` as `²⁵`.
  public static func raised(_ digits: some StringProtocol) -> String {
    var text = ""
    for byte in digits.utf8 where (0x30...0x39).contains(byte) {
      text += superscripts[Int(byte) - 0x30]
    }
    return text
  }

  private static let superscripts = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]

  private func rounded(to significant: Int) -> (String, Int) {
    let places = digits.utf8.map { Int($0) - 0x30 }
    var power = places.count - 1
    let kept = places.prefix(significant)
    var value = kept.reduce(0) { $0 * 10 + $1 }
    for _ in kept.count..<max(kept.count, significant) { value *= 10 }
    if places.count > significant, places[significant] >= 5 { value += 1 }
    var figures = String(value)
    if figures.utf8.count > significant {
      figures.removeLast()
      power += 1
    }
    let head = String(figures.prefix(1))
    let tail = String(figures.dropFirst())
    return (tail.isEmpty ? head : head + "." + tail, power)
  }

  /// Fewer operations.
  public static func < (left: FLOP, right: FLOP) -> Bool { left.count < right.count }
}
