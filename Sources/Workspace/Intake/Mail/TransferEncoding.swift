/// Bytes as mail carries them.
///
/// Source: RFC 2045, sections 6.7 and 6.8; RFC 2047, section 4.2.
enum TransferEncoding {
  /// What was meant, and whether all of it was understood; an encoding that is not known leaves the bytes as they are.
  static func decoded(_ bytes: ArraySlice<UInt8>, _ name: String) -> (bytes: [UInt8], isSure: Bool)
  {
    switch name.lowercased() {
    case "base64": base64(bytes)
    case "quoted-printable": quotedPrintable(bytes)
    case "", "7bit", "8bit", "binary": (Array(bytes), true)
    default: (Array(bytes), false)
    }
  }

  /// Line ends and foreign signs between the letters are passed over, as the standard asks.
  static func base64(_ bytes: some Sequence<UInt8>) -> (bytes: [UInt8], isSure: Bool) {
    var found: [UInt8] = []
    var (bits, count, isSure, isPadded): (UInt32, Int, Bool, Bool) = (0, 0, true, false)
    for byte in bytes {
      if byte == 0x3D {
        // Padding ends a group; another text may follow, where a mail was put together of several.
        if count > 0 { isSure = finish(&found, bits, count) && isSure }
        (bits, count, isPadded) = (0, 0, true)
        continue
      }
      guard let value = letter(byte) else {
        if byte > 0x20 { isSure = false }
        continue
      }
      if isPadded, count == 0 { isPadded = false }
      bits = bits << 6 | UInt32(value)
      count += 1
      if count == 4 {
        found += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
        (bits, count) = (0, 0)
      }
    }
    if count > 0 { isSure = finish(&found, bits, count) && isSure }
    return (found, isSure)
  }

  /// The bytes of a group that is not full; false when it holds none.
  private static func finish(_ found: inout [UInt8], _ bits: UInt32, _ count: Int) -> Bool {
    switch count {
    case 2: found.append(UInt8(bits >> 4 & 0xFF))
    case 3: found += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)]
    default: return false
    }
    return true
  }

  private static func letter(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5A: byte - 0x41
    case 0x61...0x7A: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case 0x2B: 62
    case 0x2F: 63
    default: nil
    }
  }

  /// What is no escape stands for itself.
  ///
  /// - Parameter isHeader: whether an underscore is a space.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>, isHeader: Bool = false)
    -> (bytes: [UInt8], isSure: Bool)
  {
    var found: [UInt8] = []
    found.reserveCapacity(bytes.count)
    var isSure = true
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      guard byte == 0x3D else {
        found.append(isHeader && byte == 0x5F ? 0x20 : byte)
        continue
      }
      if let end = softBreak(bytes, index) {
        index = end
      } else if index + 1 < bytes.endIndex, let high = hex(bytes[index]),
        let low = hex(bytes[index + 1])
      {
        found.append(high << 4 | low)
        index += 2
      } else {
        found.append(byte)
        isSure = false
      }
    }
    return (found, isSure)
  }

  /// Where the next line begins, when only spaces stand before the line end.
  private static func softBreak(_ bytes: ArraySlice<UInt8>, _ from: Int) -> Int? {
    var index = from
    while index < bytes.endIndex, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    if index == bytes.endIndex { return index }
    if bytes[index] == 0x0D { index += 1 }
    guard index < bytes.endIndex, bytes[index] == 0x0A else { return nil }
    return index + 1
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
