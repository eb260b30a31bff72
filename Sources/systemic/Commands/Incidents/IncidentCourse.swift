import ArgumentParser
import Duties
import Foundation
import Ground
import Workspace

/// `systemic incident list`.
struct IncidentList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The incidents: where each stands, its harm, and what is due next.")
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let asOf = try asOf.value()
      let states = try await workspace.states(.incident, asOf)
      let law = workspace.surroundings.law(asOf.effective ?? workspace.surroundings.today)
      switch format {
      case .json: for state in states { Terminal.say(IncidentRecordText.row(state, law).compact) }
      case .text: Terminal.say(IncidentRecordText.list(states, law))
      }
    }
  }
}

/// `systemic incident statistics`.
struct IncidentStatistics: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics",
    abstract: "What the incidents amount to: how many, how fast, how much in time.",
    discussion: """
      Months and years are those of the first report; what was merged into another incident counts once. Times are the
      middle ones, in hours.

      Examples:
        systemic incident statistics
        systemic incident statistics --format json
      """)
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let figures = try await workspace.incidentFigures()
      switch format {
      case .json: Terminal.say(figures.json.pretty)
      case .text: Terminal.say(IncidentRecordText.statistics(figures))
      }
    }
  }
}

/// `systemic incident show`.
struct IncidentShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "An incident with its dates, the legal test, every clock and its papers.")
  @OptionGroup var name: IncidentName
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let view = try await workspace.incident(try await name.state(workspace).id)
      switch format {
      case .json:
        let law = workspace.surroundings.law(workspace.surroundings.today)
        Terminal.say(view.json(law).pretty)
      case .text:
        Terminal.say(IncidentRecordText.whole(view, try await PeopleNames(workspace)))
      }
    }
  }
}

/// `systemic incident consider`.
struct IncidentConsider: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consider", abstract: "Say what an incident is considered to be, and why.",
    discussion: """
      Outcomes: \(IncidentOutcome.allCases.map(\.rawValue).joined(separator: ", ")).
      Where no report is owed the decision is a record of its own; a second person confirms it.
      """)
  @OptionGroup var name: IncidentName
  @Argument(help: "The outcome.")
  var outcome: String
  @Option(help: "Why.")
  var reason: String
  @Option(name: .customLong("on"), help: "When; default now.")
  var effective: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    guard let value = IncidentOutcome(rawValue: outcome) else {
      throw ValidationError(
        "\"\(outcome)\" is no outcome; there are "
          + IncidentOutcome.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    try await options.open(.write) { workspace in
      let state = try await workspace.considerIncident(
        try await name.state(workspace), value, reason: reason,
        on: try effective.map { _ in try FilingText.moment(effective, workspace) })
      Terminal.say("\(TextTable.plain(state.title)) is considered: \(value.words)")
      for paper in try await workspace.incident(state.id).papers(.nonReport) {
        Terminal.say("\(paper.id.text): \(paper.status ?? "")")
      }
    }
  }
}

/// `systemic incident merge`.
struct IncidentMerge: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge a report into the incident that it is about.")
  @OptionGroup var name: IncidentName
  @Option(help: "The incident that stays.")
  var into: String
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let state = try await workspace.mergeIncident(
        try await name.state(workspace), into: try await workspace.needed(.incident, named: into),
        reason: reason)
      FilingText.done(state)
    }
  }
}

/// `systemic incident bundle`.
struct IncidentBundle: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Report an incident with an earlier, similar one, whose deadlines hold.")
  @OptionGroup var name: IncidentName
  @Option(help: "The earlier incident.")
  var with: String
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let first = try await workspace.needed(.incident, named: with)
      let state = try await workspace.bundleIncident(
        try await name.state(workspace), with: first, reason: reason)
      Terminal.say("\(TextTable.plain(state.title)) is reported with \(first.title)")
    }
  }
}

/// `systemic incident close`.
struct IncidentClose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close an incident about which nothing is owed any more.")
  @OptionGroup var name: IncidentName
  @Option(help: "Why.")
  var reason: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      FilingText.done(
        try await workspace.closeIncident(try await name.state(workspace), reason: reason))
    }
  }
}
