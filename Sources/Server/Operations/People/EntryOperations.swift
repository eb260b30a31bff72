internal import Duties
internal import Ground
internal import Workspace

/// How people get in: sessions of others, held names, outside identities, rules, reviews of emergencies.
enum EntryOperations {
  static let all: [APIOperation] = [sessions, endSessions, endHold, bind, rules, decide, review]

  private static let tag = RecordKind.person.title

  private static let sessions = APIOperation(
    id: "listSessionsOf", method: .get, path: "people/{key}/sessions", tag: tag,
    summary: "Where a person is signed in.", parameters: [.key()],
    answer: .init(
      about: "Sessions, the newest first.",
      content: .json(.object([.needed("items", .list(.named("Session")))])))
  ) { call in
    let found = try await call.workspace.sessions(of: try await PeopleOperations.name(call))
    return .json(.object([("items", .array(found.map { RecordShape.json($0) }))]))
  }

  private static let endSessions = APIOperation(
    id: "endSessionsOf", method: .post, path: "people/{key}/sessions/end", tag: tag,
    summary: "Sign a person out everywhere; they can sign in again.", parameters: [.key()],
    answer: .init(
      about: "How many sessions ended.",
      content: .json(.object([.needed("ended", .count(0...Int.max))])))
  ) { call in
    let count = try await call.workspace.endSessions(of: try await PeopleOperations.name(call))
    return .json(.object([("ended", .int(count))]))
  }

  private static let endHold = APIOperation(
    id: "endHold", method: .post, path: "people/{key}/hold/end", tag: tag,
    summary: "Let a person try again after too many wrong secrets under their name.",
    parameters: [.key()],
    answer: .init(status: 204, about: "The name is held up no more.", content: .none)
  ) { call in
    let name = try await PeopleOperations.name(call)
    call.api.door.forget("name " + name)
    call.api.door.forget("name " + (call.text("key") ?? ""))
    return APIReply(status: 204, body: .none)
  }

  private static let bind = APIOperation(
    id: "bindIdentity", method: .post, path: "people/{key}/identity", tag: tag,
    summary: "Bind a person to their identity at the provider that is configured, or end that.",
    parameters: [.key()],
    body: .json(
      .object([
        .needed(
          "subject", .orNull(.text(atLeast: 1, atMost: 255)),
          "whom the provider means, sub; null ends the binding")
      ])),
    answer: .init(
      status: 201, about: "The person.", content: .json(.named("Person")),
      fields: ["ETag", "Location"])
  ) { call in
    let name = try await PeopleOperations.name(call)
    var identity: OutsideIdentity?
    if let subject = call["subject"]?.text {
      guard let issuer = call.api.issuer else {
        throw Problem(
          "server.no-provider", what: "no identity provider is configured",
          why: "an identity is one at a provider", mend: "configure provider.issuer first")
      }
      identity = OutsideIdentity(issuer: issuer, subject: subject)
    }
    try await call.workspace.bind(name, to: identity)
    return .record(try await call.workspace.needed(try call.id(.person)), call, status: 201)
  }

  // MARK: Rules

  private static let shape = Shape.object([
    .needed("second_factor", .list(.text()), "roles that sign in with a second factor"),
    .needed("with_second_factor", .list(.text()), "names of people who have set one up"),
    .needed("emergency_until", .orNull(.word(.moment)), "when the last emergency access ends"),
    .needed("emergency_why", .orNull(.text())),
    .needed("review_due", .flag, "whether a use of it waits for a review"),
  ])

  private static func json(_ workspace: OpenWorkspace) async throws(Problem) -> JSON {
    let people = try await workspace.peopleWithSecondFactor()
    let rules = try await workspace.signInRules()
    return .object([
      ("second_factor", JSON(rules.secondFactor.map(\.rawValue).sorted())),
      ("with_second_factor", JSON(people.sorted())),
      ("emergency_until", JSON(rules.emergencyUntil?.utc)),
      ("emergency_why", JSON(rules.emergencyWhy)), ("review_due", .bool(rules.isReviewDue)),
    ])
  }

  private static let rules = APIOperation(
    id: "getSignInRules", method: .get, path: "sign-in-rules", tag: tag,
    summary: "How people sign in, as administrators decided it.",
    answer: .init(about: "The rules of now.", content: .json(shape))
  ) { call in .json(try await json(call.workspace)) }

  private static let decide = APIOperation(
    id: "decideSignInRules", method: .post, path: "sign-in-rules", tag: tag,
    summary: "Decide which roles sign in with a second factor.",
    body: .json(
      .object([
        .needed("second_factor", PeopleOperations.roles),
        .open("reason", .text(atMost: 2000)),
      ])),
    answer: .init(about: "The rules as they then are.", content: .json(shape))
  ) { call in
    try await call.workspace.setSecondFactor(
      for: (call["second_factor"] ?? .null).texts.compactMap { Role(rawValue: $0) },
      reason: call["reason"]?.text)
    return .json(try await json(call.workspace))
  }

  private static let review = APIOperation(
    id: "reviewEmergency", method: .post, path: "emergencies/{key}/review",
    tag: RecordKind.emergency.title,
    summary: "Say what you found of what was done in emergency access.", parameters: [.key()],
    body: .json(.object([.needed("reason", .text(atLeast: 1, atMost: 10_000), "what was found")])),
    answer: .init(
      status: 201, about: "Its record.", content: .json(.named("Emergency")),
      fields: ["ETag", "Location"])
  ) { call in
    let id = try call.id(.emergency)
    _ = try await call.workspace.needed(id)
    try await call.workspace.reviewEmergency(id, found: call["reason"]?.text)
    return .record(try await call.workspace.needed(id), call, status: 201)
  }
}
