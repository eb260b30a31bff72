/// Header text with words in other character sets: `=?utf-8?Q?Vorfall_f=C3=BCr?=`.
///
/// Source: RFC 2047, sections 2 and 6.2; RFC 6532 for headers in UTF-8.
enum EncodedWords {
  /// The text, on one line.
  static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    // Bytes of neighbouring words of one set belong together: some programs cut a letter in two.
    var pending: (charset: String, bytes: [UInt8])?
    var plain: [UInt8] = []
    func flush() {
      if let word = pending { text += Charset.text(word.bytes, word.charset).text }
      pending = nil
    }
    func flushPlain(beforeWord: Bool) {
      // Space between two words is no part of the text.
      if !(beforeWord && pending != nil && plain.allSatisfy({ $0 <= 0x20 })) {
        flush()
        text += Charset.text(plain, "").text
      }
      plain = []
    }
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x3D, let word = word(bytes, at: index) else {
        plain.append(bytes[index])
        index += 1
        continue
      }
      flushPlain(beforeWord: true)
      if let before = pending, before.charset != word.charset { flush() }
      pending = (word.charset, (pending?.bytes ?? []) + word.bytes)
      index = word.end
    }
    flushPlain(beforeWord: false)
    return IntakeText.line(text, longest: 4000)
  }

  /// The longest that a word may be here; the standard says 75, programs do not keep to it.
  private static let longestWord = 4000

  private static func word(_ bytes: [UInt8], at start: Int)
    -> (charset: String, bytes: [UInt8], end: Int)?
  {
    guard start + 1 < bytes.count, bytes[start + 1] == 0x3F else { return nil }
    let limit = min(bytes.count, start + longestWord)
    var marks: [Int] = []
    var index = start + 2
    while index < limit, marks.count < 2 {
      if bytes[index] == 0x3F { marks.append(index) }
      if bytes[index] <= 0x20 { return nil }
      index += 1
    }
    guard marks.count == 2, marks[1] == marks[0] + 2 else { return nil }
    var end = marks[1] + 1
    while end + 1 < limit, !(bytes[end] == 0x3F && bytes[end + 1] == 0x3D) { end += 1 }
    guard end + 1 < limit else { return nil }
    let content = bytes[(marks[1] + 1)..<end]
    // A language may stand behind the set (RFC 2231, section 5).
    let charset = bytes[(start + 2)..<marks[0]].prefix { $0 != 0x2A }
    let name = String(decoding: charset, as: UTF8.self).lowercased()
    switch bytes[marks[0] + 1] {
    case 0x42, 0x62: return (name, TransferEncoding.base64(content).bytes, end + 2)
    case 0x51, 0x71:
      return (name, TransferEncoding.quotedPrintable(content, isHeader: true).bytes, end + 2)
    default: return nil
    }
  }
}
