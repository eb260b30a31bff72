internal import Duties
internal import Ground
internal import Workspace

/// Facts of several records, changed together with one reason.
enum BulkOperations {
  static let all: [APIOperation] = APIKinds.all.compactMap { kind in
    BulkChange.event(of: kind).map { change(kind, $0) }
  }

  private static func change(_ kind: RecordKind, _ event: RecordEvent) -> APIOperation {
    let fields = BulkChange.fields(of: kind).filter { field in
      kind.shown.contains { $0.name == field.name }
    }
    return APIOperation(
      id: "changeSeveral" + APIKinds.word(kind.name), method: .post,
      path: APIKinds.many(kind) + "/changes", tag: kind.title,
      summary: "Change facts of several records together; all are changed, or none.",
      about: "Each is named with the version on which it was decided; a newer one refuses all.",
      body: .json(
        .object([
          .needed(
            "records",
            .list(
              .object([
                .needed("id", .word(.record(kind.name))),
                .needed("version", .count(1...Int(Int32.max))),
              ]), atMost: OpenWorkspace.mostTogether)),
          .needed(
            "set",
            .object(
              fields.map { field in
                .open(
                  field.name,
                  field.isRequired
                    ? RecordShape.given(field) : .orNull(RecordShape.given(field)), field.title)
              }), "null takes a fact away"),
          .open("reason", .text(atMost: 10_000), "why, where a reason is due or wanted"),
        ])),
      answer: .init(
        status: 201, about: "The records as they then stand.",
        content: .json(
          .object([.needed("items", .list(.named(RecordShape.name(kind))))])))
    ) { call in
      guard case .array(let items)? = call["records"] else { throw Problem.noSuchPath }
      let seen = items.compactMap { item -> SeenRecord? in
        guard let id = item["id"]?.text.flatMap({ RecordID($0) }),
          let version = item["version"]?.count
        else { return nil }
        return SeenRecord(id, version: version)
      }
      let states = try await call.workspace.change(
        kind, seen, event.name, set: (call["set"] ?? .null).members, reason: call["reason"]?.text)
      return .json(.object([("items", .array(states.map(RecordShape.json)))]), status: 201)
    }
  }
}
