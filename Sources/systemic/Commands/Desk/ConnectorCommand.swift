import ArgumentParser
import Duties
import Ground
import Outbound
import Server
import Workspace

/// `systemic connector`.
struct ConnectorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connector",
    abstract: "Ticket systems, pagers and chats that are told of incidents, and tell of them.",
    discussion: """
      Jira (Cloud and Data Center), ServiceNow, PagerDuty, Opsgenie, Slack; a system of its own signs by the rules of Standard
      Webhooks. Titles are neutral unless a connector tells the full text. Sent by `systemic serve`, in the order of the \
      journal; what a ticket system changes is told on the record and changes no date of the incident.

      Example:
        systemic connector add "Operations" https://example.atlassian.net --system jira-cloud --account bot@example.org \
      --token-file token --project AIGOV --type Task --mapping mapping.json --as jane.doe
      """,
    subcommands: [
      ConnectorAdd.self, ConnectorList.self, ConnectorShow.self, ConnectorDryRun.self,
      ConnectorTickets.self, ConnectorReconcile.self, ConnectorSettle.self, ConnectorChange.self,
      ConnectorSecret.self, ConnectorSwitch.self, ConnectorRemove.self,
    ])
}

/// A connector of a workspace.
struct ConnectorArgument: ParsableArguments {
  @Argument(help: "The connector's id, as `systemic connector list` shows it.")
  var connector: String
  @OptionGroup var options: WorkspaceOptions

  func open(
    _ access: WorkspaceOptions.Access, _ work: (OpenWorkspace, RecordID) async throws -> Void
  ) async throws {
    let id = try Words.id(connector)
    try await options.open(access) { try await work($0, id) }
  }
}

/// `systemic connector add`.
struct ConnectorAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Tell a system of incidents from now on.")
  @OptionGroup var form: ConnectorForm
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let connector = try form.connector()
      let made = try await workspace.addConnector(connector)
      Terminal.say("made \(made.state.id.text)")
      if connector.system.tells {
        Terminal.say("messages from it come to /hooks/\(made.state.id.key)")
        Terminal.say("secret that signs them, shown this once: \(made.secret)")
      }
    }
  }
}

/// `systemic connector change`.
struct ConnectorChange: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "change",
    abstract:
      "Say anew where a connector leads and what it tells; the token stays unless given, but not for another host."
  )
  @Option(name: .customLong("connector"), help: "The connector's id.")
  var connector: String
  @OptionGroup var form: ConnectorForm
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let id = try Words.id(connector)
    try await options.open(.write) { workspace in
      let changed = try form.connector()
      try await workspace.changeConnector(id, changed)
      Terminal.say("\(id.text) is changed")
    }
  }
}

/// `systemic connector list`.
struct ConnectorList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The connectors.")
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      Terminal.say(
        TextTable.text(
          ["name", "system", "tells", "state", "id"],
          try await workspace.connectors().map { state in
            [
              TextTable.plain(state.title), state.text("system") ?? "",
              state.text("texts") ?? "", state.status ?? "", state.id.text,
            ]
          }, empty: "no other system is told: systemic connector add"))
    }
  }
}

/// `systemic connector show`.
struct ConnectorShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "How far a system was told, and what went wrong last.")
  @OptionGroup var connector: ConnectorArgument

  func run() async throws {
    try await connector.open(.read) { workspace, id in
      let state = try await workspace.needed(id)
      let outbox = try await workspace.outbox(of: id)
      Terminal.say("\(TextTable.plain(state.title)): \(state.status ?? "")")
      if let notice = state.text("notice") { Terminal.say(TextTable.plain(notice)) }
      Terminal.say(
        "told up to entry \(outbox.cursor); attempts that failed: \(outbox.attempts)"
          + (outbox.due.map { ", the next at \($0.utc)" } ?? ""))
      Terminal.say(
        TextTable.text(
          ["when", "result"],
          outbox.deliveries.map { [$0.at.utc, TextTable.plain($0.result)] },
          empty: "nothing went wrong"))
    }
  }
}

/// `systemic connector secret`.
struct ConnectorSecret: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secret", abstract: "Renew the secret that signs messages from a system.")
  @OptionGroup var connector: ConnectorArgument

  func run() async throws {
    try await connector.open(.write) { workspace, id in
      let secret = try await workspace.renewConnectorSecret(id)
      Terminal.say("secret, shown this once: \(secret)")
    }
  }
}

/// `systemic connector switch`.
struct ConnectorSwitch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "switch", abstract: "Switch a connector on, where it stopped, or off.")
  @OptionGroup var connector: ConnectorArgument
  @Argument(help: "on or off.")
  var state: WebhookSwitch.State

  func run() async throws {
    try await connector.open(.write) { workspace, id in
      try await workspace.setConnector(id, isOn: state == .on)
      Terminal.say("\(id.text) is \(state.rawValue)")
    }
  }
}

/// `systemic connector remove`.
struct ConnectorRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "End a connector; its tickets stay on the record.")
  @OptionGroup var connector: ConnectorArgument

  func run() async throws {
    try await connector.open(.write) { workspace, id in
      try await workspace.removeConnector(id)
      Terminal.say("\(id.text) was removed")
    }
  }
}
