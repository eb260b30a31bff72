internal import Ground

/// Texts of strangers, brought within bounds; what they say is not changed.
enum IntakeText {
  /// One line without signs that are not seen, runs of space as one, cut at so many characters.
  static func line(_ text: String, longest: Int) -> String {
    var line = ""
    var count = 0
    var pendsSpace = false
    for scalar in text.unicodeScalars.prefix(16 * longest) {
      let properties = scalar.properties
      if properties.isWhitespace || properties.generalCategory == .control {
        pendsSpace = !line.isEmpty
      } else if properties.generalCategory != .format || scalar == "\u{200D}" {
        if count + (pendsSpace ? 2 : 1) > longest { return line + "…" }
        if pendsSpace {
          line.unicodeScalars.append(" ")
          count += 1
        }
        pendsSpace = false
        line.unicodeScalars.append(scalar)
        count += 1
      }
    }
    return line
  }

  /// The text up to so many bytes, ending with a whole character.
  static func cut(_ text: String, bytes: Int) -> String {
    guard text.utf8.count > bytes else { return text }
    var index = text.utf8.index(text.utf8.startIndex, offsetBy: bytes)
    while index > text.startIndex, index.samePosition(in: text.unicodeScalars) == nil {
      index = text.utf8.index(before: index)
    }
    return String(text[..<index])
  }

  static func isBlank(_ text: some StringProtocol) -> Bool { text.allSatisfy(\.isWhitespace) }

  /// The addresses of the web that stand in a text, each once and at most 50.
  static func links(_ text: String) -> [String] {
    var found: [String] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || "<>\"'|;,".contains($0) }) {
      let start = word.prefix(8).lowercased()
      guard start.hasPrefix("http://") || start.hasPrefix("https://"), word.utf8.count <= 2000,
        word.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
      else { continue }
      let link = String(word.last.map { ").]".contains($0) } == true ? word.dropLast() : word)
      if !found.contains(link) { found.append(link) }
      if found.count == 50 { break }
    }
    return found
  }

  /// The name of a source without the addresses that may stand behind it.
  static func sourceName(_ text: String) -> String {
    text.split(separator: ",", omittingEmptySubsequences: false)
      .prefix { links(String($0)).isEmpty }.joined(separator: ",")
  }

  /// Texts one after another, a blank line between.
  static func paragraphs(_ texts: [String]) -> String {
    texts.filter { !isBlank($0) }.joined(separator: "\n\n")
  }
}
