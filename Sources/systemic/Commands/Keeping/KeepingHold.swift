import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic hold`.
struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Legal holds: while one stands nothing it names is erased.",
    subcommands: [HoldPlace.self, HoldRelease.self, HoldList.self])
}

/// `systemic hold place`.
struct HoldPlace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Place a hold on records, or on everything.",
    discussion: """
      A hold on a model or an incident holds what belongs to it.

      Example:
        systemic hold place --records model/… --matter "Request 1" --basis "Art. 91, ref. 1"
      """)
  @Option(parsing: .upToNextOption, help: "The records held, by id; none holds everything.")
  var records: [String] = []
  @Option(help: "The matter.")
  var matter: String
  @Option(help: "Why, such as \"request for information, Art. 91\".")
  var basis: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let records = try records.map(Words.id)
    try await options.open(.write) { workspace in
      let hold = try await workspace.placeHold(on: records, matter: matter, basis: basis)
      Terminal.say(
        "placed \(hold.id.text) on " + (records.isEmpty ? "everything" : "\(records.count) records")
      )
    }
  }
}

/// `systemic hold release`.
struct HoldRelease: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "End a hold.")
  @Argument(help: "The hold, by id.")
  var id: String
  @Option(help: "Why.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(id)
    try await options.open(.write) { workspace in
      let hold = try await workspace.releaseHold(id, reason: reason)
      Terminal.say("released \(hold.id.text), \(TextTable.plain(hold.title))")
    }
  }
}

/// `systemic hold list`.
struct HoldList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The holds in force.")
  @Flag(help: "Released holds too.")
  var all = false
  @Option(help: "text or json.")
  var format = ListFormat.text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let holds = try await workspace.states(.hold).filter { all || $0.isHoldInForce }
      switch format {
      case .json: Terminal.say(JSON.array(holds.map(\.json)).pretty)
      case .text:
        Terminal.say(
          TextTable.text(
            ["id", "matter", "status", "since", "basis", "records"],
            holds.map { hold in
              let held = hold.texts("records")
              return [
                hold.id.text, TextTable.plain(hold.title), hold.status ?? "",
                hold.day("hold-placed")?.iso ?? "", TextTable.plain(hold.text("basis") ?? ""),
                held.isEmpty ? "everything" : TextTable.plain(held.joined(separator: ", ")),
              ]
            }, empty: "no hold is in force"))
      }
    }
  }
}
