internal import Glibc

/// A numeric address of the internet, and whether something of ours may connect to it.
struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// 4 or 16 bytes.
  let bytes: [UInt8]

  /// Where an address leads.
  enum Reach: Sendable {
    /// Anywhere in the world.
    case world
    /// This machine or the network of the house: only where that is allowed.
    case house
    /// Nowhere one machine should ask: a link, many machines at once, what a cloud tells its machines, reserved ones.
    case nowhere
  }

  /// Reads the form with points or colons.
  init?(_ text: String) {
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      bytes = withUnsafeBytes(of: &four) { Array($0) }
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      bytes = withUnsafeBytes(of: &six) { Array($0) }
    } else {
      return nil
    }
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isVersion6: Bool { bytes.count == 16 }

  var description: String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    _ = inet_ntop(isVersion6 ? AF_INET6 : AF_INET, bytes, &buffer, socklen_t(buffer.count))
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Where it leads; an address of version 4 inside one of version 6 counts as what it stands for.
  var reach: Reach {
    guard isVersion6 else { return IPAddress.reach(of: bytes) }
    if let inner = embedded { return inner.reach }
    if bytes == IPAddress.metadata { return .nowhere }
    if bytes.dropLast().allSatisfy({ $0 == 0 }) { return bytes.last == 1 ? .house : .nowhere }
    if bytes[0] & 0xFE == 0xFC { return .house }
    guard bytes[0] & 0xE0 == 0x20 else { return .nowhere }
    let isReserved =
      bytes[0] == 0x20 && bytes[1] == 0x01
      && (bytes[2] < 0x02 || bytes[2] == 0x0D && bytes[3] == 0xB8)
    return isReserved ? .nowhere : .world
  }

  /// Source: RFC 4291, section 2.5.5.2; RFC 6052, section 2.1; RFC 3056, section 2.
  private var embedded: IPAddress? {
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
    if Array(bytes.prefix(12)) == mapped || Array(bytes.prefix(12)) == translated {
      return IPAddress(bytes: Array(bytes.suffix(4)))
    }
    return bytes.prefix(2) == [0x20, 0x02] ? IPAddress(bytes: Array(bytes[2..<6])) : nil
  }

  /// Source: IANA IPv4 Special-Purpose Address Registry.
  private static func reach(of bytes: [UInt8]) -> Reach {
    switch (bytes[0], bytes[1], bytes[2]) {
    case (127, _, _), (10, _, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _): .house
    case (0, _, _), (169, 254, _), (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 18...19, _),
      (198, 51, 100), (203, 0, 113), (224..., _, _):
      .nowhere
    default: .world
    }
  }

  /// Where a large cloud tells its machines their secrets, `fd00:ec2::254`.
  private static let metadata: [UInt8] = [
    0xFD, 0, 0x0E, 0xC2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0x54,
  ]
}
