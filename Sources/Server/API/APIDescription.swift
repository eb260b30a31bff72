internal import Ground

/// The table of operations as other programs read it.
///
/// Source: OpenAPI Specification 3.1.1.
enum APIDescription {
  /// The document.
  static let json = JSON.object([
    ("openapi", .string("3.1.1")),
    (
      "info",
      .object([
        ("title", .string("Systemic")), ("version", .string("1")),
        ("description", .string(about)),
        (
          "license",
          .object([("name", .string("Apache-2.0")), ("identifier", .string("Apache-2.0"))])
        ),
      ])
    ),
    ("servers", .array([.object([("url", .string(API.base))])])),
    ("tags", .array(tags.map { .object([("name", .string($0))]) })),
    ("paths", .object(paths)),
    (
      "components",
      .object([
        ("schemas", .object(Shapes.all.map { ($0.name, $0.shape.json) })),
        ("securitySchemes", .object(schemes)),
      ])
    ),
  ])

  private static let about = """
    Everything that the pages do. Changes are events: they are appended, never overwritten, and each says when it was \
    true. A record's ETag is its version; whoever changes a record states it in If-Match. A request that names itself \
    with Idempotency-Key is done once. Refusals are problem details (RFC 9457) with what is wrong, why, and how to mend it.
    """

  private static var tags: [String] {
    API.operations.reduce(into: []) { if !$0.contains($1.tag) { $0.append($1.tag) } }
  }

  private static let schemes: [(String, JSON)] = [
    (
      "token",
      .object([
        ("type", .string("http")), ("scheme", .string("bearer")),
        ("description", .string("A token of systemic token create, which acts for its person.")),
      ])
    )
  ]

  private static var paths: [(String, JSON)] {
    var order: [String] = []
    for operation in API.operations where !order.contains(operation.path) {
      order.append(operation.path)
    }
    let grouped = Dictionary(grouping: API.operations, by: \.path)
    return order.map { path in
      let operations = (grouped[path] ?? []).map { operation in
        (operation.method.rawValue.lowercased(), json(operation))
      }
      return ("/" + path, .object(operations))
    }
  }

  private static func json(_ operation: APIOperation) -> JSON {
    var members: [(String, JSON)] = [
      ("operationId", .string(operation.id)), ("tags", JSON([operation.tag])),
      ("summary", .string(operation.summary)),
    ]
    if !operation.about.isEmpty { members.append(("description", .string(operation.about))) }
    let parameters = operation.parameters.map(json) + fields(operation)
    if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
    if let body = body(operation) { members.append(("requestBody", body)) }
    members.append(("responses", .object(answers(operation))))
    let isOpen = operation.isForEverybody
    members.append(
      ("security", .array(isOpen ? [] : [.object([("token", .array([]))])])))
    return .object(members)
  }

  private static func json(_ parameter: APIParameter) -> JSON {
    .object([
      ("name", .string(parameter.name)), ("in", .string(parameter.place.rawValue)),
      ("required", .bool(parameter.isRequired)), ("description", .string(parameter.about)),
      ("schema", parameter.shape.json),
    ])
  }

  /// The header fields that an operation reads.
  private static func fields(_ operation: APIOperation) -> [JSON] {
    func field(_ name: String, _ pattern: String, _ about: String, _ isRequired: Bool) -> JSON {
      .object([
        ("name", .string(name)), ("in", .string("header")), ("required", .bool(isRequired)),
        ("description", .string(about)),
        (
          "schema",
          .object([("type", .string("string")), ("pattern", .string(pattern))])
        ),
      ])
    }
    var found: [JSON] = []
    if operation.needsVersion {
      found.append(
        field(
          "If-Match", "^(\\*|\"v[1-9][0-9]{0,8}\")$",
          "The version on which the change was decided: the ETag of the record.", true))
    }
    if operation.takesKey {
      found.append(
        field(
          "Idempotency-Key", "^[\\x21-\\x7E]{1,255}$",
          "Names the request: asked again under the same name it does nothing twice.", false))
    }
    return found
  }

  private static func body(_ operation: APIOperation) -> JSON? {
    switch operation.body {
    case .none: return nil
    case .json(let shape):
      return .object([
        ("required", .bool(true)),
        (
          "content",
          .object([("application/json", .object([("schema", shape.json)]))])
        ),
      ])
    case .file(let most):
      return .object([
        ("required", .bool(true)), ("description", .string("A file of at most \(most) bytes.")),
        ("content", .object([("application/octet-stream", .object([]))])),
      ])
    }
  }

  private static func answers(_ operation: APIOperation) -> [(String, JSON)] {
    operation.statuses.map { status in
      (String(status), status == operation.answer.status ? done(operation) : refusal(status))
    }
  }

  private static func done(_ operation: APIOperation) -> JSON {
    var members: [(String, JSON)] = [("description", .string(operation.answer.about))]
    switch operation.answer.content {
    case .none: break
    case .json(let shape):
      members.append(
        ("content", .object([("application/json", .object([("schema", shape.json)]))])))
    case .text(let type), .bytes(let type):
      members.append(("content", .object([(type, .object([]))])))
    }
    if !operation.answer.fields.isEmpty {
      let fields = operation.answer.fields.map { name in
        (
          name,
          JSON.object([("schema", .object([("type", .string("string"))]))])
        )
      }
      members.append(("headers", .object(fields)))
    }
    return .object(members)
  }

  private static func refusal(_ status: Int) -> JSON {
    guard status != 304 else {
      return .object([("description", .string("It is still the version that you have."))])
    }
    let schema = JSON.object([("$ref", .string("#/components/schemas/Problem"))])
    return .object([
      ("description", .string(words[status] ?? "It was refused.")),
      ("content", .object([("application/problem+json", .object([("schema", schema)]))])),
    ])
  }

  private static let words = [
    400: "The request is not as described.", 401: "Nobody is signed in.",
    403: "Whoever asks may not do it.", 404: "There is no such thing.",
    406: "The answer is of a type that is not accepted.",
    408: "It came too slowly.",
    409: "It stands against what there is now.", 412: "The record has changed since it was read.",
    413: "What was sent is too large.", 414: "The address is too long.",
    415: "The body is of a type that is not read here.",
    422: "It is as described, and a rule stands against it.",
    428: "The version that is changed has to be stated.",
    429: "Too much was asked; Retry-After says when to ask again.",
    500: "A mistake of the program, which stands in its log.",
    503: "The server is busy or cannot write; Retry-After says when to ask again.",
  ]
}
