internal import Duties
internal import Ground
internal import Workspace

/// The Commission procedure: filings from draft through review and approval by a second person to the acknowledgement.
enum FilingOperations {
  static let all: [APIOperation] =
    [draftNotification, draftRebuttal, draftReassessment]
    + [RecordKind.notification, .rebuttal, .reassessment, .incidentReport].flatMap {
      [view($0), step($0)]
    }

  static let tag = "procedure"

  private static func answer(_ kind: RecordKind) -> APIOperation.Answer {
    .init(
      status: 201, about: "The filing as it then stands.",
      content: .json(.named(RecordShape.name(kind))), fields: ["ETag", "Location"])
  }

  /// What people write of a filing; the rest follows from records and steps.
  static func written(_ kind: RecordKind) -> Shape {
    .object(
      kind.writtenFields.filter { !RecordKind.hiddenFields.contains($0.name) }.map {
        .open($0.name, .orNull(RecordShape.value($0)), $0.title)
      })
  }

  private static let draftNotification = APIOperation(
    id: "draftNotification", method: .post, path: "models/{key}/notifications", tag: tag,
    summary: "Begin a notification of a model under Article 52(1).", parameters: [.key()],
    body: .json(
      .object([
        .open("set", written(.notification)),
        .open("supersedes", .word(.record("notification")), "the one that was sent before"),
      ])), answer: answer(.notification)
  ) { call in
    let model = try await call.workspace.needed(try call.id(.model))
    var before: RecordState?
    if let id = call["supersedes"]?.text.flatMap({ RecordID($0) }) {
      before = try await call.workspace.needed(id)
    }
    return .record(
      try await call.workspace.draftNotification(
        on: model, set: (call["set"] ?? .null).members, supersedes: before), call, status: 201)
  }

  private static let draftRebuttal = APIOperation(
    id: "draftRebuttal", method: .post, path: "notifications/{key}/rebuttals", tag: tag,
    summary: "Begin the file of arguments under Article 52(2).", parameters: [.key()],
    body: .json(.object([.open("set", written(.rebuttal))])), answer: answer(.rebuttal)
  ) { call in
    let notification = try await call.workspace.needed(try call.id(.notification))
    return .record(
      try await call.workspace.draftRebuttal(
        with: notification, set: (call["set"] ?? .null).members), call, status: 201)
  }

  private static let draftReassessment = APIOperation(
    id: "draftReassessment", method: .post, path: "models/{key}/reassessments", tag: tag,
    summary: "Begin a request for reassessment under Article 52(5).", parameters: [.key()],
    body: .json(.object([.open("set", written(.reassessment))])), answer: answer(.reassessment)
  ) { call in
    let model = try await call.workspace.needed(try call.id(.model))
    return .record(
      try await call.workspace.draftReassessment(
        on: model, set: (call["set"] ?? .null).members), call, status: 201)
  }

  private static func view(_ kind: RecordKind) -> APIOperation {
    APIOperation(
      id: "get\(APIKinds.word(kind.name))Package", method: .get,
      path: APIKinds.many(kind) + "/{key}/package", tag: tag,
      summary: "What would be sent or was sent, and what it lacks.", parameters: [.key()],
      answer: .init(
        about: "The package, and each item that law or house asks for.",
        content: .json(
          .object([
            .needed("status", .text()), .needed("sent", .flag),
            .needed("package", .anything, "null while it cannot be made"),
            .needed("problem", .orNull(.text())),
            .needed("items", .list(.object([], isOpen: true))),
          ])))
    ) { call in
      let filing = try await call.workspace.filing(try call.id(kind))
      return .json(
        .object([
          ("status", .string(filing.status)), ("sent", .bool(filing.isSent)),
          ("package", filing.shown ?? .null), ("problem", JSON(filing.problem?.what)),
          ("items", .array(filing.items.map(\.json))),
        ]))
    }
  }

  // MARK: Steps

  private enum Step: String, CaseIterable {
    case change, send, approve, submit, correct, acknowledge, decide
    case `return`
    case withdrawApproval = "withdraw-approval"
    case giveUp = "give-up"

    /// Whether the kind of filing knows it.
    func isPossible(for kind: RecordKind) -> Bool {
      switch self {
      case .decide: !outcomes(kind).isEmpty
      // Arguments are sent with their notification, never by themselves.
      case .submit, .correct: kind.name != RecordKind.rebuttal.name
      default: true
      }
    }
  }

  /// What the Commission may decide on a kind of filing; the first is in favour of what was asked.
  private static func outcomes(_ kind: RecordKind) -> [String] {
    switch kind.name {
    case RecordKind.rebuttal.name: ["accepted", "rejected"]
    case RecordKind.reassessment.name: ["ended", "maintained"]
    default: []
    }
  }

  /// What a step of a kind of filing may say.
  private static func said(_ kind: RecordKind) -> Shape {
    var members: [Shape.Member] = [
      .needed(
        "step", .choice(Step.allCases.filter { $0.isPossible(for: kind) }.map(\.rawValue))),
      .open("set", written(kind), "for change"), .open("reason", .text(atMost: 10_000)),
      .open("on", .effective, "when it was sent, acknowledged or decided"),
      .open("reference", .text(atLeast: 1, atMost: 200), "for acknowledge and decide"),
    ]
    if Step.submit.isPossible(for: kind) {
      members += [
        .open("channel", .text(atLeast: 1, atMost: 200), "for submit and correct"),
        .open("receipt", .text(atLeast: 1, atMost: 200), "for submit and correct"),
        .open("digest", .word(.digest), "for submit and correct: SHA-256 of the file as sent"),
        .open(
          "form", .choice(Submission.forms),
          "for submit and correct: the form in which it was sent, where not the package itself"),
      ]
    }
    if Step.decide.isPossible(for: kind) {
      members.append(.open("outcome", .choice(outcomes(kind)), "for decide"))
    }
    return .object(members)
  }

  private static func step(_ kind: RecordKind) -> APIOperation {
    APIOperation(
      id: "step" + APIKinds.word(kind.name), method: .post,
      path: APIKinds.many(kind) + "/{key}/steps", tag: tag,
      summary: "Take a step of the procedure, from the draft to the acknowledgement and after.",
      about: """
        Whoever wrote it does not approve it. return, withdraw-approval, give-up and correct need a reason, submit a \
        channel, decide an outcome.
        """,
      parameters: [.key()], body: .json(said(kind)), answer: answer(kind), needsVersion: true
    ) { call in
      let filing = try await call.current(kind)
      let state = try await take(
        Step(rawValue: call["step"]?.text ?? "") ?? .change, of: filing, call)
      return .record(state, call, status: 201)
    }
  }

  private static func take(
    _ step: Step, of filing: RecordState, _ call: APICall
  ) async throws(Problem) -> RecordState {
    let (workspace, reason) = (call.workspace, call["reason"]?.text)
    switch step {
    case .change:
      return try await workspace.changeFiling(
        filing, set: (call["set"] ?? .null).members, reason: reason,
        expectedVersion: filing.version)
    case .send: return try await workspace.sendForReview(filing)
    case .return: return try await workspace.returnFiling(filing, reason: reason ?? "")
    case .approve: return try await workspace.approveFiling(filing, reason: reason)
    case .withdrawApproval:
      return try await workspace.withdrawApproval(filing, reason: reason ?? "")
    case .giveUp: return try await workspace.giveUpFiling(filing, reason: reason ?? "")
    case .submit: return try await workspace.submitFiling(filing, submission(call))
    case .correct:
      return try await workspace.correctSubmission(
        filing, submission(call), reason: reason ?? "")
    case .acknowledge:
      return try await workspace.acknowledgeFiling(
        filing, reference: call["reference"]?.text,
        on: call["on"]?.text.flatMap { Effective($0) })
    case .decide: return try await decide(filing, call)
    }
  }

  private static func submission(_ call: APICall) -> Submission {
    Submission(
      on: call.effective("on"), channel: call["channel"]?.text ?? "",
      receipt: call["receipt"]?.text, digest: call["digest"]?.text, form: call["form"]?.text)
  }

  private static func decide(
    _ filing: RecordState, _ call: APICall
  ) async throws(Problem) -> RecordState {
    let (on, reference) = (call.effective("on"), call["reference"]?.text)
    switch call["outcome"]?.text {
    case "accepted", "rejected":
      return try await call.workspace.decideRebuttal(
        filing, accepted: call["outcome"]?.text == "accepted", on: on, reference: reference)
    case "ended", "maintained":
      return try await call.workspace.decideReassessment(
        filing, maintained: call["outcome"]?.text == "maintained", on: on, reference: reference)
    default: throw FilingStepReply.noDecision
    }
  }
}
