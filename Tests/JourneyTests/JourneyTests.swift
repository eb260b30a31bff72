import Foundation
import Testing

/// What a person types, and what they read: every script beside this file.
@Suite("journeys")
struct JourneyTests {
  static let scripts =
    ((try? FileManager.default.contentsOfDirectory(atPath: Program.folder.path)) ?? [])
    .filter { $0.hasSuffix(".script") }.sorted()

  @Test("there are journeys")
  func scripts_exist() { #expect(JourneyTests.scripts.count >= 4) }

  @Test("a journey goes as its script says", arguments: scripts)
  func journey(name: String) throws {
    let script = Script(
      try String(contentsOf: Program.folder.appending(path: name), encoding: .utf8))
    #expect(!script.steps.isEmpty)
    let program = try Program()
    defer { program.remove() }
    for step in script.steps {
      if let difference = Script.difference(step, try program.run(step.command)) {
        Issue.record(Comment(rawValue: name + ", " + difference))
      }
    }
  }
}

/// The reader of scripts itself: a journey must be able to fail.
@Suite("the script reader")
struct ScriptTests {
  @Test(
    "an ellipsis stands for anything within a line",
    arguments: [
      ("a…c", "abc", true), ("a…c", "ac", true), ("a…c", "acb", false), ("…b…", "abc", true),
      ("…", "", true), ("a", "ab", false), ("a…a", "a", false),
    ])
  func line(expected: String, actual: String, isSame: Bool) {
    #expect(Script.matchesLine(expected, actual) == isSame)
  }

  @Test("a line of an ellipsis stands for any lines, none included")
  func lines() {
    #expect(Script.matches(["a", "…", "d"], ["a", "b", "c", "d"]))
    #expect(Script.matches(["a", "…", "d"], ["a", "d"]))
    #expect(!Script.matches(["a", "…", "d"], ["a", "b"]))
    #expect(!Script.matches(["a"], ["a", "b"]))
  }

  @Test("a wrong line and a wrong status are told")
  func difference() throws {
    let script = Script(";; a comment\n$ echo \\\na\nb\n? 3\n\n$ true\n")
    #expect(script.steps.map(\.command) == ["echo \\\na", "true"])
    #expect(script.steps.map(\.status) == [3, 0])
    let step = try #require(script.steps.first)
    #expect(Script.difference(step, Program.Outcome(output: "b\n", status: 3)) == nil)
    #expect(Script.difference(step, Program.Outcome(output: "c\n", status: 3)) != nil)
    #expect(Script.difference(step, Program.Outcome(output: "b\n", status: 0)) != nil)
  }
}
