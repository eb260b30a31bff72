internal import Duties
internal import Ground
internal import Workspace

/// How long records are kept: retention, holds, erasures.
enum KeepingOperations {
  static let all: [APIOperation] = [retention, hold, release, request, approve, refuse]

  private static let retention = APIOperation(
    id: "listRetention", method: .get, path: "retention", tag: "keeping",
    summary: "Until when records are kept, and by which rule.",
    parameters: [.query("record", .word(.record()), "Of this record only."), .limit, .cursor],
    answer: .init(
      about: "A page, one item a record, in the order of their names.",
      content: .json(Shapes.page(.object([], isOpen: true)))),
    refusals: [404, 422]
  ) { call in
    let record = call.text("record").flatMap { RecordID($0) }
    let question = "retention\n" + (record?.text ?? "")
    let after = try call.text("cursor").map { text throws(Problem) in
      try Cursor(text, question).after
    }
    let kept = try await call.workspace.retention(of: record.map { [$0] })
      .sorted { $0.state.id < $1.state.id }
      .drop { kept in after.map { kept.state.id <= $0 } ?? false }
    let page = kept.prefix(call.count("limit") ?? 100)
    let next = page.count < kept.count ? page.last.map { Cursor(after: $0.state.id) } : nil
    return .json(
      .object([
        ("items", .array(page.map(\.json))), ("next", JSON(next?.text(question))),
      ]))
  }

  private static let reason = Shape.object([.needed("reason", .text(atLeast: 1, atMost: 2000))])

  private static let hold = APIOperation(
    id: "placeHold", method: .post, path: "holds", tag: RecordKind.hold.title,
    summary: "Place a hold: while it stands nothing of these records is erased.",
    body: .json(
      .object([
        .needed("matter", .text(atLeast: 1, atMost: 1000)),
        .needed("basis", .text(atLeast: 1, atMost: 1000)),
        .open("records", .list(.word(.record()), atMost: 500), "empty holds everything"),
        .open("class", RecordShape.classes),
      ])),
    answer: .init(
      status: 201, about: "The hold.", content: .json(.named("Hold")), fields: ["ETag", "Location"])
  ) { call in
    .record(
      try await call.workspace.placeHold(
        on: (call["records"]?.texts ?? []).compactMap { RecordID($0) },
        matter: call["matter"]?.text ?? "", basis: call["basis"]?.text ?? "",
        confidentiality: call["class"]?.text.flatMap { Confidentiality(rawValue: $0) }),
      call, status: 201)
  }

  private static let release = APIOperation(
    id: "releaseHold", method: .post, path: "holds/{key}/release", tag: RecordKind.hold.title,
    summary: "End a hold.", parameters: [.key()], body: .json(reason),
    answer: .init(
      status: 201, about: "The hold.", content: .json(.named("Hold")), fields: ["ETag", "Location"])
  ) { call in
    .record(
      try await call.workspace.releaseHold(try call.id(.hold), reason: call["reason"]?.text),
      call, status: 201)
  }

  private static let refusal = Shape.object([
    .needed("record", .text()), .needed("why", .text()), .needed("ground", .text()),
    .needed("rules", .list(.text())), .needed("from", .orNull(.word(.day))),
  ])

  private static let request = APIOperation(
    id: "requestErasure", method: .post, path: "erasures", tag: RecordKind.erasure.title,
    summary: "Ask that records be erased; another person approves it.",
    body: .json(
      .object([
        .needed("records", .list(.word(.record()), atMost: 500)),
        .needed("basis", .text(atLeast: 1, atMost: 1000), "the legal basis"),
        .needed("reason", .text(atLeast: 1, atMost: 2000)),
      ])),
    answer: requested
  ) { call in
    let (state, refusals) = try await call.workspace.requestErasure(
      of: (call["records"]?.texts ?? []).compactMap { RecordID($0) },
      reason: call["reason"]?.text, basis: call["basis"]?.text ?? "")
    return reply(state, refusals)
  }

  /// What is answered to whoever asks for an erasure.
  static let requested = APIOperation.Answer(
    status: 201, about: "The request, and why it would be refused today.",
    content: .json(
      .object([
        .needed("erasure", .named("Erasure")), .needed("refusals", .list(refusal)),
      ])))

  static func reply(_ state: RecordState, _ refusals: [ErasureRefusal]) -> APIReply {
    let items = refusals.map { refusal in
      JSON.object([
        ("record", .string(refusal.record.text)), ("why", .string(refusal.why)),
        ("ground", .string(refusal.ground)), ("rules", JSON(refusal.rules)),
        ("from", JSON(refusal.from?.iso)),
      ])
    }
    return .json(
      .object([("erasure", RecordShape.json(state)), ("refusals", .array(items))]), status: 201)
  }

  private static let approve = APIOperation(
    id: "approveErasure", method: .post, path: "erasures/{key}/approval",
    tag: RecordKind.erasure.title,
    summary: "Approve an erasure and do it; whoever asked for it cannot.", parameters: [.key()],
    answer: .init(
      status: 201, about: "What was erased, and what to do about copies.",
      content: .json(
        .object([
          .needed("erasure", .named("Erasure")), .needed("erased", .list(.text())),
          .needed("files", .count(0...Int.max)), .needed("epoch", .count(0...Int.max)),
          .needed("advice", .list(.text())),
        ])))
  ) { call in
    let report = try await call.workspace.approveErasure(try call.id(.erasure))
    return .json(
      .object([
        ("erasure", RecordShape.json(report.state)), ("erased", JSON(report.erased.map(\.text))),
        ("files", .int(report.files)), ("epoch", .int(report.epoch)),
        ("advice", JSON(report.advice)),
      ]), status: 201)
  }

  private static let refuse = APIOperation(
    id: "refuseErasure", method: .post, path: "erasures/{key}/refusal",
    tag: RecordKind.erasure.title, summary: "Refuse an erasure.", parameters: [.key()],
    body: .json(reason),
    answer: .init(
      status: 201, about: "The erasure.", content: .json(.named("Erasure")),
      fields: ["ETag", "Location"])
  ) { call in
    .record(
      try await call.workspace.refuseErasure(
        try call.id(.erasure), reason: call["reason"]?.text), call, status: 201)
  }
}
