/// The modules of a code while it is made: fixed patterns first, then words, then a mask.
///
/// Source: ISO/IEC 18004:2015, sections 6.3, 7.7 to 7.10, annexes C and D.
struct QRGrid {
  private let form: QRForm
  private var rows: [[Bool]]
  /// Where a pattern stands that no word and no mask changes.
  private var fixed: [[Bool]]

  init(_ form: QRForm) {
    self.form = form
    let line = [Bool](repeating: false, count: form.size)
    rows = Array(repeating: line, count: form.size)
    fixed = rows
    setFinders()
    setAlignment()
    setTiming()
    setVersion()
    // Its place is kept now, its bits depend on the mask.
    setFormat(mask: 0)
  }

  private mutating func set(_ x: Int, _ y: Int, _ isDark: Bool) {
    guard rows.indices.contains(x), rows.indices.contains(y) else { return }
    rows[y][x] = isDark
    fixed[y][x] = true
  }

  private mutating func setFinders() {
    for (left, top) in [(0, 0), (form.size - 7, 0), (0, form.size - 7)] {
      for y in -1...7 {
        for x in -1...7 {
          let ring = max(abs(x - 3), abs(y - 3))
          set(left + x, top + y, ring != 2 && ring != 4)
        }
      }
    }
  }

  private mutating func setAlignment() {
    for y in form.middles {
      for x in form.middles where !fixed[y][x] {
        for down in -2...2 {
          for right in -2...2 { set(x + right, y + down, max(abs(right), abs(down)) != 1) }
        }
      }
    }
  }

  private mutating func setTiming() {
    for place in 8..<(form.size - 8) {
      set(place, 6, place % 2 == 0)
      set(6, place, place % 2 == 0)
    }
  }

  private mutating func setVersion() {
    guard form.version >= 7 else { return }
    let bits = form.version << 12 | QRGrid.remainder(form.version << 12, 0x1F25)
    for bit in 0..<18 {
      let (far, near) = (form.size - 11 + bit % 3, bit / 3)
      set(far, near, bits >> bit & 1 == 1)
      set(near, far, bits >> bit & 1 == 1)
    }
  }

  private mutating func setFormat(mask: Int) {
    // Error correction M is 00.
    let bits = (mask << 10 | QRGrid.remainder(mask << 10, 0x537)) ^ 0x5412
    for bit in 0..<15 {
      let isDark = bits >> bit & 1 == 1
      switch bit {
      case 0..<6: set(8, bit, isDark)
      case 6: set(8, 7, isDark)
      case 7: set(8, 8, isDark)
      case 8: set(7, 8, isDark)
      default: set(14 - bit, 8, isDark)
      }
      if bit < 8 {
        set(form.size - 1 - bit, 8, isDark)
      } else {
        set(8, form.size - 15 + bit, isDark)
      }
    }
    set(8, form.size - 8, true)
  }

  /// What is left of a polynomial over two elements divided by another.
  private static func remainder(_ value: Int, _ divisor: Int) -> Int {
    var rest = value
    let width = Int.bitWidth - divisor.leadingZeroBitCount
    while Int.bitWidth - rest.leadingZeroBitCount >= width {
      rest ^= divisor << (Int.bitWidth - rest.leadingZeroBitCount - width)
    }
    return rest
  }

  /// With the words, in pairs of columns from the right, up and down in turns.
  func filled(with words: [UInt8]) -> QRGrid {
    var grid = self
    var bit = 0
    var isUp = true
    var right = form.size - 1
    while right > 0 {
      if right == 6 { right = 5 }
      for step in 0..<form.size {
        let y = isUp ? form.size - 1 - step : step
        for x in [right, right - 1] where !fixed[y][x] {
          if bit < words.count * 8 {
            grid.rows[y][x] = words[bit / 8] >> (7 - bit % 8) & 1 == 1
          }
          bit += 1
        }
      }
      isUp.toggle()
      right -= 2
    }
    return grid
  }

  /// The modules under a mask.
  func masked(_ mask: Int) -> [[Bool]] {
    var grid = self
    for y in 0..<form.size {
      for x in 0..<form.size where !fixed[y][x] && QRGrid.flips(mask, x, y) {
        grid.rows[y][x].toggle()
      }
    }
    grid.setFormat(mask: mask)
    return grid.rows
  }

  private static func flips(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
    switch mask {
    case 0: (x + y) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (x + y) % 3 == 0
    case 4: (y / 2 + x / 3) % 2 == 0
    case 5: x * y % 2 + x * y % 3 == 0
    case 6: (x * y % 2 + x * y % 3) % 2 == 0
    default: ((x + y) % 2 + x * y % 3) % 2 == 0
    }
  }
}

/// How hard a pattern is to read: of eight masks the lowest is taken.
///
/// Source: ISO/IEC 18004:2015, section 7.8.3.1.
enum QRPenalty {
  static func of(_ rows: [[Bool]]) -> Int {
    let columns = rows.indices.map { x in rows.map { $0[x] } }
    return lines(rows) + lines(columns) + squares(rows) + balance(rows)
  }

  private static func lines(_ lines: [[Bool]]) -> Int {
    lines.reduce(0) { $0 + runs($1) + finders($1) }
  }

  private static func runs(_ line: [Bool]) -> Int {
    var penalty = 0
    var length = 0
    for (place, isDark) in line.enumerated() {
      length = place > 0 && line[place - 1] == isDark ? length + 1 : 1
      if length == 5 { penalty += 3 } else if length > 5 { penalty += 1 }
    }
    return penalty
  }

  /// What looks like a finder with four light modules before or behind it.
  private static func finders(_ line: [Bool]) -> Int {
    let finder = [true, false, true, true, true, false, true]
    let light = [false, false, false, false]
    guard line.count >= 11 else { return 0 }
    return (0...(line.count - 11)).count { start in
      line[start..<start + 11].elementsEqual(finder + light)
        || line[start..<start + 11].elementsEqual(light + finder)
    } * 40
  }

  private static func squares(_ rows: [[Bool]]) -> Int {
    var penalty = 0
    for y in 1..<rows.count {
      for x in 1..<rows.count {
        let corner = rows[y][x]
        if rows[y - 1][x] == corner, rows[y][x - 1] == corner, rows[y - 1][x - 1] == corner {
          penalty += 3
        }
      }
    }
    return penalty
  }

  private static func balance(_ rows: [[Bool]]) -> Int {
    let dark = rows.reduce(0) { $0 + $1.count { $0 } }
    let all = rows.count * rows.count
    return abs(dark * 20 - all * 10) / all * 10
  }
}
