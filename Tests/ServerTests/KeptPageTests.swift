import Duties
import Ground
import Store
import Testing
import Workspace

@testable import Server

@Suite("Pages that are kept while nothing changes")
struct KeptPageTests {
  private func notes(_ fixture: DeskFixture) async throws -> Int {
    let entries = try await fixture.workspace.store.entries(.access, from: 0, limit: 1000)
    return entries.count { $0.record.kind == "access" }
  }

  @Test(
    "A page is shown again as it was, noted each time, until something is written or the minute ends"
  )
  func again() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    let model = try await fixture.model("Fictional-1")
    let path = "/records/" + model.id.text
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let first = try await jane.get(path).text
      #expect(fixture.desk.pages.count == 1)
      #expect(try await notes(fixture) == 1)
      #expect(try await jane.get(path).text == first)
      #expect(fixture.desk.pages.count == 1)
      #expect(try await notes(fixture) == 2)
      #expect(try await max.get(path).text != first, "each session has its own key in the forms")
      #expect(fixture.desk.pages.count == 2)
      _ = try await fixture.workspace.record(
        RecordCommand(
          .model, model.id,
          Change(
            "model-changed", set: [("name", .string("Fictional-2"))],
            effective: .day(fixture.workspace.surroundings.today), reason: "renamed")))
      #expect(try await jane.get(path).text.contains("Fictional-2"))
      #expect(fixture.desk.pages.count == 1, "what was made before is gone")
      fixture.pass(seconds: 60)
      _ = try await max.get("/models")
      #expect(fixture.desk.pages.count == 1, "a minute later nothing of before is there")
    }
  }

  @Test("Whoever loses their role reads nothing of what was kept for them")
  func removed() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      _ = try await jane.get("/records/" + model.id.text)
      _ = try await jane.get("/records/" + model.id.text)
      try await fixture.workspace.removePerson("jane", reason: "left")
      let answer = try await jane.get("/records/" + model.id.text)
      #expect(!answer.text.contains("Fictional-1"))
    }
  }

  @Test("Records about access, and what inspectors read, are made anew each time")
  func neverKept() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    var eve = NewPerson(name: "eve", roles: [.inspector], secret: .token)
    eve.request = "Fictional request 1"
    eve.days.until = Day(sinceEpoch: fixture.workspace.surroundings.today.sinceEpoch + 90)
    _ = try await fixture.workspace.addPerson(eve)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let keeper = try await fixture.signedIn("keeper", browser)
      _ = try await keeper.get("/records/person")
      _ = try await keeper.get("/records/session")
      let eve = try await fixture.signedIn("eve", browser)
      _ = try await eve.get("/records/" + model.id.text)
      #expect(fixture.desk.pages.count == 0)
    }
  }
}
