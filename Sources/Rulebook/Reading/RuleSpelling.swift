/// How people write the id of a rule.
enum RuleSpelling {
  /// Ids that a spelling may mean, best first.
  static func candidates(_ spelling: String) -> [String] {
    let lower = spelling.lowercased().trimmingSpaces
    guard !lower.contains("/") || lower.contains("(") || lower.hasPrefix("art") else {
      return [lower, "ai-act/" + lower]
    }
    var words = lower
    for prefix in [
      "of regulation (eu) 2024/1689", "regulation (eu) 2024/1689", "of the ai act", "ai act",
      "articles", "article", "arts.", "art.",
    ] {
      words = words.replacing(prefix, with: prefix.hasPrefix("art") ? "art " : "")
    }
    words = words.trimmingSpaces
    if let rest = words.dropping("recital") { return ["recital/" + path(rest)] }
    if let rest = words.dropping("annex") { return ["ai-act/annex-" + path(rest)] }
    for name in ["guidelines", "guideline", "gl", "¶"] {
      if let rest = words.dropping(name) {
        return ["guidelines/" + path(rest.replacing("¶", with: ""))]
      }
    }
    if let rest = words.dropping("cop") ?? words.dropping("measure") {
      let bare = rest.trimmingSpaces
      for chapter in ["safety", "transparency", "copyright"] {
        if let measure = bare.dropping(chapter) {
          return ["cop/\(chapter)/" + measure.trimmingSpaces.replacing(" ", with: "/")]
        }
      }
      let measure = bare.replacing(" ", with: "/")
      return ["safety", "transparency", "copyright"].map { "cop/\($0)/" + measure }
    }
    if let rest = words.dropping("house") { return ["house/" + path(rest)] }
    let bare = (words.dropping("art") ?? words).trimmingSpaces
    let measure = bare.replacing(" ", with: "/")
    return ["ai-act/" + path(bare), "cop/safety/" + measure, "reg-1182-71/" + path(bare), bare]
  }

  /// `52(1)(a)` and `52.1.a` as `52/1/a`.
  private static func path(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "(", ".", " ", "/": if !result.isEmpty, result.last != "/" { result.append("/") }
      case ")", "¶", "\u{A0}": continue
      default: result.append(character)
      }
    }
    while result.last == "/" { result.removeLast() }
    return result
  }
}

extension String {
  var trimmingSpaces: String {
    var view = Substring(self)
    while let first = view.first, first.isWhitespace { view.removeFirst() }
    while let last = view.last, last.isWhitespace { view.removeLast() }
    return String(view)
  }

  fileprivate func dropping(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }

  /// The text with every occurrence replaced; plain Swift, so that no regular expressions are linked.
  func replacing(_ old: String, with new: String) -> String {
    guard !old.isEmpty, contains(old) else { return self }
    var result = ""
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix(old) {
        result += new
        rest = rest.dropFirst(old.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
