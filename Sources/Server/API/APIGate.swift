internal import Ground
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Sealing
internal import Workspace

/// Reads a request as its operation describes it, and refuses what is otherwise.
struct APIGate {
  let api: API
  let operation: APIOperation
  let request: Request
  /// The parts of the path by name, decoded.
  let parts: [String: String]
  /// From where it comes.
  let address: String

  /// What is asked.
  ///
  /// - Throws: `server.*`, `ground.not-json`, `store.*`.
  func call() async throws -> APICall {
    let (proof, secret) = try await proof()
    try checkAccepted()
    var values = try pathValues()
    try readQuery(into: &values)
    let version = try version()
    let bytes = try await body()
    let body = try object(bytes)
    return APICall(
      workspace: api.workspace.acting(
        as: proof.who, noting: AccessNotes(request: RandomText.key(length: 12))),
      proof: proof, operation: operation,
      values: values, body: body, version: version, request: try named(bytes),
      known: request.headers[.ifNoneMatch],
      lastEvent: HTTPField.Name("last-event-id").flatMap { request.headers[$0] },
      secret: secret, bytes: request.body, address: address, api: api)
  }

  // MARK: Who

  private func proof() async throws(Problem) -> (APICall.Proof, String?) {
    if operation.isForEverybody { return (.nothing, nil) }
    if let field = request.headers[.authorization] {
      let parts = field.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "bearer",
        let token = try await api.workspace.token(String(parts[1]))
      else { throw .tokenEnded }
      guard token.isForReports == operation.isForDeployers else { throw .otherToken }
      return (.token(token), String(parts[1]))
    }
    if let secret = SessionCookie.secret(in: request.headers[values: .cookie]),
      let session = try await api.workspace.session(secret)
    {
      guard !operation.isForDeployers else { throw .otherToken }
      try checkOwnPage(secret)
      try Gatekeeper.checkSecondFactor(session)
      return (.session(session), secret)
    }
    throw .notSignedIn
  }

  /// A change that comes with a cookie must come from our own pages.
  private func checkOwnPage(_ secret: String) throws(Problem) {
    guard operation.method == .post else { return }
    let site = HTTPField.Name("sec-fetch-site").flatMap { request.headers[$0] }
    let key = HTTPField.Name("x-form-key").flatMap { request.headers[$0] } ?? ""
    guard site == nil || site == "same-origin",
      Commitment.isEqual(Array(key.utf8), Array(SessionCookie.formKey(secret).utf8))
    else { throw Gatekeeper.elsewhere }
  }

  // MARK: Fields

  private func checkAccepted() throws(Problem) {
    guard let field = request.headers[.accept] else { return }
    let given = operation.answer.type
    let wanted = field.split(separator: ",").map { range in
      range.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }
    let isTaken = wanted.contains { range in
      range == "*/*" || given.isEmpty || given == range
        || range.hasSuffix("/*") && given.hasPrefix(range.dropLast())
    }
    guard isTaken || wanted.isEmpty else {
      throw Problem(
        "server.not-acceptable", what: "the answer is not of a type that is accepted",
        why: "it is \(given)", mend: "accept \(given)")
    }
  }

  private func version() throws(Problem) -> Int? {
    guard operation.needsVersion else { return nil }
    guard let field = request.headers[.ifMatch] else { throw .versionDue }
    if field == "*" { return nil }
    guard field.hasPrefix("\"v"), field.hasSuffix("\""), field.utf8.count > 3,
      let version = Int(field.dropFirst(2).dropLast()), version > 0
    else {
      throw Problem(
        "server.bad-parameter", what: "If-Match cannot be “\(field.prefix(80))”",
        why: "the ETag of a record is its version, such as \"v3\"",
        mend: "read the record and send its ETag", places: [Place("If-Match")])
    }
    return version
  }

  /// The name of the request, with a digest of everything that it asks.
  private func named(_ bytes: [UInt8]) throws(Problem) -> NamedRequest? {
    guard let name = HTTPField.Name("idempotency-key"), let key = request.headers[name] else {
      return nil
    }
    guard operation.takesKey, (1...255).contains(key.utf8.count),
      key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
    else {
      throw Problem(
        "server.bad-parameter",
        what: operation.takesKey
          ? "the idempotency key is not one" : "no idempotency key is taken here",
        why: operation.takesKey
          ? "it has 1 to 255 visible characters of ASCII"
          : "asking twice does no harm here, or is not the same as asking once",
        mend: "correct it or leave it out", places: [Place("Idempotency-Key")])
    }
    let asked = Array((request.uri.string + "\n").utf8) + bytes
    return NamedRequest(key: key, digest: Digest(of: asked).hex)
  }

  // MARK: Path and query

  private func pathValues() throws(Problem) -> [String: JSON] {
    var values: [String: JSON] = [:]
    for (name, text) in parts {
      let parameter = operation.parameters.first { $0.name == name && $0.place == .path }
      guard let value = try? parameter?.value(text) else { throw .noSuchPath }
      values[name] = value
    }
    return values
  }

  private func readQuery(into values: inout [String: JSON]) throws(Problem) {
    let known = operation.parameters.filter { $0.place == .query }
    let pairs = Form(encoded: (request.uri.query ?? "").utf8).pairs
    for (name, text) in pairs where !(name.isEmpty && text.isEmpty) {
      guard let parameter = known.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
        throw Problem(
          "server.bad-parameter", what: "nothing reads “\(name.prefix(80))” here",
          why: known.isEmpty
            ? "the address takes no parameters"
            : "it takes " + known.map(\.name).joined(separator: ", "),
          mend: "correct the name or leave it out", places: [Place(String(name.prefix(80)))])
      }
      guard values[name] == nil else {
        throw Problem(
          "server.bad-parameter", what: "\(name) stands twice",
          why: "it would be unclear which one holds", mend: "send it once", places: [Place(name)])
      }
      values[name] = try parameter.value(text)
    }
    if let missing = known.first(where: { $0.isRequired && values[$0.name] == nil }) {
      throw Problem(
        "server.bad-parameter", what: "\(missing.name) is missing", why: missing.about,
        mend: "add it", places: [Place(missing.name)])
    }
  }

  // MARK: Body

  private func body() async throws -> [UInt8] {
    guard case .json = operation.body else { return [] }
    guard isJSON(request.headers[.contentType]) else {
      throw Problem(
        "server.wrong-type", what: "the body is of a type that is not read here",
        why: "an object comes as application/json",
        mend: "send Content-Type: application/json")
    }
    var bytes: [UInt8] = []
    let pace = RequestPace()
    try await ReadBody.each(request.body) { piece throws(Problem) in
      guard bytes.count + piece.readableBytes <= API.mostBody else { throw Problem.bodyTooLarge }
      bytes += piece.readableBytesView
      try pace.check(bytes.count)
    }
    return bytes
  }

  private func isJSON(_ type: String?) -> Bool {
    guard let type else { return false }
    return type == "application/json"
      || type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased() == "application/json"
  }

  private func object(_ bytes: [UInt8]) throws(Problem) -> JSON {
    guard case .json(let shape) = operation.body else { return .null }
    let json = try JSON(parsing: bytes, file: "the body")
    try shape.check(json)
    return json
  }
}

extension Problem {
  /// A deployer's token asks for something else, or somebody else asks as a deployer.
  static let otherToken = Problem(
    "workspace.beyond-token", what: "this is not for whoever asks",
    why: "a token with the scope report does what a deployer does, and only such a token does it",
    mend: "show the token that is meant for it")

  static let bodyTooLarge = Problem(
    "server.too-large", what: "what was sent is too large",
    why: "an object has at most \(API.mostBody) bytes", mend: "send long texts as evidence files")
}

extension APICall.Proof {
  /// Who asks; a stranger is nobody who may do anything.
  var who: SignedIn {
    switch self {
    case .nothing: SignedIn(id: "stranger", name: "somebody", roles: [])
    case .session(let session): session.who
    case .token(let token): token.who
    }
  }
}

extension APIOperation.Answer {
  /// The media type of the content; empty where there is none.
  var type: String {
    switch content {
    case .none: ""
    case .json: "application/json"
    case .text(let type), .bytes(let type): String(type.prefix { $0 != ";" })
    }
  }
}
