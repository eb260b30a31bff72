import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Clocks of incidents in feeds")
struct IncidentFeedTests {
  private static let title = "Outage of a fictional hospital"

  /// An incident with a death, whose initial report is due in ten days.
  private func clocked(_ fixture: DeskFixture) async throws -> RecordState {
    var state = try await fixture.incident(IncidentFeedTests.title)
    state = try await fixture.workspace.answerTriage(
      state, [("death", "yes"), ("causal_link", "suspected")])
    return try await fixture.workspace.dateIncident(
      state, "involvement-known", at: .moment(fixture.workspace.surroundings.now()))
  }

  @Test(
    "the calendar of a person tells the day of the initial report, without the title, and gives it up when it was not owed"
  )
  func calendar() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let state = try await clocked(fixture)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let page = try await jane.send("/account/calendar", []).text
      let start = try #require(page.firstRange(of: "/calendar/sys_")).lowerBound
      let path = String(page[start...].prefix { $0 != "\"" })
      let text = try await browser.get(path).text.replacing("\r\n ", with: "")
      // Known on 28 May 2026: ten days later is 7 June.
      #expect(text.contains("DTSTART;VALUE=DATE:20260607"), "\(text)")
      #expect(!text.contains("hospital") && !text.contains("incident/"))
      #expect(!text.contains(state.id.key))
      fixture.pass(hours: 1)
      _ = try await fixture.workspace.answerTriage(
        try await fixture.workspace.needed(state.id),
        [("death", "no"), ("causal_link", "excluded")],
        reason: "looked at")
      let after = try await browser.get(path).text.replacing("\r\n ", with: "")
      let event = try #require(
        after.split(separator: "BEGIN:VEVENT").first { $0.contains("20260607") },
        "\(text) AFTER \(after)")
      #expect(event.contains("STATUS:CANCELLED"), "\(event)")
    }
  }

  @Test("whoever listens is told the clocks of an incident that changed, without its title")
  func stream() async throws {
    let fixture = try await DeskFixture()
    let (jane, keeper) = (
      try await fixture.token(.compliance), try await fixture.token(.administrator)
    )
    let state = try await clocked(fixture)
    try await fixture.calling { caller in
      let text = try await Caller(client: caller.client, token: jane).get(
        "events?after=-1&seconds=1"
      )
      .text
      let told = text.split(separator: "\n\n").filter { $0.hasPrefix("event: deadline\n") }
      let due = try #require(told.first { $0.contains("cop/safety/9.3/death") }, "\(text)")
      #expect(due.contains("\"last_day\":\"2026-06-07\"") && due.contains(state.id.text))
      #expect(!due.contains("id: "), "what was seen last is a place in the journal")
      #expect(!text.contains("hospital"))
      let other = try await Caller(client: caller.client, token: keeper).get(
        "events?after=-1&seconds=1")
      #expect(!other.text.contains("event: deadline"), "who may not read it hears nothing of it")
    }
  }
}
