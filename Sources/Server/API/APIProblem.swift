internal import Documents
internal import Ground

/// A problem as programs read it.
///
/// Source: RFC 9457; `mend`, `code` and `places` are extension members (section 3.2).
enum APIProblem {
  /// The shape of every refusal.
  static let shape = Shape.object(
    [
      .needed("type", .text(), "urn:systemic:problem: and the code; docs/problems.md lists all"),
      .needed("title", .text(), "what is wrong"), .needed("status", .count(400...599)),
      .needed("detail", .text(), "why it is refused"),
      .needed("mend", .text(), "what to do about it"), .needed("code", .text()),
      .needed(
        "places",
        .list(
          .object([
            .needed("name", .text(), "a member, parameter or file"),
            .needed("line", .orNull(.count(0...Int.max))),
            .needed("column", .orNull(.count(0...Int.max))), .needed("label", .text()),
          ]))),
    ])

  /// The answer to what cannot be done.
  static func reply(_ problem: Problem, status: Int, seconds: Int? = nil) -> APIReply {
    var reply = APIReply.json(json(problem, status), status: status)
    switch status {
    case 401:
      let isShown = problem.code == "server.token-ended"
      reply.fields.append(
        (
          "www-authenticate",
          "Bearer realm=\"systemic\"" + (isShown ? ", error=\"invalid_token\"" : "")
        ))
    default: reply.fields += RefusalPage.retry(status, seconds)
    }
    return reply
  }

  private static func json(_ problem: Problem, _ status: Int) -> JSON {
    let places = problem.places.prefix(50).map { place in
      JSON.object([
        ("name", .string(place.file)), ("line", JSON(place.line)), ("column", JSON(place.column)),
        ("label", .string(place.label)),
      ])
    }
    return .object([
      ("type", .string("urn:systemic:problem:" + problem.code)),
      ("title", .string(Typography.sentence(problem.what))), ("status", .int(status)),
      ("detail", .string(problem.why)), ("mend", .string(problem.mend)),
      ("code", .string(problem.code)), ("places", .array(places)),
    ])
  }
}

extension Problem {
  /// An address that names nothing.
  static let noSuchPath = Problem(
    "server.no-such-path", what: "there is nothing at this address",
    why: "it was mistyped, or what it named was never there",
    mend: "every address is described at \(API.base)/openapi.json")

  /// Nobody said who asks.
  static let notSignedIn = Problem(
    "server.token-due", what: "nobody is signed in",
    why: "this is for people who are registered, and programs that act for them",
    mend: "send Authorization: Bearer TOKEN; systemic token create makes one")

  /// A token that opens nothing.
  static let tokenEnded = Problem(
    "server.token-ended", what: "this token opens nothing",
    why: "it was mistyped, has ended, or its person may not act any more",
    mend: "make another: systemic token create")

  /// A change of a record without its version.
  static let versionDue = Problem(
    "server.version-due", what: "the version that is changed is not stated",
    why: "somebody else may have changed the record since it was read",
    mend: "send If-Match with the ETag of the record, such as \"v3\"")

  /// A method that an address does not know.
  static func noSuchMethod(_ allowed: String) -> Problem {
    Problem(
      "server.no-such-method", what: "this cannot be done at this address",
      why: "it takes \(allowed)", mend: "see \(API.base)/openapi.json")
  }
}
