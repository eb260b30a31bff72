/// Rule 3: sizes above which a reader looks again; shown, never a failure.
enum SizeRule {
  static let longestFile = 500
  static let longestRuleFile = 220
  static let fullestFolder = 16

  static func findings(_ tree: Tree) -> [Finding] {
    var found: [Finding] = []
    let swift = tree.files.filter { $0.path.hasSuffix(".swift") }
    let rules = tree.files(below: "Sources/Rulebook/Law", ending: ".yaml")
    for (files, limit, name) in [
      (swift, longestFile, "file"), (rules, longestRuleFile, "rule file"),
    ] {
      for file in files {
        let lines = file.bytes.count { $0 == 0x0A }
        if lines > limit {
          found.append(
            Finding(file.path, "a \(name) of \(lines) lines", instead: "look whether it is two"))
        }
      }
    }
    let source = tree.files(below: "Sources", ending: ".swift")
    for (folder, files) in Dictionary(grouping: source, by: \.folder).sorted(by: { $0.key < $1.key }
    )
    where files.count > fullestFolder {
      found.append(
        Finding(folder, "a folder of \(files.count) files", instead: "look whether it is two"))
    }
    return found
  }
}
