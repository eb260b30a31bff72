import Documents
import Duties
import Ground
import Rulebook
import Testing

@testable import Workspace

@Suite("What a filing keeps, and what the docket says of other people's models")
struct FilingTests {
  private func draft(_ workspace: OpenWorkspace, on model: RecordState) async throws -> RecordState
  {
    try await workspace.draftOpinion(on: model) { opinion in
      (OpinionDocument.markdown(opinion), OpinionDocument.json(opinion))
    }
  }

  @Test(
    "A draft of the local operator is not filed, whoever approves, and the refusal says how to mend it"
  )
  func localDraft() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let drafted = try await draft(desk.workspace, on: model)
    let approver = desk.acting(.approver, id: "approver")
    let problem = await #expect(throws: Problem.self) {
      _ = try await approver.fileOpinion(drafted)
    }
    #expect(problem?.code == "duties.author-not-signed-in")
    #expect(problem?.mend.contains("--as NAME") == true)
    #expect(try await desk.workspace.needed(drafted.id).status == "draft")
    let own = try await draft(desk.acting(.compliance, id: "author"), on: model)
    #expect(try await approver.fileOpinion(own).status == "filed")
  }

  @Test(
    "An opinion keeps the house rules it was made with, so that its law can be put together again")
  func overlay() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    #expect(try await draft(desk.workspace, on: model).fields["overlay"] == nil)
    let overlay = try Overlay.read(HouseRuleTests.text, file: "house.yaml").get()
    let first = desk.workspace
    let workspace = OpenWorkspace(
      folder: first.folder, description: first.description, store: first.store, keys: first.keys,
      surroundings: Surroundings(
        now: first.surroundings.now, law: { Law.at($0, overlay: overlay) }, user: "tester"),
      who: first.who)
    let drafted = try await draft(workspace, on: model)
    let kept = try #require(drafted.text("overlay"))
    #expect(kept == HouseRuleTests.text)
    let again = try Overlay.read(kept, file: "kept.yaml").get()
    let day = try #require(drafted.text("as_of").flatMap { Day(iso: $0) })
    #expect(Law.at(day, overlay: again).digest == drafted.text("law"))
    #expect(Law.at(day).digest != drafted.text("law"))
  }

  static let modifiers: [([(String, JSON)], Deadline.Status?)] = [
    ([("base_flop", .string("3e24")), ("base_same_provider", .bool(true))], .overdue),
    ([("base_flop", .string("2e24")), ("base_same_provider", .bool(false))], .overdue),
    ([("base_flop", .string("3e24")), ("base_same_provider", .bool(false))], nil),
    ([("base_flop", .string("3e24"))], .undetermined),
  ]

  @Test(
    "Whoever modified another's model has its duties only above a third; what is open is said",
    arguments: 0..<4)
  func modifier(index: Int) async throws {
    let (facts, expected) = FilingTests.modifiers[index]
    let desk = try await RecordsDesk()
    let set: [(String, JSON)] = [
      ("name", .string("Aurora tuned (fictional)")), ("modality", JSON(["text"])),
      ("published_flop", .string("1e24")), ("base_model", .string("Base (fictional)")),
    ]
    let model = try await desk.workspace.record(
      RecordCommand(
        .model, nil,
        Change("model-registered", set: set + facts, effective: RecordsDesk.day("2026-11-01"))))
    _ = try await desk.change(model.id, "placed-on-market", on: "2026-11-02")
    var question = DocketQuestion()
    question.record = model.id
    question.includesClosed = true
    let found = try await desk.workspace.docket(question).first { $0.ruleID == "ai-act/53/1/c" }
    #expect(found?.status == expected)
    if expected == .undetermined { #expect(found?.missing == ["base_same_provider"]) }
  }

  @Test(
    "A plan that is brought forward moves the docket, and the record as of a day has the plan of then"
  )
  func plan() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model(on: "2026-11-01")
    _ = try await desk.change(model.id, "placement-planned", on: "2027-03-01")
    desk.turn(to: "2026-12-01")
    _ = try await desk.change(model.id, "placement-planned", on: "2027-01-15")
    let starts = Set(
      try await desk.workspace.docket().filter { $0.ruleID == "ai-act/53/1/a" }
        .compactMap { $0.start?.text })
    #expect(starts == ["2027-01-15"])
    func planned(_ day: String) async throws -> String? {
      let asOf = AsOf(effective: Day(iso: day))
      return try await desk.workspace.state(model.id, asOf)?.day("placement-planned")?.iso
    }
    #expect(try await planned("2026-11-25") == "2027-03-01")
    #expect(try await planned("2026-12-01") == "2027-01-15")
    #expect(try await desk.workspace.history(model.id).count == 3)
  }

  @Test("The history tells the user of the system behind the local operator, until it is erased")
  func user() async throws {
    let desk = try await RecordsDesk()
    let person = try await desk.workspace.addPerson(
      NewPerson(name: "jane.doe", roles: [.safety], secret: .token)
    ).state.id
    let history = try await desk.workspace.history(person)
    #expect(history.map(\.user) == ["tester"] && history.map(\.envelope.actor.id) == ["local"])
    let (request, _) = try await desk.workspace.requestErasure(
      of: [person], reason: "left", basis: "GDPR Art. 17(1)(a)")
    _ = try await desk.acting(.counsel, id: "counsel").approveErasure(request.id)
    #expect(try await desk.workspace.history(person).map(\.user) == [nil])
  }
}
