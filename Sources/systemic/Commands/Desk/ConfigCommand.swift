import ArgumentParser
import Foundation
import Ground
import Server
import Workspace

/// Where the configuration is.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: "The configuration file; default SYSTEMIC_CONFIG, else systemic.yaml in the workspace.")
  var config: String?

  /// Reads the file, where there is one, and the environment; what a command line says wins over both.
  func read(_ folder: WorkspaceFolder?, more: [String: String] = [:]) throws -> Configuration {
    let environment = ProcessInfo.processInfo.environment
    var path = config
    if path == nil, let named = environment["SYSTEMIC_CONFIG"], !named.isEmpty { path = named }
    if path == nil, let folder {
      let usual = folder.path + "/systemic.yaml"
      if FileManager.default.fileExists(atPath: usual) { path = usual }
    }
    let file = try path.map { (text: try TextFile.read($0), name: $0) }
    let configuration = try Configuration(
      file: file, environment: environment.merging(more) { $1 })
    for name in configuration.unknownVariables {
      Terminal.warn("note: \(name) is no setting of ours, and is not read")
    }
    return configuration
  }
}

/// `systemic config`.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "What the server is set to, by file and environment.",
    discussion: """
      The file is YAML: sections with keys, each of them described in docs/guides/operation.md. A variable of the environment, \
      such as SYSTEMIC_MAIL_HOST for mail.host, wins over the file. Secrets never stand in the file: their keys end with _file \
      and name a file that only the server's user reads.

      Examples:
        systemic config check --config systemic.yaml
        systemic config show --workspace records
      """,
    subcommands: [ConfigCheck.self, ConfigShow.self])
}

/// `systemic config check`.
struct ConfigCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Read it as serve would, and tell every mistake with its place."
  )
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try Terminal.run {
      let configuration = try configured.read(try? options.folder())
      for setting in Settings.all where setting.form == .secret {
        _ = try configuration.secret(setting.path)
      }
      _ = try Entrance(configuration)
      Terminal.say("the configuration is in order")
    }
  }
}

/// `systemic config show`.
struct ConfigShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Every setting with its value and where it comes from; no secrets.")
  @OptionGroup var configured: ConfigurationOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try Terminal.run {
      let configuration = try configured.read(try? options.folder())
      Terminal.say(
        TextTable.text(
          ["setting", "value", "from", "variable"],
          ConfigurationText.lines(configuration).map { line in
            let setting = Settings.all.first { $0.path == line.path }
            return [line.path, TextTable.plain(line.value), line.from, setting?.variable ?? ""]
          }, empty: "nothing can be set"))
    }
  }
}
