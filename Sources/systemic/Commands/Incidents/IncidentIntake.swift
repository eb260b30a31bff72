import ArgumentParser
import Duties
import Foundation
import Ground
import Workspace

/// Which incident is meant.
struct IncidentName: NamedRecord {
  @Argument(help: "The incident's id or title.")
  var incident: String
  var text: String { incident }

  func state(_ workspace: OpenWorkspace) async throws -> RecordState {
    try await workspace.needed(.incident, named: incident)
  }
}

/// `systemic incident receive`.
struct IncidentReceive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "Take in a report: from now on triage is due.",
    discussion: """
      Fields: \(RecordKind.incident.fields.prefix { $0.name != "outcome" }.map(\.name).joined(separator: ", ")).

      Example:
        systemic incident receive "Outage of a hospital's planning" --model "Aurora 3" \\
          --narrative-file report.txt --received 2026-11-21T02:00+01:00
      """)
  @Argument(help: "What happened, in a line.")
  var title: String
  @Option(help: "The model's name or id, where it is known.")
  var model: String?
  @Option(help: "How it came in: \(RecordKind.incidentChannels.joined(separator: ", ")).")
  var channel = "desk"
  @Option(help: "A text file with the report as it was made; - is standard input.")
  var narrativeFile: String?
  @Option(help: "When it reached the provider: a moment with its offset; default now.")
  var received: String?
  @OptionGroup var fields: FilingFields
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    var set = try fields.values(.incident)
    if let narrativeFile { set.append(("narrative", .string(try TextFile.read(narrativeFile)))) }
    let moment = try received.map(FilingText.moment)
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run { try await send(set, moment, desk) }
    }
    try await options.open(.write) { workspace in
      if let model {
        let state = try await workspace.needed(.model, named: model)
        set.append(("model", .string(state.id.text)))
      }
      let state = try await workspace.receiveIncident(
        IncidentNotice(title: title, channel: channel, received: moment, set: set))
      say(try await workspace.screen(state.id))
    }
  }

  private func send(
    _ set: [(String, JSON)], _ received: Effective?, _ desk: RemoteDesk
  ) async throws {
    var set = set + [("title", .string(title)), ("channel", .string(channel))]
    if let model {
      let state = try await desk.needed(.model, named: model)
      set.append(("model", .string(state.id.text)))
    }
    let at = received ?? .moment(Terminal.now)
    var body: [(String, JSON)] = [("set", .object(set)), ("effective", .string(at.text))]
    if channel == "whistleblower" {
      body.append(("class", .string(Confidentiality.restricted.rawValue)))
    }
    let state = try RemoteDesk.told(try await desk.post("incidents", .object(body)))
    say(try await desk.screen(state.id))
  }

  private func say(_ screen: IncidentScreen) {
    Terminal.say("received \(TextTable.plain(screen.state.title)) (\(screen.state.id.text))")
    Terminal.say(IncidentRecordText.suggestions(screen))
    Terminal.say(IncidentRecordText.clocks(screen))
  }
}

/// `systemic incident describe`.
struct IncidentDescribe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Change what is told about an incident.",
    discussion: "Example:\n  systemic incident describe ID --set harm=… --set root_cause=…")
  @OptionGroup var name: IncidentName
  @OptionGroup var change: ChangeOptions
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    func words(_ changed: RecordState) -> String {
      "\(changed.title) is at version \(changed.version)"
    }
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let change = try change.change(
        "incident-described", of: .incident, today: try Terminal.day(nil))
      if let changed = try await desk.happen(change, to: incident) { Terminal.say(words(changed)) }
    }
    if isRemote { return }
    try await options.change(.incident, named: name.incident, "incident-described", change) {
      changed, _ in words(changed)
    }
  }
}

/// `systemic incident answer`.
struct IncidentAnswer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Answer questions of the legal test.",
    discussion: """
      `systemic incident questions` lists them. An answer is yes, no or unknown; causal_link also takes established,
      suspected, excluded or open.

      Example:
        systemic incident answer ID death=yes causal_link=suspected --on 2026-11-26T09:00+01:00
      """)
  @OptionGroup var name: IncidentName
  @Argument(help: "question=answer, any number.")
  var answers: [String]
  @Option(
    name: .customLong("on"),
    help: "Since when the facts behind it are known: a day or a moment; default now.")
  var effective: String?
  @Option(help: "Why.")
  var reason: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let pairs = try answers.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw ValidationError("\"\(text)\" answers nothing; write question=answer.")
      }
      return (parts[0], parts[1])
    }
    let moment = try effective.map(FilingText.moment)
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let given = pairs.map { ($0.0, JSON.string($0.1)) }
      let state = try await desk.take(
        "answers", of: incident,
        [
          ("answers", .object(given)), ("effective", moment.map { .string($0.text) }),
          ("reason", reason.map { .string($0) }),
        ])
      say(try await desk.screen(state.id))
    }
    if isRemote { return }
    try await options.open(.write) { workspace in
      let state = try await workspace.answerTriage(
        try await name.state(workspace), pairs, on: moment, reason: reason)
      say(try await workspace.screen(state.id))
    }
  }

  private func say(_ screen: IncidentScreen) {
    Terminal.say(IncidentRecordText.test(screen))
    Terminal.say(IncidentRecordText.clocks(screen))
  }
}

/// `systemic incident date`.
struct IncidentDateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "date", abstract: "Write one of the dates of an incident, or correct it.",
    discussion: """
      Dates: incident-occurred, incident-detected, deployer-aware, incident-known, view-formed, involvement-known
      (the time limits of Measure 9.3 run from it), link-assessed, incident-resolved.

      Example:
        systemic incident date ID involvement-known --at 2026-11-21T02:00+01:00 --shown-by evidence/…
      """)
  @OptionGroup var name: IncidentName
  @Argument(help: "The event.")
  var event: String
  @Option(help: "When it was: a moment, in Brussels unless it has an offset, or a day.")
  var at: String
  @Option(help: "The date as its source has it, where that differs.")
  var asWritten: String?
  @Option(help: "A record that shows it; may be repeated.")
  var shownBy: [String] = []
  @Option(help: "Why the date before was wrong: it stays in the history.")
  var correct: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    // As `assess` reads it; in the hour that summer time skips only the day is certain.
    let moment =
      try WrittenMoment(at).map {
        $0.latest == nil ? Effective.moment($0.instant) : .day($0.instant.day)
      } ?? FilingText.moment(at)
    let isRemote = try await remote.hasDone(name, besides: options) { desk, incident in
      let state = try await desk.take(
        "dates", of: incident,
        [
          ("event", .string(event)), ("effective", .string(moment.text)),
          ("as_written", .string(asWritten ?? at)),
          ("shown_by", shownBy.isEmpty ? nil : JSON(shownBy)),
          ("correction", correct.map { .string($0) }),
        ])
      say(try await desk.screen(state.id), moment)
    }
    if isRemote { return }
    try await options.open(.write) { workspace in
      let state = try await workspace.dateIncident(
        try await name.state(workspace), event, at: moment, asWritten: asWritten ?? at,
        shownBy: shownBy, correcting: correct)
      say(try await workspace.screen(state.id), moment)
    }
  }

  private func say(_ screen: IncidentScreen, _ moment: Effective) {
    Terminal.say("\(TextTable.plain(screen.state.title)): \(event), \(moment.text)")
    Terminal.say(IncidentRecordText.clocks(screen))
  }
}
