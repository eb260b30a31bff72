public import Ground
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import ServiceLifecycle
public import Workspace

/// The desk behind an address of this machine.
public struct DeskServer: Sendable {
  private let desk: Desk
  private let entrance: Entrance
  private let log: @Sendable (String) -> Void

  /// A server that is not listening yet.
  public init(
    _ workspace: OpenWorkspace, _ entrance: Entrance, _ configuration: Configuration,
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.entrance = entrance
    self.log = log
    desk = Desk(
      workspace, configuration, provider: entrance.provider, mailing: entrance.mailing,
      intakeText: entrance.intakeText)
  }

  /// Listens until its task is cancelled; what is under way is answered.
  ///
  /// - Parameter listening: Called once with the port.
  /// - Throws: `server.not-listening`, `server.no-certificate`.
  public func run(listening: @escaping @Sendable (Int) async -> Void) async throws(Problem) {
    let logger = LogLines.logger(
      desk.configuration, now: desk.workspace.surroundings.now, write: log)
    let tls = try entrance.certificate?.configuration()
    Heap.shareOne()
    // Taken in while it begins to listen; whoever comes earlier waits for it, or is told.
    desk.reading.begin()
    let reading = Task { [desk] in
      try? await desk.workspace.warmSummaries()
      desk.reading.end()
      // Every record was opened for a moment: what that took is given back.
      Heap.giveBack()
      try? await desk.workspace.followSummaries()
    }
    let upkeep = [
      Task { [mail = desk.signIn.mail] in if let mail { await mail.run(logger) } },
      Task { [desk] in await desk.drafts.forgetOld(desk.workspace.surroundings.now) },
      Task { [desk] in await desk.pages.forgetOld(desk.workspace.surroundings.now) },
    ]
    defer { for task in upkeep + [reading] { task.cancel() } }
    do {
      let plain = HTTPServerBuilder.http1(configuration: ServerLimits.channel)
      let channel = try tls.map { try .tls(plain, tlsConfiguration: $0) } ?? plain
      var life = ServiceGroupConfiguration(
        services: [application(channel, logger, listening)], logger: logger)
      life.maximumGracefulShutdownDuration = .seconds(DeskServer.graceSeconds)
      try await DeskServer.run(ServiceGroup(configuration: life))
    } catch is CancellationError { return } catch {
      throw Problem(
        "server.not-listening", what: "nothing can listen on \(entrance.host):\(entrance.port)",
        why: "the port is taken, or the address is not one of this machine: \(error)",
        mend: "choose another with --listen HOST:PORT")
    }
  }

  /// How long what is under way may take when the server ends, in seconds.
  private static let graceSeconds = 5

  /// Runs until its task is cancelled; then takes nothing new, and answers what is under way.
  ///
  /// Were the server's own task cancelled, connections that were accepted and not looked at yet would be dropped, on
  /// which the network library stops the process.
  private static func run(_ group: ServiceGroup) async throws {
    let running = Task { try await group.run() }
    try await withTaskCancellationHandler {
      try await running.value
    } onCancel: {
      Task { await group.triggerGracefulShutdown() }
    }
  }

  private func application(
    _ server: HTTPServerBuilder, _ logger: Logger,
    _ listening: @escaping @Sendable (Int) async -> Void
  ) -> some ApplicationProtocol {
    Application(
      router: desk.router(), server: server,
      configuration: .init(
        address: .hostname(entrance.host, port: entrance.port), serverName: nil,
        availableConnectionsDelegate: ServerLimits.connections(logger)),
      onServerRunning: { channel in await listening(channel.localAddress?.port ?? 0) },
      logger: logger)
  }
}

/// Answers what no route answers with a page.
struct UnknownPages: RouterMiddleware {
  let desk: Desk

  @concurrent func handle(
    _ request: Request, context: DeskContext,
    next: @concurrent (Request, DeskContext) async throws -> Response
  ) async throws -> Response {
    do { return try await next(request, context) } catch let error as HTTPError
      where error.status == .notFound
    {
      return desk.answerToUnknown(request)
    }
  }
}
