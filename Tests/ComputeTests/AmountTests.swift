@testable import Compute
import Ground
import TestSupport
import Testing

@Suite("Exact amounts of compute")
struct AmountTests {
  private static let most = String(UInt128.max)

  static let figures: [(String, Int, String, String)] = [
    ("9.96e24", 2, "1.0×10^25", "1.0 × 10²⁵"), ("9.94e24", 2, "9.9×10^24", "9.9 × 10²⁴"),
    ("9.95e24", 2, "1.0×10^25", "1.0 × 10²⁵"), ("3.7908e25", 2, "3.8×10^25", "3.8 × 10²⁵"),
    ("2.25e25", 2, "2.3×10^25", "2.3 × 10²⁵"), ("1e25", 2, "1.0×10^25", "1.0 × 10²⁵"),
    ("1e25", 1, "1×10^25", "1 × 10²⁵"), ("1.0449999e25", 2, "1.0×10^25", "1.0 × 10²⁵"),
    ("7.524e22", 2, "7.5×10^22", "7.5 × 10²²"), ("1234567", 4, "1.235×10^6", "1.235 × 10⁶"),
    ("9999999", 3, "1.00×10^7", "1.00 × 10⁷"), ("1000", 2, "1.0×10^3", "1.0 × 10³"),
    ("1000", 6, "1.00000×10^3", "1.00000 × 10³"),
  ]

  @Test("Figures for a filing are rounded half up, with a carry into the power", arguments: figures)
  func rounding(text: String, figures: Int, plain: String, printed: String) throws {
    let flop = try FLOP(reading: text)
    #expect(flop.figures(figures) == plain)
    #expect(flop.printed(figures) == printed)
    if figures == 2 { #expect(flop.figures() == plain) }
  }

  @Test("The presumption begins above 10^25, not at it")
  func presumption() {
    #expect(FLOP.presumption.digits == "1" + String(repeating: "0", count: 25))
    #expect(FLOP.indication.digits == "1" + String(repeating: "0", count: 23))
    #expect(!(FLOP(powerOfTen: 25) > .presumption))
    #expect(FLOP(FLOP.presumption.count + 1) > .presumption)
  }

  static let thirds: [(String, String, Bool)] = [
    ("10", "30", false), ("11", "30", true), ("9", "30", false), ("10", "29", true),
    ("10", "31", false), ("3333333333333333333333333", "10000000000000000000000000", false),
    ("3333333333333333333333334", "10000000000000000000000000", true),
    ("33333333333333333333333", "100000000000000000000000", false),
    ("33333333333333333333334", "100000000000000000000000", true), ("1", "3", false),
    ("0", "0", false), ("1", "0", true), (most, most, true),
    ("113427455640312821154458202477256070485", most, false),
    ("113427455640312821154458202477256070486", most, true),
  ]

  @Test("Exactly one third is not above one third", arguments: thirds)
  func oneThird(part: String, whole: String, isAbove: Bool) throws {
    let own = FLOP(try #require(UInt128(part)))
    #expect(own.isAboveOneThird(of: FLOP(try #require(UInt128(whole)))) == isAbove)
  }

  static let near: [(String, Bool)] = [
    // 10^25 / 1.3 = 7692307692307692307692307.69…; 10^25 / 0.7 = 14285714285714285714285714.28…
    ("7692307692307692307692307", false), ("7692307692307692307692308", true),
    ("14285714285714285714285714", true), ("14285714285714285714285715", false),
    ("10000000000000000000000000", true), ("10000000000000000000000001", true), ("1", false),
    (most, false), ("0", false),
  ]

  @Test(
    "10^25 is near when it lies between 0.7 and 1.3 times the amount, ends included",
    arguments: near)
  func nearThreshold(digits: String, isNear: Bool) throws {
    #expect(FLOP(try #require(UInt128(digits))).isNearPresumption == isNear)
  }

  @Test("Sums and products above 128 bits are nil, never wrapped")
  func overflow() {
    let most = FLOP(.max)
    #expect(most.adding(FLOP(1)) == nil)
    #expect(most.adding(FLOP(0)) == most)
    #expect(most.times(2) == nil)
    #expect(FLOP(.max / 2).times(2)?.count == UInt128.max - 1)
    #expect(FLOP(powerOfTen: 38).times(10) == nil)
    #expect(FLOP(0).times(.max) == FLOP(0))
  }

  @Test("Sums and products agree with sums and products on paper")
  func onPaper() {
    property(cases: 1000) { random in
      let left = random.digits(random.int(1...38))
      let right = random.digits(random.int(1...38))
      let (a, b) = (FLOP(UInt128(left) ?? 0), FLOP(UInt128(right) ?? 0))
      let sum = DecimalText.sum(left, right)
      let product = DecimalText.product(left, right)
      let expectedSum = DecimalText.isGreater(sum, than: Self.most) ? nil : sum
      let expectedProduct = DecimalText.isGreater(product, than: Self.most) ? nil : product
      let isThird = DecimalText.isGreater(DecimalText.product(left, "3"), than: right)
      guard a.adding(b)?.digits == expectedSum else { return "\(left) + \(right)" }
      guard a.isAboveOneThird(of: b) == isThird else { return "\(left) and a third of \(right)" }
      return a.times(b.count)?.digits == expectedProduct ? nil : "\(left) × \(right)"
    }
  }

  @Test("A product of decimals is rounded up once, as on paper")
  func exactProduct() {
    property(cases: 1000) { random in
      var product = ExactProduct()
      var digits = "1"
      var decimals = 0
      for _ in 0..<random.int(1...4) {
        let factor = random.digits(random.int(1...12))
        let shift = random.int(0...6)
        product.multiply(by: Quantity(UInt128(factor) ?? 0, exponent: -shift))
        digits = DecimalText.product(digits, factor)
        decimals += shift
      }
      let expected = DecimalText.ceiling(digits, decimals: decimals)
      let fits = !DecimalText.isGreater(expected, than: Self.most)
      return product.flop?.digits == (fits ? expected : nil) ? nil : "\(digits)e-\(decimals)"
    }
  }

  @Test("Rounding up never crosses a whole-number threshold")
  func neverCrosses() throws {
    // 0.7 of 10^26 / 7 is exactly 10^25, one operation less is below it by a fraction.
    func amount(_ coefficient: UInt128, _ exponent: Int) -> FLOP? {
      var product = ExactProduct()
      product.multiply(by: Quantity(coefficient, exponent: exponent))
      product.multiply(by: Quantity(1, exponent: -1))
      return product.flop
    }
    let ten = FLOP.presumption.count
    #expect(amount(ten * 10, 0) == .presumption)
    #expect(amount(ten * 10 - 1, 0) == .presumption)
    #expect(amount(ten * 10 - 9, 0) == .presumption)
    #expect(amount(ten * 10 - 10, 0) == FLOP(ten - 1))
    #expect(try #require(amount(ten * 10 + 1, 0)) > .presumption)
    #expect(amount(1, 45) == nil)
  }

  @Test("Quantities are written in plain decimals")
  func decimals() throws {
    #expect(try Quantity.read("0.41").decimal == "0.41")
    #expect(try Quantity.read("989.4e12").decimal == "989400000000000")
    #expect(try Quantity.read("1.50").decimal == "1.5")
    #expect(try Quantity.read("0.005").decimal == "0.005")
  }
}
