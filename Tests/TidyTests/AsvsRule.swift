import Ground

/// Rule 11: docs/asvs.md has every requirement of levels 1 and 2 once, and what it names as shown is there.
///
/// Source: OWASP Application Security Verification Standard 5.0.0.
enum AsvsRule {
  static let path = "docs/asvs.md"
  /// Requirements of level 1, of level 2, and those of level 3 that were chosen.
  static let counts = ["1": 70, "2": 183, "3": 5]

  struct Row {
    let line: Int
    let cells: [String]
    var id: String { cells[0] }
    var evidence: [String] {
      cells[5].split(separator: ",").map { String($0.drop { $0 == " " }) }
    }
  }

  static func findings(_ tree: Tree) -> [Finding] {
    guard let file = tree.file(path) else {
      return [Finding(path, "missing", instead: "write it")]
    }
    let rows = file.lines.filter {
      $0.text.first == "|" && $0.text.dropFirst(2).first?.isNumber == true
    }
    .map { number, line in
      Row(
        line: number,
        cells: line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
          .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) })
    }
    guard rows.allSatisfy({ $0.cells.count == 6 }) else {
      return [Finding(path, "a row has not six cells", instead: "one for each column")]
    }
    return counted(rows) + rows.flatMap { found($0, tree) }
  }

  /// None missing and none twice: the numbers of a section have no gap, and each level has its count.
  private static func counted(_ rows: [Row]) -> [Finding] {
    var found: [Finding] = []
    var seen: Set<String> = []
    for row in rows where !seen.insert(row.id).inserted {
      found.append(Finding(path, row.line, "\(row.id) stands twice", instead: "keep one"))
    }
    let levels = Dictionary(grouping: rows) { $0.cells[1] }.mapValues(\.count)
    if levels != counts {
      found.append(
        Finding(path, "it has \(levels.sorted { $0.key < $1.key }) rows", instead: "\(counts)"))
    }
    return found
  }

  private static func found(_ row: Row, _ tree: Tree) -> [Finding] {
    func finding(_ what: String, _ instead: String) -> Finding {
      Finding(path, row.line, "\(row.id): \(what)", instead: instead)
    }
    guard row.cells[3].count > 3, row.cells[4].count > 3 else {
      return [finding("it does not say what is asked, or how or why", "say both")]
    }
    switch row.cells[2] {
    case "done":
      guard !row.evidence.isEmpty else {
        return [finding("nothing shows that it is done", "name a test or a document")]
      }
      return row.evidence.filter { !isThere($0, tree) }.map {
        finding("\($0) is not there", "name a test as Suite.function, or a file of docs")
      }
    case "open", "not-applicable":
      return row.evidence.isEmpty ? [] : [finding("it is not done, and names a test", "decide")]
    default: return [finding("“\(row.cells[2])” is no status", "done, not-applicable or open")]
    }
  }

  /// Whether a test or a document is in the tree.
  static func isThere(_ name: String, _ tree: Tree) -> Bool {
    if name.contains("/") { return tree.file(name) != nil }
    let parts = name.split(separator: ".")
    guard parts.count == 2 else { return false }
    return tree.files(below: "Tests", ending: "/\(parts[0]).swift").contains { file in
      file.text.contains("func \(parts[1])(")
    }
  }
}
