import ArgumentParser
import Duties
import Foundation
import Ground
import Rulebook
import Workspace

/// `systemic incident list`.
struct IncidentList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "The incidents: where each stands, its harm, and what is due next.")
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let asOf = try asOf.value()
    if let desk = try remote.desk(besides: options) {
      guard asOf == .now else {
        throw ValidationError("A server lists incidents as they stand now.")
      }
      return try await Terminal.run {
        show(try await desk.states(.incident), Law.at(try Terminal.day(nil)))
      }
    }
    try await options.open(.read) { workspace in
      show(
        try await workspace.states(.incident, asOf),
        workspace.surroundings.law(asOf.effective ?? workspace.surroundings.today))
    }
  }

  private func show(_ states: [RecordState], _ law: Law) {
    switch format {
    case .json: for state in states { Terminal.say(IncidentRecordText.row(state, law).compact) }
    case .text: Terminal.say(IncidentRecordText.list(states, law))
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        show(try await desk.get("incidents/statistics")) { _ in nil }
      }
    }
    try await options.open(.read) { workspace in
      let figures = try await workspace.incidentFigures()
      show(figures.json) { id in figures.openLong.first { $0.id.text == id }?.title }
    }
  }

  private func show(_ figures: JSON, title: (String) -> String?) {
    switch format {
    case .json: Terminal.say(figures.pretty)
    case .text: Terminal.say(IncidentRecordText.statistics(figures, title: title))
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let names = format == .text ? await desk.names() : [:]
      show(try await desk.screen(incident.id)) { names[$0] ?? $0 }
    }
    if isRemote { return }
    try await options.open(.read) { workspace in
      let people = try await PeopleNames(workspace)
      show(try await workspace.screen(try await name.state(workspace).id)) { people.name($0) }
    }
  }

  private func show(_ screen: IncidentScreen, _ name: (String) -> String) {
    switch format {
    case .json: Terminal.say(screen.view.pretty)
    case .text: Terminal.say(IncidentRecordText.whole(screen, name))
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    guard let value = IncidentOutcome(rawValue: outcome) else {
      throw ValidationError(
        "\"\(outcome)\" is no outcome; there are "
          + IncidentOutcome.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    let moment = try effective.map(FilingText.moment)
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let state = try await desk.take(
        "consider", of: incident,
        [
          ("outcome", .string(value.rawValue)), ("reason", .string(reason)),
          ("effective", moment.map { .string($0.text) }),
        ])
      say(try await desk.screen(state.id), value)
    }
    if isRemote { return }
    try await options.open(.write) { workspace in
      let state = try await workspace.considerIncident(
        try await name.state(workspace), value, reason: reason, on: moment)
      say(try await workspace.screen(state.id), value)
    }
  }

  private func say(_ screen: IncidentScreen, _ outcome: IncidentOutcome) {
    Terminal.say("\(TextTable.plain(screen.state.title)) is considered: \(outcome.words)")
    for paper in screen.items("papers").compactMap({ RecordState(json: $0) })
    where paper.id.kind == RecordKind.nonReport.name {
      Terminal.say("\(paper.id.text): \(paper.status ?? "")")
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let other = try await desk.needed(.incident, named: into)
      FilingText.done(
        try await desk.take(
          "merge", of: incident,
          [("into", .string(other.id.text)), ("reason", .string(reason))]))
    }
    if isRemote { return }
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let first = try await desk.needed(.incident, named: with)
      let state = try await desk.take(
        "bundle", of: incident,
        [("into", .string(first.id.text)), ("reason", .string(reason))])
      Terminal.say("\(TextTable.plain(state.title)) is reported with \(first.title)")
    }
    if isRemote { return }
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
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      FilingText.done(try await desk.take("close", of: incident, [("reason", .string(reason))]))
    }
    if isRemote { return }
    try await options.open(.write) { workspace in
      FilingText.done(
        try await workspace.closeIncident(try await name.state(workspace), reason: reason))
    }
  }
}
