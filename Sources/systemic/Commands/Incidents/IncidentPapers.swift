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
    let names = kind.events.filter { !$0.begins && !$0.isComposed }.map(\.name)
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let set = try fields.values(paper.kind)
    func say(_ state: RecordState) {
      Terminal.say("\(TextTable.plain(state.title)) (\(state.id.text)) is “\(state.status ?? "")”")
    }
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      say(
        try await desk.take(
          "papers", of: incident,
          [
            ("kind", .string(paper.kind.name)), ("title", .string(title)), ("set", .object(set)),
          ]))
    }
    if isRemote { return }
    try await options.open(.write) { workspace in
      say(try await workspace.follow(try await name.state(workspace), paper.kind, title, set: set))
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        let id = try Words.id(paper)
        let kind = try Words.kind(id.kind)
        let state = try RemoteDesk.told(try await desk.get(RemoteDesk.path(id)))
        let event = try IncidentPaper.event(step, of: kind)
        let change = try change.change(event, of: kind, today: try Terminal.day(nil))
        if let changed = try await desk.happen(change, to: state) { FilingText.done(changed) }
      }
    }
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    func words(_ changed: RecordState) -> String {
      "\(changed.title) is “\(changed.status ?? "")”"
    }
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let change = try change.change(
        "incident-reopened", of: .incident, today: try Terminal.day(nil))
      if let changed = try await desk.happen(change, to: incident) { Terminal.say(words(changed)) }
    }
    if isRemote { return }
    try await options.change(.incident, named: name.incident, "incident-reopened", change) {
      changed, _ in words(changed)
    }
  }
}
