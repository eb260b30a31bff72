public import Ground

/// A piece of a field's text around what was found.
public struct Snippet: Sendable {
  /// The field's name.
  public let field: String
  /// The piece; `…` where it was cut, spaces for line ends.
  public let text: String
  /// Where found words stand in `text`, counted in bytes of UTF-8; in order, apart from each other.
  public let utf8Ranges: [Range<Int>]

  /// Bytes of text before the first word found.
  static let before = 60
  /// Longest piece in bytes, its marks aside.
  static let longest = 200

  /// Where found words stand in `text`.
  public var ranges: [Range<String.Index>] {
    utf8Ranges.map { range in
      text.utf8.index(
        text.startIndex, offsetBy: range.lowerBound)..<text.utf8.index(
          text.startIndex, offsetBy: range.upperBound)
    }
  }

  /// The text cut at the ranges, each piece with whether it is a found word.
  public var parts: [(text: String, isMatch: Bool)] {
    var parts: [(text: String, isMatch: Bool)] = []
    var at = text.startIndex
    for range in ranges {
      if at < range.lowerBound { parts.append((String(text[at..<range.lowerBound]), false)) }
      parts.append((String(text[range]), true))
      at = range.upperBound
    }
    if at < text.endIndex { parts.append((String(text[at...]), false)) }
    return parts
  }

  /// Field, text, and the ranges as pairs of code points: first, and first behind.
  public var json: JSON {
    let scalars = text.unicodeScalars
    let pairs = ranges.map { range in
      JSON.array([
        .int(scalars.distance(from: text.startIndex, to: range.lowerBound)),
        .int(scalars.distance(from: text.startIndex, to: range.upperBound)),
      ])
    }
    return .object([
      ("field", .string(field)), ("text", .string(text)), ("ranges", .array(pairs)),
    ])
  }

  /// The piece of a text around the first of the words in it; nil when none stands there.
  init?(field: String, text: String, words: [[UInt8]]) {
    let found = Snippet.found(words, in: FoldedText(text))
    guard !found.isEmpty else { return nil }
    let places = FoldedText.places(in: text)
    let ranges = found.map { range in
      // One letter may be folded to two: it is marked as a whole.
      var end = range.upperBound
      while end < places.count - 1, places[end] <= places[range.upperBound - 1] { end += 1 }
      return places[range.lowerBound]..<places[end]
    }
    let bytes = Array(text.utf8)
    let window = Snippet.window(bytes, around: ranges[0])
    var piece = window.lowerBound > 0 ? "… " : ""
    let shift = piece.utf8.count - window.lowerBound
    piece += Snippet.plain(bytes[window])
    if window.upperBound < bytes.count { piece += " …" }
    self.field = field
    self.text = piece
    utf8Ranges =
      ranges.filter { window.lowerBound <= $0.lowerBound && $0.upperBound <= window.upperBound }
      .map { ($0.lowerBound + shift)..<($0.upperBound + shift) }
  }

  /// Where the words stand, those that touch or overlap as one.
  private static func found(_ words: [[UInt8]], in folded: FoldedText) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for word in words {
      var from = 0
      while let place = folded.place(of: word, from: from), found.count < mostMarked {
        from = place + word.count
        found.append(place..<from)
      }
    }
    var merged: [Range<Int>] = []
    for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }

  /// Most places that are looked for in a text: a piece holds no more.
  private static let mostMarked = 1000

  /// What is shown of a text: from a little before the first word, whole words where it can, whole letters always.
  private static func window(_ bytes: [UInt8], around first: Range<Int>) -> Range<Int> {
    guard bytes.count > longest else { return 0..<bytes.count }
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
    func splitsLetter(_ place: Int) -> Bool { place < bytes.count && bytes[place] & 0xC0 == 0x80 }
    var start = max(0, first.lowerBound - before)
    if start > 0 {
      start = bytes[start..<first.lowerBound].firstIndex(where: isSpace).map { $0 + 1 } ?? start
      while splitsLetter(start) { start += 1 }
    }
    var end = min(bytes.count, max(start + longest, first.upperBound))
    if end < bytes.count {
      end = bytes[first.upperBound..<end].lastIndex(where: isSpace) ?? end
      while splitsLetter(end) { end -= 1 }
    }
    return start..<end
  }

  /// The piece without line ends and what steers a terminal; every byte keeps its place.
  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    var plain = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if ImportText.steersTerminal(scalar) {
        plain += String(repeating: " ", count: UTF8.width(scalar))
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }
}
