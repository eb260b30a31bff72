/// Markup for pages, built by interpolation: literal parts stay as written, texts are escaped.
///
/// Whoever writes a literal quotes its attributes: `"<p title=\"\(text)\">\(text)</p>"`.
/// Source: HTML Living Standard, section 13.1 (writing HTML documents).
public struct HTML: ExpressibleByStringInterpolation, Sendable, Equatable {
  /// The markup as UTF-8: pieces are put together by the thousand, and bytes are copied as they are.
  public let bytes: [UInt8]

  /// The markup.
  public var markup: String { String(decoding: bytes, as: UTF8.self) }

  /// Markup as written in the source code.
  public init(stringLiteral literal: String) { bytes = Array(literal.utf8) }

  /// Markup put together by interpolation.
  public init(stringInterpolation parts: StringInterpolation) { bytes = parts.bytes }

  /// Markup that was made elsewhere and is taken over without any escaping.
  ///
  /// Whoever calls this answers for every character of it.
  public init(rawMarkupThatIsNotEscapedAndThatTheCallerVouchesFor markup: String) {
    bytes = Array(markup.utf8)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Whether there is nothing.
  public var isEmpty: Bool { bytes.isEmpty }

  /// One after the other.
  public static func + (left: HTML, right: HTML) -> HTML { HTML(bytes: left.bytes + right.bytes) }

  /// All pieces, with another between each two.
  public static func joined(_ pieces: [HTML], by separator: HTML = "") -> HTML {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pieces.reduce(0) { $0 + $1.bytes.count + separator.bytes.count })
    for (index, piece) in pieces.enumerated() {
      if index > 0 { bytes += separator.bytes }
      bytes += piece.bytes
    }
    return HTML(bytes: bytes)
  }

  /// The text with the five characters that mean something in markup written as references.
  ///
  /// Control characters and those that turn the direction of writing become U+FFFD: a name must not be able to make the
  /// rest of a line read differently.
  public static func escaped(_ text: String) -> String {
    // Most texts are plain, and are taken as they are.
    if isPlain(text.utf8) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar.isDeceptive ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }

  /// Whether no character has to be written otherwise; what is not sure is not plain.
  private static func isPlain(_ text: String.UTF8View) -> Bool {
    let answer = text.withContiguousStorageIfAvailable { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        case 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x00..<0x20, 0x7F: return false
        // The first bytes of all scalars that `isDeceptive` knows; of these C2 and E2 are also in common signs.
        case 0xC2 where index + 1 < bytes.count && bytes[index + 1] >= 0xA0: index += 2
        case 0xE2 where index + 2 < bytes.count && isCommonSign(bytes[index + 1], bytes[index + 2]):
          index += 3
        case 0xC2, 0xD8, 0xE2, 0xEF: return false
        default: index += 1
        }
      }
      return true
    }
    return answer ?? false
  }

  /// Dashes, quotation marks, dots and raised digits: what follows E2 where nothing turns the direction of writing.
  private static func isCommonSign(_ second: UInt8, _ third: UInt8) -> Bool {
    second == 0x80 && (0x90..<0xA8).contains(third) || second == 0x81 && third >= 0xB0
  }

  /// Collects the parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    fileprivate var bytes: [UInt8] = []

    /// Makes room for the parts.
    public init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    /// A part as written.
    public mutating func appendLiteral(_ literal: String) { bytes += literal.utf8 }

    /// A text, escaped.
    public mutating func appendInterpolation(_ text: String) { bytes += HTML.escaped(text).utf8 }

    /// A whole number.
    public mutating func appendInterpolation(_ number: Int) { bytes += String(number).utf8 }

    /// Markup as it is.
    public mutating func appendInterpolation(_ html: HTML) { bytes += html.bytes }

    /// Pieces of markup as they are.
    public mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { bytes += piece.bytes }
    }

    /// The address of a checked link, escaped.
    public mutating func appendInterpolation(_ link: Link) {
      bytes += HTML.escaped(link.address).utf8
    }
  }
}

extension Unicode.Scalar {
  /// Controls other than tab and line ends, and the controls of writing direction.
  var isDeceptive: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D: false
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
