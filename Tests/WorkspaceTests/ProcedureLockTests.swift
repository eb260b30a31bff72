import Duties
import Ground
import Testing

@testable import Workspace

@Suite("What was approved is what is sent")
struct ProcedureLockTests {
  let desk: RecordsDesk
  let author: OpenWorkspace
  let second: OpenWorkspace

  init() async throws {
    desk = try await RecordsDesk()
    author = desk.acting(.compliance, id: "author")
    second = desk.acting(.counsel, id: "second")
  }

  private func model() async throws -> RecordState {
    let model = try await desk.workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered",
          set: [
            ("name", .string("Aurora (fictional)")), ("modality", JSON(["text"])),
            ("published_flop", .string("1.1e25")), ("released", .string("2027-05-01")),
          ], effective: RecordsDesk.day("2026-11-01"))))
    return try await desk.change(model.id, "threshold-known", on: "2026-11-10")
  }

  private func approved(
    _ model: RecordState, _ more: [(String, JSON)] = []
  ) async throws -> RecordState {
    let draft = try await author.draftNotification(
      on: model,
      set: [("approach", .string("as planned")), ("approximations", .string("none"))] + more)
    return try await second.approveFiling(try await author.sendForReview(draft))
  }

  private let sent = Submission(on: RecordsDesk.day("2026-11-20"), channel: "EU SEND")

  private func refusal(_ body: () async throws -> Void) async -> Problem? {
    do {
      try await body()
      return nil
    } catch { return error as? Problem }
  }

  @Test(
    "A fact of the model that the package does not state, once changed, asks for a new approval")
  func facts() async throws {
    let model = try await model()
    let filing = try await approved(model)
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-20", [("licence", .string("own licence"))],
      reason: "decided")
    let problem = await refusal { _ = try await author.submitFiling(filing, sent) }
    #expect(problem?.code == "workspace.package-changed")
    #expect(problem?.what.contains("its licence") == true)
    #expect(problem?.why == "its licence: nothing → own licence")
    #expect(problem?.mend.contains("withdraw the approval") == true)
    let open = try await second.withdrawApproval(filing, reason: "the licence changed")
    let again = try await second.approveFiling(try await author.sendForReview(open))
    #expect(try await author.submitFiling(again, sent).status == "submitted")
  }

  @Test("Who looks after a model, and what happens to it, is no change of its facts")
  func noFacts() async throws {
    let model = try await model()
    let filing = try await approved(model)
    _ = try await desk.change(model.id, "training-started", on: "2026-11-19")
    #expect(try await author.filing(filing.id).changes.isEmpty)
    #expect(try await author.submitFiling(filing, sent).status == "submitted")
  }

  @Test("The registered version that a notification names is held with its status and its weights")
  func version() async throws {
    let model = try await model()
    let version = try await desk.workspace.record(
      RecordCommand(
        .modelVersion, nil,
        Change(
          "version-registered",
          set: [("model", .string(model.id.text)), ("name", .string("3.0"))],
          effective: RecordsDesk.day("2026-11-12"))))
    let filing = try await approved(model, [("model_version", .string("3.0"))])
    let named = try await author.filing(filing.id).reviewed?["model"]?["version_record"]
    #expect(named?["record"] == .string(version.id.text))
    _ = try await desk.workspace.record(
      RecordCommand(
        .modelVersion, version.id,
        Change(
          "version-withdrawn", effective: RecordsDesk.day("2026-11-20"), reason: "a flaw")))
    let problem = await refusal { _ = try await author.submitFiling(filing, sent) }
    #expect(problem?.code == "workspace.package-changed")
    #expect(problem?.why.contains("registered → withdrawn") == true)
  }

  @Test("A record that is written between the look at the records and the step is seen by the step")
  func race() async throws {
    let model = try await model()
    let filing = try await approved(model)
    var looks = 0
    let problem = await refusal {
      _ = try await author.onStillRecords { size throws(Problem) in
        looks += 1
        let view = try await author.filing(filing.id)
        try OpenWorkspace.checkUnchanged(view)
        if looks == 1 {
          // Somebody adds a run at this very moment.
          _ = try await desk.workspace.record(
            RecordCommand(
              .trainingRun, nil,
              Change(
                "run-recorded",
                set: [
                  ("model", .string(model.id.text)), ("name", .string("more")),
                  ("activity", .string("pre-training")), ("status", .string("finished")),
                  ("flop", .string("2e25")),
                ], effective: .day(desk.workspace.surroundings.today))))
        }
        return try await author.step(
          filing, .notification, "submitted", on: .day(desk.workspace.surroundings.today),
          decidedAt: size)
      }
    }
    #expect(problem?.code == "workspace.package-changed" && looks == 2)
    #expect(try await author.needed(filing.id).status == "approved")
  }

  @Test("A notification by capabilities goes the whole way, without any compute on the record")
  func capabilities() async throws {
    let model = try await desk.workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered",
          set: [
            ("name", .string("Nightjar (fictional)")), ("generality", .string("general")),
            ("generality_reason", .string("a wide range of tasks")),
            ("released", .string("2027-05-01")),
          ], effective: RecordsDesk.day("2026-11-01"))))
    let found = try await desk.change(model.id, "capabilities-found", on: "2026-11-12")
    let draft = try await author.draftNotification(on: found)
    let waits = try await author.sendForReview(draft)
    #expect(
      await refusal { _ = try await second.approveFiling(waits) }?.what.contains("assessed") == true
    )
    let open = try await second.returnFiling(waits, reason: "the assessment is missing")
    let filled = try await author.changeFiling(
      open, set: [("capabilities", .string("Fictional suite, 91 of 100; best known 90"))])
    let ready = try await second.approveFiling(try await author.sendForReview(filled))
    #expect(try await author.submitFiling(ready, sent).status == "submitted")
    var question = DocketQuestion()
    question.record = model.id
    question.includesClosed = true
    let clock = try await desk.workspace.docket(question).first { $0.ruleID == "ai-act/52/1" }
    #expect(clock?.status == .met && clock?.alarmDay?.iso == "2026-11-26")
  }

  @Test(
    "A reassessment is refused after the designation ended, and for reasons that have not arisen")
  func reassessment() async throws {
    let model = try await model()
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-06-01", [("designated_under", .string("52(4)"))],
      reason: "known")
    let designated = try await desk.change(model.id, "designated", on: "2026-06-15")
    let future = NewReason(
      reason: "Will retire", detail: "in spring", since: try #require(Day(iso: "2027-03-01")))
    let draft = try await author.draftReassessment(
      on: designated, set: [("reasons", .array([future.json]))])
    #expect(
      await RecordsDesk.code { _ = try await author.sendForReview(draft) }
        == "duties.reason-in-future")
    _ = try await author.giveUpFiling(draft, reason: "too early")
    let ended = try await desk.change(model.id, "designation-ended", on: "2026-10-01")
    #expect(
      await RecordsDesk.code { _ = try await author.draftReassessment(on: ended) }
        == "duties.not-designated")
  }
}
