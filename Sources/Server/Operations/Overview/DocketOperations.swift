internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Deadlines: computed each time, assigned to people, and as a calendar file.
enum DocketOperations {
  static let all: [APIOperation] = [list, table, calendar, assign, comment, settle]

  private static let choices: [APIParameter] = [
    .query("overdue", .flag, "Only what is overdue."),
    .query("all", .flag, "Also what was met and what opens later."),
    .query(
      "status", .choice(Deadline.Status.allCases.map(\.rawValue)), "Only what stands there."),
    .query("owner", .text(atMost: 80), "Of this person's key or this role only."),
    .query("record", .word(.record()), "Of this record only."), .day,
  ]

  private static func question(_ call: APICall) -> DocketQuestion {
    var question = DocketQuestion()
    question.isOverdueOnly = call.flag("overdue")
    question.status = call.text("status").flatMap { Deadline.Status(rawValue: $0) }
    question.includesClosed =
      call.flag("all") || question.status.map(DocketView.isClosed) == true
    question.owner = call.text("owner")
    question.record = call.text("record").flatMap { RecordID($0) }
    question.day = call.day()
    return question
  }

  private static let list = APIOperation(
    id: "getDocket", method: .get, path: "docket", tag: "docket",
    summary: "Deadlines of the records that you may read, the earliest first.",
    about: """
      Each as docs/schemas/docket.schema.json describes it. A docket that changed between two pages refuses the cursor: \
      deadlines are computed each time.
      """,
    parameters: choices + [.limit, .cursor],
    answer: .init(
      about: "A page of the docket.",
      content: .json(
        .object(
          [
            .needed("as_of", .word(.day)),
            .needed("deadlines", .list(.object([], isOpen: true), atMost: 500)),
            .needed("total", .count(0...Int.max), "of all pages"),
            .needed("next", .orNull(.text()), "the cursor of the next page; null on the last"),
          ], isOpen: true)), fields: ["Link"]), refusals: [422]
  ) { call in
    let day = call.day() ?? call.today
    let page = try await DocketPaging(call, choices.map(\.name)).page(question(call))
    guard
      case .object(let members) = Docket.json(
        page.deadlines, law: call.workspace.surroundings.law(day), today: day)
    else { throw Problem.ofOurs }
    var reply = APIReply.json(
      .object(members + [("total", .int(page.total)), ("next", JSON(page.next))]))
    if let link = page.link { reply.fields.append(("link", link)) }
    return reply
  }

  private static let table = APIOperation(
    id: "exportDocket", method: .get, path: "docket.csv", tag: "docket",
    summary: "The same deadlines as a table (RFC 4180).", parameters: choices,
    answer: .init(about: "The table.", content: .bytes("text/csv; charset=utf-8"))
  ) { call in
    let deadlines = try await call.workspace.docket(question(call))
    let names = try await PeopleNames(call.workspace)
    return .bytes(
      DocketPage.csv(deadlines) { DocketView.owner($0, names) },
      type: "text/csv; charset=utf-8", name: "docket-\((call.day() ?? call.today).iso).csv")
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
    summary: "Say who looks after deadlines; all are assigned, or none is.",
    body: .json(
      .object([
        .needed(
          "deadlines", .list(.text(atLeast: 1, atMost: 300), atMost: 500),
          "their ids on the docket"),
        .needed("name", .text(atLeast: 1, atMost: 64), "the name with which the person signs in"),
        .open("note", .text(atMost: 2000)),
      ])),
    answer: .init(status: 204, about: "They are assigned.", content: .none)
  ) { call in
    try await call.workspace.assign(
      (call["deadlines"] ?? .null).texts, to: call["name"]?.text ?? "", note: call["note"]?.text)
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
