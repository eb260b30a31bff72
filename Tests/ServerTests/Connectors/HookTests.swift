import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Outbound
import Sealing
import Testing

@testable import Server
@testable import Workspace

@Suite("Messages from other systems")
struct HookTests {
  private func standard(
    _ fixture: DeskFixture, _ secret: String, _ body: String, late seconds: Int = 0
  ) throws -> [String: String] {
    let moment = fixture.workspace.surroundings.now().seconds - seconds
    let signature = try #require(WebhookSecret(secret)).signature(
      id: "msg_1", timestamp: moment, body: Array(body.utf8))
    return [
      "webhook-id": "msg_1", "webhook-timestamp": String(moment), "webhook-signature": signature,
    ]
  }

  private func send(
    _ browser: Browser, _ id: RecordID, _ body: String, _ fields: [String: String]
  ) async throws -> TestResponse {
    var headers = HTTPFields()
    for (name, value) in fields { headers[HTTPField.Name(name)!] = value }
    return try await browser.client.execute(
      uri: "/hooks/" + id.key, method: .post, headers: headers, body: ByteBuffer(string: body)
    ) { $0 }
  }

  private let created =
    #"{"type":"ticket.created","timestamp":"2026-05-28T20:00:00Z","#
    + #""data":{"id":"T-1","title":"Began there","text":"Told.","state":"new"}}"#

  @Test("a signed ticket begins an incident, once, received now and nothing else assumed")
  func begins() async throws {
    let fixture = try await DeskFixture()
    let (id, secret) = try await fixture.connector(.standard) { $0.takesIn = true }
    let created = created
    let fields = try standard(fixture, secret, created)
    try await fixture.asking { browser async throws in
      let first = try await send(browser, id, created, fields)
      #expect(first.status.code == 200)
      #expect(try first.json["taken"] == .string("began"))
      let again = try await send(browser, id, created, fields)
      #expect(try again.json["correlation"] == first.json["correlation"])
    }
    let incidents = try await fixture.workspace.states(.incident)
    let incident = try #require(incidents.first)
    #expect(incidents.count == 1 && incident.title == "Began there")
    #expect(incident.text("channel") == "tickets" && incident.text("narrative") == "Told.")
    #expect(Set(incident.happened.keys) == ["incident-received"])
    #expect(try await fixture.ticket().handle == "T-1")
  }

  @Test("a change of their state is a comment: no date, no field of the incident changes")
  func changes() async throws {
    let fixture = try await DeskFixture()
    let (id, secret) = try await fixture.connector(.standard) { $0.takesIn = true }
    let created = created
    let closed = created.replacing("ticket.created", with: "ticket.changed")
      .replacing("\"new\"", with: "\"closed\"").replacing("20:00", with: "20:01")
    let deleted = closed.replacing("ticket.changed", with: "ticket.deleted")
    let old = created.replacing("20:00", with: "19:00").replacing("\"new\"", with: "\"older\"")
    let messages = [created, closed, closed, old, deleted, deleted]
    let signed = try messages.map { ($0, try standard(fixture, secret, $0)) }
    try await fixture.asking { browser async throws in
      for (body, fields) in signed {
        #expect(try await send(browser, id, body, fields).status.code == 200)
      }
    }
    let incident = try #require(try await fixture.workspace.states(.incident).first)
    #expect(incident.version == 1)
    let comments = try await fixture.workspace.comments(on: incident.id)
    #expect(comments.count == 2, "a change and the deletion, each once; what is older is not told")
    #expect(comments.first?.text("text")?.contains("“new” became “closed”") == true)
    #expect(try await fixture.ticket().state.status == "gone")
  }

  @Test("what is not signed, too old, changed or for nobody is refused alike")
  func refused() async throws {
    let fixture = try await DeskFixture()
    let (id, secret) = try await fixture.connector(.standard) { $0.takesIn = true }
    let (pager, pagerSecret) = try await fixture.connector(.pagerDuty)
    let created = created
    let other = WebhookSecret().text
    let nobody = try #require(RecordID("connector/nothere"))
    let tries = [
      (id, created, [:]), (id, created, try standard(fixture, other, created)),
      (id, created + " ", try standard(fixture, secret, created)),
      (id, created, try standard(fixture, secret, created, late: 301)),
      (id, created, try standard(fixture, secret, created, late: -301)),
      (nobody, created, try standard(fixture, secret, created)),
      (pager, created, try standard(fixture, pagerSecret, created)),
    ]
    try await fixture.asking { browser async throws in
      var answers: Set<String> = []
      for (id, body, fields) in tries {
        let answer = try await send(browser, id, body, fields)
        #expect(answer.status.code == 401)
        answers.insert(answer.text)
      }
      #expect(answers.count == 1, "nobody learns which connectors there are")
    }
    try await fixture.workspace.setConnector(id, isOn: false)
    let fields = try standard(fixture, secret, created)
    try await fixture.asking { browser async throws in
      #expect(try await send(browser, id, created, fields).status.code == 401)
    }
    #expect(try await fixture.workspace.states(.incident).isEmpty)
  }

  @Test("a system that may not begin incidents, and a message about something else, are ignored")
  func ignored() async throws {
    let fixture = try await DeskFixture()
    let (id, secret) = try await fixture.connector(.standard)
    let bodies = [created, #"{"type":"user.created","data":{}}"#]
    let signed = try bodies.map { ($0, try standard(fixture, secret, $0)) }
    let broken = ["{", #"{"type":"ticket.created","data":{}}"#]
    let wrong = try broken.map { ($0, try standard(fixture, secret, $0)) }
    try await fixture.asking { browser async throws in
      for (body, fields) in signed {
        #expect(try await send(browser, id, body, fields).json["taken"] == .string("ignored"))
      }
      for (body, fields) in wrong {
        #expect(try await send(browser, id, body, fields).status.code == 400)
      }
    }
  }

  @Test(
    "Jira and ServiceNow sign as they can", arguments: [ConnectorSystem.jiraCloud, .serviceNow])
  func others(_ system: ConnectorSystem) async throws {
    let fixture = try await DeskFixture()
    let (id, secret) = try await fixture.connector(system) { $0.takesIn = true }
    let seconds = fixture.workspace.surroundings.now().seconds
    let body =
      system == .serviceNow
      ? #"{"sys_id":"00ab","number":"INC1","short_description":"Began there","operation":"insert"}"#
      : #"{"webhookEvent":"jira:issue_created","timestamp":1780000000000,"#
        + #""issue":{"key":"OPS-1","fields":{"summary":"Began there","labels":[]}}}"#
    let content = Array(body.utf8)
    let key = Array(secret.utf8)
    let hub = "sha256=" + Hex.text(Commitment.value(content: content, salt: key))
    let timed = Base64.text(
      Commitment.value(content: Array("\(seconds).".utf8) + content, salt: key))
    let fields =
      system == .serviceNow
      ? ["x-systemic-timestamp": String(seconds), "x-systemic-signature": timed]
      : ["x-hub-signature": hub]
    let wrong = fields.mapValues { $0 + "0" }
    try await fixture.asking { browser async throws in
      #expect(try await send(browser, id, body, wrong).status.code == 401)
      #expect(try await send(browser, id, body, fields).json["taken"] == .string("began"))
    }
    #expect(try await fixture.workspace.states(.incident).first?.title == "Began there")
  }

  @Test("secrets of a connector are shown to nobody, and pages are for those who may")
  func pages() async throws {
    let fixture = try await DeskFixture()
    let (id, secret) = try await fixture.connector(.jiraCloud)
    for (name, role) in [("sam", Role.security), ("ana", .auditor), ("kim", .incidentLead)] {
      try await fixture.person(name, role)
    }
    let shown = try await fixture.workspace.needed(id)
    #expect(["token", "signing", "url"].allSatisfy { shown.fields[$0] == nil })
    try await fixture.asking { browser async throws in
      let sam = try await fixture.signedIn("sam", browser)
      let list = try await sam.get("/connectors").text
      #expect(list.contains("Tickets") && list.contains("neutral titles"))
      for path in ["/connectors", "/records/connector/" + id.key, "/records/connector"] {
        let text = try await sam.get(path).text
        #expect(!text.contains("token-of-theirs") && !text.contains(secret))
      }
      let path = "/connectors/\(id.key)/state"
      #expect(try await sam.send(path, [("to", "off")]).status.code == 303)
      let ana = try await fixture.signedIn("ana", browser)
      #expect(try await ana.send(path, [("to", "on")]).status.code == 403)
      #expect(try await ana.send("/connectors/\(id.key)/reconciliations", []).status.code == 403)
      let kim = try await fixture.signedIn("kim", browser)
      #expect(try await kim.send("/tickets/nothere/choices", []).status.code == 404)
    }
  }
}
