import ArgumentParser
import Documents
import Duties
import Ground
import Workspace

/// `systemic opinion`.
struct OpinionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opinion", abstract: "Classification opinions, kept as they were filed.",
    subcommands: [
      OpinionDraft.self, OpinionFile.self, OpinionList.self, OpinionShow.self,
      OpinionExport.self,
    ])
}

/// `systemic opinion draft`.
struct OpinionDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft", abstract: "Draft the opinion on a model from its records.")
  @Argument(help: "The model's name or id.")
  var model: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let model = try await workspace.needed(.model, named: model)
      let state = try await workspace.draftOpinion(on: model) { opinion in
        (OpinionDocument.markdown(opinion), OpinionDocument.json(opinion))
      }
      Terminal.say("drafted \(state.title) (\(state.id.text))")
      Terminal.say(
        workspace.who.roles == [.localOperator]
          ? "nobody signed in as its author, so that it cannot be filed: draft it with --as NAME"
          : "another person files it: systemic opinion file \(state.id.text) --as NAME")
    }
  }
}

/// `systemic opinion file`.
struct OpinionFile: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "file", abstract: "Approve a draft and file it; author and approver differ.",
    discussion: "Both have signed in: a draft that was made without --as NAME is not filed.")
  @Argument(help: "The opinion's id.")
  var opinion: String
  @Option(help: "A remark.")
  var reason: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let state = try await workspace.needed(.opinion, named: opinion)
      let filed = try await workspace.fileOpinion(state, reason: reason)
      Terminal.say("filed \(filed.title) (\(filed.id.text)), approved by \(workspace.who.name)")
    }
  }
}

/// `systemic opinion list`.
struct OpinionList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "The opinions.")
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.list(.opinion, try asOf.value())
  }
}

/// `systemic opinion show`.
struct OpinionShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "An opinion as it was kept, byte for byte.")
  @Argument(help: "The opinion's id or title.")
  var opinion: String
  @Option(help: "text (Markdown) or json.")
  var format: ListFormat = .text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let state = try await workspace.needed(.opinion, named: opinion)
      Terminal.say(state.text(format == .text ? "markdown" : "opinion") ?? "")
      Terminal.warn(
        "note: \(state.status ?? ""), by the law with digest \(state.text("law") ?? "unknown")")
    }
  }
}

/// `systemic opinion export`.
struct OpinionExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "An opinion as it was kept, as a file for a word processor or for paper.",
    discussion: """
      pandoc and WeasyPrint make the file; on Debian: apt install pandoc weasyprint.

      Example:
        systemic opinion export opinion/k3v9qz7d2m5x --format pdf --output opinion.pdf
      """)
  @Argument(help: "The opinion's id or title.")
  var opinion: String
  @Option(help: "docx or pdf.")
  var format: FileForm
  @Option(help: "The file to write.")
  var output: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let state = try await workspace.needed(.opinion, named: opinion)
      guard let document = OfficeDocument(keptIn: state) else {
        throw Problem("documents.not-made", what: "\(state.id.text) holds no document")
      }
      try PrivateFile.write(try await document.file(format.form), to: output)
      Terminal.say("wrote \(output)")
    }
  }
}

/// The forms of a file for a word processor or for paper.
enum FileForm: String, ExpressibleByArgument, CaseIterable {
  case docx, pdf

  var form: OfficeDocument.Form {
    switch self {
    case .docx: .docx
    case .pdf: .pdf
    }
  }
}
