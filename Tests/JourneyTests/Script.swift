/// A journey: commands with what they are expected to say.
///
/// `$ command` (a line that ends with `\` goes on), then the output. Where `…` stands, anything may
/// stand in that line; a line of `…` alone is any number of lines. `? 10` is the exit status, 0 when
/// it is not given. A line that begins with `;; ` is a comment.
struct Script {
  struct Step {
    let line: Int
    var comments: [String] = []
    var command: String
    var expected: [String] = []
    var status: Int32 = 0
  }

  private(set) var steps: [Step] = []

  init(_ text: String) {
    var isOpen = false
    var comments: [String] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = String(line)
      if isOpen {
        steps[steps.count - 1].command += "\n" + line
        isOpen = line.hasSuffix("\\")
      } else if line.hasPrefix("$ ") {
        steps.append(Step(line: index + 1, comments: comments, command: String(line.dropFirst(2))))
        comments = []
        isOpen = line.hasSuffix("\\")
      } else if line.hasPrefix(";;") {
        comments.append(line)
      } else if steps.isEmpty {
        continue
      } else if line.hasPrefix("? "), let status = Int32(line.dropFirst(2)) {
        steps[steps.count - 1].status = status
      } else {
        steps[steps.count - 1].expected.append(line)
      }
    }
    for index in steps.indices { Script.trim(&steps[index].expected) }
  }

  /// The script as text.
  var text: String {
    steps.map { step in
      let status = step.status == 0 ? [] : ["? \(step.status)"]
      return (step.comments + ["$ " + step.command] + step.expected + status)
        .map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }

  /// Takes what a step said for what it is expected to say.
  mutating func record(_ outcome: Program.Outcome, at index: Int) {
    steps[index].expected = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    Script.trim(&steps[index].expected)
    steps[index].status = outcome.status
  }

  /// What differs, or nil when the output is as expected.
  static func difference(_ step: Step, _ outcome: Program.Outcome) -> String? {
    var actual = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    trim(&actual)
    guard matches(step.expected[...], actual[...]), outcome.status == step.status else {
      let expected = step.expected + ["? \(step.status)"]
      let found = actual + ["? \(outcome.status)"]
      return
        (["line \(step.line): $ \(step.command)", "expected:"] + expected + ["found:"] + found)
        .joined(separator: "\n")
    }
    return nil
  }

  /// Whether lines are as expected; a line `…` takes any number of them.
  static func matches(_ expected: ArraySlice<String>, _ actual: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return actual.isEmpty }
    if first == "…" {
      if expected.count == 1 { return true }
      return actual.indices.contains { matches(expected.dropFirst(), actual[$0...]) }
    }
    guard let line = actual.first, matchesLine(first, line) else { return false }
    return matches(expected.dropFirst(), actual.dropFirst())
  }

  /// Whether a line is as expected; `…` takes any text within it.
  static func matchesLine(_ expected: String, _ actual: String) -> Bool {
    let parts = expected.split(separator: "…", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return expected == actual
    }
    guard actual.hasPrefix(first) else { return false }
    var rest = actual.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }

  private static func trim(_ lines: inout [String]) {
    while lines.last?.isEmpty == true { lines.removeLast() }
  }
}
