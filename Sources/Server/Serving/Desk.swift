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
  let configuration: Configuration
  var signIn = SignIn()
  let changes: RateLimit
  let attempts: RateLimit
  let audits = Audits()
  let drawings = Drawings()
  let pages = KeptPages()
  let intake: Intake
  let drafts: Drafts
  let measures = Measures()
  let reading = Reading()
  let turns = DocumentTurns()

  /// A desk over a workspace.
  public init(
    _ workspace: OpenWorkspace, _ configuration: Configuration = Configuration(),
    provider: IdentityProvider? = nil, mailing: Mailing? = nil, intakeText: String? = nil
  ) {
    self.workspace = workspace
    self.configuration = configuration
    signIn.client = provider.map { ProviderClient($0) }
    signIn.mail = mailing.map { SignInMail(workspace, $0) }
    drafts = Drafts(shelf: workspace)
    intake = Intake(configuration, text: intakeText)
    changes = RateLimit(perMinute: configuration.number("limits.changes_per_minute"))
    attempts = RateLimit(perMinute: configuration.number("limits.sign_ins_per_minute"))
    workspace.keepSummaries()
  }

  /// Everything that can be asked.
  var endpoints: [Endpoint] {
    [
      Assets.endpoints, SignInPage.endpoints(signIn), ForgottenPage.endpoints(signIn),
      CodePage.endpoints(signIn.door),
      HomePage.endpoints, SetupPage.endpoints, SamplesPage.endpoints, BoardPage.endpoints,
      WorkPage.endpoints, ModelsPage.endpoints, ModelPage.endpoints, RunForms.endpoints,
      WhatIfPage.endpoints, OpinionRecordPage.endpoints,
      DocketPage.endpoints, DocketCalendarPage.endpoints, DocketTimelinePage.endpoints,
      RecordsPage.endpoints, RecordPage.endpoints, ChangePage.endpoints, LawPage.endpoints,
      JournalPage.endpoints(audits), EvidenceListPage.endpoints, EvidenceForm.endpoints,
      EvidencePage.endpoints, SearchPage.endpoints, Comments.endpoints, ViewsBar.endpoints,
      PaletteAnswer.endpoints, IncidentPages.endpoints, ProcedurePages.endpoints,
      DraftPage.endpoints(drafts),
      AccountPage.endpoints(signIn), TokensPage.endpoints,
      SecondFactorPage.endpoints(signIn), PeoplePage.endpoints,
      PersonPage.endpoints(signIn), EmergencyPage.endpoints(signIn.door),
      ProviderPage.endpoints(signIn), CalendarPage.endpoints, CalendarFeed.endpoints,
      WebhooksPage.endpoints(self), ConnectorsPage.endpoints(self), Hooks.endpoints(self),
      DocumentFiles.endpoints(turns), HealthAnswer.endpoints(self),
      ReportPage.endpoints(intake), ReportStatusPage.endpoints(intake),
    ].flatMap { $0 }
  }

  /// The library's router over all endpoints.
  func router() -> Router<DeskContext> {
    let router = Router(context: DeskContext.self)
    router.add(middleware: Watching(measures: measures))
    router.add(middleware: UnknownPages(desk: self))
    router.add(
      middleware: APIMiddleware(
        api: API(
          workspace: workspace, door: signIn.door, changes: changes,
          configuration: configuration, issuer: signIn.client?.provider.issuer, turns: turns,
          intake: intake)))
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
    let address = ClientAddress.of(request, context, configuration)
    // Where nobody is to be known, the log does not know them either.
    let noted = endpoint.isAnonymous ? nil : address
    do {
      try Gatekeeper.check(request, endpoint)
      if let notice = await reading.notice(endpoint) { return notice.response }
      let now = workspace.surroundings.now()
      if let seconds = wait(endpoint, ["address " + address], now) {
        Attempts.note(.tooOften(seconds), at: endpoint.path, from: noted, context.logger)
        return RefusalPage.tooMany(seconds, visit: nil).response
      }
      let form = try await Desk.form(request, endpoint)
      var found = try await self.visit(request, address, context, form, endpoint)
      if endpoint.isHook {
        found.body = try await Desk.content(request)
        for field in request.headers { found.fields[field.name.canonicalName] = field.value }
      }
      visit = found
      if let who = found.session?.who.id, let seconds = wait(endpoint, ["person " + who], now) {
        Attempts.note(.tooOften(seconds), at: endpoint.path, from: noted, context.logger)
        return RefusalPage.tooMany(seconds, visit: found).response
      }
      if endpoint.audience == .signedIn, found.session == nil {
        return endpoint.method == .get
          ? Reply.see("/sign-in?to=" + Desk.encoded(request.uri.string)).response
          : try await signedOut(found, endpoint, request)
      }
      let draft = draft(for: found)
      if endpoint.method == .get, let draft { found.form = draft.form }
      if endpoint.takesFile {
        // Only after it is known who sends it: strangers fill no disk.
        (found.form, found.file) =
          try await endpoint.isAnonymous
          ? intake.upload(request, into: workspace.folder, now: now)
          : Upload.read(request, into: workspace.folder)
        visit = found
      }
      if endpoint.method == .post { try Gatekeeper.checkKey(found) }
      if endpoint.method == .get, found.session?.lacksSecondFactor == true, endpoint.path == "/" {
        return Reply.see("/account/second-factor").response
      }
      try Gatekeeper.checkSecondFactor(found, endpoint)
      let response = try await pages.answer(endpoint, found, address: request.uri.string)
      // What cannot be noted is not shown.
      try await found.workspace.writeNotes()
      if endpoint.method == .post, response.status == .seeOther, let draft {
        drafts.forget(draft.id, of: draft.person)
      }
      return response
    } catch let problem as Problem {
      try? await visit?.workspace.writeNotes()
      Attempts.note(problem, at: endpoint.path, from: noted, context.logger)
      return RefusalPage.reply(problem, status: RefusalPage.status(problem), visit: visit).response
    } catch {
      context.logger.error("a request failed", metadata: ["error": "\(error)"])
      return RefusalPage.reply(.ofOurs, status: 500, visit: visit).response
    }
  }

  /// After how many seconds a change or an attempt to sign in is taken again; nil when it is taken now.
  private func wait(_ endpoint: Endpoint, _ names: [String], _ now: Instant) -> Int? {
    guard endpoint.method != .get else { return nil }
    let isAttempt = endpoint.audience == .everybody && endpoint.path.hasPrefix("/sign-in")
    return (isAttempt ? attempts : changes).take(names, now: now)
  }

  /// A form whose session has ended is kept for whoever was signed in, if it is one of ours.
  private func signedOut(
    _ visit: Visit, _ endpoint: Endpoint, _ request: Request
  ) async throws -> Response {
    if !endpoint.takesFile, let secret = visit.secret, Gatekeeper.hasKey(visit, of: secret),
      let person = try await workspace.formerOwner(of: secret),
      let id = drafts.keep(
        visit.form, of: person, path: request.uri.string, now: workspace.surroundings.now())
    {
      return DraftPage.kept(id, visit: visit).response
    }
    return try Gatekeeper.signedOut()
  }

  /// What whoever is signed in had typed before, where the address names it.
  private func draft(for visit: Visit) -> Drafts.Draft? {
    guard let id = visit.query.text("draft"), let session = visit.session else { return nil }
    return drafts.draft(id, of: session.who.id, now: workspace.surroundings.now())
  }

  private static func form(_ request: Request, _ endpoint: Endpoint) async throws -> Form {
    guard endpoint.method == .post, !endpoint.takesFile, !endpoint.isHook else { return Form() }
    return Form(encoded: try await content(request))
  }

  /// What was sent, bounded.
  private static func content(_ request: Request) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    let pace = RequestPace()
    try await ReadBody.each(request.body) { piece throws(Problem) in
      guard bytes.count + piece.readableBytes <= mostForm else { throw Gatekeeper.tooLarge }
      bytes += piece.readableBytesView
      try pace.check(bytes.count)
    }
    return bytes
  }

  private func visit(
    _ request: Request, _ address: String, _ context: DeskContext, _ form: Form,
    _ endpoint: Endpoint
  ) async throws(Problem) -> Visit {
    // Even that a session was used would be noted.
    let cookies = endpoint.isAnonymous ? [] : request.headers[values: .cookie]
    let secret = SessionCookie.secret(in: cookies)
    var session: Session?
    if let secret { session = try await workspace.session(secret) }
    var parts: [String: String] = [:]
    for (name, value) in context.parameters {
      parts[String(name)] = Form.decoded(value.replacing("+", with: "%2B").utf8)
    }
    return Visit(
      workspace: workspace.acting(
        as: session?.who ?? Desk.stranger,
        noting: AccessNotes(request: RandomText.key(length: 12))), session: session,
      path: request.uri.path, parts: parts,
      query: Form(encoded: (request.uri.query ?? "").utf8), form: form,
      formKey: secret.map(SessionCookie.formKey) ?? "",
      agent: endpoint.isAnonymous ? nil : request.headers[.userAgent], address: address,
      secret: secret, step: SessionCookie.secret(in: cookies, named: SessionCookie.step),
      journey: SessionCookie.secret(in: cookies, named: SessionCookie.journey),
      bearer: Desk.bearer(request), drawings: drawings, base: base(request))
  }

  /// What follows `Bearer` in the field of a program.
  private static func bearer(_ request: Request) -> String? {
    guard let field = request.headers[.authorization], field.lowercased().hasPrefix("bearer ")
    else {
      return nil
    }
    return String(field.dropFirst(7))
  }

  /// The address of the desk as people reach it; a host that nobody configured is taken where it is plain.
  private func base(_ request: Request) -> String {
    if let address = configuration.text("address") {
      return address.hasSuffix("/") ? String(address.dropLast()) : address
    }
    let host = request.head.authority ?? ""
    let isPlain = host.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || ".-:[]".utf8.contains($0)
    }
    guard isPlain, !host.isEmpty else { return "" }
    let isProtected =
      configuration.isOn("behind_proxy") || configuration.text("tls.certificate") != nil
    return (isProtected ? "https://" : "http://") + host
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
      bytes = html.bytes
    case .text(let text, let type):
      fields[.contentType] = type
      bytes = Array(text.utf8)
    case .bytes(let content, let type, let name):
      fields[.contentType] = type
      if let name { fields[.contentDisposition] = Reply.attachment(name) }
      bytes = content
    case .stream(let count, let type, let name, let pieces):
      fields[.contentType] = type
      if let name { fields[.contentDisposition] = Reply.attachment(name) }
      return Response(
        status: .init(code: status), headers: all(over: fields),
        body: .init(contentLength: count) { writer in
          let next = try pieces()
          while let piece = try next() { try await writer.write(ByteBuffer(bytes: piece)) }
          try await writer.finish(nil)
        })
    case .json(let json):
      fields[.contentType] = "application/json"
      bytes = Array(json.compact.utf8)
    }
    return Response(
      status: .init(code: status), headers: all(over: fields),
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// The fields of this answer in the place of those that every answer has.
  private func all(over common: HTTPFields) -> HTTPFields {
    var fields = common
    for (name, value) in self.fields {
      guard let name = HTTPField.Name(name) else { continue }
      if name == .setCookie {
        fields.append(HTTPField(name: name, value: value))
      } else {
        fields[name] = value
      }
    }
    return fields
  }
}
