internal import Duties
internal import Ground
internal import Workspace

/// People and what they may do.
enum PeopleOperations {
  static let all: [APIOperation] = [register, change, remove, link]

  static let roles = Shape.list(
    .choice(Role.allCases.dropLast(2).map(\.rawValue)), atMost: 10)
  private static let shortName = Shape.text(atLeast: 1, atMost: 64)
  private static let answer = APIOperation.Answer(
    status: 201, about: "The person.", content: .json(.named("Person")),
    fields: ["ETag", "Location"])

  private static let register = APIOperation(
    id: "registerPerson", method: .post, path: "people", tag: RecordKind.person.title,
    summary: "Register a person, who signs in first by a one-time link.",
    body: .json(
      .object([
        .needed("name", shortName, "the name to sign in with: a to z, digits, dots, hyphens"),
        .needed("roles", roles), .open("display_name", .text(atMost: 200)),
        .open(
          "scope", .list(.word(.record()), atMost: 500), "records of an evaluator or inspector"),
        .open("request", .text(atMost: 1000), "the request an inspector acts on"),
        .open("valid_from", .word(.day)), .open("valid_until", .word(.day)),
      ])),
    answer: .init(
      status: 201, about: "The person, and the rest of the address of a one-time link.",
      content: .json(.object([.needed("person", .named("Person")), .needed("link", .text())])))
  ) { call in
    var person = NewPerson(
      name: call["name"]?.text ?? "", displayName: call["display_name"]?.text,
      roles: (call["roles"]?.texts ?? []).compactMap { Role(rawValue: $0) }, secret: .token)
    person.scope = (call["scope"]?.texts ?? []).compactMap { RecordID($0) }
    person.request = call["request"]?.text
    person.days = (
      call["valid_from"]?.text.flatMap { Day(iso: $0) },
      call["valid_until"]?.text.flatMap { Day(iso: $0) }
    )
    _ = try await call.workspace.addPerson(person)
    // The token that comes with it was shown to nobody; the link is how the person gets in.
    let link = try await call.workspace.issueLink(to: person.name)
    let state = try await call.workspace.person(named: person.name)
    return .json(
      .object([
        ("person", state.map { RecordShape.json($0.withoutSecrets) } ?? .null),
        ("link", .string("/sign-in/link/" + link)),
      ]), status: 201)
  }

  /// The name of a person by the key in the path.
  static func name(_ call: APICall) async throws(Problem) -> String {
    try await call.workspace.authorise(.administer)
    let id = try call.id(.person)
    let people = try await call.workspace.states(.person)
    guard let person = people.first(where: { $0.id == id }), person.status == "active" else {
      throw Problem(
        "workspace.unknown-person", what: "there is no \(id.text)",
        why: "the key was never given, or the access has ended", mend: "see \(API.base)/people")
    }
    return person.title
  }

  private static let change = APIOperation(
    id: "changePerson", method: .post, path: "people/{key}/changes", tag: RecordKind.person.title,
    summary: "Change roles, scope, days or the name that people read.", parameters: [.key()],
    body: .json(
      .object([
        .needed("reason", .text(atLeast: 1, atMost: 2000)),
        .needed(
          "set",
          .object([
            .open("roles", roles), .open("display_name", .orNull(.text(atMost: 200))),
            .open("scope", .orNull(.list(.word(.record()), atMost: 500))),
            .open("request", .orNull(.text(atMost: 1000))),
            .open("valid_from", .orNull(.word(.day))), .open("valid_until", .orNull(.word(.day))),
          ])),
      ])), answer: answer
  ) { call in
    try await call.workspace.changePerson(
      try await name(call), (call["set"] ?? .null).members, reason: call["reason"]?.text)
    return .record(try await call.workspace.needed(try call.id(.person)), call, status: 201)
  }

  private static let remove = APIOperation(
    id: "removePerson", method: .post, path: "people/{key}/removal", tag: RecordKind.person.title,
    summary: "End a person's access at once; what they did stays.", parameters: [.key()],
    body: .json(.object([.needed("reason", .text(atLeast: 1, atMost: 2000))])), answer: answer
  ) { call in
    try await call.workspace.removePerson(try await name(call), reason: call["reason"]?.text)
    return .record(try await call.workspace.needed(try call.id(.person)), call, status: 201)
  }

  private static let link = APIOperation(
    id: "issueLink", method: .post, path: "people/{key}/link", tag: RecordKind.person.title,
    summary: "Make a link with which a person signs in once.", parameters: [.key()],
    answer: .init(
      status: 201, about: "The rest of its address; it is good for a short time.",
      content: .json(
        .object([.needed("link", .text()), .needed("minutes", .count(1...Int.max))])))
  ) { call in
    let link = try await call.workspace.issueLink(to: try await name(call))
    return .json(
      .object([
        ("link", .string("/sign-in/link/" + link)), ("minutes", .int(OpenWorkspace.linkMinutes)),
      ]), status: 201)
  }
}

extension RecordState {
  /// Without what proves who somebody is.
  var withoutSecrets: RecordState {
    var state = self
    for name in RecordKind.hiddenFields {
      state.fields[name] = nil
      state.since[name] = nil
    }
    return state
  }
}
