/// Bytes as capital letters and digits that people can type.
///
/// Source: RFC 4648, section 6, without padding.
enum Base32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var word = 0
    var bits = 0
    for byte in bytes {
      word = (word << 8 | Int(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        text.append(alphabet[word >> bits & 31])
      }
    }
    if bits > 0 { text.append(alphabet[word << (5 - bits) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for anything but letters of the alphabet.
  static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var word = 0
    var bits = 0
    for letter in text.utf8 {
      guard let value = alphabet.firstIndex(of: letter) else { return nil }
      word = (word << 5 | value) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> bits))
      }
    }
    return bytes
  }
}
