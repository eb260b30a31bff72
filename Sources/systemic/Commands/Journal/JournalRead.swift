import ArgumentParser
import Ground
import Journal
import Sealing
import Workspace

/// `systemic journal log`.
struct JournalLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List entries: when, who, in which role, what, of which record.",
    discussion: "Example: systemic journal log --record model/k3v9qz7d2m5x --contents")
  @Option(help: "regulatory, access or operational.")
  var log: LogName = .regulatory
  @Option(help: "The first entry.")
  var from = 0
  @Option(help: "Most entries.")
  var limit = 100
  @Option(help: "Only entries of this record; its log counts.")
  var record: String?
  @Flag(help: "Show what entries say, as far as you may read it.")
  var contents = false
  @Option(help: "text or json.")
  var format: ListFormat = .text
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    var question = ReadJournal.Question()
    (question.log, question.from, question.limit) = (log, from, limit)
    question.record = try record.map(Words.id)
    question.contents = contents
    let asked = question
    try await options.open(.read) { workspace in
      let lines = try await ReadJournal(workspace).lines(asked)
      switch format {
      case .json: Terminal.say(JSON.array(lines.map(\.json)).pretty)
      case .text: Terminal.say(JournalText.lines(lines, people: try await PeopleNames(workspace)))
      }
    }
  }
}

/// `systemic journal head`.
struct JournalHead: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "head", abstract: "Show the newest signed head of a log: keep it elsewhere.",
    discussion: """
      Whoever keeps a head can tell later whether anything before it was changed: systemic journal verify --head FILE.

      Example: systemic journal head --log regulatory > kept/regulatory.note
      """)
  @Option(help: "regulatory, access or operational.")
  var log: LogName = .regulatory
  @Option(help: "text (the signed note itself) or json.")
  var format: ListFormat = .text
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    if let desk = try remote.desk(besides: options) {
      guard format == .text else { throw ValidationError("A server gives the signed note itself.") }
      return try await Terminal.run {
        let note = String(
          decoding: try await desk.bytes("journal/\(log.rawValue)/checkpoint"), as: UTF8.self)
        Terminal.say(String(note.dropLast()))
      }
    }
    try await options.open(.read) { workspace in
      let head = try await ReadJournal(workspace).head(log)
      let note = String(decoding: head.bytes, as: UTF8.self)
      switch format {
      case .text: Terminal.say(String(note.dropLast()))
      case .json:
        Terminal.say(
          JSON.object([
            ("log", .string(log.rawValue)), ("origin", .string(head.checkpoint.origin)),
            ("size", .int(head.checkpoint.size)), ("root", .string(head.checkpoint.root.hex)),
            ("note", .string(note)),
          ]).pretty)
      }
    }
  }
}

/// `systemic journal checkpoint`.
struct JournalCheckpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Sign the heads of the logs, and ask the trusted witnesses.",
    discussion: "Every command that writes does so too. Example: systemic journal checkpoint")
  @Option(help: "One log; default all.")
  var log: LogName?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let checkpoints = Checkpoints(workspace)
      for log in log.map({ [$0] }) ?? LogName.allCases {
        JournalCheckpoint.say(try await checkpoints.publish(log, asksAgain: true))
      }
    }
  }

  /// One line on a checkpoint, and a warning for each witness that was not reached.
  static func say(_ published: PublishedCheckpoint) {
    let witnesses = published.cosignatures.map(\.key.name)
    Terminal.say(
      "\(published.log.rawValue): \(JournalText.count(published.size, "entry", "entries")), root "
        + published.root
        + (witnesses.isEmpty ? "" : ", witnessed by " + witnesses.joined(separator: ", ")))
    for problem in published.unreached { Terminal.warn(problem.warning) }
  }
}
