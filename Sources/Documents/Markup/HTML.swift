/// Markup for pages, built by interpolation: literal parts stay as written, texts are escaped.
///
/// Whoever writes a literal quotes its attributes: `"<p title=\"\(text)\">\(text)</p>"`.
/// Source: HTML Living Standard, section 13.1 (writing HTML documents).
public struct HTML: ExpressibleByStringInterpolation, Sendable, Equatable {
  /// The markup.
  public let markup: String

  /// Markup as written in the source code.
  public init(stringLiteral literal: String) { markup = literal }

  /// Markup put together by interpolation.
  public init(stringInterpolation parts: StringInterpolation) { markup = parts.markup }

  /// Markup that was made elsewhere and is taken over without any escaping.
  ///
  /// Whoever calls this answers for every character of it.
  public init(rawMarkupThatIsNotEscapedAndThatTheCallerVouchesFor markup: String) {
    self.markup = markup
  }

  private init(joined markup: String) { self.markup = markup }

  /// Whether there is nothing.
  public var isEmpty: Bool { markup.isEmpty }

  /// One after the other.
  public static func + (left: HTML, right: HTML) -> HTML {
    HTML(joined: left.markup + right.markup)
  }

  /// All pieces, with another between each two.
  public static func joined(_ pieces: [HTML], by separator: HTML = "") -> HTML {
    HTML(joined: pieces.map(\.markup).joined(separator: separator.markup))
  }

  /// The text with the five characters that mean something in markup written as references.
  ///
  /// Control characters and those that turn the direction of writing become U+FFFD: a name must not be able to make the
  /// rest of a line read differently.
  public static func escaped(_ text: String) -> String {
    // Most texts are plain, and are taken as they are.
    if text.utf8.allSatisfy(\.isPlain) { return text }
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

  /// Collects the parts of a literal.
  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    fileprivate var markup = ""

    /// Makes room for the parts.
    public init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    /// A part as written.
    public mutating func appendLiteral(_ literal: String) { markup += literal }

    /// A text, escaped.
    public mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

    /// A whole number.
    public mutating func appendInterpolation(_ number: Int) { markup += String(number) }

    /// Markup as it is.
    public mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    /// Pieces of markup as they are.
    public mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { markup += piece.markup }
    }

    /// The address of a checked link, escaped.
    public mutating func appendInterpolation(_ link: Link) {
      markup += HTML.escaped(link.address)
    }
  }
}

extension UInt8 {
  /// Whether it is a printable character of ASCII that means nothing in markup.
  fileprivate var isPlain: Bool {
    switch self {
    case 0x22, 0x26, 0x27, 0x3C, 0x3E: false
    default: self >= 0x20 && self < 0x7F
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
