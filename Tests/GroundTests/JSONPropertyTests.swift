import Foundation
import Ground
import TestSupport
import Testing

/// Random JSON values: every kind of scalar, texts from all planes, names that look alike.
struct RandomJSON {
  var random: SplitMix64

  mutating func value(depth: Int = 0) -> JSON {
    switch random.int(0...(depth < 5 ? 8 : 5)) {
    case 0: .null
    case 1: .bool(random.int(0...1) == 0)
    case 2: .int(Int(truncatingIfNeeded: random.next()) >> random.int(0...63))
    case 3: .number(number())
    case 4, 5: .string(text())
    case 6: .array((0..<random.int(0...5)).map { _ in value(depth: depth + 1) })
    default: .object(names().map { ($0, value(depth: depth + 1)) })
    }
  }

  /// A value that RFC 8785 can write for us: no fractions, numbers below 2^53.
  mutating func exact(depth: Int = 0) -> JSON {
    switch random.int(0...(depth < 5 ? 7 : 4)) {
    case 0: .null
    case 1: .bool(random.int(0...1) == 0)
    case 2: .int(random.int(-JSON.largestExactInteger...JSON.largestExactInteger))
    case 3, 4: .string(text())
    case 5: .array((0..<random.int(0...5)).map { _ in exact(depth: depth + 1) })
    default: .object(names().map { ($0, exact(depth: depth + 1)) })
    }
  }

  private mutating func number() -> Double {
    let value = Double(bitPattern: random.next())
    return value.isFinite ? value : Double(random.int(-1_000_000...1_000_000)) / 1000
  }

  /// Texts with control characters, letters, marks that combine, and the planes above.
  mutating func text() -> String {
    let scalars = (0..<random.int(0...12)).compactMap { _ in
      let range = random.pick([0...0x1F, 0x20...0x7E, 0x61...0x63, 0xC0...0x17F, 0x300...0x323])
      let wide = random.pick([0x2000...0x2140, 0xD7F0...0xE010, 0xFFF0...0x10010, 0...0x10FFFF])
      return Unicode.Scalar(UInt32(random.int(random.int(0...2) == 0 ? wide : range)))
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// Names that differ in their bytes.
  mutating func names() -> [String] {
    var seen: Set<[UInt8]> = []
    return (0..<random.int(0...random.pick([3, 8, 40]))).map { _ in text() }
      .filter { seen.insert(Array($0.utf8)).inserted }
  }
}

@Suite("JSON of any content")
struct JSONPropertyTests {
  @Test("What is written, compactly or for people, is read back as it was")
  func roundTrip() {
    property(cases: 3000) { random in
      var source = RandomJSON(random: random)
      let value = source.value()
      let again = try JSON(parsing: value.compactBytes)
      let pretty = try JSON(parsing: value.pretty.utf8)
      return again == value && pretty == value ? nil : "\(value.compact) came back otherwise"
    }
  }

  @Test("Another reader accepts what is written")
  func peer() {
    property(cases: 1000) { random in
      var source = RandomJSON(random: random)
      let bytes = source.value().compactBytes
      let read = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      return read != nil ? nil : "\(String(decoding: bytes, as: UTF8.self)) was refused"
    }
  }

  @Test("Random bytes are refused or read, never more")
  func bytes() {
    let alphabet = Array("{}[]\":,\\u0019aeE+-. \nntfdD8".utf8) + [0, 0x1F, 0x7F, 0xC3, 0xA9, 0xFF]
    property(cases: 8000) { random in
      let bytes = (0..<random.int(0...40)).map { _ in random.pick(alphabet) }
      return check(bytes)
    }
  }

  @Test(
    "JSON with a few changed bytes is refused or read, and what is read is another reader's too")
  func mutated() {
    property(cases: 2500) { random in
      var source = RandomJSON(random: random)
      var bytes = source.value().compactBytes
      for _ in 0...source.random.int(0...3) where !bytes.isEmpty {
        let index = source.random.int(0...(bytes.count - 1))
        switch source.random.int(0...3) {
        case 0: bytes[index] ^= 1 << UInt8(source.random.int(0...7))
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(bytes[source.random.int(0...(bytes.count - 1))], at: index)
        default: bytes.removeSubrange(index...)
        }
      }
      return check(bytes)
    }
  }

  /// What is read must be read again from its own text, and by another reader.
  private func check(_ bytes: [UInt8]) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let value = try? JSON(parsing: bytes) else { return nil }
    guard (try? JSON(parsing: value.compactBytes)) == value else {
      return "\(text): not read again"
    }
    let peer = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    return peer != nil ? nil : "\(text): read here, refused by another reader"
  }
}
