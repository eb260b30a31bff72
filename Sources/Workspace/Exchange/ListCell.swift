internal import Ground

/// Several texts in one cell: `a; b`, with a semicolon inside a text written `\;` and a backslash `\\`.
///
/// A list that this form cannot say (none, an empty text, spaces around one, `[` at the beginning) is written as JSON.
enum ListCell {
  static func written(_ items: [String]) -> String {
    let isPlain =
      !items.isEmpty && items[0].utf8.first != 0x5B
      && items.allSatisfy { !$0.isEmpty && TableCell.trimmed($0).utf8.elementsEqual($0.utf8) }
    guard isPlain else { return JSON(items).compact }
    return items.map(escaped).joined(separator: "; ")
  }

  /// The texts of a cell; empty parts, as in `a;;b`, are left out.
  static func read(_ cell: String) -> [String] {
    if cell.utf8.first == 0x5B, let items = items(ofJSON: cell) { return items }
    var items: [String] = []
    var item: [UInt8] = []
    var isEscaped = false
    func finish() {
      if isEscaped { item.append(0x5C) }
      let text = TableCell.trimmed(String(decoding: item, as: UTF8.self))
      if !text.isEmpty { items.append(text) }
      item.removeAll(keepingCapacity: true)
    }
    for byte in cell.utf8 {
      if isEscaped {
        if byte != 0x3B, byte != 0x5C { item.append(0x5C) }
        item.append(byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else if byte == 0x3B {
        finish()
      } else {
        item.append(byte)
      }
    }
    finish()
    return items
  }

  private static func items(ofJSON text: String) -> [String]? {
    guard case .array(let values)? = try? JSON(parsing: text.utf8) else { return nil }
    var items: [String] = []
    for value in values {
      guard case .string(let item) = value else { return nil }
      items.append(item)
    }
    return items
  }

  private static func escaped(_ item: String) -> String {
    guard item.utf8.contains(where: { $0 == 0x3B || $0 == 0x5C }) else { return item }
    var bytes: [UInt8] = []
    for byte in item.utf8 {
      if byte == 0x3B || byte == 0x5C { bytes.append(0x5C) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
