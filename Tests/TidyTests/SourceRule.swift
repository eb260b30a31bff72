/// Rule 10: a doc comment that states a number of the law says where it stands; shown, never a failure.
enum SourceRule {
  static let rooms = ["Rulebook", "Compute", "Duties"]
  private static let units = ["FLOP", "days", "day", "weeks", "%"]

  static func findings(_ tree: Tree) -> [Finding] {
    var found: [Finding] = []
    for room in rooms {
      for file in tree.files(below: "Sources/" + room, ending: ".swift") {
        for comment in comments(file) where statesNumber(comment.text) {
          if comment.text.contains("Source:") { continue }
          found.append(
            Finding(file.path, comment.line, "a number without source", instead: "add /// Source:"))
        }
      }
    }
    return found
  }

  private static func comments(_ file: Tree.File) -> [(text: String, line: Int)] {
    var found: [(text: String, line: Int)] = []
    var open: (text: String, line: Int)?
    for (number, line) in file.lines {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("///") {
        open = ((open?.text ?? "") + " " + text.dropFirst(3), open?.line ?? number)
      } else if let comment = open {
        found.append(comment)
        open = nil
      }
    }
    return found
  }

  static func statesNumber(_ text: String) -> Bool {
    let words = text.split { " ,;:()`".contains($0) }.map { $0.hasSuffix(".") ? $0.dropLast() : $0 }
    for (number, unit) in zip(words, words.dropFirst())
    where number.first?.isNumber == true && units.contains(String(unit)) {
      return true
    }
    return words.contains { $0.count > 1 && $0.hasSuffix("%") && $0.first?.isNumber == true }
  }
}
