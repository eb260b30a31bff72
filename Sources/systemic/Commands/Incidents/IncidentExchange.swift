import ArgumentParser
import Dispatch
import Duties
import Foundation
import Ground
import Workspace

/// `systemic incident duplicates`.
struct IncidentDuplicates: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "Propose incidents that may be one event, with the reasons.",
    discussion: """
      Points come from the same reference, the same address, days in common and rare words in common; they are house
      practice and decide nothing. A person merges: systemic incident merge A --into B --reason …
      """)
  @Argument(
    help: "Only for this incident: its id or title; default all that nobody has considered.")
  var incident: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      var id: RecordID?
      if let incident { id = try await workspace.needed(.incident, named: incident).id }
      let pairs = try await workspace.similarIncidents(to: id)
      if pairs.isEmpty { Terminal.say("no two incidents look like one") }
      for pair in pairs {
        Terminal.say(
          """
          \(pair.likeness.points) points
            \(pair.later.id.text)  \(TextTable.plain(pair.later.title))
            \(pair.earlier.id.text)  \(TextTable.plain(pair.earlier.title))
          """)
        for line in pair.likeness.lines {
          Terminal.say("    " + TextTable.plain(line, atMost: 200))
        }
      }
    }
  }
}

/// `systemic incident watch`.
struct IncidentWatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Take in mails that are put into a folder, until told to end.",
    discussion: """
      Each *.eml becomes an incident; it is moved to done/ when that is durable, or to refused/ with the reason. What
      delivers mail must write to another name and rename the file when it is whole. SIGTERM or Ctrl-C ends it.
      The server does the same by itself: set incidents.mail_folder.

      Example:
        systemic incident watch mail --once
      """)
  @Argument(help: "The folder.")
  var folder: String
  @Flag(help: "Take in what lies there now, and end.")
  var once = false
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    var refused = 0
    try await options.open(.write) { workspace in
      let mails = MailFolder(folder)
      if once {
        while true {
          let outcomes = try await mails.round(workspace, settledSeconds: 0)
          outcomes.forEach(IncidentWatch.say)
          refused += outcomes.count { $0.refusal != nil }
          if outcomes.isEmpty { return }
        }
      }
      let ended = Ended()
      let signals = ended.listening()
      defer { signals.forEach { $0.cancel() } }
      Terminal.say("watching \(folder)")
      while !ended.isAsked {
        let outcomes = try await mails.round(workspace)
        outcomes.forEach(IncidentWatch.say)
        if !outcomes.isEmpty { try await Wiring.publish(workspace) }
        await ended.wait(seconds: 1)
      }
      Terminal.say("ended")
    }
    // What was taken in is on the record and signed by now.
    if refused > 0 { throw ExitCode(1) }
  }

  private static func say(_ outcome: MailFolder.Outcome) {
    let name = TextTable.plain(outcome.name)
    if let problem = outcome.refusal {
      Terminal.warn("refused \(name)\n" + problem.terminal)
    } else if let taken = outcome.taken, let incident = taken.incident {
      let head = taken.isNew ? "received" : "known"
      Terminal.say(
        (["\(head) \(name): \(TextTable.plain(incident.title)) (\(incident.id.text))"]
          + IntakeTexts.similar(taken.similar)).joined(separator: "\n"))
    }
  }
}

/// `systemic incident export-stix`.
struct IncidentExportSTIX: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-stix", abstract: "Write incidents as a bundle of STIX 2.1 for others.",
    discussion: """
      Titles, outcomes and categories that were answered with yes; the narrative only with --narrative. Who reported
      an incident is never told. That it was written is noted.

      Example:
        systemic incident export-stix incident/… --output bundle.json
      """)
  @Argument(help: "Ids or titles of incidents; default all.")
  var incidents: [String] = []
  @Flag(help: "With the narrative, which may name people.")
  var narrative = false
  @Option(help: "Where to write; default standard output.")
  var output: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      var states: [RecordState] = []
      for name in incidents { states.append(try await workspace.needed(.incident, named: name)) }
      if incidents.isEmpty { states = try await workspace.states(.incident) }
      let bundle = try await workspace.stix(states, withNarrative: narrative)
      if let output {
        try TextFile.write(bundle.pretty + "\n", to: output)
        Terminal.say("\(TextTable.count(states.count, "incident")) written to \(output)")
      } else {
        Terminal.say(bundle.pretty)
      }
    }
  }
}
