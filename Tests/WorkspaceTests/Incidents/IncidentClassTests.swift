import Duties
import Ground
import Testing

@testable import Workspace

@Suite("Who reads what belongs to an incident")
struct IncidentClassTests {
  let desk: RecordsDesk
  let author: OpenWorkspace
  let incident: RecordState

  init() async throws {
    desk = try await RecordsDesk()
    author = desk.acting(.incidentLead, id: "author")
    let model = try await desk.model(on: "2026-01-10")
    incident = try await author.receiveIncident(
      IncidentNotice(title: "Outage (fictional)", set: [("model", .string(model.id.text))]))
  }

  private func ticket() async throws -> RecordState {
    let connector = try await desk.workspace.record(
      .composed(
        .connector, nil,
        Change(
          "connector-made",
          set: [
            ("title", .string("Tickets (fictional)")), ("system", .string("jira-cloud")),
            ("texts", .string("full")),
          ], effective: RecordsDesk.day("2026-11-20"))))
    return try await desk.acting(.system, id: "system").record(
      .composed(
        .ticket, nil,
        Change(
          "ticket-planned",
          set: [
            ("connector", .string(connector.id.text)), ("incident", .string(incident.id.text)),
            ("correlation", .string("fictional")),
          ], effective: RecordsDesk.day("2026-11-20"), confidentiality: incident.confidentiality)))
  }

  private func evidence(_ digest: String) async throws -> RecordState {
    try await author.record(
      RecordCommand(
        .evidence, nil,
        Change(
          "evidence-added",
          set: [
            ("title", .string("Screenshot (fictional)")), ("file", .string("a.png")),
            ("sha256", .string(digest)), ("bytes", .int(1)), ("stored", .string(digest)),
            ("incident", .string(incident.id.text)),
          ], effective: RecordsDesk.day("2026-11-20"))))
  }

  private func reclass(_ to: Confidentiality) async throws {
    _ = try await author.record(
      RecordCommand(
        .incident, incident.id,
        Change(
          "incident-described", effective: RecordsDesk.day("2026-11-20"), reason: "who may read",
          confidentiality: to)))
  }

  private func classes(_ ids: [RecordID]) async throws -> [Confidentiality] {
    var classes: [Confidentiality] = []
    for id in ids { classes.append(try await desk.workspace.needed(id).confidentiality) }
    return classes
  }

  @Test(
    "Reports, decisions, measures, tickets and evidence follow an incident that is narrowed, with what was said of them",
    arguments: [false, true])
  func following(isKept: Bool) async throws {
    if isKept { desk.workspace.keepSummaries() }
    let measure = try await author.follow(incident, .measure, "Block the tool", set: [])
    let papers = [
      measure.id,
      try await author.follow(
        incident, .otherReport, "Notice", set: [("regime", .string("Directive (EU) 2022/2555"))]
      ).id,
      try await author.follow(incident, .nonReport, "No", set: [("reasons", .string("none"))]).id,
      try await author.draftIncidentReport(on: incident, .initial).id,
      try await ticket().id, try await author.comment(on: measure.id, "By whom?").id,
    ]
    let file = try await evidence("a").id
    let other = try await author.follow(
      try await author.receiveIncident(IncidentNotice(title: "Other (fictional)")), .measure,
      "Elsewhere", set: [])
    let safety = desk.acting(.safety, id: "safety")
    #expect(try await safety.needed(measure.id).id == measure.id)

    try await reclass(.restricted)
    #expect(try await classes(papers + [file]).allSatisfy { $0 == .restricted })
    for id in papers + [file] {
      #expect(await RecordsDesk.code { _ = try await safety.needed(id) } == "workspace.not-allowed")
    }
    #expect(try await classes([other.id]) == [.confidential])
    #expect(try await author.needed(other.id).version == 1)

    // What follows now is for the same few, whoever writes it in whatever way.
    let byHand = try await author.record(
      RecordCommand(
        .measure, nil,
        Change(
          "measure-planned",
          set: [("incident", .string(incident.id.text)), ("title", .string("By hand"))],
          effective: RecordsDesk.day("2026-11-20"), confidentiality: .internal)))
    #expect(byHand.confidentiality == .restricted)
    #expect(try await evidence("b").confidentiality == .restricted)
    #expect(
      await RecordsDesk.code {
        _ = try await safety.follow(incident, .measure, "From an old page", set: [])
      } == "workspace.not-allowed")

    try await reclass(.confidential)
    #expect(try await classes(papers).allSatisfy { $0 == .confidential })
    #expect(try await classes([file]) == [.restricted], "a file is opened by a person only")
    #expect(try await RebuildStates(desk.workspace).check().isOK)
  }

  @Test("A paper that was narrowed by itself is not opened with its incident")
  func narrower() async throws {
    let measure = try await author.follow(incident, .measure, "Block the tool", set: [])
    _ = try await author.record(
      RecordCommand(
        .measure, measure.id,
        Change(
          "measure-changed", effective: RecordsDesk.day("2026-11-20"), confidentiality: .secret)))
    try await reclass(.internal)
    #expect(try await classes([measure.id]) == [.secret])
    try await reclass(.restricted)
    #expect(try await classes([measure.id]) == [.restricted])
  }

  @Test("Many papers follow in one transaction, and the step is nobody's to take by hand")
  func many() async throws {
    for number in 0..<60 {
      _ = try await author.follow(incident, .measure, "Measure \(number)", set: [])
    }
    let before = try await desk.entries(.regulatory).count
    try await reclass(.restricted)
    let entries = try await desk.entries(.regulatory)
    #expect(entries.count == before + 61)
    #expect(entries.suffix(60).allSatisfy { $0.event == "measure-reclassed" })
    let measure = try #require(try await author.states(.measure).first)
    #expect(measure.status == "planned" && measure.version == 2)
    #expect(
      await RecordsDesk.code {
        _ = try await author.record(
          RecordCommand(
            .measure, measure.id,
            Change(
              "measure-reclassed", effective: RecordsDesk.day("2026-11-20"), reason: "by hand",
              confidentiality: .internal)))
      } == "workspace.own-procedure")
  }

  @Test("A paper that was written while the incident was narrowed is narrowed after it")
  func aligned() async throws {
    let measure = try await author.follow(incident, .measure, "Block the tool", set: [])
    // As it stands when the incident was changed between the decision and the writing.
    try await reclass(.restricted)
    var batch = Batch(workspace: desk.workspace)
    let open = Reclassed(
      id: incident.id, from: .restricted, to: .confidential,
      by: Actor(id: "author", role: .incidentLead))
    try await batch.reclass(measure.id, .measure, to: .confidential, as: open)
    _ = try await desk.workspace.store.append(batch.drafts, idempotencyKey: nil)
    #expect(try await classes([measure.id]) == [.confidential])
    try await desk.workspace.alignClasses([], [try await desk.workspace.needed(measure.id)])
    #expect(try await classes([measure.id]) == [.restricted])
  }
}
