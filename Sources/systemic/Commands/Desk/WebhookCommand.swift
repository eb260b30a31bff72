import ArgumentParser
import Duties
import Ground
import Outbound
import Server
import Workspace

/// `systemic webhook`.
struct WebhookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook",
    abstract: "Other programs that are told what happens to records.",
    discussion: """
      Messages are signed by the rules of Standard Webhooks and sent by `systemic serve`, in the order of the journal. While a
      receiver is down they wait: nothing is lost. After four days of attempts the webhook is switched off, with a notice; \
      switched on again it goes on where it stopped.

      Example:
        systemic webhook add "Ticket system" https://hooks.example.org/systemic --event 'opinion.*' --as jane.doe
      """,
    subcommands: [
      WebhookAdd.self, WebhookList.self, WebhookShow.self, WebhookSecret.self, WebhookSwitch.self,
      WebhookSend.self, WebhookRemove.self,
    ])
}

/// A webhook of a workspace.
struct WebhookArgument: ParsableArguments {
  @Argument(help: "The webhook's id, as `systemic webhook list` shows it.")
  var webhook: String
  @OptionGroup var options: WorkspaceOptions

  func open(
    _ access: WorkspaceOptions.Access, _ work: (OpenWorkspace, RecordID) async throws -> Void
  ) async throws {
    let id = try Words.id(webhook)
    try await options.open(access) { try await work($0, id) }
  }
}

/// `systemic webhook add`.
struct WebhookAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Tell a program from now on; shows its secret once.")
  @Argument(help: "What it is for.")
  var title: String
  @Argument(help: "Where messages are posted, https://…")
  var url: String
  @Option(
    name: .customLong("event"), help: "kind.event, kind.* or *; may be repeated.")
  var events: [String]
  @Flag(help: "Messages say what was set, as far as you may read it.")
  var full = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let made = try await workspace.addWebhook(
        NewWebhook(title: title, url: try WebAddress(url).text, events: events, isFull: full))
      Terminal.say("made \(made.state.id.text)")
      Terminal.say("secret, shown this once: \(made.secret)")
    }
  }
}

/// `systemic webhook list`.
struct WebhookList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The webhooks.")
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let hooks = try await workspace.webhooks()
      Terminal.say(
        TextTable.text(
          ["name", "to", "events", "messages", "state", "id"],
          hooks.map { hook in
            [
              TextTable.plain(hook.title),
              (try? WebAddress(hook.text("url") ?? ""))?.origin ?? "no address",
              hook.texts("events").joined(separator: "; "), hook.text("payload") ?? "",
              hook.status ?? "", hook.id.text,
            ]
          }, empty: "no program is told: systemic webhook add"))
    }
  }
}

/// `systemic webhook show`.
struct WebhookShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "How far a program was told, and the latest attempts.")
  @OptionGroup var webhook: WebhookArgument

  func run() async throws {
    try await webhook.open(.read) { workspace, id in
      let hook = try await workspace.needed(id)
      let outbox = try await workspace.outbox(of: id)
      Terminal.say("\(TextTable.plain(hook.title)): \(hook.status ?? "")")
      if let notice = hook.text("notice") { Terminal.say(notice) }
      Terminal.say(
        "settled up to entry \(outbox.cursor); attempts for the next message: \(outbox.attempts)"
          + (outbox.due.map { ", the next at \($0.utc)" } ?? ""))
      Terminal.say(
        TextTable.text(
          ["when", "type", "entry", "message", "result"],
          outbox.deliveries.map { delivery in
            [
              delivery.at.utc, delivery.type, delivery.index.map(String.init) ?? "",
              delivery.message, delivery.isDone ? "taken" : "not taken: " + delivery.result,
            ]
          }, empty: "nothing was sent yet"))
    }
  }
}

/// `systemic webhook secret`.
struct WebhookSecret: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secret", abstract: "Renew the secret; for a day the one before signs too.")
  @OptionGroup var webhook: WebhookArgument

  func run() async throws {
    try await webhook.open(.write) { workspace, id in
      Terminal.say("secret, shown this once: \(try await workspace.renewWebhookSecret(id))")
    }
  }
}

/// `systemic webhook switch`.
struct WebhookSwitch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "switch", abstract: "Switch a webhook on, where it stopped, or off.")
  /// On or off.
  enum State: String, ExpressibleByArgument, CaseIterable { case on, off }
  @OptionGroup var webhook: WebhookArgument
  @Argument(help: "on or off.")
  var state: State

  func run() async throws {
    try await webhook.open(.write) { workspace, id in
      try await workspace.setWebhook(id, isOn: state == .on)
      Terminal.say("\(id.text) is \(state.rawValue)")
    }
  }
}

/// `systemic webhook send`.
struct WebhookSend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Send a test message, or a message again under its id.")
  @OptionGroup var webhook: WebhookArgument
  @Option(help: "The entry whose message is sent again; without it a test message.")
  var entry: Int?
  @OptionGroup var configured: ConfigurationOptions

  func run() async throws {
    try await webhook.open(.write) { workspace, id in
      let sender = WebhookSender(workspace, try configured.read(workspace.folder))
      let delivery =
        if let entry { try await sender.redeliver(id, entry) } else { try await sender.test(id) }
      Terminal.say(
        "\(delivery.message): \(delivery.isDone ? "taken" : "not taken") (\(delivery.result))")
    }
  }
}

/// `systemic webhook remove`.
struct WebhookRemove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "End a webhook.")
  @OptionGroup var webhook: WebhookArgument

  func run() async throws {
    try await webhook.open(.write) { workspace, id in
      try await workspace.removeWebhook(id)
      Terminal.say("\(id.text) was removed")
    }
  }
}
