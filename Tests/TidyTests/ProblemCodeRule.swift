/// Problem codes are `room.kebab-case` and stand in docs/problems.md, which `make record` writes.
enum ProblemCodeRule {
  static let list = "docs/problems.md"
  static let rooms: Set = [
    "ground", "sealing", "programs", "outbound", "journal", "store", "rulefile", "rulebook",
    "compute",
    "duties",
    "workspace", "documents", "server", "systemic",
  ]

  static func findings(_ tree: Tree) -> [Finding] {
    let listed = Set(
      (tree.file(list)?.lines ?? []).compactMap { line in
        line.text.hasPrefix("| `") ? String(line.text.dropFirst(3).prefix { $0 != "`" }) : nil
      })
    var thrown: Set<String> = []
    var found: [Finding] = []
    for file in tree.files(below: "Sources", ending: ".swift") {
      for (code, number) in codes(file) {
        thrown.insert(code)
        if !isWellFormed(code) {
          found.append(
            Finding(file.path, number, "\"\(code)\" is no code", instead: "write room.kebab-case"))
        } else if !listed.contains(code) {
          found.append(
            Finding(
              file.path, number, "\"\(code)\" is not in \(list)", instead: "run `make record`"))
        }
      }
    }
    found += listed.subtracting(thrown).sorted().map {
      Finding(list, "\"\($0)\" is thrown nowhere", instead: "run `make record`")
    }
    return found
  }

  /// The codes that a file gives.
  ///
  /// They are the literals that begin with a room and a point, wherever they stand, and whatever is
  /// the first argument of `Problem(`; what `hasPrefix` asks for is no code.
  static func codes(_ file: Tree.File) -> [(code: String, line: Int)] {
    var found: [(String, Int)] = []
    var isArgument = false
    for (number, line) in file.lines {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("//") { continue }
      var rest = text
      while let quote = rest.firstIndex(of: "\"") {
        let before = rest[..<quote]
        let literal = rest[rest.index(after: quote)...].prefix { $0 != "\"" }
        let opens = before.hasSuffix("Problem(") || isArgument && before.isEmpty
        let isCode =
          rooms.contains { literal.hasPrefix($0 + ".") && literal != $0 + "." }
          && !literal.contains(" ") && !literal.contains("/")
        if opens && literal.contains(".") || isCode && !before.hasSuffix("hasPrefix(") {
          found.append((String(literal), number))
        }
        rest = rest[literal.endIndex...].dropFirst()
      }
      isArgument = text.hasSuffix("Problem(")
    }
    return found
  }

  static func isWellFormed(_ code: String) -> Bool {
    let parts = code.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, rooms.contains(String(parts[0])) else { return false }
    return parts[1].split(separator: "-", omittingEmptySubsequences: false).allSatisfy {
      !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
    }
  }
}
