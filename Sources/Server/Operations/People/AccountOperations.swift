internal import Duties
internal import Ground
internal import Workspace

/// Who one is, where one is signed in, and the tokens of one's programs.
enum AccountOperations {
  static let all: [APIOperation] = [
    account, sessions, endSessions, endSession, tokens, make, rotate, revoke,
  ]

  private static let account = APIOperation(
    id: "getAccount", method: .get, path: "account", tag: "account",
    summary: "Who you are, and what the token that you show may be used for.",
    answer: .init(
      about: "You.",
      content: .json(
        .object([
          .needed("person", .text()), .needed("name", .text()), .needed("roles", .list(.text())),
          .needed("token", .orNull(.text())), .needed("until", .word(.moment)),
        ])))
  ) { call in
    let who = call.workspace.who
    var (token, until): (String?, Instant?)
    switch call.proof {
    case .token(let shown): (token, until) = (shown.id.text, shown.until)
    case .session(let session): until = session.until
    case .nothing: break
    }
    return .json(
      .object([
        ("person", .string("person/" + who.id)), ("name", .string(who.name)),
        ("roles", JSON(who.roles.map(\.rawValue).sorted())), ("token", JSON(token)),
        ("until", JSON(until?.utc)),
      ]))
  }

  private static let sessions = APIOperation(
    id: "listOwnSessions", method: .get, path: "account/sessions", tag: "account",
    summary: "Where you are signed in.",
    answer: .init(
      about: "Sessions, the newest first.",
      content: .json(.object([.needed("items", .list(.named("Session")))])))
  ) { call in
    let states = try await call.workspace.ownSessions()
    return .json(.object([("items", .array(states.map { RecordShape.json($0.withoutSecrets) }))]))
  }

  private static let endSessions = APIOperation(
    id: "endOwnSessions", method: .post, path: "account/sessions/end", tag: "account",
    summary: "Sign out everywhere else; asked with a token, which proves again who asks.",
    answer: .init(status: 204, about: "No other session is open.", content: .none)
  ) { call in
    guard case .token = call.proof else {
      throw Problem(
        "workspace.not-proved", what: "a session alone ends no other session",
        why: "whoever finds an open screen must not sign others out",
        mend: "do it on the page of your account, or ask with a token")
    }
    for session in try await call.workspace.ownSessions() {
      try await call.workspace.endSession(session.id)
    }
    return APIReply(status: 204, body: .none)
  }

  private static let endSession = APIOperation(
    id: "endOwnSession", method: .post, path: "account/sessions/{key}/end", tag: "account",
    summary: "Sign out in one place.", parameters: [.key()],
    answer: .init(status: 204, about: "The session is not open.", content: .none)
  ) { call in
    let id = try call.id(.session)
    guard try await call.workspace.ownSessions().contains(where: { $0.id == id }) else {
      throw Problem.noSuchPath
    }
    try await call.workspace.endSession(id)
    return APIReply(status: 204, body: .none)
  }

  private static let tokens = APIOperation(
    id: "listOwnTokens", method: .get, path: "account/tokens", tag: "account",
    summary: "The tokens of your programs that have not ended.",
    answer: .init(
      about: "Tokens without their secrets, the newest first.",
      content: .json(.object([.needed("items", .list(.named("Token")))])))
  ) { call in
    let states = try await call.workspace.ownTokens()
    return .json(.object([("items", .array(states.map { RecordShape.json($0.withoutSecrets) }))]))
  }

  private static let scopes = Shape.list(.choice(TokenScope.allCases.map(\.rawValue)), atMost: 5)
  private static let days = Shape.count(1...OpenWorkspace.mostTokenDays)
  private static let made = APIOperation.Answer(
    status: 201, about: "The token, with its secret, which is shown this once.",
    content: .json(
      .object([
        .needed("token", .named("Token")), .needed("secret", .text()),
      ])))

  private static func reply(_ made: MadeToken) -> APIReply {
    .json(
      .object([
        ("token", RecordShape.json(made.state.withoutSecrets)), ("secret", .string(made.secret)),
      ]), status: 201)
  }

  private static let make = APIOperation(
    id: "makeToken", method: .post, path: "account/tokens", tag: "account",
    summary: "Make a token for a program; a token makes none.",
    body: .json(
      .object([
        .needed("name", .text(atLeast: 1, atMost: 80), "what it is for"),
        .needed("scopes", scopes), .needed("days", days, "for how long it is good"),
        .open("records", .list(.word(.record()), atMost: 500), "the records that it reaches"),
        .open("person", .text(atLeast: 1, atMost: 64), "for somebody else, by an administrator"),
      ])), answer: made
  ) { call in
    var new = NewToken(
      name: call["name"]?.text ?? "",
      scopes: (call["scopes"]?.texts ?? []).compactMap { TokenScope(rawValue: $0) },
      days: call["days"]?.count ?? 0)
    new.records = (call["records"]?.texts ?? []).compactMap { RecordID($0) }
    return reply(try await call.workspace.makeToken(new, for: call["person"]?.text))
  }

  private static let rotate = APIOperation(
    id: "rotateToken", method: .post, path: "account/tokens/{key}/rotation", tag: "account",
    summary: "A new secret; the old one stays good for some hours.",
    about:
      "A program may rotate the token that it shows; the new one ends no later than the old one would have.",
    parameters: [.key()],
    body: .json(
      .object([
        .needed("days", days),
        .needed(
          "overlap_hours", .count(0...OpenWorkspace.mostOverlapHours),
          "for how long the old one stays good; 0 ends it at once"),
      ])), answer: made
  ) { call in
    reply(
      try await call.workspace.rotateToken(
        try call.id(.token), days: call["days"]?.count ?? 0,
        overlapHours: call["overlap_hours"]?.count ?? 0))
  }

  private static let revoke = APIOperation(
    id: "revokeToken", method: .post, path: "account/tokens/{key}/revocation", tag: "account",
    summary: "End a token at once: your own, or as an administrator anybody's.",
    parameters: [.key()],
    answer: .init(status: 204, about: "It opens nothing any more.", content: .none)
  ) { call in
    _ = try await call.workspace.revokeToken(try call.id(.token))
    return APIReply(status: 204, body: .none)
  }
}
