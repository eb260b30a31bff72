/// The words of a free text, sentence by sentence, with the entries of the table of words that each is.
///
/// Words are compared in small letters without accents; what joins two words, such as a hyphen, parts them here. The
/// text is read once, byte by byte.
struct NarrativeWords {
  /// A word of a sentence.
  struct Word {
    /// Its bytes in the text.
    let range: Range<Int>
    /// The number of the set of entries that it matches.
    let set: Int
    /// Whether a comma, a colon, a bracket, a dash or the end of a line stands before it.
    let beginsClause: Bool
  }
  /// A sentence is cut here, so that memory does not grow with the text.
  static let longestSentence = 400

  let text: UnsafeBufferPointer<UInt8>
  private let table: WordTable
  var at = 0
  private var start = 0
  private var last: UInt8 = 0
  private var isNumber = true
  private var cursor: WordTrie.Cursor?
  private var beginsClause = false
  private var lineEnds = 0
  /// The sentence that was read last.
  private(set) var sentence: [Word] = []

  /// Reads a text with a table; the text stays where it is while it is read.
  init(_ text: UnsafeBufferPointer<UInt8>, table: WordTable) {
    self.text = text
    self.table = table
    sentence.reserveCapacity(NarrativeWords.longestSentence)
  }

  /// Reads the next sentence; whether there was one.
  mutating func next() -> Bool {
    sentence.removeAll(keepingCapacity: true)
    while at < text.count {
      let isEnd = step()
      if !sentence.isEmpty, isEnd || sentence.count >= NarrativeWords.longestSentence {
        return true
      }
    }
    close(text.count)
    return !sentence.isEmpty
  }

  /// Reads one sign; whether a sentence ends with it.
  private mutating func step() -> Bool {
    let byte = text[at]
    if byte >= 0x80 { return stepBeyondASCII() }
    let here = at
    at += 1
    switch byte {
    case 0x61...0x7A: take(byte, here)
    case 0x41...0x5A: take(byte + 0x20, here)
    case 0x30...0x39: take(byte, here)
    case 0x27, 0x60: apostrophe(here)
    case 0x1B: skipEscape()
    case UInt8(ascii: "<"): return skipTag(here) ? false : part(byte, here)
    case UInt8(ascii: "&"): return takeEntity(here) ? false : part(byte, here)
    default: return part(byte, here)
    }
    return false
  }

  /// Takes what parts words; whether a sentence ends with it.
  private mutating func part(_ byte: UInt8, _ here: Int) -> Bool {
    // A number such as “2.0” or “30,000” is one word.
    if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ","), cursor != nil,
      NarrativeWords.isDigit(last), at < text.count, NarrativeWords.isDigit(text[at])
    {
      return false
    }
    if byte == UInt8(ascii: "."), isInAbbreviation(here) { return false }
    close(here)
    switch byte {
    case UInt8(ascii: "\n"):
      beginsClause = true
      lineEnds += 1
      return lineEnds > 1
    case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "/"), UInt8(ascii: "\""):
      beginsClause = true
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"):
      return !(at < text.count && NarrativeWords.isDigit(text[at]))
    default: break
    }
    return false
  }

  /// Whether a full stop stands between single letters, as in “R.I.P.”, which is one word.
  private func isInAbbreviation(_ here: Int) -> Bool {
    guard cursor != nil, at < text.count,
      NarrativeWords.isPlainLetter(last), here - 1 == start || text[here - 2] == UInt8(ascii: "."),
      NarrativeWords.isPlainLetter(text[at])
    else { return false }
    return at + 1 == text.count || !NarrativeWords.isLetter(text[at + 1])
  }

  private mutating func stepBeyondASCII() -> Bool {
    let here = at
    guard let scalar = decode() else {
      close(here)
      return false
    }
    switch scalar.value {
    case 0x2019, 0x2BC: apostrophe(here)
    case 0x2013, 0x2014, 0xAB, 0xBB, 0x3001, 0xFF0C:
      close(here)
      beginsClause = true
    case 0x2026, 0x3002, 0x2028, 0x2029:
      close(here)
      return true
    default: takeScalar(scalar, here)
    }
    return false
  }

  mutating func takeScalar(_ scalar: Unicode.Scalar, _ here: Int) {
    switch PlainLetters.sign(scalar) {
    case .mark: break
    case .letters(let plain): for byte in plain { take(byte, here) }
    case .word(let plain):
      close(here)
      for byte in plain { take(byte, here) }
      close(at)
    case .other: close(here)
    }
  }

  /// The scalar that begins here, behind which reading goes on; a text of Swift is valid UTF-8.
  private mutating func decode() -> Unicode.Scalar? {
    let first = UInt32(text[at])
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var value = first & (0x7F >> UInt32(length))
    for byte in text[at...].dropFirst().prefix(length - 1) {
      value = value << 6 | UInt32(byte & 0x3F)
    }
    at = min(at + length, text.count)
    return Unicode.Scalar(value)
  }

  private mutating func take(_ byte: UInt8, _ here: Int) {
    var cursor = self.cursor ?? begin(here)
    table.trie.feed(byte, &cursor)
    self.cursor = cursor
    last = byte
    if !NarrativeWords.isDigit(byte) { isNumber = false }
  }

  private mutating func begin(_ here: Int) -> WordTrie.Cursor {
    start = here
    isNumber = true
    lineEnds = 0
    return WordTrie.Cursor()
  }

  /// A negation such as “wasn't” is one word; other apostrophes part words.
  private mutating func apostrophe(_ here: Int) {
    guard cursor != nil, last == UInt8(ascii: "n"), at < text.count, text[at] | 0x20 == 0x74,
      at + 1 == text.count || !NarrativeWords.isLetter(text[at + 1])
    else {
      close(here)
      return
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || isDigit(byte) || byte >= 0x80
  }

  mutating func close(_ end: Int) {
    guard let cursor else { return }
    var set = table.trie.set(cursor)
    if isNumber, set == 0 { set = table.numberSet }
    if set == 0, end - start >= SlippedWords.shortest {
      set = table.slipped.set(UnsafeBufferPointer(rebasing: text[start..<end]))
    }
    sentence.append(Word(range: start..<end, set: set, beginsClause: beginsClause))
    self.cursor = nil
    beginsClause = false
  }
}
