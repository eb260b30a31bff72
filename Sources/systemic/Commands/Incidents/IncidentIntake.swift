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
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      var set = try fields.values(.incident)
      if let model {
        let state = try await workspace.needed(.model, named: model)
        set.append(("model", .string(state.id.text)))
      }
      if let narrativeFile {
        set.append(("narrative", .string(try TextFile.read(narrativeFile))))
      }
      let state = try await workspace.receiveIncident(
        IncidentNotice(
          title: title, channel: channel,
          received: try received.map { _ in try FilingText.moment(received, workspace) }, set: set))
      Terminal.say("received \(TextTable.plain(state.title)) (\(state.id.text))")
      let view = try await workspace.incident(state.id)
      Terminal.say(IncidentRecordText.suggestions(view))
      Terminal.say(IncidentRecordText.clocks(view))
    }
  }
}

/// `systemic incident describe`.
struct IncidentDescribe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Change what is told about an incident.",
    discussion: "Example:\n  systemic incident describe ID --set harm=… --set root_cause=…")
  @OptionGroup var name: IncidentName
  @OptionGroup var change: ChangeOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.change(.incident, named: name.incident, "incident-described", change) {
      changed, _ in "\(changed.title) is at version \(changed.version)"
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
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    let pairs = try answers.map { text in
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw ValidationError("\"\(text)\" answers nothing; write question=answer.")
      }
      return (parts[0], parts[1])
    }
    try await options.open(.write) { workspace in
      let state = try await workspace.answerTriage(
        try await name.state(workspace), pairs,
        on: try effective.map { _ in try FilingText.moment(effective, workspace) }, reason: reason)
      let view = try await workspace.incident(state.id)
      Terminal.say(IncidentRecordText.test(view))
      Terminal.say(IncidentRecordText.clocks(view))
    }
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
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      // As `assess` reads it; in the hour that summer time skips only the day is certain.
      let written = WrittenMoment(at)
      let moment =
        try written.map { $0.latest == nil ? Effective.moment($0.instant) : .day($0.instant.day) }
        ?? FilingText.moment(at, workspace)
      let state = try await workspace.dateIncident(
        try await name.state(workspace), event, at: moment, asWritten: asWritten ?? at,
        shownBy: shownBy, correcting: correct)
      Terminal.say("\(TextTable.plain(state.title)): \(event), \(moment.text)")
      Terminal.say(IncidentRecordText.clocks(try await workspace.incident(state.id)))
    }
  }
}
