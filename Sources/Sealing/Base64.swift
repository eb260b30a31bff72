internal import FoundationEssentials

/// Bytes as Base64 text, read strictly: one text for each sequence of bytes.
///
/// Source: RFC 4648, sections 4 and 5.
package enum Base64 {
  /// With padding.
  package static func text(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
  }

  /// Without padding, as PHC strings have it.
  static func bareText(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: text(bytes).utf8.prefix { $0 != 0x3D }, as: UTF8.self)
  }

  /// Without padding and safe in addresses: `-` and `_` instead of `+` and `/`.
  package static func addressText(_ bytes: some Sequence<UInt8>) -> String {
    let plain = text(bytes).utf8.prefix { $0 != 0x3D }
    return String(
      decoding: plain.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }, as: UTF8.self)
  }

  /// The bytes of text with padding; nil for anything that `text` would not have written.
  package static func bytes(_ text: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
      return nil
    }
    return Array(data)
  }

  /// The bytes of text without padding.
  static func bareBytes(_ text: String) -> [UInt8]? {
    guard !text.utf8.contains(0x3D) else { return nil }
    return bytes(text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
  }

  /// The bytes of a text for addresses, without padding; nil for any other spelling.
  ///
  /// Source: RFC 4648, section 5.
  package static func addressBytes(_ text: String) -> [UInt8]? {
    guard !text.utf8.contains(where: { $0 == 0x2B || $0 == 0x2F }) else { return nil }
    return bareBytes(text.replacing("-", with: "+").replacing("_", with: "/"))
  }
}
