import Duties
import Ground
import Testing

@testable import Workspace

@Suite("What is decided about an incident")
struct IncidentDecisionTests {
  let desk: RecordsDesk
  let author: OpenWorkspace
  let second: OpenWorkspace

  init() async throws {
    desk = try await RecordsDesk()
    author = desk.acting(.incidentLead, id: "author")
    second = desk.acting(.counsel, id: "second")
  }

  private func incident(
    _ title: String, aware: String? = nil
  ) async throws -> RecordState {
    let state = try await author.receiveIncident(IncidentNotice(title: title + " (fictional)"))
    guard let aware else { return state }
    return try await author.dateIncident(state, "involvement-known", at: RecordsDesk.day(aware))
  }

  @Test("Why something is not reported is a record of its own, confirmed by a second person")
  func notReported() async throws {
    let state = try await incident("Stopped call")
    let considered = try await author.considerIncident(
      state, .nearMiss, reason: "the gateway stopped it")
    #expect(considered.status == "considered" && considered.text("outcome") == "near_miss")
    let paper = try #require(try await author.incident(state.id).papers(.nonReport).first)
    #expect(paper.text("reasons") == "the gateway stopped it" && paper.status == "decided")
    #expect(
      await RecordsDesk.code {
        _ = try await author.closeIncident(considered, reason: "nothing owed")
      } == "duties.still-owed")
    let change = Change("non-report-confirmed", effective: RecordsDesk.day("2026-11-20"))
    #expect(
      await RecordsDesk.code {
        _ = try await author.record(RecordCommand(.nonReport, paper.id, change))
      } == "workspace.not-allowed")
    _ = try await second.record(RecordCommand(.nonReport, paper.id, change))
    #expect(try await author.closeIncident(considered, reason: "nothing owed").status == "closed")
  }

  @Test("What the answers make serious cannot be considered otherwise; a later view revokes")
  func answersCount() async throws {
    let state = try await incident("Harm")
    let near = try await author.considerIncident(state, .hazard, reason: "nothing happened yet")
    let answered = try await author.answerTriage(
      near, [("death", "yes"), ("causal_link", "established")])
    #expect(
      await RecordsDesk.code {
        _ = try await author.considerIncident(answered, .incident, reason: "not so bad")
      } == "duties.answers-differ")
    _ = try await author.considerIncident(answered, .serious, reason: "a person died (fictional)")
    #expect(try await author.incident(state.id).papers(.nonReport).first?.status == "revoked")
  }

  @Test("A merge keeps both records and never the later awareness alone")
  func merging() async throws {
    let first = try await incident("First", aware: "2026-11-18")
    let later = try await incident("Second", aware: "2026-11-19")
    #expect(
      await RecordsDesk.code {
        _ = try await author.mergeIncident(first, into: later, reason: "the same")
      } == "duties.merged-awareness")
    let merged = try await author.mergeIncident(later, into: first, reason: "the same")
    #expect(merged.status == "merged" && merged.text("merged_into") == first.id.text)
    #expect(try await author.incident(later.id).deadlines.isEmpty)
    #expect(try await author.incident(first.id).joined.map(\.id) == [later.id])
    #expect(
      await RecordsDesk.code {
        _ = try await author.draftIncidentReport(on: merged, .initial)
      } != nil)
    let back = try await author.record(
      RecordCommand(
        .incident, later.id,
        Change(
          "incident-reopened", effective: RecordsDesk.day("2026-11-20"), reason: "another event")))
    #expect(back.text("merged_into") == nil)
    #expect(try await !author.incident(later.id).deadlines.isEmpty)
  }

  @Test("Steps that other records decide on are not written by hand")
  func composed() async throws {
    let state = try await incident("By hand")
    for event in ["initial-report-sent", "incident-considered", "incident-merged"] {
      #expect(
        await RecordsDesk.code {
          _ = try await author.record(
            RecordCommand(
              .incident, state.id,
              Change(event, effective: RecordsDesk.day("2026-11-20"), reason: "by hand")))
        } == "workspace.own-procedure", "\(event)")
    }
  }

  private func deadlines(_ state: RecordState) async throws -> [Deadline] {
    try await author.incident(state.id).deadlines.filter {
      $0.ruleID?.hasPrefix("cop/safety/9.3") == true
    }
  }

  private func step(_ paper: RecordState, _ event: String, reason: String? = nil) async throws {
    _ = try await second.record(
      RecordCommand(
        .nonReport, paper.id,
        Change(event, effective: RecordsDesk.day("2026-11-20"), reason: reason)))
  }

  @Test(
    "Clocks go on until a second person confirms that no report is owed, and again once that is revoked"
  )
  func unconfirmed() async throws {
    let state = try await incident("Doubtful", aware: "2026-11-18")
    let considered = try await author.considerIncident(state, .notAnIncident, reason: "a mistake")
    let open = try await deadlines(considered).filter { $0.status == .undetermined }
    #expect(open.count == 4)
    #expect(open.allSatisfy { $0.missing.contains("non-report-confirmed") })
    let paper = try #require(try await author.incident(state.id).papers(.nonReport).first)
    try await step(paper, "non-report-confirmed")
    #expect(try await deadlines(considered).allSatisfy { $0.status == .notApplicable })
    try await step(paper, "non-report-revoked", reason: "it was one after all")
    #expect(try await deadlines(considered).count { $0.status == .undetermined } == 4)
  }

  @Test(
    "What clocks rest on is not set by the way",
    arguments: [
      ("incident-described", "outcome", "not_an_incident"), ("incident-described", "death", "no"),
      ("incident-described", "infrastructure", "no"), ("triage-answered", "outcome", "hazard"),
      ("incident-described", "merged_into", "incident/aaaaaaaaaaaa"),
      ("incident-described", "bundled_with", "incident/aaaaaaaaaaaa"),
    ])
  func setElsewhere(_ event: String, _ field: String, _ value: String) async throws {
    let state = try await incident("Set", aware: "2026-11-18")
    #expect(
      await RecordsDesk.code {
        _ = try await author.record(
          RecordCommand(
            .incident, state.id,
            Change(event, set: [(field, .string(value))], effective: RecordsDesk.day("2026-11-20")))
        )
      } == "duties.set-elsewhere")
    #expect(
      await RecordsDesk.code {
        _ = try await author.receiveIncident(
          IncidentNotice(title: "Other (fictional)", set: [(field, .string(value))]))
      } == "duties.set-elsewhere")
  }

  @Test(
    "An answer that was given is changed with a reason only; what was unknown is simply answered")
  func answersAgain() async throws {
    let state = try await incident("Answers")
    let open = try await author.answerTriage(state, [("death", "unknown")])
    let yes = try await author.answerTriage(open, [("death", "yes")])
    for other in ["no", "unknown"] {
      #expect(
        await RecordsDesk.code {
          _ = try await author.answerTriage(yes, [("death", other)])
        } == "duties.reason-due")
    }
    let no = try await author.answerTriage(
      yes, [("death", "no")], reason: "the hospital corrected it")
    #expect(no.text("death") == "no")
  }

  @Test("A merge or a bundle keeps the stricter deadlines")
  func stricter() async throws {
    let first = try await incident("First", aware: "2026-11-18")
    let other = try await author.answerTriage(
      try await incident("Second", aware: "2026-11-19"),
      [("infrastructure", "yes"), ("causal_link", "suspected")])
    for isMerge in [true, false] {
      #expect(
        await RecordsDesk.code {
          _ =
            isMerge
            ? try await author.mergeIncident(other, into: first, reason: "the same")
            : try await author.bundleIncident(other, with: first, reason: "alike")
        } == "duties.merged-harm")
    }
    let both = try await author.answerTriage(
      first, [("infrastructure", "yes"), ("causal_link", "suspected")])
    let merged = try await author.mergeIncident(other, into: both, reason: "the same")
    #expect(try await author.incident(merged.id).deadlines.isEmpty)
    // Learned later of the merged one alone: its own deadlines come back.
    _ = try await author.answerTriage(merged, [("death", "yes")])
    #expect(try await deadlines(merged).contains { $0.ruleID == "cop/safety/9.3/death" })
    _ = try await author.answerTriage(
      try await author.needed(both.id), [("death", "yes")])
    #expect(try await author.incident(merged.id).deadlines.isEmpty)
    // And an awareness that was earlier than that of the other.
    _ = try await author.dateIncident(
      try await author.needed(merged.id), "involvement-known", at: RecordsDesk.day("2026-11-17"),
      correcting: "the mail was read the day before")
    #expect(try await !deadlines(merged).isEmpty)
  }

  @Test("Nothing is reported with an incident whose time limit has passed")
  func bundledLate() async throws {
    let first = try await author.answerTriage(
      try await incident("First", aware: "2026-11-12"),
      [("infrastructure", "yes"), ("causal_link", "established")])
    let later = try await incident("Later", aware: "2026-11-20")
    #expect(
      await RecordsDesk.code {
        _ = try await author.bundleIncident(later, with: first, reason: "alike")
      } == "duties.not-in-period")
    let fresh = try await incident("Fresh", aware: "2026-11-19")
    let bundled = try await author.bundleIncident(later, with: fresh, reason: "alike")
    #expect(try await author.incident(bundled.id).deadlines.isEmpty)
    let alone = try await author.record(
      RecordCommand(
        .incident, bundled.id,
        Change(
          "incident-unbundled", effective: RecordsDesk.day("2026-11-20"), reason: "not alike")))
    #expect(try await !author.incident(alone.id).deadlines.isEmpty)
  }

  @Test("A corrected date stays in the list beside the one that counts")
  func corrected() async throws {
    let state = try await incident("Dates", aware: "2026-11-19")
    let fixed = try await author.dateIncident(
      state, "involvement-known", at: RecordsDesk.day("2026-11-18T23:30:00Z"),
      asWritten: "2026-11-19 08:30 Tokyo", correcting: "the mail is of the evening before")
    let dates = try await author.incident(fixed.id).dates.filter { $0.event == "involvement-known" }
    #expect(dates.map(\.isCorrected) == [true, false])
    #expect(dates.last?.asWritten == "2026-11-19 08:30 Tokyo")
    #expect(IncidentRecord.times(fixed)[.awareOfInvolvement]?.utc == "2026-11-18T23:30:00Z")
  }

  @Test("A whistleblower's report is for the few")
  func restricted() async throws {
    let state = try await author.receiveIncident(
      IncidentNotice(title: "Report (fictional)", channel: "whistleblower"))
    #expect(state.confidentiality == .restricted)
    let other = desk.acting(.safety, id: "other")
    #expect(await RecordsDesk.code { _ = try await other.incident(state.id) } != nil)
  }

  @Test("A template that names an unknown field is refused with its line; the newest counts")
  func templates() async throws {
    #expect(
      await RecordsDesk.code {
        _ = try await author.addTemplate("bad", Array("# {{title}}\n{{harm}}\n".utf8))
      } == "duties.unknown-template-field")
    #expect(
      await RecordsDesk.code {
        _ = try await author.addTemplate("bad", [0x50, 0x4B, 1, 2])
      } == "duties.not-a-docx")
    _ = try await author.addTemplate("one", Array("one {{title}}".utf8))
    desk.turn(to: "2026-11-21")
    let two = try await author.addTemplate("two", Array("two {{title}}".utf8))
    #expect(try await author.reportForms("incident-report").text == "two {{title}}")
    _ = try await author.withdrawTemplate(two)
    #expect(try await author.reportForms("incident-report").text == "one {{title}}")
  }
}
