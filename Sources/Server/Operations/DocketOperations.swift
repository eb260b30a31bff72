internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Deadlines: computed each time, assigned to people, and as a calendar file.
enum DocketOperations {
  static let all: [APIOperation] = [list, calendar, assign, comment, settle]

  private static let list = APIOperation(
    id: "getDocket", method: .get, path: "docket", tag: "docket",
    summary: "Every deadline of every record that you may read, the earliest first.",
    parameters: [
      .query("overdue", .flag, "Only what is overdue."),
      .query("all", .flag, "Also what was met and what opens later."),
      .query("owner", .text(atMost: 80), "Of this person's key or this role only."),
      .query("record", .word(.record()), "Of this record only."), .day,
    ],
    answer: .init(
      about: "The docket, as docs/schemas/docket.schema.json describes it.",
      content: .json(
        .object(
          [
            .needed("as_of", .word(.day)),
            .needed("deadlines", .list(.object([], isOpen: true), atMost: 1_000_000)),
          ], isOpen: true)))
  ) { call in
    var question = DocketQuestion()
    question.isOverdueOnly = call.flag("overdue")
    question.includesClosed = call.flag("all")
    question.owner = call.text("owner")
    question.record = call.text("record").flatMap { RecordID($0) }
    question.day = call.day()
    let deadlines = try await call.workspace.docket(question)
    let day = call.day() ?? call.today
    return .json(
      Docket.json(deadlines, law: call.workspace.surroundings.law(day), today: day))
  }

  private static let calendar = APIOperation(
    id: "getCalendar", method: .get, path: "docket.ics", tag: "docket",
    summary: "The docket as a calendar file, with neutral titles for what is confidential.",
    answer: .init(about: "iCalendar (RFC 5545).", content: .bytes("text/calendar; charset=utf-8"))
  ) { call in
    let edition = ICSWriter(now: call.workspace.surroundings.now(), reveals: false)
      .write(try await call.workspace.docket())
    return .bytes(edition.bytes, type: "text/calendar; charset=utf-8", name: "docket.ics")
  }

  private static let assign = APIOperation(
    id: "assignDeadline", method: .post, path: "docket/assignments", tag: "docket",
    summary: "Say who looks after a deadline.",
    body: .json(
      .object([
        .needed("deadline", .text(atLeast: 1, atMost: 300), "its id on the docket"),
        .needed("name", .text(atLeast: 1, atMost: 64), "the name with which the person signs in"),
        .open("note", .text(atMost: 2000)),
      ])),
    answer: .init(status: 204, about: "It is assigned.", content: .none)
  ) { call in
    try await call.workspace.assign(
      call["deadline"]?.text ?? "", to: call["name"]?.text ?? "", note: call["note"]?.text)
    return APIReply(status: 204, body: .none)
  }

  private static let comment = APIOperation(
    id: "makeComment", method: .post, path: "comments", tag: "comment",
    summary: "Say something about a record, to somebody or to all who may read it.",
    body: .json(
      .object([
        .needed("about", .word(.record()), "the record"),
        .needed("text", .text(atLeast: 1, atMost: 10_000)),
        .open("to", .text(atLeast: 1, atMost: 64), "the name with which the person signs in"),
      ])),
    answer: .init(
      status: 201, about: "The comment.", content: .json(.named("Comment")),
      fields: ["ETag", "Location"])
  ) { call in
    guard let about = call["about"]?.text.flatMap({ RecordID($0) }) else {
      throw Problem.noSuchPath
    }
    return .record(
      try await call.workspace.comment(
        on: about, call["text"]?.text ?? "", to: call["to"]?.text), call, status: 201)
  }

  private static let settle = APIOperation(
    id: "settleComment", method: .post, path: "comments/{key}/settlement", tag: "comment",
    summary: "Say that what a comment asks is done.", parameters: [.key()],
    answer: .init(status: 204, about: "It is settled.", content: .none)
  ) { call in
    let id = try call.id(.comment)
    _ = try await call.workspace.needed(id)
    try await call.workspace.settleComment(id)
    return APIReply(status: 204, body: .none)
  }
}
