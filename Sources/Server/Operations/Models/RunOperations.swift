internal import Compute
internal import Duties
internal import Ground
internal import Workspace

/// Runs of the compute ledger: by hand, and from what a training log tells.
enum RunOperations {
  /// Most bytes of a log.
  private static let mostLog = 1 << 30

  static let all: [APIOperation] = [
    APIOperation(
      id: "beginTrainingRun", method: .post, path: "training-runs",
      tag: RecordKind.trainingRun.title,
      summary: "Record a run; its name must be new within the model.",
      body: .json(RecordShape.beginning(.trainingRun)),
      answer: .init(
        status: 201, about: "It is on the record, durably.",
        content: .json(.named(RecordShape.name(.trainingRun))), fields: ["ETag", "Location"])
    ) { call in
      let model = try await call.workspace.needed(
        RecordID(call["set"]?["model"]?.text ?? "") ?? OperationsProblem.noModel())
      let state = try await call.workspace.recordRun(
        try RecordShape.change("run-recorded", call), of: model)
      return .record(state, call, status: 201)
    },
    APIOperation(
      id: "importTrainingLog", method: .post, path: "models/{key}/log-imports",
      tag: RecordKind.trainingRun.title,
      summary: "Put what a training log tells into the ledger; a run of the same name is revised.",
      about: "The body is the log itself. What it does not tell stays open.",
      parameters: [
        .key(), .query("name", .text(atLeast: 1, atMost: 200), "The run's name.", required: true),
        .query("kind", .choice(LogKind.allCases.map(\.rawValue)), "The kind of log."),
        .query("params", .text(atMost: 40), "Parameters, such as 7B."),
        .query("tokens_per_step", .text(atMost: 40), "Tokens per optimizer step."),
        .query("gpus", .text(atMost: 40), "Number of GPUs."),
        .query("hardware", .text(atMost: 80), "A chip of the catalogue."),
        .query("flop", .text(atMost: 60), "The compute, where the log does not tell it."),
        .query("effective", .word(.day), "When it was true; today where it is left out."),
        .query("reason", .text(atMost: 2000), "Why a run is revised."),
        .query("keep", .flag, "Whether the log is kept as evidence."),
      ], body: .file(atMost: mostLog),
      answer: .init(
        status: 201, about: "The run, with what the log told.",
        content: .json(
          .object([
            .needed("run", .named(RecordShape.name(.trainingRun))),
            .needed("warnings", .list(.text())), .needed("unread_rows", .count(0...Int.max)),
          ])))
    ) { call in try await takeLog(call) },
  ]

  private static func takeLog(_ call: APICall) async throws -> APIReply {
    let workspace = call.workspace
    let model = try await workspace.needed(try call.id(.model))
    try await workspace.authorise(
      .write(.trainingRun), nil, model.confidentiality, belongingTo: model.id)
    let name = call.text("name") ?? ""
    let use = try ImportLogs(
      kind: call.text("kind").flatMap { LogKind(rawValue: $0) }, params: call.text("params"),
      tokensPerStep: call.text("tokens_per_step"), gpus: call.text("gpus"),
      hardware: call.text("hardware"))
    let file = try await call.file()
    let imported = try use.run(file)
    var more: [(String, JSON)] = []
    if let flop = call.text("flop") { more.append(("flop", .string(flop))) }
    try workspace.checkFigure(imported, more)
    if call.flag("keep") {
      var evidence = NewEvidence(file, title: "Training log of \(name)")
      evidence.name = "log"
      evidence.fields = [("model", .string(model.id.text))]
      let state = try await workspace.addEvidence(evidence).state
      more.append(("evidence", .string(state.id.text)))
    }
    let state = try await workspace.importRun(
      imported, digest: try FileDigest.of(file), name: name, model: model, more: more,
      reason: call.text("reason"), effective: call.day("effective"))
    return .json(
      .object([
        ("run", RecordShape.json(state)), ("warnings", JSON(imported.warnings)),
        ("unread_rows", .int(imported.problemCount)),
      ]), status: 201)
  }
}

/// Problems that several operations share.
enum OperationsProblem {
  static func noModel() throws(Problem) -> RecordID {
    throw Problem(
      "server.bad-body", what: "no model is named", why: "a run belongs to a model",
      mend: "name it: model/…", places: [Place("/set/model")])
  }
}
