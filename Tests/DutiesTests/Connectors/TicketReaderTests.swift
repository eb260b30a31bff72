import Duties
import Ground
import Testing

@Suite("What another system says of its tickets")
struct TicketReaderTests {
  private let own = RecordID("connector/own1")
  private let correlation = "systemic-k3v9-own1"

  private func read(
    _ system: ConnectorSystem, _ body: String, compared: [String] = ["summary"]
  ) throws -> IncomingTicket? {
    try TicketReader(
      system, connector: try #require(own), place: "https://tickets.example/", compared: compared
    ).message(Array(body.utf8))
  }

  private func code(_ body: () throws -> IncomingTicket?) -> String? {
    do { _ = try body() } catch { return (error as? Problem)?.code }
    return nil
  }

  @Test(
    "a label of this connector goes before that of another; a foreign one is still a name of ours")
  func labels() throws {
    let issue =
      #"{"webhookEvent":"jira:issue_updated","issue":{"key":"OPS-1","fields":{"summary":"a","labels":["#
    let both = try read(.jiraCloud, issue + #""x","systemic-k3v9-other","\#(correlation)"]}}}"#)
    #expect(both?.correlation?.text == correlation)
    #expect(both?.values["summary"] == "a" && both?.place == "https://tickets.example/OPS-1")
    let foreign = try read(.jiraCloud, issue + #""systemic-k3v9-other"]}}}"#)
    #expect(foreign?.correlation?.connector == RecordID("connector/other"))
    #expect(try read(.jiraCloud, issue + #""systemic","systemic-k3v9"]}}}"#)?.correlation == nil)
  }

  @Test("a moment that no calendar writes is none, and a name that could leave a path is no ticket")
  func bounds() throws {
    let body =
      #"{"webhookEvent":"jira:issue_created","timestamp":AT,"issue":{"key":"KEY","fields":{}}}"#
    let usual = body.replacing("KEY", with: "OPS-1")
    #expect(try read(.jiraCloud, usual.replacing("AT", with: "1780000000000"))?.at != nil)
    for moment in ["9007199254740991", "-9007199254740991", "true", "\"1\""] {
      let ticket = try read(.jiraCloud, usual.replacing("AT", with: moment))
      #expect(ticket != nil && ticket?.at == nil, "\(moment)")
    }
    for key in ["../x", "", "a b", String(repeating: "x", count: 81)] {
      let changed = body.replacing("AT", with: "1").replacing("KEY", with: key)
      #expect(try read(.jiraCloud, changed) == nil, "\(key)")
    }
  }

  @Test(
    "a message without its ticket is refused, one about something else is none of ours",
    arguments: [
      (ConnectorSystem.standard, #"{"type":"ticket.created","data":{"id":""}}"#),
      (.standard, #"{"type":"ticket.created"}"#), (.serviceNow, "{}"),
      (.serviceNow, #"{"sys_id":"a/b"}"#),
    ])
  func refused(_ system: ConnectorSystem, _ body: String) {
    #expect(code { try read(system, body) } == "duties.unreadable-ticket")
  }

  @Test("what a message of Jira Cloud gives as markup is compared where the ticket is read")
  func markup() throws {
    let body =
      #"{"webhookEvent":"jira:issue_updated","issue":{"key":"A-1","fields":{"summary":"a b","#
      + #""description":"*One*","customfield_1":"One.\r\nTwo.","customfield_2":"One"}}}"#
    let compared = ["summary", "description", "customfield_1", "customfield_2"]
    let cloud = try #require(try read(.jiraCloud, body, compared: compared))
    #expect(cloud.values == ["summary": "a b", "customfield_2": "One"] && cloud.text == "*One*")
    let center = try #require(try read(.jiraDataCenter, body, compared: compared))
    #expect(center.values.keys.sorted() == compared.sorted())
  }

  @Test("messages about something else are passed over")
  func others() throws {
    #expect(try read(.standard, #"{"type":"user.created"}"#) == nil)
    #expect(
      try read(.jiraCloud, #"{"webhookEvent":"sprint_started","issue":{"key":"A-1"}}"#) == nil)
    #expect(code { try read(.serviceNow, "{") } == "ground.not-json")
  }
}
