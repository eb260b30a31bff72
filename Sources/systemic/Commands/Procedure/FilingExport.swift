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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run { try await fetch(desk) }
    }
    try await options.open(.read) { workspace in
      let state = try await name.state(workspace)
      let filing = try await workspace.filing(state.id)
      guard let package = filing.shown else {
        throw filing.problem ?? Problem("systemic.no-package", what: "there is no package yet")
      }
      let document = NotificationDocument(
        package: package, sha256: filing.reviewed == nil ? nil : state.text("sha256"),
        status: filing.status)
      let forms = try await workspace.reportForms(state.id.kind)
      switch format {
      case .markdown:
        try write(try document.markdown(forms))
      case .html: try write(document.html)
      case .json: try write(document.json)
      case .docx, .pdf:
        let output = try place()
        let office = try document.office(state.title, state.changed, in: forms)
        try PrivateFile.write(try await office.file(format == .docx ? .docx : .pdf), to: output)
        Terminal.say("wrote \(output)")
      }
    }
  }

  /// The same file, as a server makes it.
  private func fetch(_ desk: RemoteDesk) async throws {
    let ending = format == .markdown ? "md" : format.rawValue
    let path = RemoteDesk.path(try Words.id(name.filing)) + "/package." + ending
    switch format {
    case .markdown, .html, .json:
      try write(String(decoding: try await desk.bytes(path), as: UTF8.self))
    case .docx, .pdf:
      let output = try place()
      try PrivateFile.write(try await desk.bytes(path), to: output)
      Terminal.say("wrote \(output)")
    }
  }

  private func place() throws -> String {
    guard let output else {
      throw ValidationError(
        "A \(format.rawValue) file is not for the terminal; add --output FILE.")
    }
    return output
  }

  private func write(_ text: String) throws {
    let writer = LineWriter(path: output)
    try writer.write(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    try writer.finish()
  }
}
