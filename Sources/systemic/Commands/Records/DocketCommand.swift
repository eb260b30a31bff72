import ArgumentParser
import Documents
import Duties
import Foundation
import Ground
import Workspace

/// `systemic docket`.
struct DocketCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "Every deadline of every record, computed from the rulebook and the calendar.",
    discussion: """
      "act by" is the cautious day, "binding" the one that the text itself gives. Nothing of it is stored: events end
      deadlines, and what ends each is said with --long.

      Examples:
        systemic docket
        systemic docket --overdue --format json
        systemic docket --ics deadlines.ics
        systemic docket assign DEADLINE --to counsel
      """,
    subcommands: [DocketList.self, DocketAssign.self], defaultSubcommand: DocketList.self)
}

/// `systemic docket list`.
struct DocketList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The deadlines, the earliest first.")
  @Flag(help: "Only what is overdue; status 1 if there is any.")
  var overdue = false
  @Flag(help: "Also what was met and what opens later.")
  var all = false
  @Flag(help: "With reasons, both readings and what ends each.")
  var long = false
  @Option(help: "Of this record only.")
  var record: String?
  @Option(help: "Of this person's key or this role only.")
  var owner: String?
  @Option(help: "As it reads on this day; default today.")
  var asOf: String?
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @Option(help: "Keep this calendar file (RFC 5545) up to date.")
  var ics: String?
  @Flag(help: "With --ics: titles of confidential records too.")
  var reveal = false
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) { return try await run(on: desk) }
    var question = DocketQuestion()
    question.isOverdueOnly = overdue
    question.includesClosed = all
    question.record = try record.map(Words.id)
    question.owner = owner
    question.day = try asOf.map { try Terminal.day($0) }
    var isOverdue = false
    try await options.open(.read) { workspace in
      let deadlines = try await workspace.docket(question)
      isOverdue = deadlines.contains { $0.status == .overdue }
      let day = question.day ?? workspace.surroundings.today
      if let ics {
        // Those that ended are cancelled in the file, not left out.
        try write(deadlines, to: ics, workspace)
      } else if format == .json {
        Terminal.say(
          Docket.json(deadlines, law: workspace.surroundings.law(day), today: day).pretty)
      } else {
        let people = try await PeopleNames(workspace)
        Terminal.say(DocketText.list(deadlines, today: day, isLong: long, people: people))
      }
    }
    if overdue, isOverdue { throw ExitCode(1) }
  }

  private func run(on desk: RemoteDesk) async throws {
    guard ics == nil, !long else {
      throw ValidationError("--ics and --long read a folder; ask the server for --format json.")
    }
    var isOverdue = false
    try await Terminal.run {
      let docket = try await desk.docket([
        ("overdue", overdue ? "true" : nil), ("all", all ? "true" : nil), ("owner", owner),
        ("record", record), ("day", asOf),
      ])
      if case .array(let deadlines)? = docket["deadlines"] {
        isOverdue = deadlines.contains { $0["status"]?.text == "overdue" }
      }
      let names = format == .json ? [:] : await desk.names()
      Terminal.say(
        format == .json ? docket.pretty : RemoteText.docket(docket, names: names))
    }
    if overdue, isOverdue { throw ExitCode(1) }
  }

  private func write(_ deadlines: [Deadline], to path: String, _ workspace: OpenWorkspace) throws {
    let before: [UInt8] =
      FileManager.default.fileExists(atPath: path) ? Array(try TextFile.read(path).utf8) : []
    let writer = ICSWriter(now: workspace.surroundings.now(), reveals: reveal)
    let edition = writer.write(
      deadlines, previous: try ICSReader.memory(of: before, file: path))
    try TextFile.write(String(decoding: edition.bytes, as: UTF8.self), to: path)
    Terminal.say("\(deadlines.count) deadlines are in \(path)")
  }
}

/// `systemic docket assign`.
struct DocketAssign: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Say who looks after a deadline.")
  @Argument(help: "The deadline's id, as `systemic docket --long` shows it.")
  var deadline: String
  @Option(help: "The person's name.")
  var to: String
  @Option(help: "A note.")
  var note: String?
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      return try await Terminal.run {
        var body: [(String, JSON)] = [
          ("deadlines", JSON([deadline])), ("name", .string(to)),
        ]
        if let note { body.append(("note", .string(note))) }
        _ = try await desk.post("docket/assignments", .object(body))
        Terminal.say("\(to) looks after \(deadline)")
      }
    }
    try await options.open(.write) { workspace in
      try await workspace.assign(deadline, to: to, note: note)
      Terminal.say("\(to) looks after \(deadline)")
    }
  }
}

/// The docket as a terminal shows it.
enum DocketText {
  static func list(
    _ deadlines: [Deadline], today: Day, isLong: Bool, people: PeopleNames
  ) -> String {
    guard !isLong else {
      return deadlines.map { whole($0, today, people) }.joined(separator: "\n\n")
    }
    return TextTable.text(
      ["act by", "in days", "binding", "status", "force", "owner", "what"],
      deadlines.map { deadline in
        [
          deadline.alarmDay?.iso ?? "unknown", days(deadline, today),
          deadline.statutoryDay?.iso ?? "unknown", deadline.status.rawValue,
          deadline.citation?.force.rawValue ?? "own date", owner(deadline, people),
          TextTable.plain(deadline.title, atMost: 90)
            + (deadline.citation.map { " [\($0.text)]" } ?? ""),
        ]
      }, empty: "no deadline is open")
  }

  private static func days(_ deadline: Deadline, _ today: Day) -> String {
    deadline.alarmDay.map { String($0.sinceEpoch - today.sinceEpoch) } ?? ""
  }

  private static func owner(_ deadline: Deadline, _ people: PeopleNames) -> String {
    deadline.assignedTo.map { TextTable.plain(people.name($0), atMost: 30) }
      ?? deadline.owner.rawValue
  }

  private static func whole(_ deadline: Deadline, _ today: Day, _ people: PeopleNames) -> String {
    var lines = [
      Terminal.bold(TextTable.plain(deadline.title, atMost: 200)), "  id: \(deadline.id)",
    ]
    lines.append(
      "  act by \(deadline.alarmDay?.iso ?? "unknown"), binding \(deadline.statutoryDay?.iso ?? "unknown"), "
        + "plain calendar \(deadline.plainDay?.iso ?? "unknown"), "
        + "Regulation 1182/71 \(deadline.regulationDay?.iso ?? "unknown"); \(deadline.status.rawValue)"
    )
    lines.append("  owner: \(owner(deadline, people))")
    if let citation = deadline.citation { lines.append("  law: \(citation.marked)") }
    for basis in deadline.basis { lines.append(RuleText.wrapped("- " + basis, indent: "  ")) }
    if let ends = deadline.endsWith { lines.append("  ends with: \(ends)") }
    if let ended = deadline.ended { lines.append("  ended: \(ended.text)") }
    if let governor = deadline.governedBy { lines.append("  an earlier one governs: \(governor)") }
    if !deadline.missing.isEmpty {
      lines.append("  missing: " + deadline.missing.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }
}
