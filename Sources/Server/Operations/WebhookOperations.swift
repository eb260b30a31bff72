internal import Duties
internal import Ground
internal import Outbound
internal import Workspace

/// Who is told by message what happens to records.
enum WebhookOperations {
  static let all: [APIOperation] = [make, change, secret, state, remove, outbox, deliver]

  private static let tag = RecordKind.webhook.title
  private static let wanted = Shape.object([
    .needed("title", .text(atLeast: 1, atMost: 200), "what it is for"),
    .needed("url", .text(atLeast: 1, atMost: 2000), "where messages are posted, https://…"),
    .needed(
      "events", .list(.text(atLeast: 1, atMost: 200), atMost: 200),
      "kind.event, such as opinion.opinion-filed; kind.*; or *"),
    .open(
      "payload", .choice(["thin", "full"]),
      "full says what was set, as far as you may read it; thin where it is left out"),
  ])

  private static func hook(_ call: APICall) throws(Problem) -> NewWebhook {
    NewWebhook(
      title: call["title"]?.text ?? "", url: try WebAddress(call["url"]?.text ?? "").text,
      events: (call["events"] ?? .null).texts, isFull: call["payload"]?.text == "full")
  }

  private static let record = APIOperation.Answer(
    status: 201, about: "The webhook as it then stands.", content: .json(.named("Webhook")),
    fields: ["ETag", "Location"])

  private static func reply(_ call: APICall) async throws(Problem) -> APIReply {
    .record(try await call.workspace.needed(try call.id(.webhook)), call, status: 201)
  }

  private static let make = APIOperation(
    id: "makeWebhook", method: .post, path: "webhooks", tag: tag,
    summary: "Register a receiver; it is told what happens from now on.", body: .json(wanted),
    answer: .init(
      status: 201, about: "The webhook, with the secret that signs messages, shown this once.",
      content: .json(
        .object([.needed("webhook", .named("Webhook")), .needed("secret", .text())])))
  ) { call in
    let made = try await call.workspace.addWebhook(try hook(call))
    return .json(
      .object([("webhook", RecordShape.json(made.state)), ("secret", .string(made.secret))]),
      status: 201)
  }

  private static let change = APIOperation(
    id: "changeWebhook", method: .post, path: "webhooks/{key}/changes", tag: tag,
    summary: "Change where messages go and which; you are its owner from then on.",
    parameters: [.key()], body: .json(wanted), answer: record
  ) { call in
    try await call.workspace.changeWebhook(try call.id(.webhook), try hook(call))
    return try await reply(call)
  }

  private static let secret = APIOperation(
    id: "renewWebhookSecret", method: .post, path: "webhooks/{key}/secret", tag: tag,
    summary:
      "A new secret; the one before signs too for \(OpenWorkspace.secretOverlapHours) hours.",
    parameters: [.key()],
    answer: .init(
      status: 201, about: "The secret, shown this once.",
      content: .json(.object([.needed("secret", .text())])))
  ) { call in
    let secret = try await call.workspace.renewWebhookSecret(try call.id(.webhook))
    return .json(.object([("secret", .string(secret))]), status: 201)
  }

  private static let state = APIOperation(
    id: "switchWebhook", method: .post, path: "webhooks/{key}/state", tag: tag,
    summary: "Switch it off, or on: it goes on where it stopped.", parameters: [.key()],
    body: .json(.object([.needed("on", .flag)])), answer: record
  ) { call in
    try await call.workspace.setWebhook(try call.id(.webhook), isOn: call["on"] == .bool(true))
    return try await reply(call)
  }

  private static let remove = APIOperation(
    id: "removeWebhook", method: .post, path: "webhooks/{key}/removal", tag: tag,
    summary: "Remove it: nothing is sent any more, and its secrets are gone.",
    parameters: [.key()], answer: record
  ) { call in
    try await call.workspace.removeWebhook(try call.id(.webhook))
    return try await reply(call)
  }

  // MARK: Deliveries

  private static let delivery = Shape.object([
    .needed("message", .text(), "its id, the same in every attempt"),
    .needed("index", .orNull(.count(0...Int.max)), "its entry; null for a test"),
    .needed("type", .text()), .needed("at", .word(.moment)),
    .needed("result", .text(), "the status that came back, or the code of what went wrong"),
    .needed("done", .flag, "whether it was taken"),
  ])

  private static func json(_ delivery: Delivery) -> JSON {
    .object([
      ("message", .string(delivery.message)), ("index", JSON(delivery.index)),
      ("type", .string(delivery.type)), ("at", .string(delivery.at.utc)),
      ("result", .string(delivery.result)), ("done", .bool(delivery.isDone)),
    ])
  }

  private static let outbox = APIOperation(
    id: "listDeliveries", method: .get, path: "webhooks/{key}/deliveries", tag: tag,
    summary: "Where messages go, how far it has been told, and the latest attempts.",
    parameters: [.key()],
    answer: .init(
      about: "At most \(Outbox.mostDeliveries) attempts, the newest first.",
      content: .json(
        .object([
          .needed("url", .text(), "the address, for those who may change it"),
          .needed("waiting", .count(0...Int.max), "entries to look through"),
          .needed("attempts", .count(0...Int.max), "for the next message"),
          .needed("next_attempt", .orNull(.word(.moment)), "null for at once"),
          .needed("items", .list(delivery, atMost: Outbox.mostDeliveries)),
        ])))
  ) { call in
    let id = try call.id(.webhook)
    guard let hook = try await call.workspace.webhooks().first(where: { $0.id == id }) else {
      _ = try await call.workspace.needed(id)
      throw Problem.noSuchPath
    }
    let outbox = try await call.workspace.outbox(of: id)
    let waiting = try await call.workspace.store.head(.regulatory).size - outbox.cursor
    return .json(
      .object([
        ("url", .string(hook.text("url") ?? "")), ("waiting", .int(max(0, waiting))),
        ("attempts", .int(outbox.attempts)), ("next_attempt", JSON(outbox.due?.utc)),
        ("items", .array(outbox.deliveries.reversed().map(json))),
      ]))
  }

  private static let deliver = APIOperation(
    id: "deliver", method: .post, path: "webhooks/{key}/deliveries", tag: tag,
    summary: "Send a message about an entry again, under the same id, or a test message.",
    parameters: [.key()],
    body: .json(
      .object([
        .open("entry", .count(0...Int(Int32.max)), "the entry; a test where it is left out")
      ])),
    answer: .init(
      status: 201, about: "What became of it; a receiver that refuses is no refusal here.",
      content: .json(delivery))
  ) { call in
    let sender = WebhookSender(call.workspace, call.api.configuration)
    let id = try call.id(.webhook)
    let made =
      if let entry = call["entry"]?.count { try await sender.redeliver(id, entry) } else {
        try await sender.test(id)
      }
    return .json(json(made), status: 201)
  }
}
