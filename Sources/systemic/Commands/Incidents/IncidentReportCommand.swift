import ArgumentParser
import Duties
import Ground
import Workspace

/// `systemic incident report`.
struct IncidentReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Reports on incidents to the AI Office, from draft to acknowledgement.",
    discussion: """
      What a report says follows from the incident's record: systemic incident describe.

      Example, by two people:
        systemic incident report draft incident/… --type initial --as ann
        systemic incident report review incident-report/… --as ann
        systemic incident report approve incident-report/… --as ben
        systemic incident report export incident-report/… --format docx --output report.docx
        systemic incident report submit incident-report/… --channel "EU SEND" --receipt … --as ann
      """,
    subcommands: [
      IncidentReportDraft.self, FilingSet.self, FilingReview.self, FilingReturn.self,
      FilingApprove.self, FilingWithdraw.self, FilingSubmit.self, FilingAcknowledge.self,
      FilingGiveUp.self, FilingShow.self, IncidentReportList.self, FilingExport.self,
    ])
}

/// `systemic incident report draft`.
struct IncidentReportDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Begin a report on an incident.",
    discussion: FilingText.fields(.incidentReport))
  @OptionGroup var name: IncidentName
  @Option(help: "initial, intermediate or final.")
  var type: String
  @OptionGroup var fields: FilingFields
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    guard let type = ReportType(rawValue: type) else {
      throw ValidationError("\"\(type)\" is no report; write initial, intermediate or final.")
    }
    let set = try fields.values(.incidentReport)
    if try await remote.hasDrafted(
      "reports", on: .incident, named: name.incident,
      [("type", .string(type.rawValue)), ("set", .object(set))], besides: options)
    {
      return
    }
    try await options.open(.write) { workspace in
      let state = try await workspace.draftIncidentReport(
        on: try await name.state(workspace), type, set: set)
      FilingText.begun(state, workspace)
      Terminal.say(FilingText.whole(try await workspace.filing(state.id)))
    }
  }
}

/// `systemic incident report list`.
struct IncidentReportList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The reports on incidents.")
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws { try await options.list(.incidentReport, try asOf.value()) }
}
