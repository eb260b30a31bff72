internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Rulebook
internal import Workspace

/// Questions of which nothing is kept: what would follow from other facts, what compute amounts to, when a period ends.
enum QuestionOperations {
  static let all: [APIOperation] = [suppose, estimate, reconcile, due]

  private static let open = Shape.object([], isOpen: true)

  // MARK: What if

  private static func facts(_ kind: RecordKind, _ names: [String]) -> Shape {
    .object(
      names.compactMap { kind.field($0) }.map {
        .open($0.name, .orNull(RecordShape.given($0)), $0.title)
      })
  }

  private static let suppose = APIOperation(
    id: "suppose", method: .post, path: "models/{key}/suppositions", tag: "classification",
    summary: "What the classification of a model would be, were facts otherwise; nothing is kept.",
    parameters: [.key()],
    body: .json(
      .object([
        .open(
          "facts", facts(.model, WhatIfForm.facts + WhatIfForm.figures),
          "of the model; null takes one away"),
        .open(
          "runs",
          .list(
            .object([
              .needed("run", .text(atLeast: 1, atMost: 200), "its name on the ledger"),
              .needed("set", facts(.trainingRun, WhatIfForm.run)),
            ]), atMost: 500)),
        .open("further", facts(.trainingRun, WhatIfForm.further), "one more run"),
        .open("day", .word(.day), "the law of this day"),
      ])),
    answer: ModelOperations.opinion
  ) { call in
    let ledger = try await call.workspace.ledger(of: try call.id(.model))
    var question = WhatIf()
    question.facts = (call["facts"] ?? .null).members
    if case .array(let runs)? = call["runs"] {
      question.runs = runs.flatMap { run in
        (run["set"] ?? .null).members.map { (run["run"]?.text ?? "", $0.0, $0.1) }
      }
    }
    question.further = (call["further"] ?? .null).members
    let day = call["day"]?.text.flatMap { Day(iso: $0) }
    return .json(
      OpinionDocument.json(
        try call.workspace.opinion(on: ledger, supposing: question, day: day)))
  }

  // MARK: Compute

  /// Values of an estimate, each with what it is.
  private static let values = [
    ("params", "all parameters, such as 70B"), ("params_active", "parameters active for a token"),
    ("tokens", "training tokens, epochs counted"), ("layers", "layers"), ("width", "width"),
    ("context", "tokens of context"), ("encoder_params", "encoder parameters"),
    ("encoder_tokens", "encoder tokens"), ("decoder_params", "decoder parameters"),
    ("decoder_tokens", "decoder tokens"), ("flop_per_step", "measured operations of one step"),
    ("steps", "steps"), ("flop", "measured or published operations"),
    ("hardware", "a chip of the catalogue"), ("peak", "peak dense FLOP/s of one chip"),
    ("chips", "number of chips"), ("hours", "wall-clock hours"), ("chip_hours", "chips × hours"),
    ("utilisation", "model FLOP utilisation, such as 41%"),
    ("recomputation", "with hardware_utilisation: full or none"),
    ("margin", "your own error margin, such as 20%"),
  ]

  private static let estimate = APIOperation(
    id: "estimateCompute", method: .post, path: "compute/estimates", tag: "law",
    summary: "Training compute by one method, with inputs, range and legal basis.",
    about: "Which values a method needs is what it refuses to go without; nothing is guessed.",
    body: .json(
      .object(
        [.needed("method", .choice(EstimateRequest.Kind.allCases.map(\.rawValue)))]
          + values.map { .open($0.0, .text(atLeast: 1, atMost: 80), $0.1) } + [
            .open(
              "periods", .list(.text(atLeast: 3, atMost: 80), atMost: 500),
              "periods of constant chips, CHIPSxHOURS"),
            .open(
              "hardware_utilisation", .flag, "the utilisation counts recomputed activations"),
            .open("number_format", .choice(Chip.Format.allCases.map(\.rawValue)), "of the peak"),
            .open("day", .word(.day), "the law of this day"),
          ])),
    answer: .init(about: "The estimate.", content: .json(open))
  ) { call in
    var request = EstimateRequest(
      kind: call["method"]?.text.flatMap { EstimateRequest.Kind(rawValue: $0) } ?? .measured)
    for (name, _) in values {
      request.values[name.replacing("_", with: "-")] = call[name]?.text
    }
    request.periods = (call["periods"] ?? .null).texts
    request.isHardwareUtilisation = call["hardware_utilisation"] == .bool(true)
    if let format = call["number_format"]?.text.flatMap({ Chip.Format(rawValue: $0) }) {
      request.numberFormat = format
    }
    let day = call["day"]?.text.flatMap { Day(iso: $0) } ?? call.today
    return .json(
      request.json(try request.estimate(), law: call.workspace.surroundings.law(day)))
  }

  private static let reconcile = APIOperation(
    id: "reconcileCompute", method: .post, path: "compute/reconciliations", tag: "law",
    summary: "Hold amounts for one training against the one that is reported.",
    body: .json(
      .object([
        .needed(
          "reported", .text(atLeast: 1, atMost: 80), "the reported amount, such as 3.8e25"),
        .needed(
          "others", .list(.text(atLeast: 1, atMost: 80), atMost: 50), "what other methods give"),
      ])),
    answer: .init(
      about: "One item for each other amount: ratio, whether they agree, sides of thresholds.",
      content: .json(.object([.needed("items", .list(open))])))
  ) { call in
    let pairs = try Reconcile.amounts(
      [call["reported"]?.text ?? ""] + (call["others"] ?? .null).texts)
    return .json(.object([("items", .array(pairs.map(\.json)))]))
  }

  // MARK: Periods

  private static let due = APIOperation(
    id: "countPeriod", method: .get, path: "law/due", tag: "law",
    summary: "Count a legal period from an event, under both readings.",
    about: "Either rule or period; a rule says itself how it is counted.",
    parameters: [
      .query("rule", .text(atLeast: 1, atMost: 200), "Id or citation of a rule with a period."),
      .query("period", .text(atLeast: 1, atMost: 80), "N hours, days, working days, weeks, …"),
      .query(
        "from", .text(atLeast: 4, atMost: 40),
        "The event: RFC 3339 or a day; without offset it is Brussels time.", required: true),
      .query("calendar", .text(atLeast: 1, atMost: 20), "Holidays: commission, BE, DE, FR, …"),
      .query("backward", .flag, "With period: count back from the event."),
      .query("not_before", .flag, "With period: nothing may happen before its end."), .day,
    ],
    answer: .init(
      about: "Both ends and the cautious one, as systemic law due --format json tells them.",
      content: .json(open)), refusals: [404, 422]
  ) { call in
    let law = call.workspace.surroundings.law(call.day() ?? call.today)
    let (from, calendar) = (call.text("from") ?? "", call.text("calendar") ?? "commission")
    switch (call.text("rule"), call.text("period")) {
    case (let rule?, nil) where !call.flag("backward") && !call.flag("not_before"):
      return .json(
        try CountPeriod(rule: rule, from: from, calendar: calendar, law: law).json)
    case (nil, let period?):
      return .json(
        try CountPeriod(
          period: period, backward: call.flag("backward"), notBefore: call.flag("not_before"),
          from: from, calendar: calendar, law: law
        ).json)
    default:
      throw Problem(
        "server.unclear-period", what: "it is not clear what is counted",
        why: "it is the period of a rule, which says itself how it is counted, or one of your own",
        mend: "give rule alone, or period with backward or not_before",
        places: [Place("rule"), Place("period")])
    }
  }
}
