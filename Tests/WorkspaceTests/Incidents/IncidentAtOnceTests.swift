import Duties
import Ground
import Testing

@testable import Workspace

@Suite("Decisions on incidents that others decide on at the same time")
struct IncidentAtOnceTests {
  let desk: RecordsDesk
  let ivy: OpenWorkspace
  let ann: OpenWorkspace
  let second: OpenWorkspace

  init() async throws {
    desk = try await RecordsDesk()
    ivy = desk.acting(.incidentLead, id: "ivy")
    ann = desk.acting(.compliance, id: "ann")
    second = desk.acting(.counsel, id: "second")
  }

  private func incident(_ title: String) async throws -> RecordState {
    try await ivy.receiveIncident(IncidentNotice(title: title + " (fictional)"))
  }

  private func deadlines(_ id: RecordID) async throws -> [Deadline] {
    try await desk.workspace.incident(id).deadlines
  }

  /// Until when the ticket of an incident says that its next report is due.
  private func ticketDue(_ id: RecordID, _ connector: Connector) async throws -> String? {
    try await ivy.told(try await ivy.needed(id), to: connector, base: "").values["due"]
  }

  private func connector() async throws -> Connector {
    var new = NewConnector(
      title: "Tickets", system: .jiraCloud, url: "https://tickets.example.org")
    (new.account, new.token) = ("bot@example.org", "theirs")
    (new.project, new.type) = ("OPS", "Task")
    new.mapping = FieldMap.tellingDue(nil, .jiraCloud)
    return try Connector(try await desk.workspace.addConnector(new).state)
  }

  private static func move(
    _ isMerge: Bool, _ one: RecordState, _ other: RecordState, by who: OpenWorkspace
  ) async -> String? {
    await RecordsDesk.code {
      _ =
        isMerge
        ? try await who.mergeIncident(one, into: other, reason: "the same", expectedVersion: 1)
        : try await who.bundleIncident(one, with: other, reason: "alike", expectedVersion: 1)
    }
  }

  @Test(
    "Two reports are not moved into each other, though both looked free", arguments: [true, false])
  func intoEachOther(isMerge: Bool) async throws {
    let (one, two) = (try await incident("One"), try await incident("Two"))
    #expect(await IncidentAtOnceTests.move(isMerge, one, two, by: ivy) == nil)
    // Ann's page is from before that.
    #expect(await IncidentAtOnceTests.move(isMerge, two, one, by: ann) == "duties.wrong-order")
    #expect(try await deadlines(one.id).isEmpty)
    #expect(try await !deadlines(two.id).isEmpty)
  }

  @Test(
    "Of two people who move two reports into each other at once, one is refused",
    arguments: [true, false])
  func atOnce(isMerge: Bool) async throws {
    for _ in 0..<4 {
      let (one, two) = (try await incident("One"), try await incident("Two"))
      async let first = IncidentAtOnceTests.move(isMerge, one, two, by: ivy)
      async let other = IncidentAtOnceTests.move(isMerge, two, one, by: ann)
      let codes = await [first, other]
      #expect(codes.compactMap { $0 } == ["duties.wrong-order"])
      let left = [try await deadlines(one.id), try await deadlines(two.id)]
      #expect(left.count { !$0.isEmpty } == 1)
    }
  }

  @Test("An awareness that was corrected since the page was read counts in a merge")
  func corrected() async throws {
    let first = try await ivy.dateIncident(
      try await incident("First"), "involvement-known", at: RecordsDesk.day("2026-11-17"))
    let later = try await ivy.dateIncident(
      try await incident("Later"), "involvement-known", at: RecordsDesk.day("2026-11-18"))
    _ = try await ann.dateIncident(
      first, "involvement-known", at: RecordsDesk.day("2026-11-19"), correcting: "a slip")
    #expect(
      await RecordsDesk.code {
        _ = try await ivy.mergeIncident(later, into: first, reason: "the same")
      } == "duties.merged-awareness")
  }

  @Test(
    "Incidents that lead back to each other on the record all have deadlines",
    arguments: [false, true])
  func circle(isKept: Bool) async throws {
    if isKept { desk.workspace.keepSummaries() }
    let tickets = try await connector()
    var ids: [RecordID] = []
    for title in ["One", "Two", "Three"] {
      let state = try await incident(title)
      _ = try await ann.answerTriage(state, [("death", "yes"), ("causal_link", "established")])
      _ = try await ivy.dateIncident(
        state, "involvement-known", at: RecordsDesk.day("2026-11-18"))
      ids.append(state.id)
    }
    for (place, id) in ids.enumerated() {
      #expect(try await !deadlines(id).isEmpty)
      // As an earlier program could leave them.
      _ = try await ivy.record(
        .composed(
          .incident, id,
          Change(
            "incident-merged", set: [("merged_into", .string(ids[(place + 1) % 3].text))],
            effective: RecordsDesk.day("2026-11-20"), reason: "the same")))
      #expect(try await deadlines(id).isEmpty == (place < 2))
    }
    for id in ids {
      #expect(try await !deadlines(id).isEmpty)
      #expect(try await ticketDue(id, tickets) == "2026-11-28")
    }
    _ = try await ivy.record(
      RecordCommand(
        .incident, ids[2],
        Change(
          "incident-reopened", effective: RecordsDesk.day("2026-11-20"), reason: "not the same")))
    for (place, id) in ids.enumerated() {
      #expect(try await deadlines(id).isEmpty == (place < 2))
      #expect(try await ticketDue(id, tickets) == (place < 2 ? nil : "2026-11-28"))
    }
  }

  // MARK: Closing

  private func decided(_ state: RecordState) async throws -> RecordState {
    try #require(
      try await ivy.incident(state.id).papers(.nonReport).first { $0.status == "decided" })
  }

  private func confirm(_ state: RecordState) async throws {
    _ = try await second.record(
      RecordCommand(
        .nonReport, try await decided(state).id,
        Change("non-report-confirmed", effective: RecordsDesk.day("2026-11-20"))))
  }

  @Test(
    "What was answered after it was confirmed that no report is owed keeps an incident open",
    arguments: [
      ([("death", "yes"), ("causal_link", "established")], "duties.still-owed"),
      // Nobody excluded the link: the clock runs, and so the incident stays open.
      ([("death", "yes")], "duties.still-owed"),
      ([("death", "yes"), ("causal_link", "excluded"), ("causal_link_suspected", "no")], nil),
      ([("death", "no")], nil),
    ] as [([(String, String)], String?)])
  func closing(answers: [(String, String)], code: String?) async throws {
    let state = try await ivy.considerIncident(
      try await incident("Near"), .nearMiss, reason: "the gateway stopped it")
    try await confirm(state)
    _ = try await ann.answerTriage(state, answers)
    #expect(
      await RecordsDesk.code { _ = try await ivy.closeIncident(state, reason: "nothing owed") }
        == code)
  }

  // MARK: Decisions not to report

  @Test("Another reason or another outcome is a decision of its own, to be confirmed anew")
  func otherReason() async throws {
    let state = try await ivy.considerIncident(
      try await incident("Near"), .nearMiss, reason: "the gateway stopped it")
    try await confirm(state)
    let again = try await ivy.considerIncident(
      state, .nearMiss, reason: "the gateway stopped it")
    #expect(try await papers(again) == ["confirmed"], "the same, for the same reason")
    for (outcome, reason) in [
      (IncidentOutcome.notAnIncident, "the gateway stopped it"),
      (.notAnIncident, "another system did it"),
    ] {
      let other = try await ivy.considerIncident(again, outcome, reason: reason)
      #expect(try await decided(other).text("reasons") == reason)
      #expect(try await decided(other).title.contains(outcome.words))
      #expect(
        await RecordsDesk.code { _ = try await ivy.closeIncident(other, reason: "nothing owed") }
          == "duties.still-owed")
    }
    #expect(try await papers(again) == ["decided", "revoked", "revoked"])
  }

  private func papers(_ state: RecordState) async throws -> [String] {
    try await ivy.incident(state.id).papers(.nonReport).compactMap(\.status).sorted()
  }

  @Test("What was answered since the page was read counts when it is considered")
  func answeredSince() async throws {
    let state = try await incident("Harm")
    _ = try await ann.answerTriage(state, [("death", "yes"), ("causal_link", "established")])
    #expect(
      await RecordsDesk.code {
        _ = try await ivy.considerIncident(state, .nearMiss, reason: "nobody was hurt")
      } == "duties.answers-differ")
  }

  // MARK: Drafts

  private func reportable() async throws -> RecordState {
    let model = try await desk.model(on: "2026-01-10")
    return try await ivy.receiveIncident(
      IncidentNotice(title: "Outage (fictional)", set: [("model", .string(model.id.text))]))
  }

  @Test("One report is prepared at a time, whoever begins it at the same moment")
  func drafts() async throws {
    for _ in 0..<4 {
      let state = try await reportable()
      let (ivy, ann) = (ivy, ann)
      async let first = RecordsDesk.code {
        _ = try await ivy.draftIncidentReport(on: state, .initial)
      }
      async let other = RecordsDesk.code {
        _ = try await ann.draftIncidentReport(on: state, .initial)
      }
      #expect(await [first, other].compactMap { $0 } == ["workspace.filing-open"])
    }
  }

  @Test(
    "What follows from records and steps is not written into a draft",
    arguments: ["receipt", "channel", "sent_sha256", "package", "title"])
  func computed(_ field: String) async throws {
    let state = try await reportable()
    #expect(
      await RecordsDesk.code {
        _ = try await ivy.draftIncidentReport(
          on: state, .initial, set: [(field, .string("EU-1"))])
      } == "workspace.computed-field")
  }

  @Test("No report begins on an incident that was merged since the page was read")
  func mergedSince() async throws {
    let state = try await reportable()
    _ = try await ann.mergeIncident(state, into: try await incident("Other"), reason: "the same")
    #expect(
      await RecordsDesk.code { _ = try await ivy.draftIncidentReport(on: state, .initial) }
        == "duties.reported-with")
  }

  @Test("One notification of a model is prepared at a time, whoever begins it at the same moment")
  func notifications() async throws {
    for _ in 0..<4 {
      let model = try await desk.model(on: "2026-01-10")
      let (second, ann) = (second, ann)
      async let first = RecordsDesk.code { _ = try await second.draftNotification(on: model) }
      async let other = RecordsDesk.code { _ = try await ann.draftNotification(on: model) }
      #expect(await [first, other].compactMap { $0 } == ["workspace.filing-open"])
    }
  }
}
