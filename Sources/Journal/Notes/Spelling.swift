internal import FoundationEssentials
internal import Sealing

/// The one spelling that notes allow for bytes and numbers.
enum Spelling {
  /// Standard base64 with padding.
  ///
  /// Source: RFC 4648, section 4.
  static func base64(_ bytes: some Collection<UInt8>) -> String {
    Data(bytes).base64EncodedString()
  }

  /// The bytes of base64 text as `base64` writes it; nil for any other spelling of them.
  static func bytes(base64 text: some StringProtocol) -> [UInt8]? {
    // Decoders overlook set bits after the end: what is not written again the same is another text.
    guard let data = Data(base64Encoded: String(text)),
      data.base64EncodedString().utf8.elementsEqual(text.utf8)
    else { return nil }
    return Array(data)
  }

  /// A hash of 32 bytes in base64; nil for anything else.
  static func digest(base64 text: some StringProtocol) -> Digest? {
    bytes(base64: text).flatMap { Digest(bytes: $0) }
  }

  /// The lines before the first blank line, and what follows it; nil without one, or when they are not UTF-8.
  static func parted(_ bytes: [UInt8]) -> (lines: [String], rest: ArraySlice<UInt8>)? {
    guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: [0x0A, 0x0A]) }),
      let head = String(validating: bytes[..<end], as: UTF8.self)
    else { return nil }
    let lines = head.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return (lines.map { String($0) }, bytes[(end + 2)...])
  }

  /// The number of decimal text without sign or leading zeros; nil for anything else.
  static func number(_ text: some StringProtocol) -> Int? {
    guard let number = Int(text), String(number).utf8.elementsEqual(text.utf8), number >= 0 else {
      return nil
    }
    return number
  }

  /// Whether a text may name a key: not empty, no Unicode space, no plus, no control character.
  ///
  /// Source: C2SP signed-note.
  static func isKeyName(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && $0 != "+" && !$0.properties.isWhitespace
      }
  }

  /// Whether two texts have the same bytes: String equality joins spellings that Unicode calls equivalent.
  static func same(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }
}
