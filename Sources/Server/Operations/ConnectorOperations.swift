internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// Ticket systems, pagers and chats: how far they were told, and what people choose where both sides changed something.
enum ConnectorOperations {
  static let all: [APIOperation] = [make, change, secret, dryRun, remove, state, reconcile, settle]

  private static func wanted(ofNew isNew: Bool) -> Shape {
    .object([
      .needed("title", .text(atLeast: 1, atMost: 200), "what it is for"),
      .needed("system", .choice(ConnectorSystem.allCases.map(\.rawValue))),
      .open(
        "url", .text(atMost: 2000),
        isNew ? "its address; none for standard" : "its address; where it led if it is left out"),
      .open("account", .text(atMost: 200), "the name to sign in with"),
      .open(
        "token", .text(atMost: 4000),
        isNew
          ? "token, password or routing key; shown never again"
          : "the one that is kept if it is left out; another host asks for it"),
      .open(
        "project", .text(atMost: 200),
        "key of the project of its tickets; for ServiceNow which new records are looked for"),
      .open("type", .text(atMost: 200), "type of its tickets, or their table"),
      .open("texts", .choice(["neutral", "full"]), "neutral where it is left out"),
      .open("takes_in", .flag, "whether a ticket that begins in its project begins an incident"),
      .open("due", .flag, "whether the due date of a ticket is the last day of the next report"),
      .open("mapping", .anything, "which of our fields are which of theirs"),
    ])
  }

  private static let make = APIOperation(
    id: "makeConnector", method: .post, path: "connectors", tag: RecordKind.connector.title,
    summary: "Make a connector; it is told of incidents from now on.",
    body: .json(wanted(ofNew: true)),
    answer: .init(
      status: 201,
      about: "The connector, with the secret by which messages from it are known, shown this once.",
      content: .json(
        .object([.needed("connector", .named("Connector")), .needed("secret", .text())])))
  ) { call in
    let made = try await call.workspace.addConnector(try wanted(call, isNew: true))
    return .json(
      .object([("connector", RecordShape.json(made.state)), ("secret", .string(made.secret))]),
      status: 201)
  }

  private static let change = APIOperation(
    id: "changeConnector", method: .post, path: "connectors/{key}/changes",
    tag: RecordKind.connector.title,
    summary: "Say anew where it leads and what it tells; its system stays.",
    about: "What is left out is empty from then on, but for the address and the token.",
    parameters: [.key()], body: .json(wanted(ofNew: false)),
    answer: .init(
      status: 201, about: "The connector as it then stands.",
      content: .json(.named("Connector")), fields: ["ETag", "Location"])
  ) { call in
    let id = try call.id(.connector)
    try await call.workspace.changeConnector(id, try wanted(call, isNew: false))
    return .record(try await call.workspace.needed(id), call, status: 201)
  }

  private static let secret = APIOperation(
    id: "renewConnectorSecret", method: .post, path: "connectors/{key}/secret",
    tag: RecordKind.connector.title,
    summary: "A new secret for messages from it; the one before is good no longer.",
    parameters: [.key()],
    answer: .init(
      status: 201, about: "The secret, shown this once.",
      content: .json(.object([.needed("secret", .text())])))
  ) { call in
    let secret = try await call.workspace.renewConnectorSecret(try call.id(.connector))
    return .json(.object([("secret", .string(secret))]), status: 201)
  }

  private static func wanted(_ call: APICall, isNew: Bool) throws(Problem) -> NewConnector {
    let system = ConnectorSystem(rawValue: call["system"]?.text ?? "") ?? .standard
    let address = call["url"]?.text
    let isAsked = system.isTold && (isNew || address != nil)
    let url = isAsked ? try WebAddress(address ?? "").text : ""
    var connector = NewConnector(title: call["title"]?.text ?? "", system: system, url: url)
    connector.account = call["account"]?.text
    connector.token = call["token"]?.text
    connector.project = call["project"]?.text
    connector.type = call["type"]?.text
    connector.isFull = call["texts"]?.text == "full"
    connector.takesIn = call["takes_in"] == .bool(true)
    connector.mapping = call["mapping"]
    if call["due"] == .bool(true) {
      connector.mapping = FieldMap.tellingDue(connector.mapping, system)
    }
    return connector
  }

  private static let dryRun = APIOperation(
    id: "tryConnector", method: .post, path: "connectors/{key}/dry-runs",
    tag: RecordKind.connector.title,
    summary: "What would be sent for an incident, and what the other side would miss in it.",
    about: "The other side is only asked which fields it requires; nothing is made there.",
    parameters: [.key()],
    body: .json(.object([.needed("incident", .word(.record("incident")))])),
    answer: .init(
      status: 201, about: "The request without secrets.",
      content: .json(
        .object([
          .needed("request", .text()), .needed("body", .anything),
          .needed("problems", .list(.text())),
          .needed("unread", .orNull(.text()), "why its fields could not be read"),
        ])))
  ) { call in
    let id = try call.id(.connector)
    try await call.workspace.authorise(.write(.connector), id)
    guard let incident = RecordID(call["incident"]?.text ?? "") else { throw Problem.noSuchPath }
    let run = try await ConnectorRounds(call.workspace, call.api.configuration).dryRun(
      try await call.workspace.needed(incident), in: id)
    return .json(
      .object([
        ("request", .string(run.request)), ("body", run.body), ("problems", JSON(run.problems)),
        ("unread", JSON(run.unread)),
      ]), status: 201)
  }

  private static let remove = APIOperation(
    id: "removeConnector", method: .post, path: "connectors/{key}/removal",
    tag: RecordKind.connector.title,
    summary: "Remove it: nothing is sent any more, and its secrets are gone.",
    parameters: [.key()],
    answer: .init(
      status: 201, about: "The connector as it then stands.",
      content: .json(.named("Connector")), fields: ["ETag", "Location"])
  ) { call in
    let id = try call.id(.connector)
    try await call.workspace.removeConnector(id)
    return .record(try await call.workspace.needed(id), call, status: 201)
  }

  private static let state = APIOperation(
    id: "switchConnector", method: .post, path: "connectors/{key}/state",
    tag: RecordKind.connector.title,
    summary: "Switch it off, or on: it goes on where it stopped.", parameters: [.key()],
    body: .json(.object([.needed("on", .flag)])),
    answer: .init(
      status: 201, about: "The connector as it then stands.",
      content: .json(.named("Connector")), fields: ["ETag", "Location"])
  ) { call in
    let id = try call.id(.connector)
    try await call.workspace.setConnector(id, isOn: call["on"] == .bool(true))
    return .record(try await call.workspace.needed(id), call, status: 201)
  }

  private static let reconcile = APIOperation(
    id: "reconcileConnector", method: .post, path: "connectors/{key}/reconciliations",
    tag: RecordKind.connector.title,
    summary: "Compare its tickets with their incidents now, those that were refused too.",
    parameters: [.key()],
    answer: .init(
      status: 201, about: "How many tickets were compared.",
      content: .json(.object([.needed("compared", .count(0...Int.max))])))
  ) { call in
    let id = try call.id(.connector)
    try await call.workspace.authorise(.write(.connector), id)
    let count = try await ConnectorRounds(call.workspace, call.api.configuration).reconcile(id)
    return .json(.object([("compared", .int(count))]), status: 201)
  }

  private static let settle = APIOperation(
    id: "settleTicket", method: .post, path: "tickets/{key}/choices",
    tag: RecordKind.ticket.title,
    summary: "Choose whose value of a field stays where both sides changed it.",
    parameters: [.key()],
    body: .json(
      .object([
        .needed("field", .text(atLeast: 1, atMost: 200), "their name of it; @state for the state"),
        .needed("choice", .choice(ConflictChoice.allCases.map(\.rawValue))),
        .needed("reason", .text(atLeast: 1, atMost: 4000)),
      ])),
    answer: .init(
      status: 201, about: "The ticket as it then stands.", content: .json(.named("Ticket")),
      fields: ["ETag", "Location"])
  ) { call in
    let id = try call.id(.ticket)
    try await call.workspace.settleConflict(
      id, field: call["field"]?.text ?? "",
      ConflictChoice(rawValue: call["choice"]?.text ?? "") ?? .theirs,
      reason: call["reason"]?.text ?? "")
    await ConnectorRounds(call.workspace, call.api.configuration).follow(id)
    return .record(try await call.workspace.needed(id), call, status: 201)
  }
}
