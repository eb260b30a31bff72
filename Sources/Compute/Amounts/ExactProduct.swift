import Ground

/// A product of quantities held without rounding, in limbs of 32 bits, until it is turned into FLOP.
///
/// The one rounding is upward to the next whole operation: a whole-number threshold T is exceeded by the result exactly
/// when it is exceeded by the unrounded product, so rounding never crosses a threshold.
struct ExactProduct {
  private var limbs: [UInt32] = [1]
  private var exponent = 0

  mutating func multiply(by quantity: Quantity) {
    multiply(by: quantity.coefficient)
    exponent += quantity.exponent
  }

  mutating func multiply(by factor: UInt128) {
    var parts: [UInt32] = []
    var rest = factor
    while rest > 0 {
      parts.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
    var result = [UInt32](repeating: 0, count: limbs.count + parts.count)
    for (i, part) in parts.enumerated() {
      var carry: UInt64 = 0
      for (j, limb) in limbs.enumerated() {
        let value = UInt64(part) * UInt64(limb) + UInt64(result[i + j]) + carry
        result[i + j] = UInt32(truncatingIfNeeded: value)
        carry = value >> 32
      }
      result[i + limbs.count] = UInt32(truncatingIfNeeded: carry)
    }
    while result.count > 1, result.last == 0 { result.removeLast() }
    limbs = result.isEmpty ? [0] : result
  }

  /// The product rounded up to a whole operation; nil above 128 bits.
  var flop: FLOP? {
    var value = self
    var remainder = false
    while value.exponent > 0, value.limbs.count <= 5 {
      value.multiply(by: 10)
      value.exponent -= 1
    }
    while value.exponent < 0 {
      remainder = value.divideByTen() || remainder
      value.exponent += 1
    }
    guard value.limbs.count <= 4 else { return nil }
    let whole = value.limbs.reversed().reduce(UInt128(0)) { $0 << 32 | UInt128($1) }
    guard remainder else { return FLOP(whole) }
    let (sum, overflow) = whole.addingReportingOverflow(1)
    return overflow ? nil : FLOP(sum)
  }

  /// Divides by ten; true when something remained.
  private mutating func divideByTen() -> Bool {
    var rest: UInt64 = 0
    for index in limbs.indices.reversed() {
      let value = rest << 32 | UInt64(limbs[index])
      limbs[index] = UInt32(value / 10)
      rest = value % 10
    }
    while limbs.count > 1, limbs.last == 0 { limbs.removeLast() }
    return rest != 0
  }
}
