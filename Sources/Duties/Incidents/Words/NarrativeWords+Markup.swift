/// What stands in texts that were copied from pages and terminals: tags, entities, colours.
extension NarrativeWords {
  /// Longest tag that is passed over, and longest entity.
  private static let longestTag = 300
  private static let longestEntity = 10
  /// Tags that part no words.
  private static let inline: Set<String> = [
    "a", "b", "code", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u",
    "wbr",
  ]

  /// Passes over a tag that begins before the place of reading; false where none does.
  mutating func skipTag(_ here: Int) -> Bool {
    let bytes = text[at...].prefix(NarrativeWords.longestTag)
    guard let first = bytes.first,
      NarrativeWords.isPlainLetter(first) || first == UInt8(ascii: "/"),
      let end = bytes.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }),
      text[end] == UInt8(ascii: ">")
    else { return false }
    let name = bytes.drop { $0 == UInt8(ascii: "/") }.prefix(while: NarrativeWords.isPlainLetter)
    if !NarrativeWords.inline.contains(String(decoding: name, as: UTF8.self).lowercased()) {
      close(here)
    }
    at = end + 1
    return true
  }

  /// Takes the sign that an entity stands for; false where none begins here.
  mutating func takeEntity(_ here: Int) -> Bool {
    let bytes = text[at...].prefix(NarrativeWords.longestEntity)
    guard let end = bytes.firstIndex(of: UInt8(ascii: ";")), end > at else { return false }
    let name = String(decoding: text[at..<end], as: UTF8.self)
    guard
      name.utf8.allSatisfy({
        NarrativeWords.isPlainLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "#")
      })
    else { return false }
    at = end + 1
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let value =
        digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let scalar = value.flatMap({ Unicode.Scalar($0) }) else { return true }
      takeScalar(scalar, here)
    } else if let letter = NarrativeWords.letter(name) {
      takeScalar(letter, here)
    } else if !["shy", "zwj", "zwnj"].contains(name) {
      close(here)
    }
    return true
  }

  /// The letter of an entity such as `eacute`, without its accent.
  private static func letter(_ name: String) -> Unicode.Scalar? {
    let accents = ["acute", "grave", "circ", "uml", "cedil", "tilde", "ring", "caron", "slash"]
    guard let first = name.unicodeScalars.first, accents.contains(String(name.dropFirst())) else {
      return nil
    }
    return first
  }

  /// Passes over what colours a terminal.
  mutating func skipEscape() {
    guard at < text.count, text[at] == UInt8(ascii: "[") else { return }
    at += 1
    while at < text.count, (0x20...0x3F).contains(text[at]) { at += 1 }
    if at < text.count, (0x40...0x7E).contains(text[at]) { at += 1 }
  }

  static func isPlainLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
