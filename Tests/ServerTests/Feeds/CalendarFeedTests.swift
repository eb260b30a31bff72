import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Deadlines for a calendar program")
struct CalendarFeedTests {
  private func address(_ answer: TestResponse) throws -> String {
    let text = answer.text
    let start = try #require(text.firstRange(of: "/calendar/sys_")).lowerBound
    return String(text[start...].prefix { $0 != "\"" })
  }

  private func lines(_ text: String) -> [String] {
    text.replacing("\r\n ", with: "").split(separator: "\r\n").map(String.init)
  }

  @Test("whoever has the address reads days, and nothing of what they concern")
  func feed() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Secret Project")
    _ = try await fixture.workspace.record(
      RecordCommand(
        .model, model.id,
        Change("threshold-known", effective: .day(fixture.workspace.surroundings.today))))
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let path = try address(try await jane.send("/account/calendar", []))
      let answer = try await browser.get(path)
      #expect(answer.status.code == 200)
      #expect(answer.headers[.contentType] == "text/calendar; charset=utf-8")
      #expect(answer.headers[.cacheControl]?.hasPrefix("private") == true)
      let lines = lines(answer.text)
      let titles = lines.filter { $0.hasPrefix("SUMMARY:") }
      #expect(!titles.isEmpty)
      #expect(titles.allSatisfy { $0.hasPrefix("SUMMARY:Regulatory deadline\\, ") })
      #expect(
        !lines.contains { $0.contains("Secret") || $0.contains("Art.") || $0.contains("Fictional") }
      )
      #expect(!lines.contains { $0.hasPrefix("URL") || $0.hasPrefix("CATEGORIES") })
      #expect(try await browser.get(path).text == answer.text, "the same while nothing changes")
    }
  }

  @Test("an event keeps its identity, and its sequence rises, also when the last edition was lost")
  func sequence() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    @Sendable func change(_ event: String, _ corrects: Bool, _ back: Int) async throws {
      let today = fixture.workspace.surroundings.today
      _ = try await fixture.workspace.record(
        RecordCommand(
          .model, model.id,
          Change(
            event, effective: .day(today.adding(days: -back)), reason: "a slip", corrects: corrects)
        ))
    }
    try await change("threshold-known", false, 0)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let path = try address(try await jane.send("/account/calendar", []))
      func sequences() async throws -> [String: Int] {
        var found: [String: Int] = [:]
        var uid = ""
        for line in lines(try await browser.get(path).text) {
          if line.hasPrefix("UID:") { uid = line }
          if line.hasPrefix("SEQUENCE:") { found[uid] = Int(line.dropFirst(9)) }
        }
        return found
      }
      let first = try await sequences()
      fixture.pass(hours: 1)
      try await change("threshold-known", true, 3)
      let second = try await sequences()
      #expect(Set(second.keys) == Set(first.keys))
      #expect(second.contains { $0.value > first[$0.key] ?? .max })
      #expect(second.allSatisfy { $0.value >= first[$0.key] ?? .max })
      fixture.pass(hours: 1)
      let folder = fixture.workspace.folder.path + "/calendars"
      for name in try PrivateFile.names(in: folder) { try PrivateFile.destroy(folder + "/" + name) }
      let third = try await sequences()
      #expect(third.allSatisfy { $0.value > second[$0.key] ?? .max })
    }
  }

  @Test("an address ends by a new one, by its owner, and with the access of its owner")
  func ending() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let first = try address(try await jane.send("/account/calendar", []))
      let second = try address(try await jane.send("/account/calendar", []))
      #expect(try await browser.get(first).status.code == 404)
      #expect(try await browser.get(second).status.code == 200)
      #expect(try await jane.send("/account/calendar/end", []).status.code == 303)
      #expect(try await browser.get(second).status.code == 404)
      let third = try address(try await jane.send("/account/calendar", []))
      try await fixture.workspace.removePerson("jane", reason: "left")
      #expect(try await browser.get(third).status.code == 404)
      #expect(try await browser.get("/calendar/nonsense.ics").status.code == 404)
    }
  }
}
