import Compute
import Ground
import TestSupport
import Testing

@Suite("FLOP as people write them")
struct ReadingTests {
  static let accepted: [(String, String)] = [
    ("3.8e25", "38000000000000000000000000"), ("3.8E25", "38000000000000000000000000"),
    ("3.8e+25", "38000000000000000000000000"),
    ("38000000000000000000000000", "38000000000000000000000000"),
    ("3.8×10^25", "38000000000000000000000000"), ("3.8 × 10^25", "38000000000000000000000000"),
    ("3.8x10^25", "38000000000000000000000000"), ("3.8 x 10^{25}", "38000000000000000000000000"),
    ("3.8*10**25", "38000000000000000000000000"), ("3.8×10²⁵", "38000000000000000000000000"),
    ("3.8·10^25", "38000000000000000000000000"), ("10^25", "10000000000000000000000000"),
    ("10²⁵", "10000000000000000000000000"), ("10**25", "10000000000000000000000000"),
    ("1e25", "10000000000000000000000000"), ("1.0e25", "10000000000000000000000000"),
    ("+1e25", "10000000000000000000000000"), (" 1e25\t", "10000000000000000000000000"),
    ("38,000,000,000,000,000,000,000,000", "38000000000000000000000000"),
    ("38_000_000_000_000_000_000_000_000", "38000000000000000000000000"),
    ("38 000 000 000", "38000000000"), ("1,234.5e3", "1234500"), ("1000", "1000"), ("1e3", "1000"),
    ("9.999999999999999999999999e24", "9999999999999999999999999"), ("2e0003", "2000"),
    ("1000.5", "1001"), ("1.0005e3", "1001"), ("0.001e6", "1000"),
    ("340282366920938463463374607431768211455", "340282366920938463463374607431768211455"),
  ]

  @Test("An amount is read exactly", arguments: accepted)
  func reads(text: String, digits: String) throws {
    #expect(try FLOP(reading: text).digits == digits)
  }

  static let refused: [(String, String)] = [
    ("", "compute.not-a-number"), (" ", "compute.not-a-number"), ("abc", "compute.not-a-number"),
    ("e25", "compute.not-a-number"), ("1e", "compute.not-a-number"),
    ("1e25e3", "compute.not-a-number"), ("1e25 FLOP", "compute.not-a-number"),
    (".5e25", "compute.not-a-number"), ("1.e25", "compute.not-a-number"),
    ("1.2.3e25", "compute.not-a-number"), ("1×11^25", "compute.not-a-number"),
    ("1×10", "compute.not-a-number"), ("0x10", "compute.not-a-number"),
    ("１e25", "compute.not-a-number"), ("3.8e25%", "compute.not-a-number"),
    ("5T", "compute.not-a-number"), ("1e25\n", "compute.not-a-number"),
    ("-1e25", "compute.negative"), ("\u{2212}1e25", "compute.negative"),
    ("nan", "compute.not-finite"), ("NaN", "compute.not-finite"), ("inf", "compute.not-finite"),
    ("Infinity", "compute.not-finite"), ("-inf", "compute.not-finite"),
    ("38,00,000", "compute.misplaced-separator"), ("3,8e25", "compute.misplaced-separator"),
    ("1,000,00", "compute.misplaced-separator"), ("1,000_000", "compute.misplaced-separator"),
    ("1234,567", "compute.misplaced-separator"), ("38,0000", "compute.misplaced-separator"),
    ("5", "compute.mantissa-only"), ("3.8", "compute.mantissa-only"),
    ("999", "compute.mantissa-only"), ("999.9", "compute.mantissa-only"), ("0", "compute.zero"),
    ("0e25", "compute.zero"), ("0.0", "compute.zero"), ("+", "compute.not-a-number"),
    ("1e39", "compute.too-large"), ("1e999", "compute.too-large"),
    ("340282366920938463463374607431768211456", "compute.too-large"),
    ("99999999999999999999999999999999999999999999", "compute.too-large"),
  ]

  @Test("What is not an amount is refused, never guessed", arguments: refused)
  func refuses(text: String, code: String) {
    let problem = #expect(throws: Problem.self) { try FLOP(reading: text) }
    #expect(problem?.code == code)
    #expect(problem?.mend.isEmpty == false)
  }

  @Test("Whatever is written out is read back")
  func roundTrip() {
    property(cases: 1000) { random in
      let digits = random.digits(random.int(4...38))
      guard try FLOP(reading: digits).digits == digits else { return digits }
      let decimals = random.int(1...(digits.count - 1))
      let point = digits.index(digits.startIndex, offsetBy: digits.count - decimals)
      let text = digits[..<point] + "." + digits[point...] + "e\(decimals)"
      return try FLOP(reading: String(text)).digits == digits ? nil : String(text)
    }
  }

  @Test("Noise is read or refused, never a crash")
  func noise() {
    let letters = [
      "1", "0", "9", ".", ",", "e", "E", "-", "+", "×", "^", "10", "²", " ", "_", "x", "{", "é",
    ]
    property(cases: 3000) { random in
      let text = (0..<random.int(0...14)).map { _ in random.pick(letters) }.joined()
      do {
        return try FLOP(reading: text).count > 0 ? nil : "\(text) was read as zero"
      } catch let problem as Problem {
        return problem.code.hasPrefix("compute.") ? nil : "\(text): \(problem.code)"
      }
    }
  }

  static let letters: [(String, String)] = [
    ("7B", "7000000000"), ("7b", "7000000000"), ("1.5e13", "15000000000000"),
    ("15T", "15000000000000"), ("15 trillion", "15000000000000"), ("405 bn", "405000000000"),
    ("0.6B", "600000000"), ("110M", "110000000"), ("12K", "12000"),
  ]

  @Test("Counts may carry a unit letter", arguments: letters)
  func unitLetters(text: String, digits: String) throws {
    #expect(try Quantity.read(text, letters: true).integer == UInt128(digits))
  }

  @Test("An unknown unit is refused", arguments: ["7Q", "7BB", "7 B x", "B", "7Bn.", "7%"])
  func unknownUnit(text: String) {
    #expect(throws: Problem.self) { try Quantity.read(text, letters: true) }
  }
}
