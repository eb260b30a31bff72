internal import Compute
internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// What somebody looks at first: the figures for a board, and the work that waits.
enum OverviewOperations {
  static let all: [APIOperation] = [board, work]

  private static let deadlines = Shape.list(.object([], isOpen: true), atMost: 1_000_000)
  /// Most items of a queue; the docket and the lists of kinds have all of them, page by page.
  private static let most = 500

  private static func json(_ deadlines: [Deadline], _ call: APICall) -> JSON {
    let law = call.workspace.surroundings.law(call.today)
    return Docket.json(deadlines, law: law, today: call.today)["deadlines"] ?? .array([])
  }

  private static let board = APIOperation(
    id: "getBoard", method: .get, path: "board", tag: "overview",
    summary:
      "The few figures for a board, with what is overdue or due within \(BoardFigures.soonDays) days.",
    about: "Samples are left out. The docket with all=true has what the trend is drawn from.",
    answer: .init(
      about: "Figures of today.",
      content: .json(
        .object([
          .needed("as_of", .word(.day)), .needed("figures", .map(.count(0...Int.max))),
          .needed("urgent", deadlines, "as on the docket"),
          .needed(
            "models",
            .list(
              .object([
                .needed("id", .word(.record("model"))), .needed("title", .text()),
                .needed("systemic_risk", .orNull(.text()), "yes, no or undetermined"),
                .needed("cumulative_flop", .orNull(.text()), "null where it is unknown"),
              ]), atMost: 1_000_000)),
        ])))
  ) { call in
    let board = try await BoardFigures(call.workspace)
    let models = board.models.map { row in
      JSON.object([
        ("id", .string(row.summary.id.text)), ("title", .string(row.summary.title)),
        ("systemic_risk", JSON(row.figures?.isSystemic.word)),
        ("cumulative_flop", JSON(row.figures?.cumulative?.digits)),
      ])
    }
    return .json(
      .object([
        ("as_of", .string(call.today.iso)),
        ("figures", .object(board.lines.map { ($0.name, .int($0.count)) })),
        ("urgent", json(board.overdue + board.soon, call)), ("models", .array(models)),
      ]))
  }

  private static func json(_ messages: UnreadMessages) -> JSON {
    .object([
      ("incident", .string(messages.incident.id.text)), ("title", .string(messages.incident.title)),
      ("count", .int(messages.count)), ("since", .string(messages.since.utc)),
    ])
  }

  private static let work = APIOperation(
    id: "getWork", method: .get, path: "work", tag: "overview",
    summary:
      "What waits for you: deadlines of yours and of your roles, and what a second person decides.",
    about: "At most \(most) of each, the most urgent first.",
    answer: .init(
      about: "Five queues.",
      content: .json(
        .object([
          .needed("approvals", .list(.object([], isOpen: true)), "drafts of others"),
          .needed("mine", .list(.object([], isOpen: true)), "deadlines given to you"),
          .needed("roles", .list(.object([], isOpen: true)), "deadlines of your roles"),
          .needed("own", .list(.object([], isOpen: true)), "your drafts"),
          .needed(
            "messages",
            .list(
              .object([
                .needed("incident", .word(.record())), .needed("title", .text()),
                .needed("count", .count(1...Int(Int32.max))), .needed("since", .word(.moment)),
              ])), "incidents with messages from outside that nobody has answered or settled"),
        ])))
  ) { call in
    let queues = try await WorkQueues(call.workspace)
    func records(_ states: [RecordState]) -> JSON {
      .array(states.prefix(most).map(RecordShape.json))
    }
    return .json(
      .object([
        ("approvals", records(queues.others)),
        ("mine", json(Array(queues.mine.prefix(most)), call)),
        ("roles", json(Array(queues.ofRoles.prefix(most)), call)), ("own", records(queues.own)),
        ("messages", .array(queues.messages.prefix(most).map(OverviewOperations.json))),
      ]))
  }
}
