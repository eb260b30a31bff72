import Duties
import Ground
import Testing

@testable import Workspace

@Suite("The procedure before the Commission, step by step")
struct ProcedureTests {
  let desk: RecordsDesk
  let author: OpenWorkspace
  let second: OpenWorkspace

  init() async throws {
    desk = try await RecordsDesk()
    author = desk.acting(.compliance, id: "author")
    second = desk.acting(.counsel, id: "second")
  }

  private static let written: [(String, JSON)] = [
    ("approach", .string("as the plan says")), ("approximations", .string("none were made")),
  ]

  private func model(_ more: [(String, JSON)] = []) async throws -> RecordState {
    let set: [(String, JSON)] = [
      ("name", .string("Aurora (fictional)")), ("modality", JSON(["text"])),
      ("published_flop", .string("1.1e25")), ("released", .string("2027-05-01")),
    ]
    let model = try await desk.workspace.record(
      RecordCommand(
        .model, nil,
        Change("model-registered", set: set + more, effective: RecordsDesk.day("2026-11-01"))))
    return try await desk.change(model.id, "threshold-known", on: "2026-11-10")
  }

  private func approved(_ model: RecordState) async throws -> RecordState {
    let draft = try await author.draftNotification(on: model, set: ProcedureTests.written)
    return try await second.approveFiling(try await author.sendForReview(draft))
  }

  private func sent(_ day: String = "2026-11-20") -> Submission {
    Submission(on: RecordsDesk.day(day), channel: "EU SEND", receipt: "R-1")
  }

  private func status(_ id: RecordID) async throws -> Deadline.Status? {
    var question = DocketQuestion()
    question.record = id
    question.includesClosed = true
    return try await desk.workspace.docket(question).first { $0.ruleID == "ai-act/52/1" }?.status
  }

  @Test("Sending the approved package ends the model's clock on the same day, in one batch")
  func submission() async throws {
    let model = try await model()
    #expect(try await status(model.id) == .dueSoon)
    let filing = try await approved(model)
    let before = try await desk.entries(.regulatory).count
    let done = try await author.submitFiling(filing, sent())
    #expect(
      done.status == "submitted" && done.text("sent_sha256") == filing.text("approved_sha256"))
    let entries = try await desk.entries(.regulatory).dropFirst(before)
    #expect(entries.map(\.event) == ["notification-submitted", "commission-notified"])
    #expect(Set(entries.map(\.effective)) == [RecordsDesk.day("2026-11-20")])
    #expect(try await status(model.id) == .met)
    let known = try await author.acknowledgeFiling(done, reference: "Ref", on: nil)
    #expect(known.status == "acknowledged" && known.text("reference") == "Ref")
  }

  @Test("The package as text has the SHA-256 that was kept, and changes with a single fact")
  func digest() async throws {
    let model = try await model()
    let draft = try await author.draftNotification(on: model, set: ProcedureTests.written)
    let reviewed = try await author.sendForReview(draft)
    let view = try await author.filing(reviewed.id)
    let text = NotificationPackage.text(try #require(view.reviewed))
    #expect(reviewed.text("package") == text && view.changes.isEmpty)
  }

  @Test("A package whose records changed after the review is neither approved nor sent")
  func changed() async throws {
    let model = try await model()
    let draft = try await author.draftNotification(on: model, set: ProcedureTests.written)
    let reviewed = try await author.sendForReview(draft)
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-20", [("published_flop", .string("1.2e25"))],
      reason: "new plan")
    #expect(
      await RecordsDesk.code { _ = try await second.approveFiling(reviewed) }
        == "workspace.package-changed")
    let back = try await second.returnFiling(reviewed, reason: "the plan changed")
    let again = try await second.approveFiling(try await author.sendForReview(back))
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-20", [("published_flop", .string("1.3e25"))],
      reason: "new plan")
    #expect(
      await RecordsDesk.code { _ = try await author.submitFiling(again, sent()) }
        == "workspace.package-changed")
    #expect(try await desk.workspace.needed(model.id).happened["commission-notified"] == nil)
    let open = try await second.withdrawApproval(again, reason: "the plan changed")
    #expect(open.status == "draft" && open.text("approved_sha256") == nil)
    #expect(
      await RecordsDesk.code { _ = try await author.submitFiling(open, sent()) }
        == "duties.wrong-order")
    // The passing of a day alone changes nothing.
    let third = try await second.approveFiling(try await author.sendForReview(open))
    desk.turn(to: "2026-11-23")
    #expect(try await author.submitFiling(third, sent("2026-11-23")).status == "submitted")
  }

  @Test("Whoever changed the draft of another does not approve it, nor a draft of nobody")
  func people() async throws {
    let model = try await model()
    let draft = try await author.draftNotification(on: model, set: ProcedureTests.written)
    let changed = try await second.changeFiling(draft, set: [("contact", .string("desk"))])
    let reviewed = try await author.sendForReview(changed)
    for workspace in [author, second] {
      #expect(
        await RecordsDesk.code { _ = try await workspace.approveFiling(reviewed) }
          == "duties.same-person")
    }
    let third = desk.acting(.approver, id: "third")
    #expect(try await third.approveFiling(reviewed).status == "approved")
    #expect(
      await RecordsDesk.code {
        _ = try await third.submitFiling(try await third.needed(reviewed.id), sent())
      } == "workspace.not-allowed")
    let other = try await self.model([("licence", .string("own"))])
    let local = try await desk.workspace.draftNotification(on: other, set: ProcedureTests.written)
    let waits = try await desk.workspace.sendForReview(local)
    #expect(
      await RecordsDesk.code { _ = try await second.approveFiling(waits) }
        == "duties.author-not-signed-in")
  }

  @Test("What a filing computes is written by nobody, on no path")
  func computed() async throws {
    let model = try await model()
    let draft = try await author.draftNotification(on: model)
    for name in ["package", "sha256", "approved_sha256", "channel", "written_by", "supersedes"] {
      #expect(
        await RecordsDesk.code {
          _ = try await author.changeFiling(draft, set: [(name, .string("x"))])
        } == "workspace.computed-field", "\(name)")
    }
    #expect(
      await RecordsDesk.code {
        _ = try await author.record(
          RecordCommand(
            .notification, draft.id,
            Change("notification-sent-for-review", effective: RecordsDesk.day("2026-11-20"))))
      } == "workspace.own-procedure")
    #expect(
      await RecordsDesk.code {
        _ = try await author.changeFiling(draft, set: [("evidence", JSON(["evidence/none"]))])
      } == "workspace.unknown-record")
    #expect(
      await RecordsDesk.code { _ = try await author.draftNotification(on: model) }
        == "workspace.filing-open")
    let stale = draft
    _ = try await author.changeFiling(draft, set: [("contact", .string("desk"))])
    #expect(
      await RecordsDesk.code {
        _ = try await author.changeFiling(stale, set: [("contact", .string("else"))])
      } == "store.version-conflict")
  }

  @Test("Arguments go with their notification: together, not after it, not alone")
  func rebuttal() async throws {
    let model = try await model()
    let filing = try await approved(model)
    let draft = try await author.draftRebuttal(
      with: filing,
      set: [("arguments", .string("narrow data")), ("capabilities", .string("scores"))])
    #expect(
      await RecordsDesk.code { _ = try await author.submitFiling(filing, sent()) }
        == "duties.rebuttal-waits")
    let ready = try await second.approveFiling(try await author.sendForReview(draft))
    #expect(
      await RecordsDesk.code { _ = try await author.submitFiling(ready, sent()) }
        == "duties.rebuttal-alone")
    let done = try await author.submitFiling(filing, sent())
    let with = try await author.needed(ready.id)
    #expect(done.status == "submitted" && with.status == "submitted")
    #expect(with.day("rebuttal-submitted") == done.day("notification-submitted"))
    #expect(try await status(model.id) == .met, "arguing suspends nothing")
    #expect(
      await RecordsDesk.code { _ = try await author.draftRebuttal(with: done) }
        == "duties.rebuttal-late")
    let decided = try await author.decideRebuttal(
      with, accepted: true, on: RecordsDesk.day("2026-11-20"), reference: "C(2026) fictional")
    #expect(decided.status == "accepted")
    #expect(try await author.needed(model.id).happened["arguments-accepted"] != nil)
  }

  @Test("After a change a new notification replaces the one that was sent, when it is sent itself")
  func successor() async throws {
    let model = try await model()
    let first = try await author.submitFiling(try await approved(model), sent())
    #expect(try await author.filing(first.id).changes.isEmpty)
    desk.turn(to: "2026-12-10")
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-12-10", [("published_flop", .string("1.9e25"))],
      reason: "longer training")
    let view = try await author.filing(first.id)
    #expect(view.changes.map(\.what) == ["compute with two significant figures"])
    let draft = try await author.draftNotification(
      on: try await author.needed(model.id), set: ProcedureTests.written, supersedes: first)
    let next = try await second.approveFiling(try await author.sendForReview(draft))
    #expect(try await author.needed(first.id).status == "submitted")
    _ = try await author.submitFiling(next, sent("2026-12-10"))
    #expect(try await author.needed(first.id).status == "superseded")
    #expect(try await status(model.id) == .met, "the first notification met the clock")
    #expect(
      await RecordsDesk.code {
        _ = try await author.draftNotification(
          on: try await author.needed(model.id), supersedes: first)
      } == "workspace.nothing-to-replace")
  }

  @Test(
    "A reassessment is sent from the day on that the law counts, and a decision runs the period anew"
  )
  func reassessment() async throws {
    let model = try await model([("designated_under", .string("52(4)"))])
    #expect(
      await RecordsDesk.code { _ = try await author.draftReassessment(on: model) }
        == "duties.not-designated")
    let designated = try await desk.change(model.id, "designated", on: "2026-06-15")
    let reason = NewReason(
      reason: "Retired", detail: "all endpoints closed", since: try #require(Day(iso: "2026-07-01"))
    )
    let draft = try await author.draftReassessment(
      on: designated, set: [("reasons", .array([reason.json]))])
    let ready = try await second.approveFiling(try await author.sendForReview(draft))
    #expect(try await author.filing(ready.id).rule?.alarmDay.iso == "2026-12-16")
    desk.turn(to: "2026-12-15")
    #expect(
      await RecordsDesk.code { _ = try await author.submitFiling(ready, sent("2026-12-15")) }
        == "duties.too-early")
    desk.turn(to: "2026-12-16")
    let done = try await author.submitFiling(ready, sent("2026-12-16"))
    _ = try await author.decideReassessment(
      done, maintained: true, on: RecordsDesk.day("2026-12-16"), reference: nil)
    let rule = try ReassessmentRule(
      try await author.needed(model.id), law: author.surroundings.law(author.surroundings.today))
    #expect(rule.rule == "ai-act/52/5/maintained" && rule.start.iso == "2026-12-16")
  }

  @Test("Reasons from before the designation are refused when the request is to be reviewed")
  func oldReasons() async throws {
    let model = try await model([("designated_under", .string("52(4)"))])
    let designated = try await desk.change(model.id, "designated", on: "2026-11-12")
    let reason = NewReason(
      reason: "Old", detail: "known before", since: try #require(Day(iso: "2026-11-11")))
    let draft = try await author.draftReassessment(
      on: designated, set: [("reasons", .array([reason.json]))])
    #expect(
      await RecordsDesk.code { _ = try await author.sendForReview(draft) }
        == "duties.reason-not-new")
    let empty = try await author.changeFiling(draft, set: [("reasons", .null)])
    #expect(
      await RecordsDesk.code { _ = try await author.sendForReview(empty) } == "duties.no-reasons")
  }

  @Test(
    "A mandate gives the provider its representative when it is signed, and takes it away when it ends"
  )
  func mandate() async throws {
    let model = try await model()
    let tasks = MandateTask.allCases.map { ($0.rawValue, JSON.bool(true)) }
    let draft = try await author.draftMandate(
      [("title", .string("Fictional Delegates")), ("established_in", .string("Ireland"))] + tasks)
    #expect(
      await RecordsDesk.code {
        _ = try await author.signMandate(draft, on: RecordsDesk.day("2026-11-20"))
      } == "duties.mandate-incomplete")
    let evidence = try await desk.workspace.record(
      RecordCommand(
        .evidence, nil,
        Change(
          "evidence-added",
          set: [
            ("title", .string("Mandate")), ("file", .string("mandate.pdf")),
            ("sha256", .string(String(repeating: "0", count: 64))), ("bytes", .int(1)),
            ("stored", .string("x")),
          ], effective: RecordsDesk.day("2026-11-20"))))
    let filled = try await author.changeMandate(
      draft, set: [("document", .string(evidence.id.text))])
    let signed = try await author.signMandate(filled, on: RecordsDesk.day("2026-11-20"))
    #expect(signed.status == "in force")
    #expect(try await author.provider()?.text("authorised_representative") == "Fictional Delegates")
    #expect(try await author.mandate(for: model.id)?.id == signed.id)
    let ended = try await author.endMandate(
      signed, by: "representative", on: RecordsDesk.day("2026-11-20"), reason: "Art. 54(5)")
    #expect(try await author.provider()?.text("authorised_representative") == nil)
    #expect(try await author.mandate(for: model.id) == nil)
    let told = try await author.reportMandateEnd(ended, on: try #require(Day(iso: "2026-11-20")))
    #expect(told.text("office_informed") == "2026-11-20")
  }

  @Test(
    "A submission noted with a wrong day is corrected together with the model's clock, and the history keeps both"
  )
  func correction() async throws {
    let model = try await model()
    desk.turn(to: "2026-11-25")
    let filing = try await approved(model)
    desk.turn(to: "2026-11-27")
    let done = try await author.submitFiling(filing, sent("2026-11-27"))
    #expect(try await status(model.id) == .metLate)
    #expect(
      await RecordsDesk.code {
        _ = try await author.correctSubmission(done, sent("2026-11-26"), reason: " ")
      } == "duties.reason-due")
    #expect(
      await RecordsDesk.code {
        _ = try await author.correctSubmission(done, sent("2026-11-24"), reason: "slip")
      } == "duties.wrong-order", "not before the approval")
    let right = try await author.correctSubmission(done, sent("2026-11-26"), reason: "slip")
    #expect(right.day("notification-submitted")?.iso == "2026-11-26")
    #expect(try await author.needed(model.id).day("commission-notified")?.iso == "2026-11-26")
    let history = try await author.history(done.id)
    #expect(history.count { $0.envelope.event == "notification-submitted" } == 2)
    let known = try await author.acknowledgeFiling(right, reference: nil)
    #expect(
      await RecordsDesk.code {
        _ = try await author.correctSubmission(known, sent("2026-11-26"), reason: "slip")
      } == "workspace.not-sent")
  }
}
