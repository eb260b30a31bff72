/// An archive of small files, stored as they are.
///
/// Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5; the checksum is CRC-32 of ISO 3309.
struct StoredZip {
  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a file; times are those of the format's first day, so that equal files give equal bytes.
  mutating func add(_ name: String, _ text: String) {
    let content = Array(text.utf8)
    var facts = StoredZip.two(20) + StoredZip.two(0x0800) + StoredZip.two(0)
    facts += StoredZip.two(0) + StoredZip.two(0x21) + StoredZip.four(StoredZip.checksum(content))
    facts += StoredZip.four(UInt32(content.count)) + StoredZip.four(UInt32(content.count))
    facts += StoredZip.two(UInt16(name.utf8.count)) + StoredZip.two(0)
    let place = UInt32(bytes.count)
    bytes += StoredZip.four(0x0403_4B50) + facts + Array(name.utf8) + content
    directory += StoredZip.four(0x0201_4B50) + StoredZip.two(20) + facts
    directory += StoredZip.two(0) + StoredZip.two(0) + StoredZip.two(0) + StoredZip.four(0)
    directory += StoredZip.four(place) + Array(name.utf8)
    count += 1
  }

  /// The whole archive.
  func closed() -> [UInt8] {
    var whole = bytes + directory
    whole += StoredZip.four(0x0605_4B50) + StoredZip.two(0) + StoredZip.two(0)
    whole += StoredZip.two(UInt16(count)) + StoredZip.two(UInt16(count))
    whole += StoredZip.four(UInt32(directory.count)) + StoredZip.four(UInt32(bytes.count))
    return whole + StoredZip.two(0)
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return ~sum
  }

  private static func two(_ value: UInt16) -> [UInt8] {
    [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)]
  }

  private static func four(_ value: UInt32) -> [UInt8] {
    two(UInt16(truncatingIfNeeded: value)) + two(UInt16(value >> 16))
  }
}
