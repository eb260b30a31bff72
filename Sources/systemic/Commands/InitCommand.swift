import ArgumentParser
import Duties
import Ground
import Store
import Workspace

/// `systemic init`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a workspace: a folder with keys, journal and provider.",
    discussion: """
      The keys lie in keys/ for the owner only. Write a recovery file soon: systemic key export FILE.

      Example:
        systemic init records --provider "Fictional Labs" --set established_in_union=yes
      """)
  @Argument(help: "The folder to make.")
  var folder: String
  @Option(help: "The provider's name.")
  var provider: String
  @Option(name: .customLong("set"), help: "A fact of the provider, field=value; may be repeated.")
  var settings: [String] = []
  @Option(help: "The name before the logs' own in every checkpoint; default a random one.")
  var origin: String?

  func run() async throws {
    try await Terminal.run {
      let place = WorkspaceFolder(folder)
      let set = try settings.map { try Words.setting($0, of: .provider) }
      let now = try Wiring.surroundings(place).now()
      let (description, _) = try InitWorkspace.prepare(place, origin: origin, now: now)
      let store = try SQLiteStore(path: place.store, access: .write)
      let workspace = try Wiring.workspace(place, store: store)
      let state = try await InitWorkspace.begin(
        workspace, provider: [("name", .string(provider))] + set)
      try await Wiring.publish(workspace)
      await store.close()
      Terminal.say("made the workspace \(place.path) of \(state.title)")
      for log in LogName.allCases {
        Terminal.say("  \(log.rawValue): \(description.keys[log]?.last ?? "")")
      }
      Terminal.say(
        "Give these public keys to whoever will verify the journal, and write a recovery file:")
      Terminal.say("  systemic key export FILE --workspace \(folder)")
      Terminal.say(
        "Then register people, and open the desk in a browser; its set-up asks for the rest:")
      Terminal.say("  systemic person add NAME --role compliance --workspace \(folder)")
      Terminal.say("  systemic serve --workspace \(folder)")
      Terminal.say("  systemic person link NAME --workspace \(folder)")
    }
  }
}
