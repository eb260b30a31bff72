import ArgumentParser
import Ground
import Sealing
import Workspace

/// `systemic journal timestamp`.
struct JournalTimestamp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timestamp",
    abstract: "Timestamps of an outside authority (RFC 3161) over the head of a log.",
    discussion: """
      The authority sees a digest and nothing else. Make the request, send it, keep the reply:
        systemic journal timestamp request -o head.tsq
        curl -H 'Content-Type: application/timestamp-query' --data-binary @head.tsq URL -o head.tsr
        systemic journal timestamp add head.tsr
        systemic journal timestamp verify --ca authority.pem
      """,
    subcommands: [TimestampRequestCommand.self, TimestampAdd.self, TimestampVerify.self])
}

/// `systemic journal timestamp request`.
struct TimestampRequestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request", abstract: "Write the request for the newest head of a log.")
  @Option(help: "regulatory, access or operational.")
  var log: LogName = .regulatory
  @Option(name: .shortAndLong, help: "The file; default LOG-SIZE.tsq here.")
  var output: String?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let query = try await TimestampCheckpoint(workspace).query(log)
      let file = output ?? "\(log.rawValue)-\(query.size).tsq"
      let note = try query.write(to: file)
      Terminal.say("request over \(query.size) entries of the \(log.rawValue) log: \(file)")
      Terminal.say("what is stamped, for other programs: \(note)")
    }
  }
}

/// `systemic journal timestamp add`.
struct TimestampAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Keep the reply of an authority in the operational log.")
  @Argument(help: "The reply, a .tsr file.")
  var reply: String
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.write) { workspace in
      let added = try await TimestampCheckpoint(workspace).add(ByteSource(path: reply))
      Terminal.say(
        "kept: \(added.size) entries of the \(added.log.rawValue) log, which the reply dates "
          + "\(added.time.utc); check it with: systemic journal timestamp verify --ca FILE")
    }
  }
}

/// `systemic journal timestamp verify`.
struct TimestampVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check all kept timestamps: authority, checkpoint, and the entries as they are now.",
    discussion: "Exit status: 0 all are good, 1 one is not, or there is none.")
  @Option(help: "The root certificates of authorities that you trust, as PEM.")
  var ca: String
  @Option(help: "One log; default all.")
  var log: LogName?
  @OptionGroup var options: WorkspaceOptions

  func run() async throws {
    try await options.open(.read) { workspace in
      let checked = try await TimestampCheckpoint(workspace).check(
        authorities: TextFile.read(ca), log: log)
      for one in checked {
        let what = "\(one.size) entries of the \(one.log.rawValue) log"
        if let timestamp = one.timestamp {
          Terminal.say(
            "\(what): there by \(timestamp.time.utc), says \(TextTable.plain(timestamp.authority))")
        } else if let problem = one.problem {
          Terminal.say("\(what): NOT PROVEN")
          Terminal.warn(problem.terminal)
        }
      }
      if checked.isEmpty { Terminal.say("no timestamps are kept") }
      if checked.isEmpty || checked.contains(where: { $0.timestamp == nil }) { throw ExitCode(1) }
    }
  }
}
