internal import Ground

/// The text form of iCalendar: escaping, folding, and times in UTC.
enum ICSText {
  /// Most octets of a line, its end not counted.
  ///
  /// Source: RFC 5545, section 3.1.
  static let longestLine = 75

  /// A text value: backslash, semicolon, comma and line ends escaped, control characters left out.
  ///
  /// Source: RFC 5545, section 3.3.11.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    // By scalars: a carriage return and a line feed are one character otherwise.
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case ";": escaped += "\\;"
      case ",": escaped += "\\,"
      case "\n", "\u{2028}", "\u{2029}", "\u{85}": escaped += "\\n"
      case "\t": escaped += " "
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: continue
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Appends a line, folded before it grows too long and never within a character, with its end.
  ///
  /// Source: RFC 5545, section 3.1.
  static func append(_ line: String, to text: inout [UInt8]) {
    var room = longestLine
    for scalar in line.unicodeScalars {
      let bytes = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      if bytes.count > room {
        text += [0x0D, 0x0A, 0x20]
        room = longestLine - 1
      }
      text += bytes
      room -= bytes.count
    }
    text += [0x0D, 0x0A]
  }

  /// `19970714T170000Z`.
  static func stamp(_ instant: Instant) -> String {
    String(instant.utc.unicodeScalars.filter { $0 != "-" && $0 != ":" }.map(Character.init))
  }

  /// `19970714`.
  static func date(_ day: Day) -> String { day.iso.filter { $0 != "-" } }
}
