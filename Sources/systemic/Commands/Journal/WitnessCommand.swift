import ArgumentParser
import Dispatch
import Foundation
import Ground
import Journal
import Workspace

/// `systemic witness`.
struct WitnessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "witness",
    abstract:
      "A second process that signs a log's heads, so that a rollback or a split view is caught.",
    discussion: """
      Best in other hands and on another machine, reached through a tunnel to this one.

      Examples:
        systemic witness init w --name witness.example/w1
        systemic witness run w --port 8123 --log "$(cat regulatory.vkey)"
        systemic witness trust http://127.0.0.1:8123 'witness.example/w1+…'
      """,
    subcommands: [WitnessInit.self, WitnessRun.self, WitnessShow.self, WitnessTrust.self])
}

/// `systemic witness init`.
struct WitnessInit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a witness: a folder with its own key.")
  @Argument(help: "The folder to make.")
  var folder: String
  @Option(help: "The name under which it signs, such as witness.example/w1.")
  var name: String

  func run() throws {
    try Terminal.run {
      let key = try WitnessFolder(folder).make(name: name)
      Terminal.say(key.text)
    }
  }
}

/// `systemic witness show`.
struct WitnessShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the public key of a witness.")
  @Argument(help: "The folder of the witness.")
  var folder: String

  func run() throws {
    try Terminal.run { Terminal.say(try WitnessFolder(folder).key().text) }
  }
}

/// `systemic witness run`.
struct WitnessRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Answer logs on a port of this machine, until it is told to end.",
    discussion: "SIGTERM or Ctrl-C ends it. It signs only what follows from what it signed before.")
  @Argument(help: "The folder of the witness.")
  var folder: String
  @Option(help: "The port of 127.0.0.1; 0 takes a free one.")
  var port: UInt16
  @Option(
    name: .customLong("log"),
    help: "The public key of a log to know, or a file with it; may be repeated.")
  var logs: [String] = []

  func run() async throws {
    try await Terminal.run {
      let witness = WitnessFolder(folder)
      try witness.know(try VerifyExports.keys(logs))
      let server = try witness.server(port: port) {
        Instant(seconds: Int(Date().timeIntervalSince1970))
      }
      Terminal.say("witness \(try witness.key().text)")
      Terminal.say("listening on http://127.0.0.1:\(server.port)")
      let signals = [SIGTERM, SIGINT].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { server.stop() }
        source.resume()
        return source
      }
      await server.run()
      signals.forEach { $0.cancel() }
      Terminal.say("ended; nothing is open")
    }
  }
}

/// `systemic witness trust`.
struct WitnessTrust: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Show every checkpoint of this workspace to a witness, and keep its signature.",
    discussion: "Example: systemic witness trust http://127.0.0.1:8123 'witness.example/w1+…'")
  @Argument(help: "Where it listens, http://127.0.0.1:PORT.")
  var url: String
  @Argument(help: "Its public key, or a file with it.")
  var key: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let key = try VerifyExports.keys([key])[0]
      let trusting = try await workspace.trustWitness(key, at: url)
      Terminal.say("trusting “\(key.name)” at \(url); the witness needs to know these keys:")
      for log in LogName.allCases {
        Terminal.say("  --log '\(trusting.description.keys[log]?.last ?? "")'")
      }
      for published in try await Checkpoints(trusting).publishAll() {
        JournalCheckpoint.say(published)
      }
    }
  }
}
