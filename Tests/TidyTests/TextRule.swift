/// Rule 9: plain files with plain names, and no place on somebody's machine.
enum TextRule {
  /// Inputs that are wrong on purpose.
  private static let mistakes = ["Fuzz/Corpus/", "Fuzz/Crashes/", "Tests/RulebookTests/Refused/"]
  private static let pictures = [".png", ".jpg", ".ico", ".woff2"]
  private static let homes = [
    "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "/wo" + "rk/", "/t" + "mp/",
  ]

  static func findings(_ tree: Tree) -> [Finding] {
    var found: [Finding] = []
    for file in tree.files where !mistakes.contains(where: file.path.hasPrefix) {
      if file.path.contains(" ") {
        found.append(Finding(file.path, "a space in the name", instead: "write a hyphen"))
      }
      if pictures.contains(where: file.path.hasSuffix) { continue }
      found += whole(file) + byLine(file)
    }
    return found
  }

  private static func whole(_ file: Tree.File) -> [Finding] {
    guard let last = file.bytes.last else { return [] }
    var found: [Finding] = []
    if last != 0x0A {
      found.append(Finding(file.path, "no line end at the end", instead: "add one"))
    }
    if file.bytes.suffix(2) == [0x0A, 0x0A], !isRecorded(file) {
      found.append(Finding(file.path, "an empty line at the end", instead: "take it out"))
    }
    if String(validating: file.bytes, as: UTF8.self) == nil {
      found.append(Finding(file.path, "not UTF-8", instead: "save it as UTF-8"))
    }
    return found
  }

  /// Logs and recorded output stay as a tool wrote them.
  private static func isRecorded(_ file: Tree.File) -> Bool {
    file.path.hasPrefix("examples/logs/") || file.path.contains("/Golden/")
  }

  private static func byLine(_ file: Tree.File) -> [Finding] {
    let allowsTabs = file.name == "Makefile" || file.name.hasSuffix(".go")
    let isRecorded = isRecorded(file)
    var found: [Finding] = []
    var line = 1
    var last: UInt8 = 0x0A
    for byte in file.bytes {
      if byte == 0x09, !allowsTabs {
        found.append(Finding(file.path, line, "a tab", instead: "write spaces"))
      } else if byte < 0x20, byte != 0x0A, byte != 0x09 || byte == 0x7F, !isRecorded {
        found.append(Finding(file.path, line, "a control character", instead: "take it out"))
      }
      if byte == 0x0A {
        if last == 0x20, !isRecorded {
          found.append(Finding(file.path, line, "spaces at the end", instead: "take them out"))
        }
        line += 1
      }
      last = byte
    }
    for (number, text) in file.lines {
      for home in homes where WordRule.contains(text, home) {
        found.append(
          Finding(
            file.path, number, "a path of some machine", instead: "name it from the root here"))
      }
    }
    return found
  }
}
