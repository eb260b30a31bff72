/// A line of a table for spreadsheets: no cell is taken for a formula, none breaks the line.
///
/// Source: RFC 4180, section 2.
public enum CSVLine {
  /// The line of some texts, with its end; cells that could be formulas get an apostrophe.
  public static func of(_ texts: [String]) -> [UInt8] {
    bytes(texts.map { TableCell.written($0, trims: false) }, 0x2C)
  }

  /// The line of cells as they are.
  ///
  /// Cells with any of the separators in use are quoted, so that a reader which assumes another one sees them as text.
  static func bytes(_ cells: [String], _ separator: UInt8) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(separator) }
      guard needsQuotes(cell) || cells.count == 1 && cell.isEmpty else {
        bytes += cell.utf8
        continue
      }
      bytes.append(0x22)
      for byte in cell.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }
    return bytes + [0x0D, 0x0A]
  }

  private static func needsQuotes(_ cell: String) -> Bool {
    let isPlain = cell.utf8.allSatisfy {
      $0 != 0x22 && $0 != 0x2C && $0 != 0x3B && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != 0x27
    }
    return !isPlain || cell.utf8.first == 0x20 || cell.utf8.last == 0x20
  }
}
