import ArgumentParser
import Ground
import Journal
import Workspace

/// `systemic key rotate-signing`.
struct KeyRotateSigning: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-signing",
    abstract: "Give a log a new signing key; the old one is destroyed.",
    discussion: """
      The change is noted with both keys, and the first checkpoint carries the signatures of both. Give the new key to \
      readers and witnesses. A rotation that was broken off is finished by doing it again.

      Example: systemic key rotate-signing regulatory
      """)
  @Argument(help: "regulatory, access or operational.")
  var log: LogName
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let rotated = try await RotateSigningKey(workspace).rotate(log)
      Terminal.say(
        "the \(log.rawValue) log signs with a new key from entry \(rotated.checkpoint.size) on")
      Terminal.say("  before: \(rotated.from.text)")
      Terminal.say("  now:    \(rotated.to.text)")
      for problem in rotated.checkpoint.unreached { Terminal.warn(problem.warning) }
      Terminal.say(
        "Give the new key to readers and witnesses, end servers that hold the old one, and write a new recovery file:"
      )
      Terminal.say("  systemic key export FILE")
    }
  }
}
