/// Letters beyond ASCII without case and marks.
///
/// What a letter is without its mark stands in its name: LATIN SMALL LETTER E WITH ACUTE.
/// Source: The Unicode Standard, chapter 4.8, Name.
enum LetterFold {
  static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    let value = Int(scalar.value)
    if value >= tableStart, value - tableStart < table.count {
      bytes += table[value - tableStart]
    } else {
      bytes += folded(scalar)
    }
  }

  /// The Latin letters, marks, Greek and Cyrillic of the languages of the Union.
  private static let tableStart = 0x80
  private static let table: [[UInt8]] = (tableStart..<0x530).map { value in
    Unicode.Scalar(UInt32(value)).map(folded) ?? []
  }

  private static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return []
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return [0x20]
    default: break
    }
    if properties.isDefaultIgnorableCodePoint { return [] }
    // Wide forms of ASCII, as Japanese keyboards write them.
    if (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) {
      return Array(String(plain).lowercased().utf8)
    }
    if let special = specials[scalar] { return Array(special.utf8) }
    let lower = properties.lowercaseMapping
    guard let first = lower.unicodeScalars.first else { return [] }
    if let special = specials[first] { return Array(special.utf8) }
    return Array((withoutMark(first) ?? String(first)).utf8)
  }

  /// The letter of a name without what it is written with; nil when the name tells of none.
  private static func withoutMark(_ scalar: Unicode.Scalar) -> String? {
    guard let name = scalar.properties.name, let with = name.firstRange(of: " WITH ") else {
      return nil
    }
    let base = name[..<with.lowerBound]
    let latin = "LATIN SMALL LETTER "
    if base.hasPrefix(latin), base.utf8.count == latin.utf8.count + 1 {
      return base.suffix(1).lowercased()
    }
    return greek[String(base)]
  }

  private static let greek: [String: String] = {
    var letters: [String: String] = [:]
    for value in UInt32(0x3B1)...0x3C9 {
      guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name else { continue }
      letters[name] = String(scalar)
    }
    return letters
  }()

  private static let specials: [Unicode.Scalar: String] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "ĳ": "ij", "ı": "i", "ð": "d", "þ": "th", "ς": "σ",
    // Letters that have a name of their own and are written as two in decomposed form.
    "й": "и", "ё": "е", "ї": "і", "ў": "у", "ѓ": "г", "ќ": "к", "ѐ": "е", "ѝ": "и",
  ]
}
