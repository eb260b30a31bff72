import ArgumentParser
import Duties
import Ground
import Outbound
import Server
import Workspace

/// `systemic connector dry-run`.
struct ConnectorDryRun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dry-run",
    abstract: "Show exactly what would be sent for an incident, and what the system would miss.")
  @OptionGroup var connector: ConnectorArgument
  @Argument(help: "The incident's id.")
  var incident: String
  @OptionGroup var configured: ConfigurationOptions

  func run() async throws {
    let incident = try Words.id(incident)
    try await connector.open(.write) { workspace, id in
      try await workspace.authorise(.write(.connector), id)
      let rounds = ConnectorRounds(workspace, try configured.read(workspace.folder))
      let run = try await rounds.dryRun(try await workspace.needed(incident), in: id)
      Terminal.say(run.request)
      Terminal.say(run.body.pretty)
      if let unread = run.unread {
        Terminal.say("its fields could not be read: \(TextTable.plain(unread))")
      }
      for problem in run.problems { Terminal.say("problem: \(TextTable.plain(problem))") }
      Terminal.say("nothing was sent")
    }
  }
}

/// `systemic connector tickets`.
struct ConnectorTickets: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tickets",
    abstract:
      "The ledger: which incident is which ticket, what came of it, what waits for a choice.")
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let tickets = try await workspace.tickets()
      Terminal.say(
        TextTable.text(
          ["incident", "ticket", "state", "result", "id"],
          tickets.map { ticket in
            [
              ticket.incident?.text ?? "", TextTable.plain(ticket.state.text("number") ?? ""),
              ticket.state.status ?? "", TextTable.plain(ticket.state.text("result") ?? ""),
              ticket.state.id.text,
            ]
          }, empty: "nothing was sent yet"))
      for ticket in tickets {
        for conflict in ticket.conflicts {
          Terminal.say(
            "\(ticket.state.id.text) \(conflict.field): here “\(TextTable.plain(conflict.ours))”, "
              + "there “\(TextTable.plain(conflict.theirs))”"
              + (conflict.isWithoutPath ? ", no way there" : ""))
        }
      }
    }
  }
}

/// `systemic connector reconcile`.
struct ConnectorReconcile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Compare tickets with incidents now, those that were refused too.")
  @OptionGroup var connector: ConnectorArgument
  @OptionGroup var configured: ConfigurationOptions

  func run() async throws {
    try await connector.open(.write) { workspace, id in
      try await workspace.authorise(.write(.connector), id)
      let rounds = ConnectorRounds(workspace, try configured.read(workspace.folder))
      Terminal.say("tickets compared: \(try await rounds.reconcile(id))")
    }
  }
}

/// `systemic connector settle`.
struct ConnectorSettle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle", abstract: "Choose whose value stays where both sides changed a field.")
  /// Whose value stays.
  enum Keep: String, ExpressibleByArgument, CaseIterable { case ours, theirs }
  @Argument(help: "The ticket's id, as `systemic connector tickets` shows it.")
  var ticket: String
  @Option(help: "Their name of the field; @state for the state.")
  var field: String
  @Option(help: "ours or theirs.")
  var keep: Keep
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var options: WorkspaceOptions
  @OptionGroup var configured: ConfigurationOptions

  func run() async throws {
    let id = try Words.id(ticket)
    try await options.open(.write) { workspace in
      try await workspace.settleConflict(
        id, field: field, keep == .ours ? .ours : .theirs, reason: reason)
      await ConnectorRounds(workspace, try configured.read(workspace.folder)).follow(id)
      Terminal.say("settled: \(keep.rawValue) stays")
    }
  }
}
