/// The words of a code: data, then what corrects it, block by block in turns.
///
/// Source: ISO/IEC 18004:2015, sections 7.4 to 7.6.
enum QRWords {
  static func all(_ bytes: [UInt8], _ form: QRForm) -> [UInt8] {
    var rest = data(bytes, form)[...]
    var blocks: [[UInt8]] = []
    for count in form.blocks {
      blocks.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    let corrections = blocks.map { correction($0, form.correction) }
    return inTurns(blocks) + inTurns(corrections)
  }

  /// Mode 0100, the count, the bytes, an end, and padding.
  private static func data(_ bytes: [UInt8], _ form: QRForm) -> [UInt8] {
    var halves: [UInt8] = [4, UInt8(bytes.count >> 4), UInt8(bytes.count & 15)]
    for byte in bytes { halves += [byte >> 4, byte & 15] }
    halves.append(0)
    var words = stride(from: 0, to: halves.count, by: 2).map { halves[$0] << 4 | halves[$0 + 1] }
    var padding: UInt8 = 0xEC
    while words.count < form.words {
      words.append(padding)
      padding ^= 0xEC ^ 0x11
    }
    return words
  }

  private static func inTurns(_ blocks: [[UInt8]]) -> [UInt8] {
    let longest = blocks.map(\.count).max() ?? 0
    return (0..<longest).flatMap { index in
      blocks.compactMap { index < $0.count ? $0[index] : nil }
    }
  }

  /// The remainder of the data divided by the generator, over the field of 256 elements (polynomial 0x11D).
  private static func correction(_ data: [UInt8], _ count: Int) -> [UInt8] {
    var generator: [UInt8] = [1]
    var root: UInt8 = 1
    for _ in 0..<count {
      var next = generator + [0]
      for index in generator.indices { next[index + 1] ^= product(generator[index], root) }
      generator = next
      root = product(root, 2)
    }
    var rest = data + [UInt8](repeating: 0, count: count)
    for index in data.indices {
      let factor = rest[index]
      guard factor != 0 else { continue }
      for place in generator.indices { rest[index + place] ^= product(generator[place], factor) }
    }
    return Array(rest.suffix(count))
  }

  private static func product(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var result = 0
    var addend = Int(left)
    for bit in 0..<8 {
      if right >> bit & 1 == 1 { result ^= addend }
      addend <<= 1
      if addend > 255 { addend ^= 0x11D }
    }
    return UInt8(result)
  }
}
