/// The words of a free text, sentence by sentence, in the form in which the table of words has them.
///
/// Small letters without accents; what joins two words, such as a hyphen, parts them here. Not English alone: letters of
/// the Latin script; other scripts give words that no row of the table matches.
struct NarrativeWords {
  /// A word and how the text wrote it.
  struct Word {
    let plain: String
    let written: Substring
    /// Whether a comma, a colon, a bracket or a dash stands before it.
    let beginsClause: Bool
  }
  /// A sentence is cut here, so that memory does not grow with the text.
  static let longestSentence = 400

  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  /// The next sentence; nil at the end of the text.
  mutating func next() -> [Word]? {
    while !rest.isEmpty {
      let words = sentence()
      if !words.isEmpty { return words }
    }
    return nil
  }

  private mutating func sentence() -> [Word] {
    var words: [Word] = []
    let scalars = rest.unicodeScalars
    var at = scalars.startIndex
    var start = at
    var plain = ""
    var isClause = false
    func close(_ end: Substring.Index) {
      guard !plain.isEmpty else { return }
      words.append(Word(plain: plain, written: rest[start..<end], beginsClause: isClause))
      plain = ""
      isClause = false
    }
    while at < scalars.endIndex {
      let scalar = scalars[at]
      let after = scalars.index(after: at)
      if let letters = NarrativeWords.letters(scalar) {
        if plain.isEmpty { start = at }
        plain += letters
      } else if NarrativeWords.apostrophes.contains(scalar), !plain.isEmpty {
        // A negation such as “wasn't” is one word; other apostrophes part words.
        let isNot = plain.hasSuffix("n") && NarrativeWords.isLastT(scalars[after...])
        if !isNot { close(at) }
      } else {
        close(at)
        if NarrativeWords.clauses.contains(scalar) { isClause = true }
        let isEnd = NarrativeWords.ends.contains(scalar) && !NarrativeWords.isDigit(scalars, after)
        if (isEnd && !words.isEmpty) || words.count >= NarrativeWords.longestSentence {
          rest = rest[after...]
          return words
        }
      }
      at = after
    }
    close(scalars.endIndex)
    rest = rest[scalars.endIndex...]
    return words
  }

  private static let ends: Set<Unicode.Scalar> = [".", "!", "?", ";", "\n", "\u{2026}"]
  private static let clauses: Set<Unicode.Scalar> = [
    ",", ":", "(", ")", "[", "]", "\u{2013}", "\u{2014}", "/", "\"", "\u{AB}", "\u{BB}",
  ]
  private static let apostrophes: Set<Unicode.Scalar> = ["'", "\u{2019}", "\u{2BC}", "\u{60}"]

  private static func isDigit(_ text: Substring.UnicodeScalarView, _ at: Substring.Index) -> Bool {
    at < text.endIndex && ("0"..."9").contains(text[at])
  }

  private static func isLastT(_ text: Substring.UnicodeScalarView) -> Bool {
    guard let first = text.first, first == "t" || first == "T" else { return false }
    return text.dropFirst().first.map { letters($0) == nil } ?? true
  }

  /// The plain letters of a scalar: empty for marks that only accompany a letter, nil for what parts words.
  private static func letters(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x41...0x5A: return String(Character(Unicode.Scalar(UInt8(scalar.value) + 0x20)))
    case 0x61...0x7A, 0x30...0x39: return String(Character(scalar))
    case 0x300...0x36F, 0xAD, 0x200B...0x200D, 0x2060, 0xFEFF: return ""
    default: break
    }
    if let known = accented[scalar] { return known }
    return scalar.properties.isAlphabetic ? scalar.properties.lowercaseMapping : nil
  }

  private static let accented: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [
      "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l",
      "Ł": "l",
    ]
    for (plain, letters) in [
      ("a", "áàâäãåÁÀÂÄÃÅ"), ("c", "çÇćĆčČ"), ("e", "éèêëÉÈÊËęĘ"), ("i", "íìîïÍÌÎÏ"),
      ("n", "ñÑńŃ"), ("o", "óòôöõÓÒÔÖÕ"), ("s", "śŚšŠ"), ("u", "úùûüÚÙÛÜ"), ("y", "ýÿÝ"),
      ("z", "źżžŹŻŽ"),
    ] {
      for letter in letters.unicodeScalars { table[letter] = plain }
    }
    return table
  }()
}
