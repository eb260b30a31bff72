import Duties
import Ground
import Synchronization
import Testing

@testable import Server
@testable import Workspace

@Suite("What a connector takes in, and to whom its token goes")
struct ConnectorKeepingTests {
  private func jira(
    _ fixture: DeskFixture, project: String = "OPS"
  ) async throws -> (id: RecordID, table: JiraTable, rounds: ConnectorRounds) {
    let (id, _) = try await fixture.connector(.jiraCloud) {
      $0.takesIn = true
      $0.project = project
    }
    let surroundings = fixture.workspace.surroundings
    let table = JiraTable { surroundings.now() }
    return (id, table, fixture.rounds(table.system))
  }

  @Test(
    "only a ticket that begins in the project of the connector begins an incident",
    arguments: [
      ("jira:issue_created", "OPS-5", "OPS", true), ("jira:issue_created", "OPS-5", "ops", true),
      ("jira:issue_updated", "OPS-5", "OPS", false), ("jira:issue_created", "ELSE-5", "OPS", false),
      ("jira:issue_created", "OPS-5", "OP", false),
    ])
  func project(_ event: String, _ key: String, _ project: String, _ begins: Bool) async throws {
    let fixture = try await DeskFixture()
    let (id, table, _) = try await jira(fixture, project: project)
    table.add(key, ["summary": .string("Fictional outage")])
    _ = try await fixture.hear(table.message(event, key), id)
    #expect(try await fixture.workspace.states(.incident).count == (begins ? 1 : 0))
  }

  @Test(
    "a message of ServiceNow or of a system of its own begins an incident when it tells of a beginning",
    arguments: [
      (ConnectorSystem.serviceNow, #"{"sys_id":"00ab","operation":"insert"}"#, true),
      (.serviceNow, #"{"sys_id":"00ab","operation":"update"}"#, false),
      (.serviceNow, #"{"sys_id":"00ab"}"#, false),
      (.standard, #"{"type":"ticket.created","data":{"id":"T-1"}}"#, true),
      (.standard, #"{"type":"ticket.changed","data":{"id":"T-1"}}"#, false),
    ])
  func beginning(_ system: ConnectorSystem, _ message: String, _ begins: Bool) async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(system) { $0.takesIn = true }
    _ = try await fixture.hear(try JSON(parsing: message.utf8), id)
    #expect(try await fixture.workspace.states(.incident).count == (begins ? 1 : 0))
  }

  @Test(
    "a ticket that began while nobody heard is found, once; what was there before is left alone")
  func missed() async throws {
    let fixture = try await DeskFixture()
    let surroundings = fixture.workspace.surroundings
    let table = JiraTable { surroundings.now() }
    table.add("OPS-1", ["summary": .string("Was there before")])
    fixture.pass(hours: 1)
    let (id, _) = try await fixture.connector(.jiraCloud) { $0.takesIn = true }
    let rounds = fixture.rounds(table.system)
    fixture.pass(hours: 30)
    table.add("OPS-2", ["summary": .string("Began unheard")])
    table.add("ELSE-1", ["summary": .string("Of another project")])
    fixture.pass(hours: 2)
    for _ in 0..<3 {
      try await rounds.round()
      _ = try await rounds.reconcile(id)
    }
    let incidents = try await fixture.workspace.states(.incident)
    #expect(incidents.map(\.title) == ["Began unheard"])
    let name = Correlation(try #require(incidents.first).id, id).text
    #expect(table.labels("OPS-2").contains(name), "it carries our correlation by now")
    #expect(table.labels("OPS-1").isEmpty && table.labels("ELSE-1").isEmpty)
  }

  @Test("two connectors to one project begin one incident from a ticket")
  func twice() async throws {
    let fixture = try await DeskFixture()
    let (first, table, rounds) = try await jira(fixture)
    let (second, _) = try await fixture.connector(.jiraCloud) { $0.takesIn = true }
    table.add("OPS-1", ["summary": .string("Began there")])
    let message = table.message("jira:issue_created", "OPS-1")
    _ = try await fixture.hear(message, first)
    #expect(try await fixture.hear(message, second) == .ignored)
    table.add("OPS-2", ["summary": .string("Began unheard")])
    for _ in 0..<2 { try await rounds.round() }
    let titles = try await fixture.workspace.states(.incident).map(\.title)
    #expect(titles.sorted() == ["Began there", "Began unheard"])
  }

  @Test(
    "new records of ServiceNow are looked for by a query only",
    arguments: [("category=ai", ["Began unheard"]), (nil, [])])
  func query(_ query: String?, _ titles: [String]) async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow) {
      $0.takesIn = true
      $0.project = query
    }
    let table = ServiceNowTable()
    let now = fixture.workspace.surroundings.now().utc
    let moment = now.replacing("T", with: " ").replacing("Z", with: "")
    table.records.withLock {
      $0 = [
        [
          "sys_id": "b1", "short_description": "Began unheard", "category": "ai",
          "sys_created_on": moment,
        ],
        [
          "sys_id": "b2", "short_description": "A printer", "category": "it",
          "sys_created_on": moment,
        ],
        [
          "sys_id": "b3", "short_description": "Old", "category": "ai",
          "sys_created_on": "2020-01-01 00:00:00",
        ],
      ]
    }
    fixture.pass(hours: 1)
    _ = try await fixture.rounds(table.system).reconcile(id)
    #expect(try await fixture.workspace.states(.incident).map(\.title) == titles)
  }

  @Test(
    "a query that would end before its bounds is refused",
    arguments: ["category=ai^NQactive=true", "category=ai^EQ"])
  func endless(_ query: String) async throws {
    let fixture = try await DeskFixture()
    await #expect(throws: Problem("workspace.incomplete-connector", what: "")) {
      _ = try await fixture.connector(.serviceNow) { $0.project = query }
    }
  }

  @Test(
    "a token is asked for again when the address leads to another host",
    arguments: [
      ("https://tickets.example.org/jira", true), ("https://TICKETS.example.org", true),
      ("https://evil.example.org/", false), ("http://tickets.example.org/", false),
      ("https://tickets.example.org:8443/", false),
      ("https://tickets.example.org.evil.example/", false),
    ])
  func token(_ url: String, _ isKept: Bool) async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.jiraCloud)
    var changed = NewConnector(title: "Tickets", system: .jiraCloud, url: url)
    (changed.account, changed.project, changed.type) = ("bot@example.org", "OPS", "Task")
    do {
      try await fixture.workspace.changeConnector(id, changed)
      #expect(isKept)
    } catch {
      #expect(!isKept && error.code == "workspace.incomplete-connector")
      changed.token = "for-the-new-host"
      try await fixture.workspace.changeConnector(id, changed)
    }
    let connector = try await fixture.workspace.connector(id)
    #expect(connector.token == (isKept ? "token-of-theirs" : "for-the-new-host"))
  }

  @Test("a chat, whose address is its secret, is led elsewhere without a token")
  func chat() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.slack) { $0.token = nil }
    let changed = NewConnector(
      title: "Room", system: .slack, url: "https://other.example.org/services/x")
    try await fixture.workspace.changeConnector(id, changed)
    #expect(try await fixture.workspace.connector(id).url == changed.url)
  }
}
