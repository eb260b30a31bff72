import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic rebuttal`.
struct RebuttalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuttal",
    abstract: "Arguments under Art. 52(2): they go with a notification, and suspend nothing.",
    subcommands: [
      RebuttalDraft.self, FilingSet.self, FilingReview.self, FilingReturn.self, FilingApprove.self,
      FilingWithdraw.self, RebuttalDecide.self, FilingGiveUp.self, FilingShow.self,
      FilingExport.self,
    ])
}

/// `systemic rebuttal draft`.
struct RebuttalDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft",
    abstract: "Begin the file of arguments of a notification that was not sent.",
    discussion: FilingText.fields(.rebuttal))
  @Argument(help: "The notification's id.")
  var notification: String
  @OptionGroup var fields: FilingFields
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let set = try fields.values(.rebuttal)
    if try await remote.hasDrafted(
      "rebuttals", on: .notification, named: notification, [("set", .object(set))],
      besides: options)
    {
      return
    }
    try await options.open(.write) { workspace in
      let notification = try await workspace.needed(.notification, named: notification)
      FilingText.begun(
        try await workspace.draftRebuttal(with: notification, set: set), workspace)
    }
  }
}

/// `systemic rebuttal decide`.
struct RebuttalDecide: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide", abstract: "Note what the Commission decided on arguments.")
  /// What it decided.
  enum Outcome: String, ExpressibleByArgument, CaseIterable { case accepted, rejected }
  @OptionGroup var name: FilingName
  @Argument(help: "accepted or rejected.")
  var outcome: Outcome
  @Option(help: "The Commission's reference.")
  var reference: String?
  @Option(name: .customLong("on"), help: "When the provider was informed; default today.")
  var effective: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let said = [
      ("outcome", outcome.rawValue), ("reference", reference), ("on", effective),
    ]
    try await options.step(name, remote, "decide", said) { workspace, rebuttal in
      try await workspace.decideRebuttal(
        rebuttal, accepted: outcome == .accepted, on: try FilingText.moment(effective, workspace),
        reference: reference)
    }
  }
}
