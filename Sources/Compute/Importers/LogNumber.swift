import Ground

/// A number as a log writes it, read from bytes without allocation.
struct LogNumber {
  var coefficient: UInt128 = 0
  var exponent = 0
  var isNegative = false

  /// What a cell of a log holds where a number is expected.
  enum Reading {
    case number(LogNumber)
    /// Nothing, or a word for nothing (`null`, `None`, `N/A`, `-`).
    case blank
    /// NaN or an infinity.
    case notFinite
    case malformed
  }

  private static let tens: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Reads a whole cell; spaces around it do not count.
  static func read(_ bytes: UnsafeRawBufferPointer) -> Reading {
    if let (number, length) = prefix(bytes), length == bytes.count { return .number(number) }
    let text = LogBytes.trimmed(bytes)
    guard !text.isEmpty else { return .blank }
    if let (number, length) = prefix(text) {
      return length == text.count ? .number(number) : .malformed
    }
    return word(text)
  }

  /// The number at the beginning of the bytes and how many bytes it takes; nil when there is none
  /// or when it has more significant digits than 128 bits hold.
  static func prefix(_ bytes: UnsafeRawBufferPointer) -> (LogNumber, length: Int)? {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
    let end = base + bytes.count
    var at = base
    var number = LogNumber()
    if at < end, at.pointee == 0x2D || at.pointee == 0x2B {
      number.isNegative = at.pointee == 0x2D
      at += 1
    }
    // Digits are gathered in 64 bits, wrapping; more than 19 of them are read again in 128.
    var value: UInt64 = 0
    let start = at
    digits(&at, end, &value)
    var count = at - start
    if at < end, at.pointee == 0x2E {
      at += 1
      let point = at
      digits(&at, end, &value)
      number.exponent = point - at
      count &-= number.exponent
    }
    guard count > 0 else { return nil }
    if count <= 19 {
      number.coefficient = UInt128(value)
    } else {
      guard let wide = wide(bytes, (start - base)..<(at - base)) else { return nil }
      number.coefficient = wide
    }
    var length = at - base
    if at < end, at.pointee | 0x20 == 0x65 {
      let (power, stop) = exponent(bytes, length)
      number.exponent += power
      length = stop
    }
    return (number, length)
  }

  @inline(__always)
  private static func digits(
    _ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ value: inout UInt64
  ) {
    while at < end {
      let digit = at.pointee &- 0x30
      if digit > 9 { return }
      value = value &* 10 &+ UInt64(digit)
      at += 1
    }
  }

  /// The digits of a range, a point left out; nil above 128 bits.
  private static func wide(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> UInt128? {
    var value: UInt128 = 0
    for index in range where bytes[index] != 0x2E {
      let (ten, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, overAgain) = ten.addingReportingOverflow(UInt128(bytes[index] &- 0x30))
      if over || overAgain { return nil }
      value = sum
    }
    return value
  }

  /// The power of ten behind an `e` at an index, 0 when there is none, and where it ends.
  private static func exponent(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> (Int, Int) {
    var index = start + 1
    var isNegative = false
    if index < bytes.count, bytes[index] == 0x2D || bytes[index] == 0x2B {
      isNegative = bytes[index] == 0x2D
      index += 1
    }
    let first = index
    var value = 0
    while index < bytes.count, bytes[index] &- 0x30 < 10 {
      value = min(value * 10 + Int(bytes[index] - 0x30), 9999)
      index += 1
    }
    return index == first ? (0, start) : (isNegative ? -value : value, index)
  }

  private static func word(_ text: UnsafeRawBufferPointer) -> Reading {
    guard text.count <= 9 else { return .malformed }
    switch LogName.plain(String(decoding: text, as: UTF8.self)) {
    case "nan", "-nan", "inf", "-inf", "+inf", "infinity", "-infinity": return .notFinite
    case "null", "none", "n/a", "[n/a]", "-", "unknown": return .blank
    default: return .malformed
    }
  }

  /// The whole number, exactly; nil when it is negative, has decimals or needs more than 128 bits.
  var whole: UInt128? {
    if exponent == 0, !isNegative { return coefficient }
    guard coefficient != 0 else { return 0 }
    guard !isNegative else { return nil }
    guard abs(exponent) <= 38 else { return nil }
    var power: UInt128 = 1
    for _ in 0..<abs(exponent) { power *= 10 }
    if exponent < 0 {
      let (quotient, remainder) = coefficient.quotientAndRemainder(dividingBy: power)
      return remainder == 0 ? quotient : nil
    }
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: power)
    return overflow ? nil : product
  }

  /// The whole number when it is at most 10^15, as counts of steps and GPUs are.
  var count: Int? {
    guard let whole, whole <= 1_000_000_000_000_000 else { return nil }
    return Int(truncatingIfNeeded: whole)
  }

  /// The nearest floating-point number up to 15 digits, within a few units in the last place
  /// above; infinite when it is too large.
  var double: Double {
    if exponent >= -22, exponent <= 0, coefficient < 1 << 53, !isNegative {
      return Double(UInt64(truncatingIfNeeded: coefficient)) / LogNumber.tens[-exponent]
    }
    guard coefficient != 0 else { return 0 }
    var value =
      coefficient <= UInt128(UInt64.max) ? Double(UInt64(coefficient)) : Double(coefficient)
    var power = exponent
    while power > 0, value.isFinite {
      value *= LogNumber.tens[min(power, 22)]
      power -= 22
    }
    while power < 0, value != 0 {
      value /= LogNumber.tens[min(-power, 22)]
      power += 22
    }
    return isNegative ? -value : value
  }

  /// The number when it is finite and not negative.
  var amount: Double? {
    let value = double
    return value.isFinite && value >= 0 ? value : nil
  }
}

/// Small readings of bytes that several importers share.
enum LogBytes {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  /// Without white space at both ends.
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    var end = bytes.count
    while start < end, isSpace(bytes[start]) { start += 1 }
    while end > start, isSpace(bytes[end - 1]) { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
  }

  /// What stands from an index on, without leading white space.
  static func rest(_ bytes: UnsafeRawBufferPointer, from index: Int) -> UnsafeRawBufferPointer {
    var start = min(max(index, 0), bytes.count)
    while start < bytes.count, isSpace(bytes[start]) { start += 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start...])
  }

  /// A whole number with commas between groups, such as `491,520`.
  static func grouped(_ bytes: UnsafeRawBufferPointer) -> UInt128? {
    var value: UInt128?
    for byte in bytes where byte != 0x2C {
      let digit = byte &- 0x30
      guard digit < 10 else { break }
      let (ten, over) = (value ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, overAgain) = ten.addingReportingOverflow(UInt128(digit))
      if over || overAgain { return nil }
      value = sum
    }
    return value
  }

  /// At most 40 bytes of it, for a message.
  static func excerpt(_ bytes: UnsafeRawBufferPointer) -> String {
    let text = String(decoding: bytes.prefix(40), as: UTF8.self)
    return "\"" + (bytes.count > 40 ? text + "…" : text) + "\""
  }

  /// A 64-bit digest that tells identifiers apart (FNV-1a).
  static func digest(_ bytes: UnsafeRawBufferPointer, _ seed: UInt64 = 0xCBF2_9CE4_8422_2325)
    -> UInt64
  {
    bytes.reduce(seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

/// Names of columns and fields as they are compared.
enum LogName {
  /// Lower case, without spaces around.
  static func plain(_ text: some StringProtocol) -> String {
    String(text.lowercased().drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
