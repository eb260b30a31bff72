internal import FoundationEssentials

enum Encoded {
  /// Source: RFC 4648, section 4.
  static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
