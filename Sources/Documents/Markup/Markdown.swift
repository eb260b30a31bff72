/// Writes values into Markdown so that they stay values: no emphasis, links, markup or new cells come out of a name.
///
/// Source: CommonMark 0.31.2, sections 2.4 and 6; GitHub Flavored Markdown, sections 4.10 and 6.9.
enum Markdown {
  private static let special = Set("\\`*[]<>|~&@".utf8)

  /// A value on one line, with everything that could mean something taken away.
  ///
  /// Works on bytes: all that Markdown gives a meaning is ASCII, and an opinion has thousands of such texts.
  static func text(_ value: String) -> String {
    let line = Array(oneLine(value).utf8)
    var result: [UInt8] = []
    result.reserveCapacity(line.count + 8)
    for (index, byte) in line.enumerated() {
      if isSpecial(byte, index, line) { result.append(0x5C) }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isSpecial(_ byte: UInt8, _ index: Int, _ line: [UInt8]) -> Bool {
    if special.contains(byte) || isOpening(byte, index, line) { return true }
    let before = index > 0 ? line[index - 1] : 0x20
    let after = index + 1 < line.count ? line[index + 1] : 0x20
    return switch byte {
    case UInt8(ascii: "_"): !(isWordPart(before) && isWordPart(after))
    case UInt8(ascii: ":"): after == UInt8(ascii: "/")
    case UInt8(ascii: "."): before | 0x20 == UInt8(ascii: "w")
    case UInt8(ascii: "!"): after == UInt8(ascii: "[")
    default: false
    }
  }

  /// A text in which web addresses stay links, the rest as `text`.
  static func linked(_ value: String) -> String {
    WebAddress.split(oneLine(value)).map { part in
      part.isAddress
        ? "<" + part.text.map { $0 == "|" ? "%7C" : String($0) }.joined() + ">" : inner(part.text)
    }.joined()
  }

  /// A piece of a line: as `text`, its outer spaces kept.
  private static func inner(_ value: String) -> String {
    let lead = value.first == " " ? " " : ""
    let tail = value.count > 1 && value.last == " " ? " " : ""
    return lead + text(value) + tail
  }

  /// An identifier between backticks.
  static func code(_ value: String) -> String {
    let line = oneLine(value).filter { $0 != "`" }
    return "`" + line.map { $0 == "|" ? "\\|" : String($0) }.joined() + "`"
  }

  /// A table whose columns line up when read raw; the last column is as long as it is.
  ///
  /// Cells come escaped.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    guard !rows.isEmpty else { return "" }
    let widths = head.indices.map { column in
      ([head] + rows).map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      "| "
        + cells.enumerated().map { index, cell in
          index == head.count - 1
            ? cell : cell + String(repeating: " ", count: max(0, widths[index] - cell.count))
        }.joined(separator: " | ") + " |"
    }
    let rule =
      "|"
      + head.indices.map { index in
        let width = index == head.count - 1 ? head[index].count : widths[index]
        return String(repeating: "-", count: max(3, width) + 2)
      }.joined(separator: "|") + "|"
    return ([line(head), rule] + rows.map(line)).joined(separator: "\n") + "\n"
  }

  /// One line without leading and trailing spaces; deceptive controls become U+FFFD.
  static func oneLine(_ value: String) -> String {
    if isPlainLine(value) { return value }
    var result = ""
    for scalar in value.unicodeScalars {
      if scalar.properties.isWhitespace || scalar.value == 0x85 {
        if scalar == "\u{A0}" || scalar == "\u{202F}" || scalar == "\u{2009}" {
          result.unicodeScalars.append(scalar)
        } else if result.unicodeScalars.last != " ", !result.isEmpty {
          result.unicodeScalars.append(" ")
        }
      } else {
        result.unicodeScalars.append(scalar.isDeceptive ? "\u{FFFD}" : scalar)
      }
    }
    while result.unicodeScalars.last == " " { result.unicodeScalars.removeLast() }
    return result
  }

  /// Whether a text is printable ASCII with single spaces inside only.
  private static func isPlainLine(_ value: String) -> Bool {
    var before: UInt8 = 0x20
    for byte in value.utf8 {
      guard (0x20...0x7E).contains(byte), byte != 0x20 || before != 0x20 else { return false }
      before = byte
    }
    return before != 0x20
  }

  /// Whether the byte would begin a heading, list or rule at the start of a line.
  private static func isOpening(_ byte: UInt8, _ index: Int, _ line: [UInt8]) -> Bool {
    if index == 0 { return "#+-=".utf8.contains(byte) }
    guard byte == UInt8(ascii: ".") || byte == UInt8(ascii: ")"),
      line[..<index].allSatisfy({ (0x30...0x39).contains($0) })
    else { return false }
    return index + 1 == line.count || line[index + 1] == 0x20
  }

  private static func isWordPart(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}
