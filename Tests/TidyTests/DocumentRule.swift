import Ground

/// Rule 8: CHANGELOG and ARCHITECTURE have their shape.
enum DocumentRule {
  static let longestArchitecture = 200

  /// `## 0.2.0 - 2026-12-01` headings, newest first.
  static func changelog(_ tree: Tree) -> [Finding] {
    let path = "CHANGELOG.md"
    guard let file = tree.file(path) else { return [Finding(path, "missing", instead: "write it")] }
    var found: [Finding] = []
    var last: (version: [Int], day: Day)?
    for (number, line) in file.lines where line.hasPrefix("## ") {
      let parts = line.dropFirst(3).split(separator: " ")
      let version =
        parts.first?.split(separator: ".", omittingEmptySubsequences: false)
        .compactMap { Int($0) } ?? []
      guard parts.count == 3, parts[1] == "-", version.count == 3, let day = Day(iso: parts[2])
      else {
        found.append(
          Finding(path, number, "\"\(line)\" is no entry", instead: "write ## 1.2.3 - 2026-11-20"))
        continue
      }
      if let last, last.day < day || last.version.lexicographicallyPrecedes(version) {
        found.append(Finding(path, number, "newer than the entry above", instead: "newest first"))
      }
      last = (version, day)
    }
    if last == nil, found.isEmpty { found = [Finding(path, "no entry", instead: "add one")] }
    return found
  }

  /// The rows of the table of rooms name the targets of the manifest, and no others.
  static func architecture(_ tree: Tree) -> [Finding] {
    let path = "ARCHITECTURE.md"
    guard let file = tree.file(path) else { return [Finding(path, "missing", instead: "write it")] }
    var found: [Finding] = []
    if file.lines.count > longestArchitecture + 1 {
      found.append(
        Finding(path, "\(file.lines.count) lines", instead: "keep it to \(longestArchitecture)"))
    }
    let manifest = rooms(tree.file("Package.swift")?.text ?? "")
    let table = Set(
      file.lines.compactMap { line -> String? in
        let cells = line.text.split(separator: "|").map { $0.filter { $0 != " " } }
        guard line.text.hasPrefix("| "), cells.count > 2, cells[1].hasPrefix("`") else {
          return nil
        }
        return String(cells[1].dropFirst().prefix { $0 != "`" })
      })
    for room in manifest.subtracting(table).sorted() {
      found.append(Finding(path, "the room \(room) is not in its table", instead: "add its row"))
    }
    for room in table.subtracting(manifest).sorted() {
      found.append(Finding(path, "there is no room \(room)", instead: "take its row out"))
    }
    return found
  }

  /// Targets of a manifest that are rooms, tools or shared by tests.
  static func rooms(_ manifest: String) -> Set<String> {
    let marks = ["room(\"", ".executableTarget(name: \"", ".plugin(name: \"", ".target(name: \""]
    let text = manifest.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
      .replacing("( ", with: "(")
    return Set(marks.flatMap { text.components(after: $0) })
  }
}
