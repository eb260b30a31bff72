/// Names that a person may have meant.
enum Spelling {
  /// Most names that are proposed.
  static let mostProposed = 3
  /// Longest name that is compared, in bytes.
  static let longestCompared = 64

  /// The name without what people write in different ways: case, spaces, underscores, hyphens.
  static func key(_ name: String) -> String {
    String(name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" })
  }

  /// The name that a word may be a slip of: one letter in five at most is another, so that short names have none.
  static func meant(_ word: String, among names: [String]) -> String? {
    let wanted = Array(key(word).utf8.prefix(longestCompared))
    return names.map { (name: $0, apart: distance(wanted, Array(key($0).utf8))) }
      .filter { $0.apart > 0 && $0.apart <= $0.name.utf8.count / 5 }
      .min { ($0.apart, $0.name) < ($1.apart, $1.name) }?.name
  }

  /// Names that differ from a word by few letters, or hold it or are held by it; the nearest first.
  static func near(_ word: String, among names: [String]) -> [String] {
    let wanted = Array(key(word).utf8.prefix(longestCompared))
    guard !wanted.isEmpty else { return [] }
    var found: [(name: String, distance: Int)] = []
    for name in names {
      let other = Array(key(bare(name)).utf8.prefix(longestCompared))
      let apart = distance(wanted, other)
      let isPart =
        min(wanted.count, other.count) >= 3 && (holds(other, wanted) || holds(wanted, other))
      if apart <= max(1, wanted.count / 3) || isPart { found.append((name, apart)) }
    }
    found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
    return found.prefix(mostProposed).map(\.name)
  }

  /// An event's name without `on:`.
  private static func bare(_ name: String) -> String {
    name.hasPrefix("on:") ? String(name.dropFirst(3)) : name
  }

  private static func holds(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0..<($0 + part.count)] == part[...] }
  }

  /// How many letters must be added, removed or replaced.
  ///
  /// Source: Wagner and Fischer, "The String-to-String Correction Problem", 1974.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
