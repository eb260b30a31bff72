/// The file of a tile, or of the entries below it, in the directory of a log.
///
/// Source: C2SP tlog-tiles.
struct TilePath: Hashable, Sendable {
  /// The level of hashes; nil for entries.
  let level: Int?
  /// The place of the tile in its level, from 0.
  let index: Int
  /// How many hashes or entries it holds: 256, or less at the right edge.
  let width: Int

  /// Hashes or entries of a whole tile.
  static let fullWidth = 256

  /// The tile of a level, or a bundle of entries.
  init(level: Int?, index: Int, width: Int) {
    self.level = level
    self.index = index
    self.width = width
  }

  /// The tile that a log of a size has at a place; nil where it has none.
  init?(level: Int?, index: Int, size: Int) {
    let height = 8 * (level ?? 0)
    guard index >= 0, height < Int.bitWidth - 1 else { return nil }
    let count = size >> height
    guard index <= count / TilePath.fullWidth else { return nil }
    let width = min(TilePath.fullWidth, count - index * TilePath.fullWidth)
    guard width > 0 else { return nil }
    self.init(level: level, index: index, width: width)
  }

  /// Reads a path as `text` writes it; nil for anything else.
  init?(_ text: String) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard parts.popFirst() == "tile", let first = parts.popFirst() else { return nil }
    var level: Int?
    if first != "entries" {
      guard let number = Spelling.number(first), number < 8 else { return nil }
      level = number
    }
    var width = TilePath.fullWidth
    if let last = parts.last, parts.dropLast().last?.hasSuffix(".p") == true {
      guard let number = Spelling.number(last), (1..<TilePath.fullWidth).contains(number) else {
        return nil
      }
      width = number
      parts.removeLast()
      parts.append(parts.removeLast().dropLast(2))
    }
    var index = 0
    for part in parts {
      guard let digits = Int(part.suffix(3)), index < 1 << 53 else { return nil }
      index = index * 1000 + digits
    }
    self.init(level: level, index: index, width: width)
    // The grammar allows more spellings than one here and there: only the canonical one is a path.
    guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
  }

  /// The path below the log's directory, such as `tile/0/x001/x234/067.p/8`.
  var text: String {
    var rest = index
    var name = TilePath.padded(rest % 1000)
    while rest >= 1000 {
      rest /= 1000
      name = "x" + TilePath.padded(rest % 1000) + "/" + name
    }
    let folder = "tile/" + (level.map(String.init) ?? "entries") + "/"
    return folder + name + (width < TilePath.fullWidth ? ".p/\(width)" : "")
  }

  /// Whether a log of a size has this file.
  func belongs(toLogOf size: Int) -> Bool {
    self == TilePath(level: level, index: index, size: size)
  }

  /// The least number of entries of a log that has this file; nil when no log can have so many.
  var leastSize: Int? {
    let hashes = index * TilePath.fullWidth + width
    let height = 8 * (level ?? 0)
    let size = hashes << height
    return size >> height == hashes ? size : nil
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}
