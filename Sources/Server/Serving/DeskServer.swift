public import Ground
internal import HTTPTypes
internal import Hummingbird
internal import Logging
public import Workspace

/// The desk behind an address of this machine.
public struct DeskServer: Sendable {
  /// The name or address to listen on.
  public let host: String
  /// The port; 0 takes a free one.
  public let port: Int
  private let desk: Desk

  /// A server that is not listening yet.
  public init(_ workspace: OpenWorkspace, host: String, port: Int) {
    self.host = host
    self.port = port
    desk = Desk(workspace)
  }

  /// Listens until its task is cancelled; what is under way is answered.
  ///
  /// - Parameter listening: Called once with the port.
  /// - Throws: `server.not-listening`.
  public func run(listening: @escaping @Sendable (Int) async -> Void) async throws(Problem) {
    var logger = Logger(label: "systemic")
    logger.logLevel = .warning
    let application = Application(
      router: desk.router(),
      configuration: .init(address: .hostname(host, port: port), serverName: nil),
      onServerRunning: { channel in await listening(channel.localAddress?.port ?? 0) },
      logger: logger)
    // Taken in while it begins to listen; whoever comes earlier waits for it.
    let reading = Task { [desk] in
      try? await desk.workspace.warmSummaries()
      try? await desk.workspace.followSummaries()
    }
    defer { reading.cancel() }
    do { try await application.run() } catch is CancellationError { return } catch {
      throw Problem(
        "server.not-listening", what: "nothing can listen on \(host):\(port)",
        why: "the port is taken, or the address is not one of this machine: \(error)",
        mend: "choose another with --listen HOST:PORT")
    }
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
