import Ground

/// Rows in columns for a terminal; the last column is not padded.
enum TextTable {
  /// The text of rows under headings; nothing but a word when there are none.
  static func text(_ headings: [String], _ rows: [[String]], empty: String) -> String {
    guard !rows.isEmpty else { return empty }
    var widths = headings.map(width)
    for row in rows {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], width(cell)) }
    }
    var text = Terminal.bold(line(headings, widths))
    for row in rows { text += "\n" + line(row, widths) }
    return text
  }

  /// A number with its noun, in the plural for all but one.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func line(_ row: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in row.enumerated() {
      line += cell
      guard index < row.count - 1 else { break }
      line += String(repeating: " ", count: widths[index] - width(cell) + 2)
    }
    return line
  }

  private static func width(_ text: String) -> Int {
    isPlain(text) ? text.utf8.count : text.count
  }

  /// Whether it holds printable ASCII alone, as most texts do: then a byte is a character.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  /// A text made safe for a terminal: control characters are shown, not obeyed.
  static func plain(_ text: String, atMost: Int = 60) -> String {
    if isPlain(text), text.utf8.count <= atMost { return text }
    let visible = String(
      text.unicodeScalars.map { scalar in
        scalar == "\n"
          ? " "
          : scalar.properties.generalCategory == .control
            || scalar.properties.generalCategory == .format ? "\u{FFFD}" : Character(scalar)
      })
    return visible.count <= atMost ? visible : visible.prefix(atMost - 1) + "…"
  }
}
