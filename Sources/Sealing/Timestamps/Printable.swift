/// Text of others, made fit to stand in a sentence.
enum Printable {
  /// Most characters that are shown.
  private static let mostCharacters = 200

  /// The text of UTF-8 bytes without control and format characters, cut to 200.
  static func text(_ bytes: [UInt8]) -> String {
    let decoded = String(decoding: bytes.prefix(4 * mostCharacters), as: UTF8.self)
    var scalars = String.UnicodeScalarView()
    scalars.append(
      contentsOf: decoded.unicodeScalars.lazy.filter(isPlain).prefix(mostCharacters))
    return String(scalars)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      false
    default: true
    }
  }
}
