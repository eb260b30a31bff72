internal import Duties
internal import Ground
internal import Workspace

/// What one keeps for oneself: the address for a calendar program, views of lists, questions that wait.
enum OwnOperations {
  static let all: [APIOperation] = [
    calendar, makeCalendar, endCalendar, views, saveView, removeView, questions, about,
  ]

  // MARK: Calendar

  private static let calendar = APIOperation(
    id: "getOwnCalendar", method: .get, path: "account/calendar", tag: "account",
    summary: "Whether a calendar program follows your deadlines.",
    answer: .init(
      about: "Since when an address is in use; the address is shown only when it is made.",
      content: .json(.object([.needed("since", .orNull(.word(.moment)))])))
  ) { call in
    let links = try await call.workspace.ownCalendarLinks()
    return .json(.object([("since", JSON(links.map(\.begun).min()?.utc))]))
  }

  private static let makeCalendar = APIOperation(
    id: "makeOwnCalendar", method: .post, path: "account/calendar", tag: "account",
    summary: "Make an address for your calendar program; the one before ends.",
    about:
      "Only for whoever is signed in: the address outlives a token, which therefore makes none.",
    answer: .init(
      status: 201, about: "The rest of the address, shown this once.",
      content: .json(.object([.needed("address", .text())])))
  ) { call in
    let secret = try await call.workspace.makeCalendarLink()
    return .json(.object([("address", .string("/calendar/\(secret).ics"))]), status: 201)
  }

  private static let endCalendar = APIOperation(
    id: "endOwnCalendar", method: .post, path: "account/calendar/end", tag: "account",
    summary: "End the address of your calendar program.",
    answer: .init(status: 204, about: "Nobody reads your deadlines by it.", content: .none)
  ) { call in
    try await call.workspace.endCalendarLinks()
    return APIReply(status: 204, body: .none)
  }

  // MARK: Views

  private static let view = Shape.object([
    .needed("id", .word(.record("view"))), .needed("title", .text()), .needed("path", .text()),
  ])
  private static let viewList = Shape.object([
    .needed("items", .list(view, atMost: OpenWorkspace.mostViews))
  ])

  private static func views(_ call: APICall) async throws(Problem) -> JSON {
    .object([
      (
        "items",
        .array(
          try await call.workspace.ownViews().map { view in
            .object([
              ("id", .string(view.id.text)), ("title", .string(view.title)),
              ("path", .string(view.path)),
            ])
          })
      )
    ])
  }

  private static let views = APIOperation(
    id: "listOwnViews", method: .get, path: "account/views", tag: "account",
    summary: "The views of lists that you keep.",
    answer: .init(about: "Views by name.", content: .json(viewList))
  ) { call in .json(try await views(call)) }

  private static let saveView = APIOperation(
    id: "saveOwnView", method: .post, path: "account/views", tag: "account",
    summary: "Keep a view under a name; another of the same name gives way.",
    about: "Only for whoever is signed in: it is shown on their pages.",
    body: .json(
      .object([
        .needed("title", .text(atLeast: 1, atMost: OpenWorkspace.mostViewTitle)),
        .needed("path", .text(atLeast: 1, atMost: 2000), "the address on the desk, from /"),
      ])),
    answer: .init(status: 201, about: "Views by name.", content: .json(viewList))
  ) { call in
    try await call.workspace.saveView(
      call["title"]?.text ?? "", path: call["path"]?.text ?? "")
    return .json(try await views(call), status: 201)
  }

  private static let removeView = APIOperation(
    id: "removeOwnView", method: .post, path: "account/views/{key}/removal", tag: "account",
    summary: "Remove a view of yours.", parameters: [.key()],
    answer: .init(status: 204, about: "You keep no such view.", content: .none)
  ) { call in
    try await call.workspace.removeView(try call.id(.view))
    return APIReply(status: 204, body: .none)
  }

  // MARK: Questions

  private static let comments = APIOperation.Answer(
    about: "Comments, the oldest first.",
    content: .json(.object([.needed("items", .list(.named("Comment")))])))

  private static func reply(_ comments: [RecordState]) -> APIReply {
    .json(.object([("items", .array(comments.map(RecordShape.json)))]))
  }

  private static let questions = APIOperation(
    id: "listOwnQuestions", method: .get, path: "account/questions", tag: "account",
    summary: "What somebody asks you and is not settled.", answer: comments
  ) { call in reply(try await call.workspace.commentsToActor()) }

  private static let about = APIOperation(
    id: "listCommentsAbout", method: .get, path: "comments/about", tag: RecordKind.comment.title,
    summary: "What was said about a record.",
    parameters: [.query("record", .word(.record()), "The record.", required: true)],
    answer: comments, refusals: [404]
  ) { call in
    guard let id = call.text("record").flatMap({ RecordID($0) }) else { throw Problem.noSuchPath }
    return reply(try await call.workspace.comments(on: id))
  }
}
