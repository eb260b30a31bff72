import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The next step stands where one looks")
struct NextStepTests {
  private func model(_ fixture: DeskFixture) async throws -> RecordState {
    try await fixture.workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered",
          set: [
            ("name", .string("Aurora (fictional)")), ("modality", JSON(["text"])),
            ("published_flop", .string("1.1e25")), ("released", .string("2027-05-01")),
          ], effective: .day(fixture.workspace.surroundings.today))))
  }

  @Test("from the missing day over the draft to the approval, each named on the model's page")
  func steps() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    let model = try await model(fixture)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let page = "/models/\(model.id.key)"
      let known = "/records/\(model.id.text)/changes/threshold-known"
      #expect(try await jane.get(page).text.contains("href=\"\(known)\""))
      #expect(try await jane.get(known).text.contains("Why is this asked?"))
      let said = try await jane.send(known, [])
      #expect(said.headers[.location] == page, "the way leads back to the model")
      #expect(try await jane.get(page).text.contains("<button>Draft the notification</button>"))
      let drafted = try await jane.send(page + "/notifications", [])
      let path = try #require(drafted.headers[.location])
      let open = try await jane.get(page).text
      #expect(
        open.contains("Go on with the notification")
          && !open.contains("<button>Draft the notification</button>"))
      #expect(try await jane.send(path + "/reviews", []).status.code == 303)
      let (own, others) = (try await jane.get(path).text, try await max.get(path).text)
      #expect(!own.contains(">Approve it<") && own.contains("Another person approves it"))
      #expect(others.contains(">Approve it<") && !others.contains("Another person approves it:"))
    }
  }

  @Test("home tells what happened to a record, and who did it")
  func recent() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let made = try await jane.send("/models/new", [("f.name", "Fictional-1")])
      #expect(made.status.code == 303)
      let home = try await jane.get("/").text
      let recent = home.split(separator: "Recent changes").last ?? ""
      #expect(recent.contains("Model registered") && recent.contains("jane"))
      #expect(recent.contains("Provider registered") && recent.contains("local operator"))
    }
  }
}
