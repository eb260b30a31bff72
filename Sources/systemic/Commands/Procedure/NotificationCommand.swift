import ArgumentParser
import Documents
import Duties
import Ground
import Workspace

/// `systemic notification`.
struct NotificationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notification",
    abstract: "Notifications of the Commission under Art. 52(1), from draft to acknowledgement.",
    discussion: """
      Example, by two people:
        systemic notification draft "Aurora 3 (example)" --set contact=… --as ann
        systemic notification review notification/… --as ann
        systemic notification approve notification/… --as ben
        systemic notification export notification/… --format json --output package.json
        systemic notification submit notification/… --channel "EU SEND" --receipt … --as ann
      """,
    subcommands: [
      NotificationDraft.self, NotificationReplace.self, FilingSet.self, FilingReview.self,
      FilingReturn.self, FilingApprove.self, FilingWithdraw.self, FilingSubmit.self,
      FilingAcknowledge.self, FilingGiveUp.self, FilingShow.self, NotificationList.self,
      FilingExport.self,
    ])
}

/// `systemic notification draft`.
struct NotificationDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft",
    abstract: "Begin the notification of a model; its package follows from the records.",
    discussion: FilingText.fields(.notification))
  @Argument(help: "The model's name or id.")
  var model: String
  @OptionGroup var fields: FilingFields
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let set = try fields.values(.notification)
    if try await remote.hasDrafted(
      "notifications", on: .model, named: model, [("set", .object(set))], besides: options)
    {
      return
    }
    try await options.open(.write) { workspace in
      let model = try await workspace.needed(.model, named: model)
      let state = try await workspace.draftNotification(on: model, set: set)
      FilingText.begun(state, workspace)
      Terminal.say(FilingText.clocks(try await workspace.filing(state.id)))
    }
  }
}

/// `systemic notification replace`.
struct NotificationReplace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "Begin a new notification from one that was sent and is no longer true.")
  @Argument(help: "The id of the notification that was sent.")
  var filing: String
  @OptionGroup var fields: FilingFields
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let old = try await workspace.needed(.notification, named: filing)
      let model = try await workspace.needed(.model, named: old.text("model") ?? "")
      let state = try await workspace.draftNotification(
        on: model, set: try fields.values(.notification), supersedes: old)
      FilingText.begun(state, workspace)
    }
  }
}

/// `systemic notification list`.
struct NotificationList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The notifications.")
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.list(.notification, try asOf.value())
  }
}
