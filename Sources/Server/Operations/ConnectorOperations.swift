internal import Duties
internal import Ground
internal import Workspace

/// Ticket systems, pagers and chats: how far they were told, and what people choose where both sides changed something.
enum ConnectorOperations {
  static let all: [APIOperation] = [state, reconcile, settle]

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
