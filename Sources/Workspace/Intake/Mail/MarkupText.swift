/// The words of HTML that somebody sent, without its markup: nothing of it is ever shown as markup.
struct MarkupText {
  /// Plain text: scripts and styles left out, blocks on lines of their own.
  let text: String
  /// False where it ends within a script, a style or a title, so that words may be missing.
  let isWhole: Bool

  init(_ markup: String) {
    var text: [UInt8] = []
    let bytes = Array(markup.utf8)
    var index = 0
    var hidden: [UInt8]?
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x3C, let tag = MarkupText.tag(bytes, at: index) {
        index = tag.end
        if let open = hidden {
          if tag.isClosing, tag.name == open { hidden = nil }
        } else if MarkupText.unseen.contains(tag.name), !tag.isClosing {
          hidden = tag.name
        } else if MarkupText.breaks.contains(tag.name) {
          text.append(0x0A)
        }
        continue
      }
      if hidden == nil {
        if byte == 0x26, let (scalar, end) = MarkupText.entity(bytes, at: index) {
          text += String(scalar).utf8
          index = end
          continue
        }
        // Line ends of the source are spaces; those of blocks are written above.
        text.append(byte == 0x0A || byte == 0x0D || byte == 0x09 ? 0x20 : byte)
      }
      index += 1
    }
    self.text = MarkupText.tidied(String(decoding: text, as: UTF8.self))
    isWhole = hidden == nil
  }

  /// Elements whose words nobody sees.
  ///
  /// A head is none: its end may be left out, and its words stand in these.
  private static let unseen: Set<[UInt8]> = Set(
    ["script", "style", "title", "template"].map { Array($0.utf8) })
  private static let breaks: Set<[UInt8]> = Set(
    [
      "p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table",
      "blockquote", "hr", "pre",
    ].map { Array($0.utf8) })

  /// The tag or comment at a place; nil where `<` stands for itself.
  private static func tag(_ bytes: [UInt8], at start: Int)
    -> (name: [UInt8], isClosing: Bool, end: Int)?
  {
    var index = start + 1
    guard index < bytes.count else { return nil }
    if bytes[index] == 0x21 || bytes[index] == 0x3F {
      let isComment = bytes[index...].starts(with: "!--".utf8)
      var end = index
      while end < bytes.count {
        let closes =
          !isComment || end >= start + 6 && bytes[end - 1] == 0x2D && bytes[end - 2] == 0x2D
        if bytes[end] == 0x3E, closes { return ([], false, end + 1) }
        end += 1
      }
      return ([], false, bytes.count)
    }
    let isClosing = bytes[index] == 0x2F
    if isClosing { index += 1 }
    var name: [UInt8] = []
    while index < bytes.count, isLetterOrDigit(bytes[index]), name.count < 20 {
      name.append(bytes[index] | 0x20)
      index += 1
    }
    guard let first = name.first, first >= 0x61, first <= 0x7A else { return nil }
    var quote: UInt8?
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        break
      }
    }
    return (name, isClosing, index)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39
  }

  private static let entities: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–",
    "mdash": "—", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü",
    "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "euro": "€",
    "rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“", "bdquo": "„", "hellip": "…",
  ]

  private static func entity(_ bytes: [UInt8], at start: Int) -> (Unicode.Scalar, Int)? {
    guard let end = bytes[start...].prefix(12).firstIndex(of: 0x3B) else { return nil }
    let name = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    if let known = entities[name] { return (known, end + 1) }
    guard name.hasPrefix("#") else { return nil }
    let isHex = name.dropFirst().first == "x" || name.dropFirst().first == "X"
    let number = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
    guard let number, number >= 0x20, let scalar = Unicode.Scalar(number) else { return nil }
    return (scalar, end + 1)
  }

  /// Runs of spaces as one, and at most one blank line between lines.
  private static func tidied(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if words.isEmpty, lines.last?.isEmpty != false { continue }
      lines.append(words)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
