/// A cell of a CSV file that no spreadsheet takes for a formula.
///
/// A text that could be one is written with an apostrophe before it, and so is a text that would be read otherwise than
/// it is: an empty one, one of spaces alone, one that begins with an apostrophe which the reader would take off. The
/// reader takes off exactly the apostrophes that are written, so that every text comes back as it was.
enum TableCell {
  /// The text of a cell.
  ///
  /// - Parameter trims: whether spaces around the text are dropped when a cell is read; then they are kept by the
  ///   apostrophe too.
  static func written(_ text: String, trims: Bool) -> String {
    needsApostrophe(text, trims: trims) ? "'" + text : text
  }

  /// The text that was written, and whether an apostrophe says that it is to be kept to the last space.
  static func read(_ cell: String, trims: Bool) -> (text: String, isExact: Bool) {
    guard cell.utf8.first == 0x27 else { return (cell, false) }
    let text = String(cell.unicodeScalars.dropFirst())
    return needsApostrophe(text, trims: trims) ? (text, true) : (cell, false)
  }

  private static func needsApostrophe(_ text: String, trims: Bool) -> Bool {
    var rest = text.unicodeScalars[...]
    while true {
      if isFormula(rest) || isBlank(rest) || trims && isPadded(rest) { return true }
      guard rest.first == "'" else { return false }
      rest.removeFirst()
    }
  }

  /// Whether a spreadsheet may compute the text: it begins with one of = + - @ or their wide forms, with a tab or a
  /// line end, also behind spaces, quotes and characters that are not seen; a plain number is none.
  static func isFormula(_ text: Substring.UnicodeScalarView) -> Bool {
    for scalar in text {
      switch scalar {
      case "\t", "\r", "\n": return true
      case "=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫":
        return !isNumber(Substring(text).utf8)
      case "'", "\"", "`", "´", "‘", "’", "‚", "“", "”", "„", "«", "»", "‹", "›", "＂", "＇": continue
      default:
        let properties = scalar.properties
        let isUnseen =
          properties.isWhitespace || properties.isDefaultIgnorableCodePoint
          || properties.generalCategory == .control
        if !isUnseen { return false }
      }
    }
    return false
  }

  /// Whether a text is a number and nothing else: `-5`, `+3e5`, `.5`.
  static func isNumber(_ text: some Collection<UInt8>) -> Bool {
    var rest = Array(text)[...]
    func takeSign() {
      if rest.first == 0x2B || rest.first == 0x2D { rest.removeFirst() }
    }
    func takeDigits() -> Int {
      let count = rest.prefix { (0x30...0x39).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    takeSign()
    var digits = takeDigits()
    if rest.first == 0x2E {
      rest.removeFirst()
      digits += takeDigits()
    }
    guard digits > 0 else { return false }
    if rest.first == 0x65 || rest.first == 0x45 {
      rest.removeFirst()
      takeSign()
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Whether nothing but spaces stands there.
  static func isBlank(_ text: Substring.UnicodeScalarView) -> Bool {
    text.allSatisfy(isSpace)
  }

  private static func isPadded(_ text: Substring.UnicodeScalarView) -> Bool {
    text.first.map(isSpace) == true || text.last.map(isSpace) == true
  }

  /// The text without spaces around it, counted by scalars: a space that carries an accent is one too.
  static func trimmed(_ text: String) -> String {
    var rest = text.unicodeScalars[...]
    guard isPadded(rest) else { return text }
    while rest.first.map(isSpace) == true { rest.removeFirst() }
    while rest.last.map(isSpace) == true { rest.removeLast() }
    return String(rest)
  }

  /// Whether a scalar is white space; properties are looked up for few.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x80
      ? scalar.value == 0x20 || (0x09...0x0D).contains(scalar.value)
      : scalar.properties.isWhitespace
  }
}
