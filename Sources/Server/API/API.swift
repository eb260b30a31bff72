internal import Ground
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Workspace

/// What programs ask: one table of operations, from which requests are answered and the description is made.
struct API: Sendable {
  /// Where it begins.
  static let base = "/api/v1"
  /// Most bytes of an object that is sent.
  static let mostBody = 1 << 20

  let workspace: OpenWorkspace
  /// What runs for whom, for those who listen.
  let progress = ProgressBoard()
  /// Who is let in one after the other.
  let door: Door
  /// How often somebody may change something.
  let changes: RateLimit
  /// How messages are sent.
  let configuration: Configuration
  /// The identity provider that people may come from; nil where none is configured.
  let issuer: String?
  /// Who makes files, which few do at once.
  let turns: DocumentTurns
  /// What strangers may send.
  let intake: Intake
  /// Everything that can be asked.
  static let operations: [APIOperation] = [
    DescriptionOperations.all, RecordOperations.all, RunOperations.all, ModelOperations.all,
    QuestionOperations.all, FilingOperations.all, MandateOperations.all, DocumentOperations.all,
    IncidentOperations.all, TemplateOperations.all,
    EvidenceOperations.all, OverviewOperations.all, DocketOperations.all, LawOperations.all,
    JournalOperations.all,
    TimestampOperations.all, KeepingOperations.all, PeopleOperations.all, EntryOperations.all,
    AccountOperations.all, OwnOperations.all, WebhookOperations.all,
    ConnectorOperations.all, SampleOperations.all,
    BulkOperations.all, ExchangeOperations.all, StreamOperations.all, IntakeOperations.all,
    DeployerOperations.all,
  ].flatMap { $0 }

  private static let routes = Dictionary(grouping: APIRoute.all(operations)) { $0.parts.count }

  /// Whether an address is for programs.
  static func isAsked(_ request: Request) -> Bool {
    request.uri.path == "/api" || request.uri.path.hasPrefix("/api/")
  }

  /// Answers a request of a program, whatever it is.
  func respond(to request: Request, from address: String, logger: Logger) async -> Response {
    let method = request.method.rawValue
    guard request.uri.string.utf8.count <= Desk.mostAddress else {
      return APIProblem.reply(.addressTooLong, status: 414).response
    }
    guard let (route, parts) = API.route(request.uri.path) else {
      return APIProblem.reply(.noSuchPath, status: 404).response
    }
    if method == "OPTIONS" {
      return APIReply(status: 204, body: .none, fields: [("allow", route.allowed)]).response
    }
    guard let operation = route.operation(method) else {
      var reply = APIProblem.reply(.noSuchMethod(route.allowed), status: 405)
      reply.fields.append(("allow", route.allowed))
      return reply.response
    }
    let response = await answer(
      APIGate(
        api: self, operation: operation, request: request, parts: parts, address: address), logger
    ).response
    return method == "HEAD" ? API.head(response) : response
  }

  private func answer(_ gate: APIGate, _ logger: Logger) async -> APIReply {
    var call: APICall?
    do {
      let read = try await gate.call()
      call = read
      // Strangers have limits of their own, of each address and of all together.
      if read.operation.method == .post, !read.operation.isForEverybody,
        let seconds = changes.take(
          ["person " + read.proof.who.id], now: workspace.surroundings.now())
      {
        return APIProblem.reply(.tooOften(seconds), status: 429, seconds: seconds)
      }
      let reply = try await gate.operation.work(read)
      // What cannot be noted is not shown.
      try await read.workspace.writeNotes()
      return reply
    } catch let problem as Problem {
      try? await call?.workspace.writeNotes()
      Attempts.note(problem, at: gate.operation.path, from: nil, logger)
      // A version that was stated and is not the newest: RFC 9110, section 13.1.1.
      let isStale = problem.code == "store.version-conflict" && call?.version != nil
      return APIProblem.reply(problem, status: isStale ? 412 : RefusalPage.status(problem))
    } catch {
      logger.error(
        "a request failed",
        metadata: ["operation": "\(gate.operation.id)", "error": "\(error)"])
      return APIProblem.reply(.ofOurs, status: 500)
    }
  }

  /// The same without content, with its length.
  private static func head(_ response: Response) -> Response {
    var response = response
    response.body = .init(contentLength: response.body.contentLength) { writer in
      try await writer.finish(nil)
    }
    return response
  }

  /// The route of a path, with the parts that it names, decoded.
  static func route(_ path: String) -> (APIRoute, [String: String])? {
    guard path.hasPrefix(base + "/") else { return nil }
    let parts = path.utf8.dropFirst(base.utf8.count + 1).split(
      separator: 0x2F, omittingEmptySubsequences: false
    ).map { part in
      let text = String(Substring(part))
      // Most are plain, and decoding them is slower than finding the route.
      let isPlain = part.allSatisfy { $0 != 0x25 && $0 != 0x2B }
      return isPlain ? text : Form.decoded(text.replacing("+", with: "%2B").utf8)
    }
    for route in routes[parts.count] ?? [] {
      if let names = route.names(parts) { return (route, names) }
    }
    return nil
  }
}

/// The operations of one path.
struct APIRoute: Sendable {
  let parts: [String]
  /// Which of the parts are names of what is asked for.
  private let isName: [Bool]
  let operations: [APIOperation]

  init(parts: [String], operations: [APIOperation]) {
    self.parts = parts
    isName = parts.map { $0.hasPrefix("{") }
    self.operations = operations
  }

  /// The routes of a table; those with fewer names first, so that a word goes before a name.
  static func all(_ operations: [APIOperation]) -> [APIRoute] {
    Dictionary(grouping: operations, by: \.path).map { path, operations in
      APIRoute(parts: path.split(separator: "/").map(String.init), operations: operations)
    }
    .sorted { ($0.count, $0.parts.joined()) < ($1.count, $1.parts.joined()) }
  }

  private var count: Int { isName.count { $0 } }

  /// What stands at the names of the path; nil when it is another.
  func names(_ given: [String]) -> [String: String]? {
    for index in parts.indices where !isName[index] {
      guard parts[index].utf8.elementsEqual(given[index].utf8) else { return nil }
    }
    var names: [String: String] = [:]
    for index in parts.indices where isName[index] {
      names[String(parts[index].dropFirst().dropLast())] = given[index]
    }
    return names
  }

  /// The operation of a method; what can be read can be asked for without its content.
  func operation(_ method: String) -> APIOperation? {
    let wanted = method == "HEAD" ? "GET" : method
    return operations.first { $0.method.rawValue == wanted }
  }

  /// The methods, as `Allow` lists them.
  var allowed: String {
    let own = operations.map(\.method.rawValue).sorted()
    return (own + (own.contains("GET") ? ["HEAD"] : []) + ["OPTIONS"]).joined(separator: ", ")
  }
}

/// Answers programs before pages are looked for.
struct APIMiddleware: RouterMiddleware {
  let api: API

  @concurrent func handle(
    _ request: Request, context: DeskContext,
    next: @concurrent (Request, DeskContext) async throws -> Response
  ) async throws -> Response {
    guard API.isAsked(request) else { return try await next(request, context) }
    return await api.respond(
      to: request, from: ClientAddress.of(request, context, api.configuration),
      logger: context.logger)
  }
}

extension Problem {
  static let addressTooLong = Problem(
    "server.address-too-long", what: "the address is too long",
    why: "at most \(Desk.mostAddress) bytes are read", mend: "ask for less at once")
}
