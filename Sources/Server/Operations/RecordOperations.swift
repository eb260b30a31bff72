internal import Duties
internal import Ground
internal import Journal
internal import Workspace

/// Records of every kind: lists, one, history, proof, beginning and events.
enum RecordOperations {
  static let all: [APIOperation] = APIKinds.all.flatMap { kind in
    reading(kind) + (APIKinds.mayBegin(kind) && kind.name != "training-run" ? [begin(kind)] : [])
      + (APIKinds.mayChange(kind) ? [happen(kind)] : [])
  }

  private static func reading(_ kind: RecordKind) -> [APIOperation] {
    let (many, word) = (APIKinds.many(kind), APIKinds.word(kind.name))
    let shape = Shape.named(RecordShape.name(kind))
    return [
      APIOperation(
        id: "list" + word, method: .get, path: many, tag: kind.title,
        summary: "Records of this kind that you may read, in the order of their names.",
        about: "Whoever goes on from `next` misses nothing that was there at the beginning.",
        parameters: [
          .limit, .cursor,
          .query("updated_since", .word(.moment), "Only what was changed at or after this moment."),
          .query("status", .text(atMost: 200), "Only what stands there."),
        ],
        answer: .init(
          about: "A page.", content: .json(Shapes.page(shape)), fields: ["Link"]),
        refusals: [422]
      ) { call in try await list(kind, call) },
      APIOperation(
        id: "get" + word, method: .get, path: many + "/{key}", tag: kind.title,
        summary: "One record, as it stands or stood.",
        parameters: [
          .key(), .query("as_of", .word(.day), "As it stood on this day."),
          .query("known", .word(.day), "As it was known on this day."),
        ],
        answer: .init(about: "The record.", content: .json(shape), fields: ["ETag"])
      ) { call in try await get(kind, call) },
      APIOperation(
        id: "list\(word)Events", method: .get, path: many + "/{key}/events", tag: kind.title,
        summary: "The history of a record: who, when, what, why.", parameters: [.key()],
        answer: .init(
          about: "Every event, the oldest first.",
          content: .json(.object([.needed("items", .list(.named("HistoryLine")))])))
      ) { call in
        let names = try await PeopleNames(call.workspace)
        let history = try await call.workspace.history(try call.id(kind))
        return .json(
          .object([("items", .array(history.map { RecordShape.json($0, names: names) }))]))
      },
      APIOperation(
        id: "get\(word)Proof", method: .get, path: many + "/{key}/proof", tag: kind.title,
        summary: "The proof that an event is in the journal, to be checked offline.",
        about: "A C2SP tlog-proof under the newest signed checkpoint.",
        parameters: [
          .key(),
          .query("version", .count(1...Int(Int32.max)), "The event that made this version."),
        ],
        answer: .init(about: "The proof.", content: .text("text/plain; charset=utf-8")),
        refusals: [409, 422]
      ) { call in
        let proven = try await ProveEntry(call.workspace).proof(
          of: .record(try call.id(kind), version: call.count("version")))
        return .bytes(
          proven.proof.bytes, type: "text/plain; charset=utf-8", name: proven.fileName)
      },
    ]
  }

  private static func list(_ kind: RecordKind, _ call: APICall) async throws(Problem) -> APIReply {
    let question = [kind.name, call.text("updated_since") ?? "", call.text("status") ?? ""]
      .joined(separator: "\n")
    var after: RecordID?
    if let text = call.text("cursor") { after = try Cursor(text, question).after }
    let found = try await call.workspace.records(
      of: kind, after: after, limit: call.count("limit") ?? 100,
      since: call.text("updated_since").flatMap { Instant($0) }, status: call.text("status"))
    let next = found.next.map { Cursor(after: $0).text(question) }
    var reply = APIReply.json(
      .object([("items", .array(found.states.map(RecordShape.json))), ("next", JSON(next))]))
    if let next { reply.fields.append(("link", link(kind, call, next))) }
    return reply
  }

  /// Source: RFC 8288, section 3.
  private static func link(_ kind: RecordKind, _ call: APICall, _ next: String) -> String {
    var query = ["cursor=" + next]
    for name in ["limit", "updated_since", "status"] {
      guard let value = call.values[name] else { continue }
      query.append(name + "=" + Desk.encoded(value.text ?? value.compact))
    }
    return "<\(API.base)/\(APIKinds.many(kind))?\(query.joined(separator: "&"))>; rel=\"next\""
  }

  private static func get(_ kind: RecordKind, _ call: APICall) async throws(Problem) -> APIReply {
    let id = try call.id(kind)
    let asOf = AsOf(effective: call.day("as_of"), known: call.day("known"))
    if asOf == .now { return .record(try await call.workspace.needed(id), call) }
    guard let state = try await call.workspace.state(id, asOf) else {
      _ = try await call.workspace.needed(id)
      throw Problem(
        "workspace.not-yet", what: "\(id.text) had not begun then",
        why: "its first event is later, or was written later", mend: "ask for a later day")
    }
    return .json(RecordShape.json(state))
  }

  private static func begin(_ kind: RecordKind) -> APIOperation {
    APIOperation(
      id: "begin" + APIKinds.word(kind.name), method: .post, path: APIKinds.many(kind),
      tag: kind.title, summary: "Begin a record: \(kind.events.first?.title ?? kind.title).",
      body: .json(RecordShape.beginning(kind)),
      answer: .init(
        status: 201, about: "It is on the record, durably.",
        content: .json(.named(RecordShape.name(kind))), fields: ["ETag", "Location"]),
      takesKey: true
    ) { call in
      let change = try RecordShape.change(kind.events.first?.name ?? "", call)
      let state = try await call.workspace.record(
        RecordCommand(kind, nil, change), as: call.request)
      return .record(state, call, status: 201)
    }
  }

  private static func happen(_ kind: RecordKind) -> APIOperation {
    APIOperation(
      id: "add\(APIKinds.word(kind.name))Event", method: .post,
      path: APIKinds.many(kind) + "/{key}/events", tag: kind.title,
      summary: "Let something happen to a record: facts change, a step is taken, it is approved.",
      parameters: [.key()], body: .json(RecordShape.event(kind)),
      answer: .init(
        status: 201, about: "It is on the record, durably; the record as it then stands.",
        content: .json(.named(RecordShape.name(kind))), fields: ["ETag", "Location"]),
      needsVersion: true, takesKey: true
    ) { call in
      let id = try call.id(kind)
      let change = try RecordShape.change(call["event"]?.text ?? "", call)
      // An opinion is filed by the law with which it was made.
      let law =
        kind.name == RecordKind.opinion.name
        ? try await call.workspace.needed(id).text("law") : nil
      // Names nothing that is not there: an event of a record that was never begun is no conflict.
      if try await call.workspace.store.record(id) == nil {
        _ = try await call.workspace.needed(id)
      }
      let state = try await call.workspace.record(
        RecordCommand(kind, id, change, expectedVersion: call.version, law: law),
        as: call.request)
      return .record(state, call, status: 201)
    }
  }
}
