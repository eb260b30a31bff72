public import Ground
internal import Logging
internal import Synchronization
public import Workspace

/// What the server does by itself beside answering: messages, reminders, forwarding, once a second; connectors beside them.
public struct FeedRounds: Sendable {
  private let sender: WebhookSender
  private let connectors: ConnectorRounds
  private let forwarder: Forwarder?
  private let reminding: Reminding?
  private let mails: IncidentMails?
  private let now: @Sendable () -> Instant
  private let logger: Logger

  /// Rounds over a workspace.
  ///
  /// - Parameter log: Takes a line of the log.
  /// - Throws: `server.missing-setting`, `server.no-secret-file`, `outbound.*`.
  public init(
    _ workspace: OpenWorkspace, _ configuration: Configuration,
    log: @escaping @Sendable (String) -> Void
  ) throws(Problem) {
    sender = WebhookSender(workspace, configuration)
    connectors = ConnectorRounds(workspace, configuration)
    forwarder = try Forwarder.configured(workspace, configuration)
    reminding = try Reminding.configured(workspace, configuration)
    mails = IncidentMails.configured(workspace, configuration)
    now = workspace.surroundings.now
    logger = LogLines.logger(configuration, now: workspace.surroundings.now, write: log)
  }

  /// Goes on until its task is cancelled; what goes wrong stands in the log, once until it changes.
  public func run() async {
    await withDiscardingTaskGroup { group in
      group.addTask { await feeds() }
      group.addTask {
        let last = Mutex<String?>(nil)
        // Another system that is slow must not keep reminders and messages waiting.
        await connectors.run { problem in
          let isNew = last.withLock { last in
            defer { last = problem?.code }
            return last != problem?.code
          }
          if let problem, isNew { warn("connectors", problem) }
        }
      }
    }
  }

  private func feeds() async {
    var last: [String: String] = [:]
    var reminded: Instant?
    while !Task.isCancelled {
      await attempt("webhooks", &last) { () async throws(Problem) in
        while try await sender.round(), !Task.isCancelled {}
      }
      if let forwarder {
        await attempt("forwarding", &last) { () async throws(Problem) in
          while try await forwarder.round(), !Task.isCancelled {}
        }
      }
      if let reminding, reminded.map({ now().seconds - $0.seconds >= Reminding.every }) ?? true {
        reminded = now()
        await attempt("mail", &last) { () async throws(Problem) in try await reminding.round() }
      }
      if let mails {
        await attempt("incident mails", &last) { () async throws(Problem) in
          let (lines, problem) = try await mails.round()
          for line in lines { logger.info("\(line.words)", metadata: line.facts) }
          if let problem { throw problem }
        }
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }

  private func attempt(
    _ name: String, _ last: inout [String: String], _ round: () async throws(Problem) -> Void
  ) async {
    do {
      try await round()
      last[name] = nil
    } catch {
      guard last[name] != error.code else { return }
      last[name] = error.code
      warn(name, error)
    }
  }

  private func warn(_ name: String, _ problem: Problem) {
    logger.warning(
      "a round failed",
      metadata: ["feed": "\(name)", "code": "\(problem.code)", "what": "\(problem.what)"])
  }
}
