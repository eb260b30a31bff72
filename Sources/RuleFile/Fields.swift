public import Ground

/// Reads the members of a mapping once each, gathers every problem, and finds keys nobody asked for.
public struct Fields {
  /// Problems found so far, at most `mostProblems`.
  public private(set) var problems: [Problem] = []
  /// Where the mapping begins.
  public let place: Place
  private let subject: String
  private var members: [RuleNode.Member]
  private var asked: [String] = []

  /// How many problems a file reports at most.
  public static let mostProblems = 50

  /// The fields of a node that should be a mapping; `subject` names it in messages.
  public init(_ node: RuleNode, _ subject: String) {
    place = node.place
    self.subject = subject
    if case .map(let members) = node.content {
      self.members = members
    } else {
      members = []
      problems = [
        Problem(
          "rulefile.not-a-mapping", what: "\(subject) must be keys with values",
          why: "each fact has a name", mend: "write `key: value` lines", places: [node.place])
      ]
    }
  }

  /// The value of a key, or nil when it is absent or empty.
  public mutating func node(_ key: String) -> RuleNode? {
    if !asked.contains(key) { asked.append(key) }
    guard let member = members.first(where: { $0.key == key }) else { return nil }
    if case .empty = member.value.content { return nil }
    return member.value
  }

  /// Where the value of a key stands, else where the mapping begins.
  public func place(of key: String) -> Place {
    members.first { $0.key == key }?.value.place ?? place
  }

  /// Text of a key, or nil.
  public mutating func text(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    if case .scalar(let text) = node.content { return text }
    report(
      "rulefile.not-text", "\"\(key)\" must be one value", "it holds a list or a mapping",
      "write a single value", node.place)
    return nil
  }

  /// Text of a key that must be there; empty and a problem when it is not.
  public mutating func needed(_ key: String) -> String {
    if let text = text(key) { return text }
    if !problems.contains(where: { $0.what.contains("\"\(key)\"") }) {
      report(
        "rulefile.missing-key", "\(subject) has no \"\(key)\"", "it cannot be read without it",
        "add `\(key): …`", place)
    }
    return ""
  }

  /// A list of texts; a single value counts as a list of one.
  public mutating func texts(_ key: String) -> [String] {
    guard let node = node(key) else { return [] }
    switch node.content {
    case .scalar(let text): return [text]
    case .list(let items):
      var result: [String] = []
      for item in items {
        if case .scalar(let text) = item.content {
          result.append(text)
        } else {
          report(
            "rulefile.not-text", "\"\(key)\" must be a list of plain values",
            "one of its items is a list or a mapping", "write single values", item.place)
        }
      }
      return result
    case .map, .empty:
      report(
        "rulefile.not-a-list", "\"\(key)\" must be a list", "it holds a mapping",
        "write `- value` lines or [a, b]", node.place)
      return []
    }
  }

  /// The items of a list, or none.
  public mutating func list(_ key: String) -> [RuleNode] {
    guard let node = node(key) else { return [] }
    if case .list(let items) = node.content { return items }
    report(
      "rulefile.not-a-list", "\"\(key)\" must be a list", "several items can stand there",
      "write `- …` lines", node.place)
    return []
  }

  /// A day, or nil; a text that is no day is a problem.
  public mutating func day(_ key: String) -> Day? {
    guard let text = text(key) else { return nil }
    if let day = Day(iso: text) { return day }
    report(
      "rulefile.not-a-day", "\"\(text)\" is not a day", "\"\(key)\" is a date of the calendar",
      "write it as YYYY-MM-DD", place(of: key))
    return nil
  }

  /// A whole number, or nil.
  public mutating func integer(_ key: String) -> Int? {
    guard let text = text(key) else { return nil }
    if let value = Int(text) { return value }
    report(
      "rulefile.not-a-number", "\"\(text)\" is not a whole number", "\"\(key)\" counts something",
      "write digits only", place(of: key))
    return nil
  }

  /// Yes or no, or nil.
  public mutating func flag(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    switch text.lowercased() {
    case "yes", "true", "on": return true
    case "no", "false", "off": return false
    default:
      report(
        "rulefile.not-yes-or-no", "\"\(text)\" is neither yes nor no",
        "\"\(key)\" is answered with yes or no; leave it out when it is unknown",
        "write yes or no", place(of: key))
      return nil
    }
  }

  /// One of a closed list, or nil; anything else is a problem that lists the choices.
  public mutating func choice<Choice>(_ key: String, of type: Choice.Type) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let text = text(key) else { return nil }
    if let value = Choice(rawValue: text) { return value }
    let all = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    report(
      "rulefile.not-a-choice", "\"\(text)\" is not a value of \"\(key)\"",
      "the list is closed", "choose one of \(all)", place(of: key))
    return nil
  }

  /// Adds problems found inside a nested mapping.
  public mutating func absorb(_ inner: [Problem]) {
    problems += inner.prefix(max(0, Fields.mostProblems - problems.count))
  }

  /// Adds a problem.
  public mutating func report(
    _ code: String, _ what: String, _ why: String, _ mend: String, _ place: Place
  ) {
    absorb([Problem(code, what: what, why: why, mend: mend, places: [place])])
  }

  /// Reports every key that was never asked for, with the nearest known one.
  public mutating func finish() {
    for member in members where !asked.contains(member.key) {
      let nearest = asked.min { distance($0, member.key) < distance($1, member.key) }
      let farthest = min(3, member.key.utf8.count / 2)
      let hint =
        nearest.map { distance($0, member.key) <= farthest ? "did you mean \"\($0)\"?" : "" } ?? ""
      report(
        "rulefile.unknown-key", "\(subject) has no key \"\(member.key)\"",
        "a misspelt key would be lost silently",
        hint.isEmpty ? "known keys: " + asked.sorted().joined(separator: ", ") : hint,
        member.place)
    }
  }

  /// Levenshtein distance, for suggestions.
  private func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.utf8.prefix(40))
    let b = Array(right.utf8.prefix(40))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var previous = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let current = row[j + 1]
        row[j + 1] = min(row[j + 1] + 1, row[j] + 1, previous + (x == y ? 0 : 1))
        previous = current
      }
    }
    return row[b.count]
  }
}
