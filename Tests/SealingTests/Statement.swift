import Sealing

/// Writes the statement of a token, rightly or wrongly.
struct Statement {
  var version: [UInt8] = [1]
  var algorithm: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
  var digest = Digest(of: "stamped".utf8).bytes
  var serial: [UInt8] = [0x2A]
  var time = "20260701120000Z"
  /// Parts after the time, as DER.
  var rest: [UInt8] = []

  var der: [UInt8] {
    let imprint = Self.node(
      0x30, Self.node(0x30, Self.node(6, algorithm)) + Self.node(4, digest))
    let parts =
      Self.node(2, version) + Self.node(6, [0x2A, 0x03, 0x04]) + imprint + Self.node(2, serial)
      + Self.node(0x18, Array(time.utf8)) + rest
    return Self.node(0x30, parts)
  }

  /// Tag, length and content.
  static func node(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    switch content.count {
    case ..<0x80: [tag, UInt8(content.count)] + content
    case ..<0x100: [tag, 0x81, UInt8(content.count)] + content
    default: [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
    }
  }
}
