import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The set-up")
struct SetupTests {
  @Test("nobody marks a record of their own as a sample, which could be erased at any time")
  func ownSample() async throws {
    let fixture = try await DeskFixture()
    for answer in [true, false] {
      var code: String?
      do throws(Problem) {
        _ = try await fixture.workspace.record(
          RecordCommand(
            .model, nil,
            Change(
              "model-registered",
              set: [("name", .string("Fictional-\(answer)")), ("sample", .bool(answer))],
              effective: .day(fixture.workspace.surroundings.today))))
      } catch { code = error.code }
      #expect(code == (answer ? "workspace.no-sample" : nil))
    }
  }

  @Test("from an empty workspace to a classified model and its two weeks")
  func guided() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      #expect(try await jane.get("/").text.contains("Setting up"))
      #expect(try await jane.get("/setup").headers[.location] == "/setup/provider")
      let provider = try await jane.get("/setup/provider").text
      #expect(provider.contains("Art. 54(1) AI Act") && provider.contains("Why is this asked"))
      #expect(!provider.contains("<option value=\"yes\" selected>"), "nothing is filled in")
      let said = try await jane.send(
        "/setup/provider",
        [
          ("f.name", "Fictional Labs"), ("f.established_in_union", "yes"), ("f.signatory", "no"),
          ("version", "1"),
        ])
      #expect(said.headers[.location] == "/setup/model")
      let made = try await jane.send(
        "/setup/model", [("f.name", "Fictional-1"), ("f.modality", "text")])
      let compute = try #require(made.headers[.location])
      let key = try #require(compute.split(separator: "=").last)
      let day = fixture.workspace.surroundings.today
      let run = try await jane.send(
        "/models/\(key)/runs?setup=",
        [
          ("f.name", "pretraining"), ("f.activity", "pre-training"), ("f.status", "planned"),
          ("f.start", day.adding(days: 20).iso), ("f.end", day.adding(days: 90).iso),
          ("f.known_since", day.adding(days: -3).iso), ("f.flop", "1.2e25"),
        ])
      #expect(run.status.code == 303)
      #expect(try await jane.get(compute).text.contains("See what follows"))
      let result = try await jane.get("/setup/result?model=\(key)").text
      #expect(result.contains("verdict yes"))
      #expect(result.contains(day.adding(days: 11).iso), "two weeks from the day it was known")
      #expect(!(try await jane.get("/").text.contains("Setting up")))
    }
  }

  @Test(
    "a name that is taken, or a figure that cannot be read, brings the form back with what was typed"
  )
  func again() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let taken = try await jane.send(
        "/setup/model", [("f.name", "Fictional-1"), ("f.licence", "x")])
      #expect(taken.status.code == 409 && taken.text.contains("value=\"Fictional-1\""))
      let path = "/models/\(model.id.key)/runs"
      let bad = try await jane.send(path, [("f.name", "a"), ("f.flop", "lots")])
      #expect(bad.status.code == 422 && bad.text.contains("value=\"lots\""))
      #expect(try await fixture.workspace.states(.trainingRun).isEmpty)
    }
  }

  @Test("samples are marked, put away, and asked to be erased; their models count no more")
  func samples() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      #expect(try await jane.send("/samples", []).headers[.location] == "/models")
      let models = try await jane.get("/models").text
      #expect(models.contains("Aurora (sample)"))
      #expect(try await jane.send("/samples", []).status.code == 409, "they are loaded once")
      let states = try await fixture.workspace.states(.model)
      #expect(states.count == 3 && states.allSatisfy(\.isSample))
      let docket = try await fixture.workspace.docket()
      #expect(docket.contains { $0.recordTitle.contains("Aurora") && $0.ruleID == "ai-act/52/1" })
      #expect(try await jane.send("/samples/end", []).headers[.location] == "/samples")
      #expect(try await jane.get("/models").text.contains("given up"))
      #expect(
        try await fixture.workspace.docket().allSatisfy { !$0.recordTitle.contains("sample") })
      let asked = try await jane.send("/samples/erasure", [])
      let path = try #require(asked.headers[.location])
      let id = try #require(RecordID(String(path.dropFirst("/records/".count))))
      let link = try await fixture.workspace.issueLink(to: "max")
      let max = try await fixture.workspace.signIn(link: link)
      let report = try await fixture.workspace.acting(as: max).approveErasure(id)
      #expect(report.erased.count == 8)
      #expect(try await fixture.workspace.states(.model).isEmpty)
    }
  }
}
