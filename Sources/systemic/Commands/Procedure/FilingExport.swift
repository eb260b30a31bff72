import ArgumentParser
import Documents
import Duties
import Ground
import Workspace

/// The forms of a package as a file.
enum PackageFormat: String, ExpressibleByArgument, CaseIterable {
  case markdown, html, json, docx, pdf
}

/// `… export`.
struct FilingExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "The package as a file: as it was reviewed, else as it would be today.",
    discussion: """
      The JSON is the file whose SHA-256 is kept, approved and sent. A report on an incident takes the provider's own
      form, where there is one: systemic incident template add.
      """)
  @OptionGroup var name: FilingName
  @Option(help: "markdown, html, json, docx or pdf.")
  var format: PackageFormat = .markdown
  @Option(help: "Where to write; default standard output, which docx and pdf do not take.")
  var output: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let state = try await name.state(workspace)
      let filing = try await workspace.filing(state.id)
      guard let package = filing.shown else {
        throw filing.problem ?? Problem("systemic.no-package", what: "there is no package yet")
      }
      let document = NotificationDocument(
        package: package, sha256: filing.reviewed == nil ? nil : state.text("sha256"),
        status: filing.status)
      let forms =
        state.id.kind == "incident-report" ? try await workspace.reportForms() : ReportForms()
      switch format {
      case .markdown:
        try write(try forms.text.map { try document.markdown(in: $0) } ?? document.markdown)
      case .html: try write(document.html)
      case .json: try write(document.json)
      case .docx, .pdf:
        guard let output else {
          throw ValidationError(
            "A \(format.rawValue) file is not for the terminal; add --output FILE.")
        }
        let office = try document.office(state.title, state.changed, in: forms)
        try PrivateFile.write(try await office.file(format == .docx ? .docx : .pdf), to: output)
        Terminal.say("wrote \(output)")
      }
    }
  }

  private func write(_ text: String) throws {
    let writer = LineWriter(path: output)
    try writer.write(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    try writer.finish()
  }
}
