internal import Duties
internal import Ground
internal import Sealing
internal import Workspace

/// Timestamps of outside authorities over checkpoints.
///
/// Source: RFC 3161.
enum TimestampOperations {
  static let all: [APIOperation] = [request, add, check]

  private static let most = 1 << 20
  private static let log = Shape.choice(LogName.allCases.map(\.rawValue))

  private static let request = APIOperation(
    id: "requestTimestamp", method: .post, path: "journal/timestamp-requests", tag: "journal",
    summary: "Sign the head of a log, and write the request for its timestamp.",
    body: .json(.object([.needed("log", log)])),
    answer: .init(
      status: 201, about: "To be posted to an authority as it is (RFC 3161).",
      content: .bytes("application/timestamp-query"))
  ) { call in
    let query = try await TimestampCheckpoint(call.workspace).query(
      call["log"]?.text.flatMap { LogName(rawValue: $0) } ?? .regulatory)
    var reply = APIReply.bytes(
      query.request, type: "application/timestamp-query",
      name: "\(query.log.rawValue)-\(query.size).tsq")
    reply.status = 201
    return reply
  }

  private static let add = APIOperation(
    id: "addTimestamp", method: .post, path: "journal/timestamps", tag: "journal",
    summary: "Keep the reply of an authority.", body: .file(atMost: most),
    answer: .init(
      status: 201, about: "What is stamped, and the time that the reply states.",
      content: .json(
        .object([
          .needed("log", log), .needed("size", .count(0...Int.max)),
          .needed("time", .word(.moment), "as stated; a check proves it"),
        ])))
  ) { call in
    try await call.workspace.authorise(.verify)
    let file = try await call.file()
    let added = try await TimestampCheckpoint(call.workspace).add(file)
    return .json(
      .object([
        ("log", .string(added.log.rawValue)), ("size", .int(added.size)),
        ("time", .string(added.time.utc)),
      ]), status: 201)
  }

  private static let check = APIOperation(
    id: "checkTimestamps", method: .post, path: "journal/timestamps/checks", tag: "journal",
    summary: "Check all kept timestamps under roots that you trust, and against the entries.",
    body: .json(
      .object([
        .needed("authorities", .text(atLeast: 1), "root certificates as PEM"),
        .open("log", log, "of this log only"),
      ])),
    answer: .init(
      about: "One item a timestamp; a problem where the check failed.",
      content: .json(
        .object([
          .needed(
            "items",
            .list(
              .object([
                .needed("log", log), .needed("size", .count(0...Int.max)),
                .needed("time", .orNull(.word(.moment))), .needed("problem", .orNull(.text())),
              ])))
        ])))
  ) { call in
    let checked = try await TimestampCheckpoint(call.workspace).check(
      authorities: call["authorities"]?.text ?? "",
      log: call["log"]?.text.flatMap { LogName(rawValue: $0) })
    let items = checked.map { item in
      JSON.object([
        ("log", .string(item.log.rawValue)), ("size", .int(item.size)),
        ("time", JSON(item.timestamp?.time.utc)), ("problem", JSON(item.problem?.what)),
      ])
    }
    return .json(.object([("items", .array(items))]))
  }
}
