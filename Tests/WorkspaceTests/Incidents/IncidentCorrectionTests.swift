import Duties
import Ground
import Testing

@testable import Workspace

@Suite("Corrections of when a report was sent")
struct IncidentCorrectionTests {
  let desk: RecordsDesk
  let author: OpenWorkspace
  let second: OpenWorkspace
  let incident: RecordID

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
    let model = try await desk.model(on: "2026-01-10")
    _ = try await desk.change(model.id, "threshold-met", on: "2026-01-10")
    _ = try await desk.change(model.id, "placed-on-market", on: "2026-02-01")
    let state = try await author.receiveIncident(
      IncidentNotice(
        title: "Outage (fictional)",
        set: [("model", .string(model.id.text)), ("harm", .string("harm (fictional)"))]))
    incident = state.id
    _ = try await author.dateIncident(
      state, "involvement-known", at: RecordsDesk.day("2026-11-20T02:00:00+01:00"))
    try await answer("rights", "causal_link")
  }

  private func answer(_ names: String...) async throws {
    _ = try await author.answerTriage(
      try await author.needed(incident), names.map { ($0, "yes") })
  }

  private func sent(_ day: String) -> Submission {
    Submission(on: RecordsDesk.day(day), channel: "EU SEND", receipt: "R-1")
  }

  /// A report that is approved on one day and sent on another.
  private func report(
    _ type: ReportType, approved: String, sent day: String
  ) async throws -> RecordState {
    desk.turn(to: approved)
    let draft = try await author.draftIncidentReport(on: try await author.needed(incident), type)
    let ready = try await second.approveFiling(try await author.sendForReview(draft))
    desk.turn(to: String(day.prefix(10)))
    return try await author.submitFiling(ready, sent(day))
  }

  private func times(_ type: ReportType) async throws -> [String] {
    try await author.needed(incident).times(type.event).map(\.text)
  }

  private func told() async throws -> [IncidentCategory: String] {
    try #require(IncidentRecord.told(try await author.needed(incident))).mapValues(\.text)
  }

  private func code(_ filing: RecordState, _ day: String) async -> String? {
    await RecordsDesk.code {
      _ = try await author.correctSubmission(filing, sent(day), reason: "a slip")
    }
  }

  @Test("Of several intermediate reports the one that is corrected moves, and no other")
  func several() async throws {
    _ = try await report(.initial, approved: "2026-11-20", sent: "2026-11-20")
    let first = try await report(.intermediate, approved: "2026-12-17", sent: "2026-12-18")
    desk.turn(to: "2027-01-14")
    try await answer("death")
    let next = try await report(.intermediate, approved: "2027-01-14", sent: "2027-01-15")
    desk.turn(to: "2027-01-20")
    let right = try await author.correctSubmission(
      first, sent("2026-12-17"), reason: "sent the day before")
    #expect(right.day("incident-report-submitted")?.iso == "2026-12-17")
    #expect(try await times(.intermediate) == ["2026-12-17", "2027-01-15"])
    #expect(try await told() == [.rights: "2026-11-20", .death: "2027-01-15"])
    let view = try await author.incident(incident)
    let rounds = view.deadlines.filter { $0.id.contains("9.3/intermediate:") }
    let due = try #require(rounds.first { $0.ended == nil })
    #expect(due.alarmDay?.iso == "2027-02-12" && due.status != .overdue)
    // Four weeks after the corrected day were over a day before the next was sent.
    let late = rounds.filter { $0.status == .metLate }
    #expect(late.map(\.alarmDay?.iso) == ["2027-01-14"])
    #expect(late.map(\.ended?.day.iso) == ["2027-01-15"])
    let dates = view.dates.filter { $0.event == "intermediate-report-sent" }
    #expect(dates.map(\.at.text) == ["2026-12-18", "2027-01-15", "2026-12-17"])
    #expect(dates.map(\.isCorrected) == [true, false, false])
    #expect(await code(right, "2027-01-16") == "duties.report-out-of-order")
    #expect(await code(next, "2027-01-13") == "duties.wrong-order", "not before its approval")
    // Once more, and of the other one: each is found under its own time.
    _ = try await author.correctSubmission(right, sent("2026-12-18"), reason: "it was right")
    _ = try await author.correctSubmission(next, sent("2027-01-14"), reason: "a day early")
    #expect(try await times(.intermediate) == ["2026-12-18", "2027-01-14"])
    #expect(try await told() == [.rights: "2026-11-20", .death: "2027-01-14"])
    // What was true on a day between both, by what is known now, and before anything was corrected.
    let between = try #require(Day(iso: "2026-12-31"))
    let asOf = try await author.state(incident, AsOf(effective: between))
    #expect(asOf?.times("intermediate-report-sent").map(\.text) == ["2026-12-18"])
    let known = try #require(Day(iso: "2027-01-15"))
    let before = try await author.state(incident, AsOf(known: known))
    #expect(before?.times("intermediate-report-sent").map(\.text) == ["2026-12-18", "2027-01-15"])
    #expect(try await RebuildStates(desk.workspace).check().isOK)
  }

  @Test("What two reports of one day told stays with the report that told it")
  func sameDay() async throws {
    _ = try await report(.initial, approved: "2026-11-20", sent: "2026-11-20")
    try await answer("death")
    let next = try await report(.intermediate, approved: "2026-11-20", sent: "2026-11-20")
    desk.turn(to: "2026-11-21")
    _ = try await author.correctSubmission(next, sent("2026-11-21"), reason: "sent at night")
    #expect(try await told() == [.rights: "2026-11-20", .death: "2026-11-21"])
    #expect(try await times(.initial) == ["2026-11-20"])
  }

  @Test("A final report is not corrected to before the resolution, nor the initial one behind it")
  func order() async throws {
    let initial = try await report(.initial, approved: "2026-11-20", sent: "2026-11-20")
    desk.turn(to: "2026-12-09")
    let draft = try await author.record(
      RecordCommand(
        .incident, incident,
        Change("incident-resolved", effective: RecordsDesk.day("2026-12-09"))))
    #expect(draft.day("incident-resolved")?.iso == "2026-12-09")
    let final = try await report(.final, approved: "2026-12-09", sent: "2026-12-11")
    _ = try await author.dateIncident(
      try await author.needed(incident), "incident-resolved", at: RecordsDesk.day("2026-12-10"),
      correcting: "adopted a day later")
    #expect(await code(final, "2026-12-09") == "duties.report-before-resolution")
    desk.turn(to: "2026-12-20")
    #expect(await code(initial, "2026-12-12") == "duties.report-out-of-order")
    #expect(await code(final, "2026-12-10") == nil)
    #expect(try await times(.final) == ["2026-12-10"])
  }

  @Test("An incident is not closed while a report on it is being prepared")
  func closing() async throws {
    _ = try await report(.initial, approved: "2026-11-20", sent: "2026-11-20")
    desk.turn(to: "2026-12-09")
    _ = try await author.record(
      RecordCommand(
        .incident, incident,
        Change("incident-resolved", effective: RecordsDesk.day("2026-12-09"))))
    _ = try await report(.final, approved: "2026-12-09", sent: "2026-12-09")
    try await answer("death")
    let draft = try await author.draftIncidentReport(
      on: try await author.needed(incident), .intermediate)
    func refusal() async -> String? {
      await RecordsDesk.code {
        _ = try await author.closeIncident(try await author.needed(incident), reason: "done")
      }
    }
    #expect(await refusal() == "workspace.filing-open")
    _ = try await author.sendForReview(draft)
    #expect(await refusal() == "workspace.filing-open")
    _ = try await author.giveUpFiling(try await author.needed(draft.id), reason: "another follows")
    #expect(await refusal() == "duties.still-owed", "no report has told of the death")
    _ = try await report(.intermediate, approved: "2026-12-09", sent: "2026-12-09")
    #expect(await refusal() == nil)
  }

  @Test("A report lists what is reported with it, also over another that was bundled itself")
  func bundledOver() async throws {
    func another(_ title: String) async throws -> RecordState {
      let model = try await author.needed(incident).text("model") ?? ""
      let state = try await author.receiveIncident(
        IncidentNotice(title: title + " (fictional)", set: [("model", .string(model))]))
      return try await author.dateIncident(
        state, "involvement-known", at: RecordsDesk.day("2026-11-20T03:00:00+01:00"))
    }
    let (near, far, twin) = (
      try await another("Near"), try await another("Far"), try await another("Twin")
    )
    _ = try await author.bundleIncident(far, with: near, reason: "alike")
    _ = try await author.mergeIncident(twin, into: near, reason: "the same")
    _ = try await author.bundleIncident(
      try await author.needed(near.id), with: try await author.needed(incident), reason: "alike")
    desk.turn(to: "2026-11-20")
    let draft = try await author.draftIncidentReport(
      on: try await author.needed(incident), .initial)
    let name = try #require(draft.text("model").flatMap { RecordID($0) })
    let package = try await author.composed(draft, try await author.needed(name)).json
    #expect(package["bundled"]?.texts == ["Near (fictional)", "Far (fictional)"])
  }
}
