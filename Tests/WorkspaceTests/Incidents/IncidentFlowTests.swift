import Duties
import Ground
import Testing

@testable import Workspace

@Suite("Incidents on the record")
struct IncidentFlowTests {
  let desk: RecordsDesk
  let author: OpenWorkspace
  let second: OpenWorkspace

  init() async throws {
    desk = try await RecordsDesk()
    author = desk.acting(.incidentLead, id: "author")
    second = desk.acting(.counsel, id: "second")
    let provider = try #require(try await desk.workspace.states(.provider).first)
    _ = try await desk.workspace.record(
      RecordCommand(
        .provider, provider.id,
        Change(
          "provider-changed", set: [("signatory", .bool(true))],
          effective: RecordsDesk.day("2026-11-01"), reason: "signed (fictional)")))
  }

  private func model() async throws -> RecordState {
    let model = try await desk.model(on: "2026-01-10")
    _ = try await desk.change(model.id, "threshold-met", on: "2026-01-10")
    return try await desk.change(model.id, "placed-on-market", on: "2026-02-01")
  }

  private func incident(
    _ title: String = "Outage (fictional)", aware: String? = "2026-11-20T02:00:00+01:00"
  ) async throws -> RecordState {
    let state = try await author.receiveIncident(
      IncidentNotice(
        title: title, received: RecordsDesk.day("2026-11-20T02:00:00+01:00"),
        set: [
          ("model", .string(try await model().id.text)), ("harm", .string("harm (fictional)")),
        ]))
    guard let aware else { return state }
    return try await author.dateIncident(
      state, "involvement-known", at: RecordsDesk.day(aware))
  }

  private func deadline(_ key: String, of id: RecordID) async throws -> Deadline? {
    try await desk.workspace.incident(id).deadlines.first { $0.id.contains(":" + key + ":") }
  }

  private func sent(_ day: String) -> Submission {
    Submission(on: RecordsDesk.day(day), channel: "EU SEND", receipt: "R-1")
  }

  private func report(_ type: ReportType, on incident: RecordState, sent day: String) async throws {
    let draft = try await author.draftIncidentReport(
      on: try await desk.workspace.needed(incident.id), type)
    let approved = try await second.approveFiling(try await author.sendForReview(draft))
    _ = try await author.submitFiling(approved, sent(day))
  }

  @Test("The clocks of every category are listed from the awareness, the strictest governs")
  func clocks() async throws {
    let state = try await incident()
    let open = try #require(try await deadline("cop/safety/9.3/infrastructure", of: state.id))
    #expect(open.status == .undetermined && open.alarmDay?.iso == "2026-11-22")
    #expect(open.regulationDay?.iso == "2026-11-24")
    let answered = try await author.answerTriage(
      state, [("infrastructure", "yes"), ("causal-link", "suspected"), ("Death", "no")])
    #expect(answered.status == "in triage" && answered.text("causal_link") == "suspected")
    let running = try #require(try await deadline("cop/safety/9.3/infrastructure", of: state.id))
    #expect(running.status == .dueSoon && running.governedBy == nil && running.force == .code)
    let excluded = try #require(try await deadline("cop/safety/9.3/death", of: state.id))
    #expect(excluded.status == .notApplicable, "what an answer excludes stays in sight")
    #expect(try await deadline("incident/clock/death", of: state.id) == nil)
  }

  @Test("For a provider that did not sign, the same periods stand as guidance")
  func notSignatory() async throws {
    let provider = try #require(try await desk.workspace.states(.provider).first)
    _ = try await desk.workspace.record(
      RecordCommand(
        .provider, provider.id,
        Change(
          "provider-changed", set: [("signatory", .bool(false))],
          effective: RecordsDesk.day("2026-11-02"), reason: "did not sign (fictional)")))
    let state = try await incident()
    _ = try await author.answerTriage(state, [("death", "yes"), ("causal_link", "yes")])
    let found = try #require(try await deadline("incident/clock/death", of: state.id))
    #expect(found.force == .guideline && found.alarmDay?.iso == "2026-11-30")
    #expect(try await deadline("cop/safety/9.3/death", of: state.id) == nil)
  }

  @Test("A death learned on the sixth day is due from the first awareness, and says since when")
  func learnedLate() async throws {
    let state = try await incident()
    _ = try await author.answerTriage(
      state, [("health_harmed", "yes"), ("health_serious", "yes"), ("causal_link", "yes")])
    desk.turn(to: "2026-11-26")
    let late = try await author.answerTriage(
      try await desk.workspace.needed(state.id), [("death", "yes")])
    let view = try await desk.workspace.incident(late.id)
    let death = try #require(view.deadlines.first { $0.id.contains("9.3/death:") })
    #expect(death.alarmDay?.iso == "2026-11-30" && death.governedBy == nil)
    let note = view.assessment.clocks.all.first { $0.id == "cop/safety/9.3/death" }?.notes
    #expect(note?.contains { $0.contains("death became known on 2026-11-26") } == true)
  }

  @Test("Reports follow their order, are approved by another person, and end their clocks")
  func reports() async throws {
    let state = try await incident()
    _ = try await author.answerTriage(state, [("death", "yes"), ("causal_link", "yes")])
    #expect(
      await RecordsDesk.code {
        _ = try await author.draftIncidentReport(on: state, .final)
      } == "duties.report-without-initial")
    try await report(.initial, on: state, sent: "2026-11-20")
    #expect(try await deadline("cop/safety/9.3/death", of: state.id)?.status == .met)
    let next = try #require(try await deadline("cop/safety/9.3/intermediate", of: state.id))
    #expect(next.alarmDay?.iso == "2026-12-18" && next.status == .dueSoon)
    desk.turn(to: "2026-12-10")
    let current = try await desk.workspace.needed(state.id)
    #expect(
      await RecordsDesk.code {
        _ = try await author.draftIncidentReport(on: current, .final)
      } == "duties.report-before-resolution")
    _ = try await author.dateIncident(
      current, "incident-resolved", at: RecordsDesk.day("2026-12-09"))
    #expect(
      try await deadline("cop/safety/9.3/intermediate", of: state.id)?.status == .notApplicable)
    let final = try #require(try await deadline("cop/safety/9.3/final", of: state.id))
    #expect(final.alarmDay?.iso == "2027-02-07" && final.status == .open)
    try await report(.final, on: state, sent: "2026-12-10")
    #expect(try await deadline("cop/safety/9.3/final", of: state.id)?.status == .met)
    let closed = try await author.closeIncident(
      try await desk.workspace.needed(state.id), reason: "done")
    #expect(closed.status == "closed")
  }

  @Test("A package changes with the incident, and what was approved is what is sent")
  func frozen() async throws {
    let state = try await incident()
    let draft = try await author.draftIncidentReport(on: state, .initial)
    let approved = try await second.approveFiling(try await author.sendForReview(draft))
    _ = try await author.record(
      RecordCommand(
        .incident, state.id,
        Change(
          "incident-described", set: [("harm", .string("more harm (fictional)"))],
          effective: RecordsDesk.day("2026-11-20"))))
    #expect(
      await RecordsDesk.code {
        _ = try await author.submitFiling(approved, sent("2026-11-20"))
      } == "workspace.package-changed")
  }

  @Test("What is redacted names the Union law, and the rest says what is not known yet")
  func redacted() async throws {
    let state = try await incident()
    let draft = try await author.draftIncidentReport(
      on: state, .initial,
      set: [
        (
          "redactions",
          .array([
            .object([
              ("field", .string("harm")), ("basis", .string("Regulation (EU) 2016/679")),
            ])
          ])
        )
      ])
    let package = try #require(try await author.filing(draft.id).package)
    let text = package.compact
    #expect(!text.contains("harm (fictional)") && text.contains("Regulation (EU) 2016/679"))
    #expect(text.contains("Not stated.") && text.contains("Not due in this report."))
    #expect(!text.contains("Not known yet."), "nobody has said so")
    let items = try await author.filing(draft.id).items
    #expect(items.first { $0.id == "part-8" }?.standing == .optional)
    #expect(items.first { $0.id == "part-3" }?.standing == .missing)
    _ = try await author.record(
      RecordCommand(
        .incident, state.id,
        Change(
          "incident-described", set: [("unknown", JSON(["chain"]))],
          effective: RecordsDesk.day("2026-11-20"))))
    let told = try await author.filing(draft.id)
    #expect(told.package?.compact.contains("Not known yet.") == true)
    #expect(told.items.first { $0.id == "part-3" }?.standing == .undetermined)
  }
}
