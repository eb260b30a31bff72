import Duties
import Ground
import Outbound
import Synchronization
import Testing

@testable import Server
@testable import Workspace

@Suite("What happens to tickets behind our back")
struct ConnectorFaultTests {
  private func jira(
    _ fixture: DeskFixture, _ mapping: String = "{}",
    _ change: (inout NewConnector) -> Void = { _ in }
  ) async throws -> (id: RecordID, table: JiraTable, rounds: ConnectorRounds) {
    let mapping = try JSON(parsing: mapping.utf8)
    let (id, _) = try await fixture.connector(.jiraCloud) {
      $0.mapping = mapping
      change(&$0)
    }
    let surroundings = fixture.workspace.surroundings
    let table = JiraTable { surroundings.now() }
    return (id, table, fixture.rounds(table.system))
  }

  @Test("a copy of a ticket, which has its labels, takes nothing over, and people hear of it once")
  func copied() async throws {
    let fixture = try await DeskFixture()
    let (id, table, rounds) = try await jira(fixture) { $0.takesIn = true }
    let incident = try await fixture.incident()
    try await rounds.round()
    let labels = JSON(table.labels("OPS-1"))
    table.add("OPS-2", ["summary": .string("CLONE"), "labels": labels])
    #expect(try await fixture.hear(table.message("jira:issue_created", "OPS-2"), id) == .ignored)
    table.change("OPS-2") { $0.fields["summary"] = .string("About something else") }
    #expect(try await fixture.hear(table.message("jira:issue_updated", "OPS-2"), id) == .ignored)
    _ = try await rounds.reconcile(id)
    #expect(try await fixture.hear(table.message("jira:issue_deleted", "OPS-2"), id) == .ignored)
    let entry = try await fixture.ticket()
    #expect(entry.handle == "OPS-1" && entry.state.status == "open")
    let told = try await fixture.told(incident.id)
    #expect(
      told.count == 1 && told.first?.contains("OPS-2 carries the correlation of OPS-1") == true)
    #expect(try await fixture.workspace.states(.incident).count == 1)
  }

  @Test("a ticket that is moved to another project is the same ticket")
  func moved() async throws {
    let fixture = try await DeskFixture()
    let (id, table, rounds) = try await jira(fixture)
    let incident = try await fixture.incident()
    try await rounds.round()
    table.change("OPS-1") { $0.key = "ELSE-7" }
    #expect(
      try await fixture.hear(table.message("jira:issue_updated", "ELSE-7"), id)
        == .noted(incident.id, 0))
    #expect(try await fixture.ticket().handle == "ELSE-7")
    #expect(try await fixture.told(incident.id).isEmpty)
  }

  @Test("a ticket that is not found is told of once, looked for again, and goes on when it is back")
  func hidden() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow) {
      $0.mapping = try? JSON(parsing: #"{"states":{"in triage":"2"}}"#.utf8)
    }
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    table.faults.withLock { $0.hidden = ["a0"] }
    try await fixture.event(incident.id, "triage-begun")
    for _ in 0..<3 {
      try await rounds.round()
      _ = try await rounds.reconcile(id)
    }
    #expect(try await fixture.ticket().state.status == "gone")
    let told = try await fixture.told(incident.id)
    #expect(told.count == 1 && told.first?.contains("INC0 is not found") == true)
    table.faults.withLock { $0.hidden = [] }
    fixture.pass(hours: 1)
    try await rounds.round()
    #expect(table["state"] == "2", "what was not told is told now")
    #expect(try await fixture.ticket().state.status == "open")
    #expect(try await fixture.told(incident.id).last?.contains("is found again") == true)
  }

  @Test("an answer that tells of no ticket makes the connector wait: nothing is gone")
  func unreadable() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow)
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    table.faults.withLock { $0.showsPage = true }
    try await fixture.event(incident.id, "triage-begun")
    try await rounds.round()
    #expect(try await fixture.ticket().state.status == "open")
    let outbox = try await fixture.workspace.outbox(of: id)
    #expect(outbox.attempts == 1 && outbox.deliveries.last?.result.hasPrefix("unreadable") == true)
  }

  @Test("a comparison that fails every time waits longer each time, and ends")
  func comparison() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow)
    _ = try await fixture.incident()
    let table = ServiceNowTable()
    let other = table.system
    let rounds = fixture.rounds(other)
    try await rounds.round()
    table.faults.withLock { $0.refusesComparison = true }
    let before = other.requests.count
    for attempt in 1...3 {
      fixture.pass(hours: 25)
      try await rounds.round()
      #expect(try await fixture.workspace.outbox(of: id).attempts == attempt)
    }
    for _ in 0..<20 {
      fixture.pass(hours: 25)
      try await rounds.round()
    }
    #expect(other.requests.count - before == Retry.seconds.count + 1)
    #expect(try await fixture.workspace.needed(id).status == "off")
    table.faults.withLock { $0.refusesComparison = false }
    try await fixture.workspace.setConnector(id, isOn: true)
    try await rounds.round()
    #expect(try await fixture.workspace.outbox(of: id).attempts == 0)
  }

  @Test("what is shown otherwise than it was sent is no change there")
  func shown() async throws {
    let fixture = try await DeskFixture()
    let (id, table, rounds) = try await jira(
      fixture,
      #"{"fields":[{"theirs":"priority","ours":"stage","as":"id","values":{"received":"6","in triage":"7"}}]}"#
    )
    let incident = try await fixture.incident()
    try await rounds.round()
    try await fixture.event(incident.id, "triage-begun")
    try await rounds.round()
    _ = try await rounds.reconcile(id)
    let priority = table.issues.withLock { $0.first?.fields["priority"]?["id"]?.text }
    #expect(priority == "7")
    #expect(try await fixture.told(incident.id).isEmpty)
    #expect(try await fixture.ticket().seen["priority"] == "High")
  }

  @Test("a line that the other side cuts is no change there")
  func cut() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow) { $0.isFull = true }
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    table.faults.withLock { $0.longestLine = 20 }
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    _ = try await fixture.workspace.record(
      RecordCommand(
        .incident, incident.id,
        Change(
          "incident-described", set: [("title", .string("Another outage of a fictional hospital"))],
          effective: .day(fixture.workspace.surroundings.today))))
    try await rounds.round()
    _ = try await rounds.reconcile(id)
    #expect(table["short_description"] == "Another outage of a ")
    #expect(try await fixture.told(incident.id).isEmpty)
  }

  @Test("a label is put beside those of others, and ours that find the ticket stay")
  func labels() async throws {
    let fixture = try await DeskFixture()
    let (id, table, rounds) = try await jira(
      fixture, #"{"fields":[{"theirs":"labels","ours":"stage"}]}"#)
    let incident = try await fixture.incident()
    try await rounds.round()
    let name = Correlation(incident.id, id).text
    #expect(Set(table.labels("OPS-1")) == ["systemic", name, "received"])
    try await fixture.event(incident.id, "triage-begun")
    try await rounds.round()
    #expect(Set(table.labels("OPS-1")) == ["systemic", name, "in-triage"])
    #expect(try await fixture.told(incident.id).isEmpty)
    table.change("OPS-1") { $0.fields["labels"] = JSON(["systemic", name, "in-triage", "theirs"]) }
    _ = try await rounds.reconcile(id)
    try await fixture.event(incident.id, "incident-considered")
    try await rounds.round()
    #expect(Set(table.labels("OPS-1")) == ["systemic", name, "considered", "theirs"])
    let told = try await fixture.told(incident.id)
    #expect(told.count == 1 && told.first?.contains("“in-triage, theirs”") == true)
  }

  @Test("an alert that was closed is raised again before it hears of anything else")
  func reopened() async throws {
    let fixture = try await DeskFixture()
    _ = try await fixture.connector(.pagerDuty)
    let incident = try await fixture.incident()
    let pager = OtherSystem { (_, _) throws(Problem) in OtherSystem.json(202, "{}") }
    let rounds = fixture.rounds(pager)
    try await rounds.round()
    for event in [
      "triage-begun", "incident-considered", "incident-closed", "incident-reopened",
    ] {
      try await fixture.event(incident.id, event)
      try await rounds.round()
    }
    let acts = pager.requests.compactMap { (try? JSON(parsing: $0.body))?["event_action"]?.text }
    #expect(acts == ["trigger", "acknowledge", "resolve", "trigger", "acknowledge"])
  }
}
