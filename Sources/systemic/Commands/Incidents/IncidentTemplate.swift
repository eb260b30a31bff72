import ArgumentParser
import Duties
import Foundation
import Ground
import Workspace

/// `systemic incident template`.
struct IncidentTemplate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "The provider's own form of its reports.",
    discussion: """
      A template is Markdown with named fields between double braces, or a DOCX whose styles are taken. The newest of
      each that is in use counts.
      Fields: \(ReportTemplate.fields.joined(separator: ", ")).

      Examples:
        systemic incident template add our-report.md
        systemic incident template add house-style.docx
      """,
    subcommands: [
      IncidentTemplateAdd.self, IncidentTemplateList.self, IncidentTemplateWithdraw.self,
    ])
}

/// `systemic incident template add`.
struct IncidentTemplateAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Take a template into use.")
  @Argument(help: "The file: .md or .docx.")
  var file: String
  @Option(help: "Its name; default the file's.")
  var title: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let bytes = try TextFile.bytes(file)
      let state = try await workspace.addTemplate(
        title ?? URL(filePath: file).lastPathComponent, bytes)
      Terminal.say(
        "\(TextTable.plain(state.title)) (\(state.id.text)) is in use: \(state.text("form") ?? "")")
    }
  }
}

/// `systemic incident template list`.
struct IncidentTemplateList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The templates.")
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws { try await options.list(.reportTemplate, try asOf.value()) }
}

/// `systemic incident template withdraw`.
struct IncidentTemplateWithdraw: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Take a template out of use.")
  @Argument(help: "The template's id or name.")
  var template: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let state = try await workspace.needed(.reportTemplate, named: template)
      FilingText.done(try await workspace.withdrawTemplate(state))
    }
  }
}
