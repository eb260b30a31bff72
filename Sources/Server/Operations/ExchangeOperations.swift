internal import Duties
internal import Ground
internal import NIOCore
internal import Workspace

/// Search, and registers as tables: out, and in after a plan.
enum ExchangeOperations {
  /// Most bytes of a table.
  private static let mostTable = 256 << 20

  static let all: [APIOperation] =
    [search]
    + APIKinds.all.flatMap { kind in
      [export(kind)] + (APIKinds.mayBegin(kind) ? [take(kind)] : [])
    }

  private static let search = APIOperation(
    id: "search", method: .get, path: "search", tag: "search",
    summary: "Look for words in everything that you may read.",
    parameters: [
      .query(
        "q", .text(atLeast: 1, atMost: 1000),
        "Words, \"phrases\", field:word, kind:model, before:DAY, after:DAY, -word.",
        required: true), .limit,
    ],
    answer: .init(
      about: "The best matches.",
      content: .json(
        .object([
          .needed("total", .count(0...Int.max)),
          .needed(
            "matches",
            .list(
              .object([
                .needed("record", .text()), .needed("kind", .text()), .needed("title", .text()),
                .needed("status", .orNull(.text())), .needed("changed", .word(.moment)),
                .needed("snippets", .list(.object([], isOpen: true))),
              ]))),
        ]))), refusals: [422]
  ) { call in
    .json(
      try await call.workspace.search(call.text("q") ?? "", limit: call.count("limit") ?? 50).json)
  }

  private static func export(_ kind: RecordKind) -> APIOperation {
    APIOperation(
      id: "export" + APIKinds.word(kind.name), method: .get,
      path: APIKinds.many(kind) + ".csv", tag: kind.title,
      summary: "The records of this kind that you may read, as a table (RFC 4180).",
      parameters: [
        .query(
          "columns", .text(atLeast: 1, atMost: 4000), "Headings with , between; all if left out."),
        .query("as_of", .word(.day), "As they stood on this day."),
        .query("known", .word(.day), "As they were known on this day."),
      ],
      answer: .init(about: "The table.", content: .bytes("text/csv; charset=utf-8")),
      refusals: [422]
    ) { call in
      var bytes: [UInt8] = []
      let columns = call.text("columns")?.split(separator: ",").map(String.init)
      _ = try await call.workspace.export(
        kind, columns: columns, as: .csv(.comma),
        AsOf(effective: call.day("as_of"), known: call.day("known"))
      ) { bytes += $0 }
      return .bytes(
        bytes, type: "text/csv; charset=utf-8", name: APIKinds.many(kind) + ".csv")
    }
  }

  private static func take(_ kind: RecordKind) -> APIOperation {
    APIOperation(
      id: "import" + APIKinds.word(kind.name), method: .post,
      path: APIKinds.many(kind) + "/imports", tag: kind.title,
      summary: "Plan what a table or JSON Lines would do; with commit=true, do it.",
      about:
        "The body is the file. Nothing is written while a row is refused, unless skip_errors is true.",
      parameters: [
        .query("commit", .flag, "Whether the plan is carried out."),
        .query("skip_errors", .flag, "Leave out rows that cannot be taken."),
        .query("key", .text(atLeast: 1, atMost: 400), "Fields that find a record, with , between."),
        .query("reason", .text(atLeast: 1, atMost: 2000), "Why records change."),
      ], body: .file(atMost: mostTable),
      answer: .init(
        about: "The plan, as docs/schemas/register.schema.json describes it, and what was written.",
        content: .json(
          .object([
            .needed("plan", .object([], isOpen: true)),
            .needed("written", .orNull(.count(0...Int.max)), "null for a plan only"),
          ])))
    ) { call in try await plan(kind, call) }
  }

  private static func plan(_ kind: RecordKind, _ call: APICall) async throws -> APIReply {
    try await call.workspace.authorise(.write(kind))
    let options = RegisterImport.Options(
      key: (call.text("key") ?? "").split(separator: ",").map(String.init),
      reason: call.text("reason"))
    let plan = try await call.workspace.planImport(kind, try await call.file(), options: options)
    var written: Int?
    if call.flag("commit") {
      let board = call.api.progress
      let work = board.begin("import", for: call.workspace.who.id)
      defer { board.end(work) }
      let total = plan.changes.count
      written = try await call.workspace.carryOut(
        plan, kind, skippingErrors: call.flag("skip_errors")
      ) { board.note(work, done: $0, total: total) }
    }
    return .json(.object([("plan", plan.report.json), ("written", JSON(written))]))
  }
}
