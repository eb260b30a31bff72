import Duties
import Ground
import Sealing
import Testing

@testable import Workspace

@Suite("Comments and whoever may read them")
struct CommentTests {
  @Test(
    "A comment has the class of its record, and follows it when the record is narrowed or opened")
  func following() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let comment = try await desk.acting(.counsel).comment(on: model.id, "Is this final?")
    let about = try await desk.acting(.counsel).comment(on: comment.id, "Ask the cluster.")
    let safety = desk.acting(.safety, id: "a-safety-lead")
    #expect(try await safety.comments(on: model.id).map(\.id) == [comment.id])

    try await desk.reclass(model.id, .restricted, reason: "narrowed")
    for id in [comment.id, about.id] {
      #expect(try await desk.workspace.needed(id).confidentiality == .restricted)
      #expect(await RecordsDesk.code { _ = try await safety.needed(id) } == "workspace.not-allowed")
    }
    #expect(try await safety.states(.comment).isEmpty)
    #expect(
      await RecordsDesk.code { _ = try await safety.comments(on: model.id) }
        == "workspace.not-allowed")
    let events = try await desk.entries(.regulatory).suffix(3)
    #expect(events.map(\.event) == ["model-changed", "comment-reclassed", "comment-reclassed"])

    try await desk.reclass(model.id, .internal, reason: "published")
    #expect(try await safety.comments(on: model.id).map(\.confidentiality) == [.internal])
    let other = try await desk.model("Borealis (fictional)")
    let elsewhere = try await desk.workspace.comment(on: other.id, "Another record.")
    try await desk.reclass(model.id, .restricted, reason: "narrowed")
    #expect(try await desk.workspace.needed(elsewhere.id).version == 1)
  }

  @Test("What was said about one record is found without reading what was said about all others")
  func index() async throws {
    var failing: FailingStore?
    let keeping = try await Keeping {
      let store = FailingStore($0)
      failing = store
      return store
    }
    let (workspace, store) = (keeping.workspace, try #require(failing))
    workspace.keepSummaries()
    func model(_ name: String) async throws -> RecordState {
      try await workspace.record(
        RecordCommand(
          .model, nil,
          Change(
            "model-registered", set: [("name", .string(name))],
            effective: RecordsDesk.day("2026-11-20"))))
    }
    let (one, other) = (try await model("Aurora"), try await model("Borealis"))
    let comment = try await workspace.comment(on: one.id, "Is this final?")
    _ = try await workspace.record(
      (0..<600).map { number in
        .composed(
          .comment, nil,
          Change(
            "comment-made",
            set: [("about", .string(other.id.text)), ("text", .string("Said \(number)."))],
            effective: RecordsDesk.day("2026-11-20")))
      })
    #expect(try await workspace.comments(on: one.id).map(\.id) == [comment.id])
    let before = store.read(.comment)
    #expect(try await workspace.comments(on: one.id).map(\.id) == [comment.id])
    #expect(store.read(.comment) - before <= 1)
    #expect(try await workspace.comments(on: other.id).count == 600)
  }

  @Test(
    "A message from outside waits until it is settled or answered; what is said here does not settle it",
    arguments: [true, false])
  func messages(isKept: Bool) async throws {
    let desk = try await RecordsDesk()
    if isKept { desk.workspace.keepSummaries() }
    let receipt = try await desk.workspace.receive(PublicReport(what: "Fictional."), by: .public)
    let code = try #require(receipt.code).text
    #expect(try await desk.workspace.unreadMessages().isEmpty)
    try await desk.workspace.addMessage("He died last night.", to: code)
    try await desk.workspace.addMessage("At six.", to: code)
    _ = try await desk.workspace.comment(on: receipt.incident, "We look into it.")
    let waiting = try #require(try await desk.workspace.unreadMessages().first)
    #expect(waiting.incident.id == receipt.incident && waiting.count == 2)
    #expect(
      try await desk.workspace.unreadMessages(about: [receipt.incident]) == [receipt.incident: 2])
    let said = try await desk.workspace.comments(on: receipt.incident).filter(\.isUnreadMessage)
    _ = try await desk.workspace.comment(
      on: receipt.incident, "Answered the first.", answering: said[0].id)
    try await desk.workspace.settleComment(said[1].id)
    #expect(try await desk.workspace.unreadMessages().isEmpty)
    #expect(
      await RecordsDesk.code {
        _ = try await desk.workspace.comment(
          on: receipt.incident, "Again.", answering: said[0].id)
      } == "duties.wrong-order")
    #expect(try await desk.workspace.comments(on: receipt.incident).count == 4)
    // Whoever may not read the incident does not learn that somebody wrote.
    let secret = try await desk.workspace.receive(
      PublicReport(what: "Told in confidence."), by: .whistleblower)
    try await desk.workspace.addMessage("More.", to: try #require(secret.code).text)
    #expect(try await desk.acting(.safety, id: "a-safety-lead").unreadMessages().isEmpty)
    #expect(try await desk.workspace.unreadMessages().count == 1)
  }

  @Test("A death is not hidden by how much is written after it, and a flood ends at the door")
  func flood() async throws {
    let desk = try await RecordsDesk()
    desk.workspace.keepSummaries()
    let receipt = try await desk.workspace.receive(
      PublicReport(what: "A machine was told to stop the pumps."), by: .public)
    let code = try #require(receipt.code).text
    try await desk.workspace.addMessage("He died last night.", to: code)
    for _ in 1..<OpenWorkspace.mostMessages {
      try await desk.workspace.addMessage("The pumps run again.", to: code)
    }
    let view = try await desk.workspace.incident(receipt.incident)
    #expect(view.messages.count == OpenWorkspace.mostMessages)
    #expect(view.messages.suggested == [.death] && view.messages.words(.death) == ["died"])
    // The newest and, however old, the one that suggests what none of them does.
    #expect(view.messages.all.count == IncidentMessages.mostShown + 1)
    #expect(view.messages.all.last?.text == "He died last night.")
    let death = Set(IncidentQuestion.deciding(.death).map(\.rawValue))
    #expect(death.contains(try #require(view.assessment.missing.first)))
    #expect(
      await RecordsDesk.code { try await desk.workspace.addMessage("More.", to: code) }
        == "workspace.messages-waiting")
    try await desk.workspace.settleComment(view.messages.all[0].state.id)
    try await desk.workspace.addMessage("More.", to: code)
  }

  @Test(
    "What a message from outside suggests is asked about first, until it is settled",
    arguments: [true, false])
  func suggestedByMessage(isKept: Bool) async throws {
    let desk = try await RecordsDesk()
    if isKept { desk.workspace.keepSummaries() }
    let receipt = try await desk.workspace.receive(
      PublicReport(what: "A machine was told to stop the pumps."), by: .public)
    let before = try await desk.workspace.incident(receipt.incident)
    #expect(before.messages.count == 0 && before.assessment.missing.first != "death_occurred")
    try await desk.workspace.addMessage(
      "He died last night.", to: try #require(receipt.code).text)
    let after = try await desk.workspace.incident(receipt.incident)
    #expect(after.messages.count == 1 && after.messages.suggested == [.death])
    let death = Set(IncidentQuestion.deciding(.death).map(\.rawValue))
    #expect(death.contains(try #require(after.assessment.missing.first)))
    #expect(!death.contains(try #require(before.assessment.missing.first)))
    // Asked for in another order, nothing more and nothing less.
    #expect(Set(after.assessment.missing) == Set(before.assessment.missing))
    try await desk.workspace.settleComment(after.messages.all[0].state.id)
    let settled = try await desk.workspace.incident(receipt.incident)
    #expect(settled.assessment.missing == before.assessment.missing)
    // So does one to an incident that was merged into it.
    let other = try await desk.workspace.receive(PublicReport(what: "The pumps."), by: .public)
    let (kept, merged) = (
      try await desk.workspace.needed(receipt.incident),
      try await desk.workspace.needed(other.incident)
    )
    _ = try await desk.workspace.mergeIncident(merged, into: kept, reason: "the same")
    try await desk.workspace.addMessage("He died.", to: try #require(other.code).text)
    let whole = try await desk.workspace.incident(receipt.incident)
    #expect(death.contains(try #require(whole.assessment.missing.first)))
  }

  @Test("A request with a name is answered with its record, whatever came along with it")
  func named() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    _ = try await desk.workspace.comment(on: model.id, "Is this final?")
    let command = RecordCommand(
      .model, model.id,
      Change(
        "model-changed", effective: RecordsDesk.day("2026-11-20"), reason: "narrowed",
        confidentiality: .restricted))
    let request = NamedRequest(key: "one", digest: "of this")
    for _ in 1...2 {
      let state = try await desk.workspace.record(command, as: request)
      #expect(state.id == model.id && state.version == 2)
    }
  }

  @Test(
    "The journal shows what was written before a record was narrowed to nobody who may not read it now"
  )
  func journal() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    _ = try await desk.workspace.comment(on: model.id, "Is this final?")
    try await desk.reclass(model.id, .restricted, reason: "narrowed")
    var question = ReadJournal.Question()
    question.contents = true
    for (role, reads) in [(Role.safety, false), (.counsel, true)] {
      let lines = try await ReadJournal(desk.acting(role)).lines(question)
        .filter { ["model", "comment"].contains($0.envelope.record.kind) }
      #expect(lines.count == 4)
      for line in lines {
        if case .shown = line.content { #expect(reads) } else { #expect(!reads) }
      }
    }
  }

  @Test("Whoever reads certain records only reads what is said about them, and nothing else")
  func scoped() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let other = try await desk.model("Borealis (fictional)")
    let comment = try await desk.workspace.comment(on: model.id, "For the evaluation.")
    _ = try await desk.workspace.comment(on: other.id, "Not for it.")
    let evaluator = desk.acting(.evaluator, id: "an-evaluator", scope: [model.id])
    #expect(try await evaluator.comments(on: model.id).map(\.id) == [comment.id])
    #expect(
      await RecordsDesk.code { _ = try await evaluator.comments(on: other.id) }
        == "workspace.not-allowed")
  }

  @Test(
    "Comments and saved views are written by their own use cases only",
    arguments: [RecordKind.comment, .view])
  func closed(_ kind: RecordKind) async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let set: [(String, JSON)] =
      kind.name == "view"
      ? [
        ("person", .string("person/x")), ("view_title", .string("x")), ("view_path", .string("/")),
      ]
      : [("about", .string(model.id.text)), ("text", .string("x"))]
    let command = RecordCommand(
      kind, nil,
      Change(kind.events[0].name, set: set, effective: RecordsDesk.day("2026-11-20")))
    for workspace in [desk.workspace, desk.acting(.system), desk.acting(.compliance)] {
      #expect(
        await RecordsDesk.code { _ = try await workspace.record(command) }
          == "workspace.own-procedure")
    }
    let actor = Actor(id: "jane", role: .compliance)
    #expect(
      await RecordsDesk.code {
        _ = try RegisterImport(kind, actor: actor, today: desk.workspace.surroundings.today)
      } == "workspace.import-not-possible")
  }
}

extension RecordsDesk {
  fileprivate func reclass(
    _ id: RecordID, _ confidentiality: Confidentiality, reason: String
  ) async throws {
    _ = try await workspace.record(
      RecordCommand(
        .model, id,
        Change(
          "model-changed", effective: RecordsDesk.day("2026-11-20"),
          reason: reason, confidentiality: confidentiality)))
  }
}
