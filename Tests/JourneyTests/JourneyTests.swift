import Foundation
import TestSupport
import Testing

/// What a person types, and what they read: every script beside this file.
///
/// `make record` takes what differs for what is expected; review it with `git diff`.
@Suite("journeys")
struct JourneyTests {
  static let scripts =
    ((try? FileManager.default.contentsOfDirectory(atPath: Program.folder.path)) ?? [])
    .filter { $0.hasSuffix(".script") }.sorted()

  @Test("there are journeys")
  func scripts_exist() { #expect(JourneyTests.scripts.count >= 4) }

  @Test("a journey goes as its script says", arguments: scripts)
  func journey(name: String) async throws {
    let file = Program.folder.appending(path: name)
    var script = Script(try String(contentsOf: file, encoding: .utf8))
    #expect(!script.steps.isEmpty)
    let program = try Program()
    defer { program.remove() }
    for (index, step) in script.steps.enumerated() {
      let outcome = try await program.run(step.command)
      guard let difference = Script.difference(step, outcome) else { continue }
      if isRecording {
        script.record(outcome, at: index)
      } else {
        Issue.record(Comment(rawValue: name + ", " + difference))
      }
    }
    if isRecording { try Data(script.text.utf8).write(to: file) }
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
    #expect(script.text == ";; a comment\n$ echo \\\na\nb\n? 3\n\n$ true\n")
    let step = try #require(script.steps.first)
    #expect(Script.difference(step, Program.Outcome(output: "b\n", status: 3)) == nil)
    #expect(Script.difference(step, Program.Outcome(output: "c\n", status: 3)) != nil)
    #expect(Script.difference(step, Program.Outcome(output: "b\n", status: 0)) != nil)
  }
}
