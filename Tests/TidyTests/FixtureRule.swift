/// Rules 6 and 7: every subcommand has a recorded help page or a journey, no recorded page is an orphan,
/// and every log among the examples says where it comes from.
enum FixtureRule {
  static let sources = "Tests/SOURCES.md"
  static let largestBytes = 1 << 20

  static func logs(_ tree: Tree) -> [Finding] {
    let listed = tree.file(sources)?.text ?? ""
    var found: [Finding] = []
    for file in tree.files(below: "examples") {
      if file.bytes.count > largestBytes {
        found.append(Finding(file.path, "larger than 1 MB", instead: "keep a short excerpt"))
      }
      let isLog = file.path.hasPrefix("examples/logs/") && file.name != "README.md"
      if isLog, !listed.contains("`" + file.path + "`") {
        found.append(
          Finding(file.path, "its origin is not stated", instead: "add it to \(sources)"))
      }
    }
    return found
  }

  static func commands(_ tree: Tree) -> [Finding] {
    let help = "Tests/JourneyTests/Golden/help"
    let pages = Set(tree.files(below: help, ending: ".txt").map { String($0.name.dropLast(4)) })
    let journeys = tree.files(below: "Tests/JourneyTests", ending: ".script").map(\.text)
    let commands = Set(names(tree))
    var found: [Finding] = []
    for (command, file) in named(tree) where !pages.contains(where: { $0.hasSuffix(command) }) {
      if journeys.contains(where: { $0.contains(" \(command)") }) { continue }
      found.append(
        Finding(
          file, "the command \"\(command)\" has neither a help page nor a journey",
          instead: "run `make record`"))
    }
    for page in pages.sorted() {
      let known = page == "systemic" || commands.contains { page.hasSuffix("-" + $0) }
      if !known {
        found.append(
          Finding("\(help)/\(page).txt", "no such command", instead: "run `make record`"))
      }
    }
    return found
  }

  private static func names(_ tree: Tree) -> [String] { named(tree).map(\.name) }

  /// The names of commands, as the sources give them.
  private static func named(_ tree: Tree) -> [(name: String, file: String)] {
    tree.files(below: "Sources/systemic", ending: ".swift").flatMap { file in
      file.lines.flatMap { line in
        line.text.components(after: "commandName: \"").map { ($0, file.path) }
      }
    }
  }
}

extension String {
  /// What stands between each `mark` and the next quotation mark.
  func components(after mark: String) -> [String] {
    var found: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: mark) {
      rest = rest[range.upperBound...]
      found.append(String(rest.prefix { $0 != "\"" }))
    }
    return found
  }
}
