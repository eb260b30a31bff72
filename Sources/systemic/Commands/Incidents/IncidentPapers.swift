import ArgumentParser
import Duties
import Ground
import Workspace

/// What follows from an incident, in the words of the command line.
enum IncidentPaper: String, ExpressibleByArgument, CaseIterable {
  case measure, other
  case nonReport = "non-report"

  var kind: RecordKind {
    switch self {
    case .measure: .measure
    case .other: .otherReport
    case .nonReport: .nonReport
    }
  }

  /// The events of a kind without the common beginning of their names: `done`, `verified`.
  static func event(_ step: String, of kind: RecordKind) throws -> String {
    let names = kind.events.filter { !$0.begins }.map(\.name)
    if let name = names.first(where: { $0 == step || $0.hasSuffix("-" + step) }) { return name }
    throw ValidationError(
      "\"\(step)\" is no step of \(kind.titled); there are \(names.joined(separator: ", ")).")
  }
}

/// `systemic incident follow`.
struct IncidentFollow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract:
      "Note what follows: a corrective measure, a report under other law, a decision not to report.",
    discussion: """
      Examples:
        systemic incident follow ID measure "Block the tool" --set due=2026-12-01 --set verification=…
        systemic incident follow ID measure "Assess the Framework" --set "consequence=framework assessment"
        systemic incident follow ID other "Notice to the CSIRT" --set "regime=Directive (EU) 2022/2555" --set due=…
      """)
  @OptionGroup var name: IncidentName
  @Argument(help: "measure, other or non-report.")
  var paper: IncidentPaper
  @Argument(help: "What it is, in a line.")
  var title: String
  @OptionGroup var fields: FilingFields
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let incident = try await name.state(workspace)
      let state = try await workspace.follow(
        incident, paper.kind, title, set: try fields.values(paper.kind))
      Terminal.say("\(TextTable.plain(state.title)) (\(state.id.text)) is “\(state.status ?? "")”")
    }
  }
}

/// `systemic incident step`.
struct IncidentStep: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step", abstract: "Take a step of what follows from an incident.",
    discussion: """
      Steps: of a measure done, verified (by a second person), failed, dropped; of a report under other law sent,
      not-owed; of a decision not to report confirmed (by a second person), revoked.

      Example:
        systemic incident step corrective-measure/… verified --as ben
      """)
  @Argument(help: "The id of the paper.")
  var paper: String
  @Argument(help: "The step.")
  var step: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let state = try await workspace.needed(try Words.id(paper))
      let kind = try Words.kind(state.id.kind)
      let event = try IncidentPaper.event(step, of: kind)
      FilingText.done(
        try await workspace.record(
          RecordCommand(
            kind, state.id,
            try change.change(event, of: kind, today: workspace.surroundings.today))))
    }
  }
}

/// `systemic incident reopen`.
struct IncidentReopen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Open a closed or merged incident again.")
  @OptionGroup var name: IncidentName
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.change(.incident, named: name.incident, "incident-reopened", change) {
      changed, _ in "\(changed.title) is “\(changed.status ?? "")”"
    }
  }
}
