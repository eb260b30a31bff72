internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Classification: of a model on the record, and of facts that are stated; opinions and their documents.
enum ModelOperations {
  static let all: [APIOperation] = [classify, ledger, classifyFacts, register, draft] + documents

  static let opinion = APIOperation.Answer(
    about: "The opinion, as docs/schemas/opinion.schema.json describes it.",
    content: .json(.object([], isOpen: true)))

  private static let classify = APIOperation(
    id: "classifyModel", method: .get, path: "models/{key}/classification", tag: "classification",
    summary: "The classification of a model from its records, with reasons and citations.",
    parameters: [.key(), .day], answer: opinion, refusals: [422]
  ) { call in
    let day = call.day()
    let ledger = try await call.workspace.ledger(
      of: try call.id(.model), AsOf(effective: day))
    return .json(OpinionDocument.json(try call.workspace.opinion(on: ledger, day: day)))
  }

  private static let ledger = APIOperation(
    id: "getLedger", method: .get, path: "models/{key}/ledger", tag: "classification",
    summary: "The compute ledger of a model, as of any day.",
    parameters: [
      .key(), .query("as_of", .word(.day), "As it stood on this day."),
      .query("known", .word(.day), "As it was known on this day."),
    ],
    answer: .init(
      about: "The model, its runs, and the model file that they amount to.",
      content: .json(
        .object([
          .needed("version", .count(0...Int.max)), .needed("model", .named("Model")),
          .needed("runs", .list(.named("TrainingRun"))),
          .needed("model_file", .object([], isOpen: true)),
        ])))
  ) { call in
    let ledger = try await call.workspace.ledger(
      of: try call.id(.model), AsOf(effective: call.day("as_of"), known: call.day("known")))
    return .json(
      .object([
        ("version", .int(ledger.version)), ("model", RecordShape.json(ledger.model)),
        ("runs", .array(ledger.runs.map(RecordShape.json))), ("model_file", ledger.document),
      ]))
  }

  private static let facts = Shape.object([.needed("model", .text(atLeast: 1))], isOpen: true)

  private static let classifyFacts = APIOperation(
    id: "classifyFacts", method: .post, path: "classifications", tag: "classification",
    summary: "The classification of a model whose facts you state; nothing is kept.",
    about: "The facts have the names of a model file; systemic classify --new shows one.",
    body: .json(
      .object([
        .needed("facts", facts), .open("day", .word(.day), "the law and facts of this day"),
      ])), answer: opinion
  ) { call in
    let day = call["day"]?.text.flatMap { Day(iso: $0) }
    return .json(
      OpinionDocument.json(try call.workspace.opinion(on: call["facts"] ?? .null, day: day)))
  }

  private static let register = APIOperation(
    id: "registerModelFile", method: .post, path: "model-files", tag: "classification",
    summary: "Register a model and its runs from a model file, all together or nothing.",
    body: .json(
      .object([
        .needed("facts", facts), .open("effective", .word(.day), "since when it is true"),
      ])),
    answer: .init(
      status: 201, about: "The model and its runs.",
      content: .json(
        .object([
          .needed("model", .named("Model")), .needed("runs", .list(.named("TrainingRun"))),
        ])))
  ) { call in
    let (model, runs) = try await call.workspace.registerModel(
      facts: call["facts"] ?? .null,
      effective: call["effective"]?.text.flatMap { Day(iso: $0) })
    return .json(
      .object([
        ("model", RecordShape.json(model)), ("runs", .array(runs.map(RecordShape.json))),
      ]), status: 201)
  }

  private static let draft = APIOperation(
    id: "draftOpinion", method: .post, path: "models/{key}/opinions", tag: "classification",
    summary: "Draft the opinion on a model; another person files it with an event.",
    parameters: [.key()],
    body: .json(.object([.open("day", .word(.day), "the law and facts of this day")])),
    answer: .init(
      status: 201, about: "The draft.", content: .json(.named("Opinion")),
      fields: ["ETag", "Location"])
  ) { call in
    let model = try await call.workspace.needed(try call.id(.model))
    let state = try await call.workspace.draftOpinion(
      on: model, day: call["day"]?.text.flatMap { Day(iso: $0) }
    ) { opinion in (OpinionDocument.markdown(opinion), OpinionDocument.json(opinion)) }
    return .record(state, call, status: 201)
  }

  // MARK: Documents

  private static let documents = [
    ("md", "markdown", "text/markdown; charset=utf-8", "as it was drafted"),
    ("json", "opinion", "application/json", "as programs read it"),
  ].map { ending, field, type, about in
    APIOperation(
      id: "getOpinion" + ending.capitalised, method: .get,
      path: "opinions/{key}/document.\(ending)", tag: "classification",
      summary: "An opinion \(about).", parameters: [.key()],
      answer: .init(about: "The document.", content: .bytes(type))
    ) { call in
      let state = try await call.workspace.needed(try call.id(.opinion))
      return .bytes(
        Array((state.text(field) ?? "").utf8), type: type,
        name: "opinion-\(state.id.key).\(ending)")
    }
  }
}

extension String {
  /// With a capital at its beginning.
  var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
