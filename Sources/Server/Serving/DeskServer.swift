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
  /// The name or address to listen on.
  public let host: String
  /// The port; 0 takes a free one.
  public let port: Int
  private let desk: Desk
  private let log: @Sendable (String) -> Void

  /// With what the server speaks TLS; nil where it speaks in the open, on loopback or behind a proxy.
  private let certificate: Certificate?

  /// A server that is not listening yet.
  public init(
    _ workspace: OpenWorkspace, host: String, port: Int, certificate: Certificate? = nil,
    configuration: Configuration = Configuration(), options: DeskOptions = DeskOptions(),
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.host = host
    self.port = port
    self.certificate = certificate
    self.log = log
    desk = Desk(workspace, configuration, options: options)
  }

  /// Listens until its task is cancelled; what is under way is answered.
  ///
  /// - Parameter listening: Called once with the port.
  /// - Throws: `server.not-listening`, `server.no-certificate`.
  public func run(listening: @escaping @Sendable (Int) async -> Void) async throws(Problem) {
    let logger = LogLines.logger(
      desk.configuration, now: desk.workspace.surroundings.now, write: log)
    let tls = try certificate?.configuration()
    // Taken in while it begins to listen; whoever comes earlier waits for it.
    let reading = Task { [desk] in
      try? await desk.workspace.warmSummaries()
      try? await desk.workspace.followSummaries()
    }
    defer { reading.cancel() }
    do {
      let plain = HTTPServerBuilder.http1(configuration: ServerLimits.channel)
      let channel = try tls.map { try .tls(plain, tlsConfiguration: $0) } ?? plain
      var life = ServiceGroupConfiguration(
        services: [application(channel, logger, listening)], logger: logger)
      life.maximumGracefulShutdownDuration = .seconds(DeskServer.graceSeconds)
      try await DeskServer.run(ServiceGroup(configuration: life))
    } catch is CancellationError { return } catch {
      throw Problem(
        "server.not-listening", what: "nothing can listen on \(host):\(port)",
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
        address: .hostname(host, port: port), serverName: nil,
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
