internal import Documents
internal import Ground
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import Sealing
public import Workspace

/// The desk: pages and answers over one workspace.
public struct Desk: Sendable {
  /// Most bytes of a form.
  static let mostForm = 1 << 20
  /// Most bytes of an address.
  static let mostAddress = 8192

  let workspace: OpenWorkspace
  let door = Door()

  /// A desk over a workspace.
  public init(_ workspace: OpenWorkspace) {
    self.workspace = workspace
    workspace.keepSummaries()
  }

  /// Everything that can be asked.
  var endpoints: [Endpoint] {
    [
      Assets.endpoints, SignInPage.endpoints(door), HomePage.endpoints, ModelsPage.endpoints,
      ModelPage.endpoints, DocketPage.endpoints, RecordsPage.endpoints, RecordPage.endpoints,
      ChangePage.endpoints, LawPage.endpoints, JournalPage.endpoints, SearchPage.endpoints,
      AccountPage.endpoints(door), HealthAnswer.endpoints(workspace),
    ].flatMap { $0 }
  }

  /// The library's router over all endpoints.
  func router() -> Router<DeskContext> {
    let router = Router(context: DeskContext.self)
    router.add(middleware: UnknownPages(desk: self))
    for endpoint in endpoints {
      let method = HTTPRequest.Method(rawValue: endpoint.method.rawValue) ?? .get
      router.on(RouterPath(endpoint.path), method: method) { request, context in
        await answer(endpoint, request, context)
      }
    }
    return router
  }

  /// Answers a request for something that is nowhere.
  func answerToUnknown(_ request: Request) -> Response {
    RefusalPage.reply(
      Problem(
        "server.no-such-page", what: "there is no such page",
        why: "the address was mistyped, or what it named was never there",
        mend: "go to the beginning and look from there"), status: 404, visit: nil
    ).response
  }

  private func answer(
    _ endpoint: Endpoint, _ request: Request, _ context: DeskContext
  ) async -> Response {
    var visit: Visit?
    do {
      try Gatekeeper.check(request, endpoint)
      let form = try await Desk.form(request, endpoint)
      let found = try await self.visit(request, context, form)
      visit = found
      if endpoint.audience == .signedIn, found.session == nil {
        return endpoint.method == .get
          ? Reply.see("/sign-in?to=" + Desk.encoded(request.uri.string)).response
          : try Gatekeeper.signedOut()
      }
      if endpoint.method == .post { try Gatekeeper.checkKey(found) }
      return try await endpoint.answer(found).response
    } catch let problem as Problem {
      return RefusalPage.reply(problem, status: RefusalPage.status(problem), visit: visit).response
    } catch {
      context.logger.error("a request failed", metadata: ["error": "\(error)"])
      return RefusalPage.reply(.ofOurs, status: 500, visit: visit).response
    }
  }

  private static func form(_ request: Request, _ endpoint: Endpoint) async throws -> Form {
    guard endpoint.method == .post else { return Form() }
    do {
      let buffer = try await request.body.collect(upTo: mostForm)
      return Form(encoded: buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Gatekeeper.tooLarge
    } catch let error as HTTPError where error.status == .contentTooLarge {
      throw Gatekeeper.tooLarge
    }
  }

  private func visit(
    _ request: Request, _ context: DeskContext, _ form: Form
  ) async throws(Problem) -> Visit {
    let secret = SessionCookie.secret(in: request.headers[values: .cookie])
    var session: Session?
    if let secret { session = try await workspace.session(secret) }
    var parts: [String: String] = [:]
    for (name, value) in context.parameters {
      parts[String(name)] = Form.decoded(value.replacing("+", with: "%2B").utf8)
    }
    return Visit(
      workspace: workspace.acting(as: session?.who ?? Desk.stranger), session: session,
      path: request.uri.path, parts: parts,
      query: Form(encoded: (request.uri.query ?? "").utf8), form: form,
      formKey: secret.map(SessionCookie.formKey) ?? "",
      agent: request.headers[.userAgent], address: context.remoteAddress?.ipAddress ?? "",
      secret: secret)
  }

  /// Somebody who is nobody yet.
  private static let stranger = SignedIn(id: "stranger", name: "somebody", roles: [])

  /// A text as one value of a query.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.properties.isAlphabetic && byte < 0x80 || (0x30...0x39).contains(byte)
        || "-._~/".utf8.contains(byte)
      {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}

extension Reply {
  /// As the library sends it, with the header fields that every answer has.
  var response: Response {
    var fields = SecurityFields.all
    let bytes: [UInt8]
    switch body {
    case .empty: bytes = []
    case .page(let html):
      fields[.contentType] = "text/html; charset=utf-8"
      bytes = Array(html.markup.utf8)
    case .text(let text, let type):
      fields[.contentType] = type
      bytes = Array(text.utf8)
    case .bytes(let content, let type, let name):
      fields[.contentType] = type
      if let name { fields[.contentDisposition] = "attachment; filename=\"\(name)\"" }
      bytes = content
    case .json(let json):
      fields[.contentType] = "application/json"
      bytes = Array(json.compact.utf8)
    }
    for (name, value) in self.fields {
      guard let name = HTTPField.Name(name) else { continue }
      if name == .setCookie {
        fields.append(HTTPField(name: name, value: value))
      } else {
        fields[name] = value
      }
    }
    return Response(
      status: .init(code: status), headers: fields,
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
