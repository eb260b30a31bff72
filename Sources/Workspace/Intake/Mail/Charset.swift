/// Text of mail in its character set.
enum Charset {
  /// The text of bytes, and whether every byte of it was understood.
  ///
  /// A set that is not known, and ASCII with further bytes in it, is read as UTF-8 where it is UTF-8, else as
  /// windows-1252.
  static func text(_ bytes: some Collection<UInt8>, _ name: String) -> (text: String, isSure: Bool)
  {
    let bytes = Array(bytes)
    switch plain(name) {
    case "utf-8", "us-ascii", "":
      if let text = String(validating: bytes, as: UTF8.self) { return (text, true) }
      if plain(name) == "utf-8" { return (String(decoding: bytes, as: UTF8.self), false) }
      return (single(bytes, "windows-1252") ?? "", false)
    case "utf-16", "utf-16le", "utf-16be":
      return utf16(bytes, isBig: plain(name) != "utf-16le")
    // By the practice of the web, Latin 1 is read as its superset.
    case "iso-8859-1": return sure(single(bytes, "windows-1252") ?? "")
    case let known:
      if let text = single(bytes, known) { return sure(text) }
      let text =
        String(validating: bytes, as: UTF8.self) ?? single(bytes, "windows-1252") ?? ""
      return (text, bytes.allSatisfy { $0 < 0x80 } && !known.hasPrefix("iso-2022"))
    }
  }

  private static func sure(_ text: String) -> (text: String, isSure: Bool) {
    (text, !text.unicodeScalars.contains("\u{FFFD}"))
  }

  /// The registered name of a set.
  private static func plain(_ name: String) -> String {
    let name = name.lowercased().filter { !"\"' ".contains($0) }
    switch name {
    case "utf8": return "utf-8"
    case "ascii", "ansi_x3.4-1968": return "us-ascii"
    case "latin1", "iso8859-1", "iso_8859-1", "l1": return "iso-8859-1"
    case "latin2", "iso8859-2", "iso_8859-2": return "iso-8859-2"
    case "latin9", "iso8859-15", "iso_8859-15": return "iso-8859-15"
    default:
      if name.hasPrefix("cp125") { return "windows-" + name.dropFirst(2) }
      return name
    }
  }

  private static func single(_ bytes: [UInt8], _ charset: String) -> String? {
    guard let upper = CharsetTable.upper(charset) else { return nil }
    let table = Array(upper.unicodeScalars)
    let first = 256 - table.count
    var text = String.UnicodeScalarView()
    for byte in bytes {
      let index = Int(byte) - first
      let isUpper = index >= 0 && byte >= 0x80
      text.append(isUpper ? table[index] : byte < 0x80 ? Unicode.Scalar(byte) : "\u{FFFD}")
    }
    return String(text)
  }

  private static func utf16(_ bytes: [UInt8], isBig: Bool) -> (text: String, isSure: Bool) {
    var isBig = isBig
    var rest = bytes[...]
    if rest.starts(with: [0xFE, 0xFF]) || rest.starts(with: [0xFF, 0xFE]) {
      isBig = rest.first == 0xFE
      rest = rest.dropFirst(2)
    }
    var units: [UInt16] = []
    var index = rest.startIndex
    while index + 1 < rest.endIndex {
      let (one, two) = (UInt16(rest[index]), UInt16(rest[index + 1]))
      units.append(isBig ? one << 8 | two : two << 8 | one)
      index += 2
    }
    let text = String(decoding: units, as: UTF16.self)
    return (text, rest.count % 2 == 0 && !text.unicodeScalars.contains("\u{FFFD}"))
  }
}
