/// Rule 2: words that have a better one here.
enum WordRule {
  struct Word: Sendable {
    let text: String
    let instead: String
    /// Folders where it may stand.
    var allowed: [String] = []
  }

  static let words = [
    Word(
      text: "Date" + "()", instead: "take `now` or `today` as a parameter",
      allowed: ["Sources/systemic/"]),
    Word(text: "print" + "(", instead: "return the text; the command shows it"),
    Word(text: "fatal" + "Error", instead: "use `precondition` with the rule that was broken"),
    Word(text: "@un" + "checked", instead: "use value types or a Mutex"),
    Word(text: "nonisolated(un" + "safe)", instead: "use value types or a Mutex"),
    Word(text: "try" + "!", instead: "throw a Problem"),
    Word(text: "TO" + "DO", instead: "open an issue"),
    Word(text: "FIX" + "ME", instead: "open an issue"),
  ]

  static func findings(_ tree: Tree) -> [Finding] {
    var found: [Finding] = []
    for file in tree.files(below: "Sources", ending: ".swift") + tree.files(below: "Plugins") {
      for (number, line) in file.lines {
        for word in words where contains(line, word.text) {
          if word.allowed.contains(where: file.path.hasPrefix) { continue }
          found.append(
            Finding(file.path, number, "`\(word.text)` stands here", instead: word.instead))
        }
      }
    }
    return found
  }

  /// Whether the word stands in the line and is not the end of a longer one, such as `fingerprint(`.
  static func contains(_ line: String, _ word: String) -> Bool {
    var rest = line[...]
    while let range = rest.firstRange(of: word) {
      let before = rest[..<range.lowerBound].last
      if !(before.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." } ?? false) {
        return true
      }
      rest = rest[range.upperBound...]
    }
    return false
  }
}
