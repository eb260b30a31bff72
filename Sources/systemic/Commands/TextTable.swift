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
    let lines = [headings] + rows
    return lines.enumerated().map { number, row in
      let cells = row.enumerated().map { index, cell in
        index == row.count - 1
          ? cell : cell + String(repeating: " ", count: widths[index] - width(cell))
      }
      let line = cells.joined(separator: "  ")
      return number == 0 ? Terminal.bold(line) : line
    }.joined(separator: "\n")
  }

  /// A number with its noun, in the plural for all but one.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private static func width(_ text: String) -> Int { text.count }

  /// A text made safe for a terminal: control characters are shown, not obeyed.
  static func plain(_ text: String, atMost: Int = 60) -> String {
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
