import Duties
import Ground
import Sealing
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("What people outside add to an incident")
struct IncidentMessageTests {
  private static func reported(_ fixture: DeskFixture) async throws -> (path: String, code: String)
  {
    let receipt = try await fixture.workspace.receive(
      PublicReport(what: "A fictional dose was wrong."), by: .public)
    return ("/incidents/" + receipt.incident.key, try #require(receipt.code).text)
  }

  @Test("a message stands at the top with what its words suggest, until it is answered or settled")
  func told() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let (path, code) = try await IncidentMessageTests.reported(fixture)
    try await fixture.asking { browser async throws in
      let jane = try await fixture.signedIn("jane", browser)
      #expect(!(try await jane.get(path).text.contains("id=\"messages\"")))
      try await fixture.workspace.addMessage("He <b>died</b> last night.", to: code)
      try await fixture.workspace.addMessage("It was the ward's screen.", to: code)
      let page = try await jane.get(path).text
      let top = try #require(page.firstRange(of: "id=\"messages\"")).lowerBound
      #expect(top < (try #require(page.firstRange(of: "What is due now")).lowerBound))
      #expect(page.contains("2 messages wait") && page.contains("He &lt;b&gt;died&lt;/b&gt;"))
      #expect(page.contains("A suggestion, no answer: words of the message speak of"))
      #expect(page.contains("words of a <a href=\"#messages\">message from outside</a>"))
      let incident = try #require(try await fixture.workspace.states(.incident).first)
      #expect(incident.fields["death"] == nil, "nothing is answered by it")
      #expect(try await jane.get("/incidents").text.contains("2 messages from outside"))
      #expect(try await jane.get("/work").text.contains("Messages from outside"))

      let said = try await fixture.workspace.comments(on: incident.id)
      let record = "/records/\(incident.id.text)/comments"
      let empty = try await jane.send(
        record, [("text", " "), ("back", "page"), ("answering", said[0].id.text)])
      #expect(empty.status.code == 422 && empty.text.contains("id=\"messages\""))
      let answered = try await jane.send(
        record, [("text", "We called."), ("back", "page"), ("answering", said[0].id.text)])
      #expect(answered.headers[.location] == path + "#comments")
      let later = try await jane.get(path).text
      #expect(later.contains("A message waits") && later.contains("We called."))
      let settled = try await jane.send(
        "/comments/\(said[1].id.key)/settlement", [("back", "page")])
      #expect(settled.headers[.location] == path + "#comments")
      let after = try await jane.get(path).text
      #expect(!after.contains("id=\"messages\"") && after.contains("He &lt;b&gt;died"))
      #expect(!(try await jane.get("/incidents").text.contains("from outside")))
      #expect(!(try await jane.get("/work").text.contains("Messages from outside")))
    }
  }

  @Test("what comes to a report that was merged stands on the page of the incident it belongs to")
  func merged() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let (path, code) = try await IncidentMessageTests.reported(fixture)
    let report = try #require(try await fixture.workspace.states(.incident).first)
    let holder = try await fixture.workspace.receiveIncident(IncidentNotice(title: "The ward"))
    _ = try await fixture.workspace.mergeIncident(report, into: holder, reason: "one event")
    try await fixture.workspace.addMessage("He died last night.", to: code)
    try await fixture.asking { browser async throws in
      let jane = try await fixture.signedIn("jane", browser)
      let page = try await jane.get("/incidents/" + holder.id.key).text
      #expect(page.contains("A message waits") && page.contains("<mark>died</mark>"))
      #expect(page.contains("href=\"\(path)\""))
    }
  }

  @Test("the queue for programs names the incident, how many messages there are and since when")
  func queue() async throws {
    let fixture = try await DeskFixture()
    let (_, code) = try await IncidentMessageTests.reported(fixture)
    try await fixture.workspace.addMessage("More.", to: code)
    let token = try await fixture.token(.incidentLead, scopes: [.read])
    try await fixture.calling { stranger async throws in
      var caller = stranger
      caller.token = token
      let work = try await caller.get("work").json
      let incident = try #require(try await fixture.workspace.states(.incident).first)
      guard case .array(let waiting)? = work["messages"] else {
        Issue.record("\(work)")
        return
      }
      #expect(waiting.map { $0["incident"] } == [.string(incident.id.text)])
      #expect(waiting.map { $0["count"] } == [.int(1)])
    }
  }
}
