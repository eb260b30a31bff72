internal import Ground

/// A text as search compares it: without case, accents and other marks, spaces of all kinds as one kind.
///
/// It is kept as UTF-8. Precomposed and decomposed letters come out alike; ß is ss, æ is ae, ø is o.
struct FoldedText {
  /// The folded text.
  private(set) var bytes: [UInt8] = []

  /// An empty text, to be filled again and again without new memory.
  init() {}

  /// A text folded.
  init(_ text: String) { fold(text) }

  /// Replaces what is here by a text.
  mutating func fold(_ text: String) {
    var text = text
    let isPlain = text.withUTF8 { FoldedText.foldPlain($0, into: &bytes) }
    guard !isPlain else { return }
    bytes.removeAll(keepingCapacity: true)
    for scalar in text.unicodeScalars { FoldedText.append(scalar, to: &bytes) }
  }

  /// Folds ASCII in one pass; false when there is anything else.
  private static func foldPlain(
    _ text: UnsafeBufferPointer<UInt8>, into bytes: inout [UInt8]
  ) -> Bool {
    var all: UInt8 = 0
    for byte in text { all |= byte }
    guard all < 0x80 else { return false }
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: text)
    bytes.withUnsafeMutableBufferPointer { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        let isUpper = byte &- 0x41 < 26
        let isSpace = byte &- 0x09 < 5
        bytes[index] = isSpace ? 0x20 : isUpper ? byte | 0x20 : byte
      }
    }
    return true
  }

  /// For each byte of a folded text the place of its letter in the text itself, in UTF-8; the length at the end.
  static func places(in text: String) -> [Int] {
    var places: [Int] = []
    var folded: [UInt8] = []
    var place = 0
    for scalar in text.unicodeScalars {
      append(scalar, to: &folded)
      while places.count < folded.count { places.append(place) }
      place += UTF8.width(scalar)
    }
    places.append(place)
    return places
  }

  private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    let value = scalar.value
    if value < 0x80 {
      let isSpace = value >= 0x09 && value <= 0x0D
      let isUpper = value >= 0x41 && value <= 0x5A
      bytes.append(isSpace ? 0x20 : UInt8(truncatingIfNeeded: isUpper ? value | 0x20 : value))
    } else {
      LetterFold.append(scalar, to: &bytes)
    }
  }

  /// Where a word stands first, at or after a place.
  func place(of word: [UInt8], from: Int = 0) -> Int? {
    guard let first = word.first else { return nil }
    return bytes.withUnsafeBytes { bytes in
      var from = from
      while let place = bytes.offset(of: first, from: from), place + word.count <= bytes.count {
        let isHere = word.indices.allSatisfy { bytes[place + $0] == word[$0] }
        if isHere { return place }
        from = place + 1
      }
      return nil
    }
  }

  /// Whether a word that stands at a place is one by itself: no letter or digit touches it.
  func isWhole(at place: Int, count: Int) -> Bool {
    let end = place + count
    return (place == 0 || !FoldedText.isLetter(bytes[place - 1]))
      && (end == bytes.count || !FoldedText.isLetter(bytes[end]))
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte &- 0x61 < 26 || byte &- 0x30 < 10
  }
}

extension UTF8 {
  /// How many bytes a scalar takes.
  static func width(_ scalar: Unicode.Scalar) -> Int {
    scalar.value < 0x80 ? 1 : scalar.value < 0x800 ? 2 : scalar.value < 0x10000 ? 3 : 4
  }
}
