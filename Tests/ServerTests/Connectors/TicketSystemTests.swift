import Duties
import Ground
import Outbound
import Testing

@testable import Server
@testable import Workspace

@Suite("What ticket systems are asked")
struct TicketSystemTests {
  private let ticket = Ticket(
    correlation: "systemic-k3v9qz7d2m5x",
    values: [
      "title": "Incident k3v9", "text": "One.\n\nTwo.", "link": "https://desk.example/r",
      "stage": "received",
    ])
  private let nothing: ConnectorLine.Ask = { (_) async throws(Problem) in
    throw Problem("outbound.not-connected", what: "down")
  }

  private func connector(
    _ system: ConnectorSystem, _ change: (inout NewConnector) -> Void = { _ in }
  ) async throws -> Connector {
    let fixture = try await DeskFixture()
    let made = try await fixture.connector(system, change)
    return try await fixture.workspace.connector(made.id)
  }

  private func json(_ request: OutboundRequest?) throws -> JSON {
    try JSON(parsing: try #require(request).body)
  }

  @Test("Jira Cloud gets a document, Data Center plain text, both the correlation as a label")
  func jira() async throws {
    let cloud = try JiraDesk(try await connector(.jiraCloud), nothing).creation(ticket)
    #expect(cloud.address.text == "https://tickets.example.org/rest/api/3/issue")
    #expect(cloud.field("authorization") == "Basic Ym90QGV4YW1wbGUub3JnOnRva2VuLW9mLXRoZWlycw==")
    let fields = try #require(try json(cloud)["fields"])
    #expect(fields["description"]?["type"] == .string("doc"))
    #expect(fields["labels"] == JSON(["systemic", "systemic-k3v9qz7d2m5x"]))
    #expect(TicketText.of(fields["description"] ?? .null) == "One.\n\nTwo.")
    let center = try JiraDesk(try await connector(.jiraDataCenter), nothing).creation(ticket)
    #expect(center.address.text == "https://tickets.example.org/rest/api/2/issue")
    #expect(center.field("authorization") == "Bearer token-of-theirs")
    #expect(try json(center)["fields"]?["description"] == .string("One.\n\nTwo."))
  }

  @Test("ServiceNow gets a flat object of texts with the correlation")
  func serviceNow() async throws {
    let request = try ServiceNowDesk(try await connector(.serviceNow), nothing).creation(ticket)
    #expect(request.address.text == "https://tickets.example.org/api/now/table/incident")
    let body = try json(request)
    #expect(body["correlation_id"] == .string("systemic-k3v9qz7d2m5x"))
    #expect(body["short_description"] == .string("Incident k3v9"))
    #expect(body.members.allSatisfy { $0.1.text != nil })
  }

  @Test("the search of Jira Cloud follows its tokens, that of Data Center its offsets")
  func pages() async throws {
    let cloud = OtherSystem { (request, count) throws(Problem) in
      OtherSystem.json(
        200,
        count == 1
          ? #"{"issues":[{"key":"OPS-1","fields":{}}],"nextPageToken":"t"}"#
          : #"{"issues":[{"key":"OPS-2","fields":{}}],"isLast":true}"#)
    }
    let found = try await JiraDesk(try await connector(.jiraCloud), cloud.ask).find("systemic-a")
    #expect(found.map(\.handle) == ["OPS-1", "OPS-2"])
    #expect(cloud.lines == Array(repeating: "POST /rest/api/3/search/jql", count: 2))
    #expect(try json(cloud.requests.last)["nextPageToken"] == .string("t"))
    let center = OtherSystem { (request, count) throws(Problem) in
      OtherSystem.json(200, #"{"issues":[{"key":"OPS-\#(count)","fields":{}}],"total":2}"#)
    }
    let desk = JiraDesk(try await connector(.jiraDataCenter), center.ask)
    #expect(try await desk.find("systemic-a").count == 2)
    #expect(center.lines == Array(repeating: "POST /rest/api/2/search", count: 2))
    #expect(try json(center.requests.last)["startAt"] == .int(1))
  }

  @Test("a state is reached by a transition that leads there; without one nothing is sent")
  func transitions() async throws {
    let other = OtherSystem { (request, _) throws(Problem) in
      request.method == .get
        ? OtherSystem.json(200, #"{"transitions":[{"id":"31","name":"x","to":{"name":"Done"}}]}"#)
        : OtherSystem.json(204, "")
    }
    let desk = JiraDesk(try await connector(.jiraCloud), other.ask)
    #expect(try await desk.move("OPS-1", to: "done"))
    #expect(try json(other.requests.last) == JSON(parsing: #"{"transition":{"id":"31"}}"#.utf8))
    #expect(try await !desk.move("OPS-1", to: "Elsewhere"))
    #expect(other.requests.last?.method == .get, "nothing was posted")
  }

  @Test("texts in searches stay between their quotes")
  func quotes() {
    #expect(JiraDesk.quoted(#"a" OR project = "b\"#) == #""a\" OR project = \"b\\""#)
  }

  @Test("documents of Jira are read as lines of text")
  func documents() throws {
    let text = #"""
      {"type":"doc","version":1,"content":[{"type":"heading","content":[{"type":"text","text":"A"}]},
      {"type":"paragraph","content":[{"type":"text","text":"b "},{"type":"text","text":"c"},{"type":"hardBreak"},
      {"type":"text","text":"d"}]},{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph",
      "content":[{"type":"text","text":"e"}]}]}]}]}
      """#
    #expect(TicketText.of(try JSON(parsing: text.utf8)) == "A\nb c\nd\ne")
    for text in ["", "one", "one\n\ntwo", "a\nb"] {
      #expect(TicketText.of(JiraFields.document(text)) == text)
    }
  }

  @Test("pagers are raised, acknowledged and closed under one name")
  func pagers() async throws {
    let pager = Signals(try await connector(.pagerDuty), nothing)
    let raised = try json(try pager.request(ticket, .raise))
    #expect(raised["event_action"] == .string("trigger"))
    #expect(raised["dedup_key"] == .string(ticket.correlation))
    #expect(raised["payload"]?["severity"] == .string("error"))
    let closed = try json(try pager.request(ticket, .close))
    #expect(closed["event_action"] == .string("resolve") && closed["payload"] == nil)
    let genie = Signals(try await connector(.opsgenie), nothing)
    let closing = try #require(try genie.request(ticket, .close))
    #expect(
      closing.address.path
        == "/v2/alerts/systemic-k3v9qz7d2m5x/close?identifierType=alias")
    #expect(closing.field("authorization") == "GenieKey token-of-theirs")
    let long = Ticket(correlation: "c", values: ["title": String(repeating: "x", count: 500)])
    #expect(try json(try genie.request(long, .raise))["message"]?.text?.count == 130)
  }

  @Test("a chat gets words only: no link, no mention")
  func chat() async throws {
    let room = Signals(try await connector(.slack) { $0.isFull = true }, nothing)
    let evil = Ticket(correlation: "c", values: ["title": "<!channel> & <https://x|y>"])
    let text = try json(try room.request(evil, .raise))["text"]?.text
    #expect(text == "&lt;!channel&gt; &amp; &lt;https://x|y&gt;: ")
  }

  @Test("what is said of a refusal has no secret in it, and is short")
  func words() async throws {
    let connector = try await connector(.jiraCloud)
    let other = OtherSystem { (_, _) throws(Problem) in
      OtherSystem.json(
        400,
        #"{"errorMessages":["no token-of-theirs\u0007 here \#(String(repeating: "x", count: 999))"],"errors":{}}"#
      )
    }
    await #expect {
      _ = try await JiraDesk(connector, other.ask).make(ticket)
    } throws: { error in
      let words = (error as? Setback)?.words ?? ""
      return words.hasPrefix("no …  here") && words.count == ConnectorLine.mostWords
    }
  }
}
