internal import Ground

/// Values as a terminal shows them: on one line, without what steers a terminal, and not too long.
enum ImportText {
  /// Longest value on a terminal, in characters.
  static let longestValue = 80

  static func value(_ value: JSON?) -> String {
    switch value {
    case nil, .null?: "(none)"
    case .string(let text)?: text.isEmpty ? "(empty)" : shown(text)
    case .bool(let answer)?: answer ? "yes" : "no"
    case let value?: shown(value.compact)
    }
  }

  static func shown(_ text: String) -> String {
    let plain = plain(String(text.prefix(longestValue)))
    return text.count > longestValue ? plain + "…" : plain
  }

  /// Control characters and those that turn the direction of writing are shown as numbers.
  static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" {
        plain += "\\n"
      } else if steersTerminal(scalar) {
        plain += "\\u{" + String(scalar.value, radix: 16) + "}"
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }

  /// Whether a terminal does something at it instead of showing it: control characters, turns of direction.
  static func steersTerminal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A text that is kept to be shown.
  static func short(_ text: String, _ longest: Int) -> String {
    guard text.utf8.count > longest else { return text }
    return String(decoding: text.utf8.prefix(longest), as: UTF8.self) + "…"
  }

  /// A value that is kept to be shown.
  static func short(_ value: JSON) -> JSON {
    switch value {
    case .string(let text): return .string(short(text, PlannedChange.longestShown))
    case .array, .object:
      let text = value.compact
      let isShort = text.utf8.count <= PlannedChange.longestShown
      return isShort ? value : .string(short(text, PlannedChange.longestShown))
    default: return value
    }
  }
}
