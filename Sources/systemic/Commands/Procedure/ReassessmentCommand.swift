import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic reassessment`.
struct ReassessmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reassessment",
    abstract: "Requests that a designation under Art. 52(4) be assessed anew, Art. 52(5).",
    subcommands: [
      ReassessmentDraft.self, ReassessmentReason.self, FilingReview.self, FilingReturn.self,
      FilingApprove.self, FilingWithdraw.self, FilingSubmit.self, FilingAcknowledge.self,
      ReassessmentDecide.self, FilingGiveUp.self, FilingShow.self, ReassessmentList.self,
      FilingExport.self,
    ])
}

/// `systemic reassessment draft`.
struct ReassessmentDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Begin a request for a model designated under Art. 52(4).")
  @Argument(help: "The model's name or id.")
  var model: String
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if try await remote.hasDrafted("reassessments", on: .model, named: model, besides: options) {
      return
    }
    try await options.open(.write) { workspace in
      let model = try await workspace.needed(.model, named: model)
      let state = try await workspace.draftReassessment(on: model)
      FilingText.begun(state, workspace)
      if let rule = try await workspace.filing(state.id).rule {
        Terminal.say("it may be sent from \(rule.alarmDay.iso) on")
      }
    }
  }
}

/// `systemic reassessment reason`.
struct ReassessmentReason: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reason", abstract: "Add an objective, detailed and new reason to a draft.")
  @OptionGroup var name: FilingName
  @Option(help: "The reason.")
  var reason: String
  @Option(help: "In detail: what shows it.")
  var detail: String
  @Option(help: "The day since which it is new.")
  var since: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let state = try await name.state(workspace)
      let new = NewReason(reason: reason, detail: detail, since: try Terminal.day(since))
      let all = try NewReason.read(state.fields["reasons"]) + [new]
      let changed = try await workspace.changeFiling(
        state, set: [("reasons", .array(all.map(\.json)))])
      Terminal.say("\(changed.title) has \(TextTable.count(all.count, "reason"))")
    }
  }
}

/// `systemic reassessment decide`.
struct ReassessmentDecide: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide", abstract: "Note what the Commission decided on a request.")
  /// What it decided.
  enum Outcome: String, ExpressibleByArgument, CaseIterable { case maintained, ended }
  @OptionGroup var name: FilingName
  @Argument(help: "maintained or ended: the designation.")
  var outcome: Outcome
  @Option(help: "The Commission's reference.")
  var reference: String?
  @Option(name: .customLong("on"), help: "When; default today.")
  var effective: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let said = [
      ("outcome", outcome.rawValue), ("reference", reference), ("on", effective),
    ]
    try await options.step(name, remote, "decide", said) { workspace, request in
      try await workspace.decideReassessment(
        request, maintained: outcome == .maintained,
        on: try FilingText.moment(effective, workspace), reference: reference)
    }
  }
}

/// `systemic reassessment list`.
struct ReassessmentList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The requests for reassessment.")
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.list(.reassessment)
  }
}
