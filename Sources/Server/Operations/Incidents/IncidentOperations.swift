internal import Duties
internal import Ground
internal import Rulebook
internal import Workspace

/// Incidents as programs work on them: the legal test, dates, what it is considered to be, reports and what follows.
enum IncidentOperations {
  static let all: [APIOperation] = [
    assessment, answers, dates, consider, merge, bundle, close, report, paper, figures,
    table,
  ]

  private static let tag = RecordKind.incident.title

  private static func answer(_ kind: RecordKind = .incident) -> APIOperation.Answer {
    .init(
      status: 201, about: "The record as it then stands.",
      content: .json(.named(RecordShape.name(kind))), fields: ["ETag", "Location"])
  }

  private static let reason = Shape.Member.needed("reason", .text(atLeast: 1, atMost: 10_000))
  private static let when = Shape.Member.open(
    "effective", .effective, "since when it holds; now where it is left out")

  private static func effective(_ call: APICall) -> Effective? {
    call["effective"]?.text.flatMap { Effective($0) }
  }

  /// An operation on one incident.
  private static func step(
    _ id: String, _ path: String, _ summary: String, about: String = "", _ body: [Shape.Member],
    answer: APIOperation.Answer = answer(), needsVersion: Bool = true,
    _ work: @escaping @Sendable (RecordState, APICall) async throws -> RecordState
  ) -> APIOperation {
    APIOperation(
      id: id, method: .post, path: "incidents/{key}/" + path, tag: tag, summary: summary,
      about: about, parameters: [.key()], body: .json(.object(body)), answer: answer,
      needsVersion: needsVersion
    ) { call in
      let incident =
        needsVersion
        ? try await call.current(.incident)
        : try await call.workspace.needed(try call.id(.incident))
      return .record(try await work(incident, call), call, status: 201)
    }
  }

  private static let assessment = APIOperation(
    id: "assessIncident", method: .get, path: "incidents/{key}/assessment", tag: tag,
    summary:
      "The legal test, every clock with both readings, the dates as they were written, and what belongs to it.",
    parameters: [.key()],
    answer: .init(
      about: "The incident with everything that follows from it today.",
      content: .json(
        .object(
          [
            .needed("incident", .object([], isOpen: true)),
            .needed("dates", .list(.object([], isOpen: true))),
            .needed("deadlines", .list(.object([], isOpen: true))),
            .needed("papers", .list(.object([], isOpen: true))),
            .needed("clocks", .list(.object([], isOpen: true))),
            .needed("serious", .choice(["yes", "no", "undetermined"])),
            .needed("missing", .list(.text())),
            .needed(
              "unread_messages", .count(0...Int.max),
              "what people outside wrote since they reported it, and nobody has settled"),
            .needed(
              "messages", .list(.object([], isOpen: true)),
              "the newest of them, with what their words suggest"),
            .needed("governs", .orNull(.text()), "the clock of the next report"),
          ], isOpen: true)))
  ) { call in
    let law = call.workspace.surroundings.law(call.today)
    return .json(try await call.workspace.incident(try call.id(.incident)).json(law))
  }

  private static let answers = step(
    "answerIncident", "answers", "Answer questions of the legal test.",
    about: "What is unknown is never no. The first answer begins the triage.",
    [
      .needed(
        "answers",
        .object(
          IncidentQuestion.allCases.map {
            .open($0.rawValue, .choice(IncidentFacts.answers($0)), $0.words)
          }
            + IncidentCategory.inAnswer.map {
              .open($0.rawValue, .choice(["yes", "no", "unknown"]), "as a whole: " + $0.title)
            })), when, .open("reason", .text(atMost: 10_000), "why, where an answer changes"),
    ]
  ) { incident, call in
    let given = (call["answers"] ?? .null).members.map { ($0.0, $0.1.text ?? "") }
    return try await call.workspace.answerTriage(
      incident, given, on: effective(call), reason: call["reason"]?.text,
      expectedVersion: incident.version)
  }

  private static let dates = step(
    "dateIncident", "dates", "Write one of the dates of an incident, or correct it.",
    about: "A correction needs a reason; the date before stays in the history.",
    [
      .needed("event", .choice(IncidentDateSection.written)),
      .needed("effective", .effective, "when it was; a day counts from its beginning in Brussels"),
      .open("as_written", .text(atMost: 200), "the date as its source has it, with its time zone"),
      .open("shown_by", .list(.text(atMost: 200)), "names of records that show it"),
      .open("correction", .text(atMost: 10_000), "why, where it corrects the one on the record"),
    ]
  ) { incident, call in
    try await call.workspace.dateIncident(
      incident, call["event"]?.text ?? "", at: call.effective("effective"),
      asWritten: call["as_written"]?.text, shownBy: (call["shown_by"] ?? .null).texts,
      correcting: call["correction"]?.text, expectedVersion: incident.version)
  }

  private static let consider = step(
    "considerIncident", "consider", "Say what an incident is considered to be, and why.",
    about:
      "Where no report is owed the decision is a record of its own, which a second person confirms.",
    [
      .needed("outcome", .choice(IncidentOutcome.allCases.map(\.rawValue))), reason, when,
    ]
  ) { incident, call in
    try await call.workspace.considerIncident(
      incident, call["outcome"]?.text.flatMap { IncidentOutcome(rawValue: $0) } ?? .incident,
      reason: call["reason"]?.text ?? "", on: effective(call), expectedVersion: incident.version)
  }

  private static let merge = step(
    "mergeIncident", "merge", "Merge a report into the incident that it is about.",
    [.needed("into", .word(.record("incident"))), reason]
  ) { incident, call in
    try await call.workspace.mergeIncident(
      incident, into: try await other(call), reason: call["reason"]?.text ?? "",
      expectedVersion: incident.version)
  }

  private static let bundle = step(
    "bundleIncident", "bundle", "Report an incident with an earlier, similar one (Measure 9.3).",
    [.needed("into", .word(.record("incident")), "the earlier one, whose deadlines hold"), reason]
  ) { incident, call in
    try await call.workspace.bundleIncident(
      incident, with: try await other(call), reason: call["reason"]?.text ?? "",
      expectedVersion: incident.version)
  }

  private static func other(_ call: APICall) async throws(Problem) -> RecordState {
    guard let id = RecordID(call["into"]?.text ?? "") else { throw .noSuchPath }
    return try await call.workspace.needed(id)
  }

  private static let close = step(
    "closeIncident", "close", "Close an incident about which nothing is owed any more.",
    [reason, when]
  ) { incident, call in
    try await call.workspace.closeIncident(
      incident, reason: call["reason"]?.text ?? "", on: effective(call),
      expectedVersion: incident.version)
  }

  private static let report = step(
    "draftIncidentReport", "reports", "Begin a report to the AI Office.",
    about:
      "No intermediate or final report comes before the initial one; after the final one comes only an "
      + "intermediate one on what became known later.",
    [
      .needed("type", .choice(ReportType.allCases.map(\.rawValue))),
      .open("set", FilingOperations.written(.incidentReport)),
    ], answer: answer(.incidentReport), needsVersion: false
  ) { incident, call in
    try await call.workspace.draftIncidentReport(
      on: incident, call["type"]?.text.flatMap { ReportType(rawValue: $0) } ?? .initial,
      set: (call["set"] ?? .null).members)
  }

  private static let figures = APIOperation(
    id: "getIncidentFigures", method: .get, path: "incidents/statistics", tag: tag,
    summary:
      "Counts by outcome and category, how long it took, and what was in time, by month and year.",
    about: "Durations are in hours. Months and years are those of the first report.",
    answer: .init(
      about: "The figures over what you may read.",
      content: .json(
        .object([
          .needed("all", period), .needed("months", .list(period)), .needed("years", .list(period)),
          .needed(
            "open_long", .list(.text()), "names of incidents that are open for more than 60 days"),
        ])))
  ) { call in .json(try await call.workspace.incidentFigures().json) }

  private static let period = Shape.object(
    [
      .needed("period", .text()), .needed("received", .count(0...Int.max)),
      .needed("in_time", .count(0...Int.max)), .needed("by_one_reading", .count(0...Int.max)),
      .needed("late", .count(0...Int.max)),
    ], isOpen: true)

  private static let table = APIOperation(
    id: "exportIncidentFigures", method: .get, path: "incidents/statistics.csv", tag: tag,
    summary: "The same figures as CSV: months, years and all of them, a row each.",
    answer: .init(about: "The table.", content: .bytes("text/csv; charset=utf-8"))
  ) { call in
    .bytes(
      try await call.workspace.incidentFigures().csv, type: "text/csv; charset=utf-8",
      name: "incident-statistics.csv")
  }

  /// What follows is one of several kinds, so that the answer names its kind.
  private static let paper = APIOperation(
    id: "followIncident", method: .post, path: "incidents/{key}/papers", tag: tag,
    summary:
      "Note what follows: a corrective measure, or a report of the same event under other law.",
    about: "The set holds the fields of that kind of record, without the incident.",
    parameters: [.key()],
    body: .json(
      .object([
        .needed("kind", .choice(IncidentWrittenForms.papers.map(\.name))),
        .needed("title", .text(atLeast: 1, atMost: 1000)),
        .open("set", .map(.anything)),
      ])),
    answer: .init(
      status: 201, about: "The record as it then stands.",
      content: .json(.object([.needed("id", .text())], isOpen: true)), fields: ["ETag", "Location"])
  ) { call in
    let incident = try await call.workspace.needed(try call.id(.incident))
    let kind = IncidentWrittenForms.papers.first { $0.name == call["kind"]?.text } ?? .measure
    return .record(
      try await call.workspace.follow(
        incident, kind, call["title"]?.text ?? "", set: (call["set"] ?? .null).members),
      call, status: 201)
  }
}
