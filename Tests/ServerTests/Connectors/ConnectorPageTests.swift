import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Sealing
import Testing
import Workspace

@testable import Server

@Suite("The pages of connectors")
struct ConnectorPageTests {
  private let jira = [
    ("title", "Tickets"), ("system", "jira-cloud"), ("url", "https://tickets.example.org"),
    ("account", "bot@example.org"), ("token", "token-of-theirs"), ("project", "OPS"),
    ("type", "Task"),
  ]

  private func page(
    _ body: @Sendable @escaping (DeskFixture, Browser, Browser) async throws -> Void
  ) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("sam", .security)
    try await fixture.person("ana", .auditor)
    try await fixture.asking { browser in
      try await body(
        fixture, try await fixture.signedIn("sam", browser),
        try await fixture.signedIn("ana", browser))
    }
  }

  @Test("a connector is added with its due date, tried for an incident, and removed")
  func whole() async throws {
    let jira = jira
    try await page { fixture, sam, _ in
      let made = try await sam.send("/connectors", jira + [("due", "yes"), ("takes_in", "yes")])
      #expect(made.status.code == 200, "\(made.text)")
      #expect(made.text.contains("whsec_") && made.text.contains("/hooks/"))
      #expect(!made.text.contains("token-of-theirs"))
      let id = try #require(try await fixture.workspace.connectors().first?.id)
      let incident = try await fixture.incident()
      let page = try await sam.get("/connectors/" + id.key).text
      #expect(!page.contains("whsec_"), "it is shown once")
      #expect(page.contains("duedate") && page.contains(incident.title))
      let tried = try await sam.send(
        "/connectors/\(id.key)/dry-runs", [("incident", incident.id.text)])
      #expect(tried.status.code == 200, "\(tried.text)")
      #expect(tried.text.contains("POST https://tickets.example.org/rest/api/3/issue"))
      #expect(tried.text.contains(Correlation(incident.id, id).text))
      #expect(tried.text.contains("could not be read"), "nobody is there")
      #expect(!tried.text.contains("token-of-theirs"))
      #expect(try await sam.send("/connectors/\(id.key)/dry-runs", []).status.code == 422)
      #expect(try await sam.send("/connectors/\(id.key)/removal", []).status.code == 303)
      #expect(try await fixture.workspace.connectors().isEmpty)
    }
  }

  @Test(
    "a connector is changed as it was looked at; its address and token stay unless they are given"
  )
  func changed() async throws {
    let jira = jira
    try await page { fixture, sam, ana in
      _ = try await sam.send("/connectors", jira + [("takes_in", "yes")])
      let id = try #require(try await fixture.workspace.connectors().first?.id)
      let path = "/connectors/" + id.key
      let form = try await sam.get(path + "/change").text
      #expect(form.contains("value=\"OPS\"") && form.contains("checked"))
      #expect(!form.contains("tickets.example.org") && !form.contains("token-of-theirs"))
      let basis = try #require(form.firstMatch(of: #/name="basis" value="([0-9a-f]{16})"/#)).1
      // What the program notes on it meanwhile is no change of somebody else.
      try await fixture.workspace.acting(as: .system).noteReconciled(id, at: Instant(seconds: 1))
      let said = [
        ("basis", String(basis)), ("title", "Tickets of operations"),
        ("account", "bot@example.org"),
        ("project", "OPS"), ("type", "Incident"), ("texts", "full"),
        ("mapping", #"{"fields":[{"theirs":"customfield_1","always":"x"}]}"#),
      ]
      #expect(try await ana.send(path, said).status.code == 403)
      let changed = try await sam.send(path, said)
      #expect(changed.status.code == 200, "\(changed.text)")
      #expect(changed.text.contains("is changed") && changed.text.contains("customfield_1"))
      let now = try await fixture.workspace.connector(id)
      #expect(now.url == "https://tickets.example.org" && now.token == "token-of-theirs")
      #expect(now.title == "Tickets of operations" && now.isFull && !now.takesIn)
      // Somebody else was faster.
      let late = try await sam.send(path, said)
      #expect(late.status.code == 409 && late.text.contains("Nothing was kept"), "\(late.text)")
      // Another host does not get the token of this one.
      let elsewhere = said.filter { $0.0 != "basis" } + [("url", "https://other.example.org")]
      let refused = try await sam.send(path, elsewhere)
      #expect(refused.status.code == 422 && refused.text.contains("new address"), "\(refused.text)")
      #expect(try await sam.send(path, elsewhere + [("token", "another")]).status.code == 200)
      let before = try await fixture.workspace.connector(id).secret?.text
      let renewed = try await sam.send(path + "/secret", [])
      #expect(renewed.status.code == 200 && renewed.text.contains("whsec_"))
      #expect(try await fixture.workspace.connector(id).secret?.text != before)
      #expect(try await ana.send(path + "/secret", []).status.code == 403)
      #expect(try await ana.get(path + "/change").status.code == 403)
      #expect(try await sam.get("/connectors").text.contains(path + "/change"))
      #expect(try await !ana.get("/connectors").text.contains(path + "/change"))
      let theirs = try await ana.get(path)
      #expect(theirs.status.code == 200 && !theirs.text.contains("Change and end"))
    }
  }

  @Test(
    "what is missing or wrong is told, and what was typed stays, but not the token",
    arguments: [
      [("title", " ")], [("system", "")], [("url", "not an address")], [("token", "")],
      [("project", "")], [("account", "")], [("mapping", "{")],
      [("mapping", #"{"fields":[{"theirs":"x","ours":"harm"}]}"#)],
    ])
  func refused(_ change: [(String, String)]) async throws {
    let jira = jira
    try await page { fixture, sam, _ in
      let name = change.first?.0
      let answer = try await sam.send("/connectors", jira.filter { $0.0 != name } + change)
      #expect((400..<500).contains(answer.status.code))
      #expect(answer.text.contains("What to do") && answer.text.contains("name=\"project\""))
      #expect(!answer.text.contains("token-of-theirs"))
      #expect(try await fixture.workspace.connectors().isEmpty)
    }
  }

  @Test("who may not write connectors neither sees the form nor makes, tries or ends one")
  func roles() async throws {
    let jira = jira
    try await page { fixture, _, ana in
      let (id, _) = try await fixture.connector(.jiraCloud)
      let incident = try await fixture.incident()
      #expect(try await ana.get("/connectors/new").status.code == 403)
      #expect(try await ana.send("/connectors", jira).status.code == 403)
      let trial = [("incident", incident.id.text)]
      #expect(try await ana.send("/connectors/\(id.key)/dry-runs", trial).status.code == 403)
      #expect(try await ana.send("/connectors/\(id.key)/removal", []).status.code == 403)
      #expect(try await fixture.workspace.connectors().count == 1)
    }
  }

  @Test("an administrator keeps connectors without reading incidents")
  func administrator() async throws {
    try await page { fixture, sam, _ in
      let (id, _) = try await fixture.connector(.jiraCloud)
      let incident = try await fixture.incident()
      try await fixture.person("kit", .administrator)
      let kit = try await fixture.signedIn("kit", Browser(client: sam.client))
      let page = try await kit.get("/connectors/" + id.key)
      #expect(page.status.code == 200 && !page.text.contains(incident.title))
      #expect(page.text.contains("no incident that you may read"))
      let trial = [("incident", incident.id.text)]
      #expect(try await kit.send("/connectors/\(id.key)/dry-runs", trial).status.code == 403)
    }
  }

  @Test("programs make, try and remove one as well")
  func programs() async throws {
    let fixture = try await DeskFixture()
    let token = try await fixture.token(.security)
    let incident = try await fixture.incident()
    try await fixture.calling { caller in
      let sam = Caller(client: caller.client, token: token)
      let made = try await sam.post(
        "connectors",
        #"{"title":"Tickets","system":"servicenow","url":"https://t.example.org","token":"x","due":true}"#
      )
      #expect(made.status.code == 201, "\(made.text)")
      let id = try #require(made.json["connector"]?["id"]?.text)
      let path = "connectors/" + id.dropFirst("connector/".count)
      let tried = try await sam.post(path + "/dry-runs", #"{"incident":"\#(incident.id.text)"}"#)
      #expect(
        try tried.json["request"] == .string("POST https://t.example.org/api/now/table/incident"))
      let changed = try await sam.post(
        path + "/changes", #"{"title":"Tickets of ours","system":"servicenow","texts":"full"}"#)
      #expect(changed.status.code == 201, "\(changed.text)")
      #expect(try changed.json["fields"]?["texts"] == .string("full"))
      let other = try await sam.post(path + "/changes", #"{"title":"x","system":"slack"}"#)
      #expect(other.status.code == 422, "\(other.text)")
      #expect(
        try await sam.post(path + "/secret", nil).json["secret"]?.text?.hasPrefix("whsec_") == true)
      #expect(try await sam.post(path + "/removal", nil).status.code == 201)
    }
    #expect(try await fixture.workspace.connectors().isEmpty)
  }
}
