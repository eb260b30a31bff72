internal import Duties
internal import Ground
internal import Journal
internal import Sealing
internal import Workspace

/// The journal: heads, entries, proofs, audits, and a feed of changes without gaps.
enum JournalOperations {
  static let all: [APIOperation] = [heads, head, entries, proof, audit, publish, changes]

  private static let log = APIParameter(
    name: "log", place: .path, shape: .choice(LogName.allCases.map(\.rawValue)), isRequired: true,
    about: "The log.")

  private static func log(_ call: APICall) -> LogName {
    call.text("log").flatMap { LogName(rawValue: $0) } ?? .regulatory
  }

  private static let line = Shape.object(
    [
      .needed("log", .text()), .needed("index", .count(0...Int.max)),
      .needed("recorded", .word(.moment)), .needed("effective", .effective),
      .needed("actor", .text()), .needed("role", .text()), .needed("event", .text()),
      .needed("record", .text()), .needed("version", .count(1...Int.max)),
      .needed("class", RecordShape.classes), .needed("law", .orNull(.text())),
    ], isOpen: true)

  private static let heads = APIOperation(
    id: "listHeads", method: .get, path: "journal", tag: "journal",
    summary: "How long each log is, and its newest signed checkpoint.",
    answer: .init(
      about: "One item a log.",
      content: .json(
        .object([
          .needed(
            "items",
            .list(
              .object([
                .needed("log", .text()), .needed("size", .count(0...Int.max)),
                .needed("signed_size", .count(0...Int.max)), .needed("root", .orNull(.text())),
              ])))
        ])))
  ) { call in
    try await call.workspace.authorise(.verify)
    var items: [JSON] = []
    for log in LogName.allCases {
      let newest = try await Checkpoints(call.workspace).newest(log)
      items.append(
        .object([
          ("log", .string(log.rawValue)),
          ("size", .int(try await call.workspace.store.head(log).size)),
          ("signed_size", .int(newest?.checkpoint.size ?? 0)),
          ("root", JSON(newest?.checkpoint.root.hex)),
        ]))
    }
    return .json(.object([("items", .array(items))]))
  }

  private static let head = APIOperation(
    id: "getCheckpoint", method: .get, path: "journal/{log}/checkpoint", tag: "journal",
    summary: "The newest signed checkpoint: keep it elsewhere.", parameters: [log],
    answer: .init(
      about: "A C2SP signed note.", content: .text("text/plain; charset=utf-8")),
    refusals: [422]
  ) { call in
    .bytes(
      try await ReadJournal(call.workspace).head(log(call)).bytes,
      type: "text/plain; charset=utf-8")
  }

  private static let entries = APIOperation(
    id: "listEntries", method: .get, path: "journal/{log}/entries", tag: "journal",
    summary: "Entries in their order: who, when, in which role, which event of which record.",
    parameters: [
      log, .query("from", .count(0...Int(Int32.max)), "The first entry; counted from 0."), .limit,
      .query("contents", .flag, "Also what they say, as far as you may read it."),
    ],
    answer: .init(about: "Entries.", content: .json(.object([.needed("items", .list(line))])))
  ) { call in
    var question = ReadJournal.Question()
    question.log = log(call)
    question.from = call.count("from") ?? 0
    question.limit = call.count("limit") ?? 100
    question.contents = call.flag("contents")
    let lines = try await ReadJournal(call.workspace).lines(question)
    return .json(.object([("items", .array(lines.map(\.json)))]))
  }

  private static let proof = APIOperation(
    id: "getEntryProof", method: .get, path: "journal/{log}/entries/{index}/proof",
    tag: "journal", summary: "The proof that an entry is in its log, to be checked offline.",
    parameters: [
      log,
      APIParameter(
        name: "index", place: .path, shape: .count(0...Int(Int32.max)), isRequired: true,
        about: "Counted from 0."),
    ],
    answer: .init(
      about: "A C2SP tlog-proof.", content: .text("text/plain; charset=utf-8")),
    refusals: [409, 422]
  ) { call in
    let proven = try await ProveEntry(call.workspace).proof(
      of: .index(call.count("index") ?? 0), in: log(call))
    return .bytes(proven.proof.bytes, type: "text/plain; charset=utf-8", name: proven.fileName)
  }

  private static let audit = APIOperation(
    id: "auditJournal", method: .post, path: "journal/audits", tag: "journal",
    summary: "Verify everything: every entry, content and evidence file, every hash recomputed.",
    about: "Answered when it is done. Who listens to `events` meanwhile hears how far it is.",
    answer: .init(
      about: "What was found, as docs/schemas/journal-report.schema.json describes it.",
      content: .json(.object([.needed("ok", .flag)], isOpen: true)))
  ) { call in
    let board = call.api.progress
    let work = board.begin("audit", for: call.workspace.who.id)
    defer { board.end(work) }
    let report = try await VerifyWorkspace(call.workspace).report { done, total in
      board.note(work, done: done, total: total)
    }
    return .json(report.json)
  }

  private static let publish = APIOperation(
    id: "signCheckpoints", method: .post, path: "journal/checkpoints", tag: "journal",
    summary: "Sign the heads of all logs now, and ask the witnesses.",
    answer: .init(
      about: "One item a log.",
      content: .json(
        .object([
          .needed(
            "items",
            .list(
              .object([
                .needed("log", .text()), .needed("size", .count(0...Int.max)),
                .needed("root", .text()), .needed("witnesses", .list(.text())),
              ])))
        ])))
  ) { call in
    let published = try await Checkpoints(call.workspace).publishAll()
    let items = published.map { checkpoint in
      JSON.object([
        ("log", .string(checkpoint.log.rawValue)), ("size", .int(checkpoint.size)),
        ("root", .string(checkpoint.root)),
        ("witnesses", JSON(checkpoint.cosignatures.map(\.key.name))),
      ])
    }
    return .json(.object([("items", .array(items))]))
  }

  private static let changes = APIOperation(
    id: "listChanges", method: .get, path: "changes", tag: "journal",
    summary: "What changed after an entry that you know, without gaps.",
    about: "Ask again with `last`: nothing is left out, and nothing comes twice.",
    parameters: [
      .query(
        "after", .count(-1...Int(Int32.max)), "The index of the last entry known; -1 for none."),
      .query("log", .choice(LogName.allCases.map(\.rawValue)), "The log; regulatory if left out."),
      .limit,
    ],
    answer: .init(
      about: "Entries that you may know of.",
      content: .json(
        .object([
          .needed("items", .list(line)),
          .needed("last", .count(-1...Int.max), "the last entry that was looked at"),
          .needed("more", .flag, "whether more follow"),
        ])))
  ) { call in
    let found = try await call.workspace.changes(
      in: log(call), after: call.count("after") ?? -1, limit: call.count("limit") ?? 100)
    return .json(
      .object([
        ("items", .array(found.lines.map(\.json))), ("last", .int(found.last)),
        ("more", .bool(found.isMore)),
      ]))
  }
}
