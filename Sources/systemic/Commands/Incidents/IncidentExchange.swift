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
        var told: Set<String> = []
        while true {
          let round = try await mails.round(workspace, settledSeconds: 0)
          refused += IncidentWatch.say(round, &told)
          if let problem = round.problem { throw problem }
          if !round.hasMoved { return }
        }
      }
      var told: Set<String> = []
      let ended = Ended()
      let signals = ended.listening()
      defer { signals.forEach { $0.cancel() } }
      Terminal.say("watching \(folder)")
      while !ended.isAsked {
        let round = try await mails.round(workspace)
        refused += IncidentWatch.say(round, &told)
        if round.hasMoved { try await Wiring.publish(workspace) }
        if let problem = round.problem { throw problem }
        await ended.wait(seconds: 1)
      }
      Terminal.say("ended")
    }
    // What was taken in is on the record and signed by now.
    if refused > 0 { throw ExitCode(1) }
  }

  /// Tells what became of mails, once of each that still lies there; gives how many could not be taken in or moved.
  private static func say(_ round: MailFolder.Round, _ told: inout Set<String>) -> Int {
    let news = round.outcomes.filter { $0.left == nil || told.insert($0.name).inserted }
    news.forEach(say)
    return news.count { $0.refusal != nil || $0.left != nil }
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
    if let problem = outcome.left { Terminal.warn("still there: \(name)\n" + problem.terminal) }
  }
}

/// `systemic incident export-stix`.
struct IncidentExportSTIX: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-stix", abstract: "Write incidents as a bundle of STIX 2.1 for others.",
    discussion: """
      Titles, outcomes and categories that were answered with yes; the narrative, and titles in the words of people
      outside, only with --narrative. Who reported an incident is never told. Incidents of a class above confidential
      are left out unless they are named. That it was written is noted.

      Example:
        systemic incident export-stix incident/… --output bundle.json
      """)
  @Argument(
    help: "Ids or titles of incidents; default all that are not of a class above confidential.")
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
      var (bundle, count, leftOut) = (JSON.null, states.count, 0)
      if incidents.isEmpty {
        let all = try await workspace.stixOfAll(withNarrative: narrative)
        (bundle, count, leftOut) = (all.bundle, all.count, all.leftOut)
      } else {
        bundle = try await workspace.stix(states, withNarrative: narrative)
      }
      if let output {
        try TextFile.write(bundle.pretty + "\n", to: output)
        Terminal.say("\(TextTable.count(count, "incident")) written to \(output)")
      } else {
        Terminal.say(bundle.pretty)
      }
      if leftOut > 0 {
        Terminal.warn(
          "\(TextTable.count(leftOut, "incident")) left out: of a class above confidential; name those that are meant"
        )
      }
    }
  }
}
