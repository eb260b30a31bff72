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
    #expect(try await author.reportForms().text == "two {{title}}")
    _ = try await author.withdrawTemplate(two)
    #expect(try await author.reportForms().text == "one {{title}}")
  }
}
