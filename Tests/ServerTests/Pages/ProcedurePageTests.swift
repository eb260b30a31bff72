import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The pages of the procedure before the Commission")
struct ProcedurePageTests {
  /// A made-up model above the threshold, known since four days.
  private func model(_ fixture: DeskFixture, _ more: [(String, JSON)] = []) async throws
    -> RecordState
  {
    let today = fixture.workspace.surroundings.today
    let set: [(String, JSON)] = [
      ("name", .string("Fictional-9")), ("modality", JSON(["text"])),
      ("published_flop", .string("1.1e25")), ("released", .string("2027-05-01")),
    ]
    let model = try await fixture.workspace.record(
      RecordCommand(
        .model, nil, Change("model-registered", set: set + more, effective: .day(today))))
    return try await fixture.workspace.record(
      RecordCommand(
        .model, model.id, Change("threshold-known", effective: .day(today.adding(days: -4)))))
  }

  private static let written = [
    ("approach", "Six times parameters times tokens"), ("approximations", "None were made"),
  ]

  @Test(
    "Two people take a notification from its draft to the acknowledgement, and its clock is met")
  func whole() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    let model = try await model(fixture)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let drafted = try await jane.send("/models/\(model.id.key)/notifications", [])
      let path = try #require(drafted.headers[.location])
      let page = try await jane.get(path).text
      #expect(page.contains("Both triggers of Art. 52(1)") && page.contains("governs"))
      #expect(
        page.contains("a description of how the compute was estimated")
          || page.contains("A description of how"))
      #expect(page.contains("missing") && page.contains("not asked") == false)
      let form = try await jane.get(path + "/draft").text
      #expect(
        form.contains("Why is this asked?") && form.contains("href=\"/law/guidelines/31/approach\"")
      )
      #expect(!form.contains("Six times"), "nothing is filled in for anybody")
      #expect(try await jane.send(path + "/reviews", []).status.code == 303)
      let incomplete = try await max.send(path + "/approvals", [])
      #expect(
        incomplete.status.code == 422
          && incomplete.text.contains("what a notification to the Commission needs"))
      #expect(try await max.send(path + "/returns", [("reason", "")]).status.code == 422)
      #expect(try await max.send(path + "/returns", [("reason", "approach")]).status.code == 303)
      #expect(try await jane.send(path + "/draft", ProcedurePageTests.written).status.code == 303)
      #expect(try await jane.send(path + "/reviews", []).status.code == 303)
      #expect(try await jane.send(path + "/draft", [("contact", "x")]).status.code == 422)
      #expect(try await jane.send(path + "/approvals", []).status.code == 403)
      #expect(try await max.send(path + "/approvals", [("version", "1")]).status.code == 409)
      #expect(try await max.send(path + "/approvals", []).status.code == 303)
      let sent = [("channel", "EU SEND"), ("receipt", "R-1")]
      #expect(try await jane.send(path + "/submissions", [("channel", " ")]).status.code == 422)
      let wrong = try await jane.send(path + "/submissions", sent + [("sha256", "00")])
      #expect(wrong.status.code == 422 && wrong.text.contains("value=\"R-1\""))
      #expect(try await jane.send(path + "/submissions", sent).status.code == 303)
      #expect(
        try await jane.send(path + "/submissions", sent).status.code == 422, "it is sent once")
      #expect(
        try await jane.send(path + "/acknowledgements", [("reference", "X")]).status.code == 303)
      let done = try await jane.get(path).text
      #expect(done.contains("acknowledged") && done.contains("R-1") && done.contains("✓"))
      #expect(try await jane.get("/models/\(model.id.key)").text.contains(path))
      let json = try await jane.get(path + "/package/json")
      #expect(json.text.contains("\"two_significant_figures\": \"1.1×10^25\""))
      for kind in ["html", "md"] {
        #expect(try await jane.get(path + "/package/\(kind)").text.contains("1.1"))
      }
      #expect(try await jane.get(path + "/package/pdf").status.code == 404)
    }
    let now = try await fixture.workspace.needed(model.id)
    #expect(now.day("commission-notified") == fixture.workspace.surroundings.today)
  }

  @Test("Pages without anything say so, and the general forms do not begin a filing")
  func empty() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await model(fixture)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      for path in ["/notifications", "/reassessments", "/mandates", "/mandates/new"] {
        #expect(try await jane.get(path).status.code == 200, "\(path)")
      }
      for kind in ["notification", "rebuttal", "reassessment", "mandate"] {
        #expect(try await jane.get("/records/\(kind)/new").status.code == 422, "\(kind)")
      }
      let refused = try await jane.send("/models/\(model.id.key)/reassessments", [])
      #expect(refused.status.code == 422 && refused.text.contains("52(4)"))
      #expect(try await jane.get("/notifications/nothing").status.code == 404)
    }
  }

  @Test(
    "A representative's mandate is drafted, refused while it lacks something, and asked outside the Union only"
  )
  func mandate() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let set = [("title", "Fictional Delegates"), ("established_in", "Ireland")]
      #expect(try await jane.send("/mandates/new", [("title", "x")]).status.code == 422)
      let made = try await jane.send("/mandates/new", set)
      let path = try #require(made.headers[.location])
      #expect(try await jane.get(path).text.contains("It does not hold yet"))
      let refused = try await jane.send(path + "/signatures", [])
      #expect(refused.status.code == 422 && refused.text.contains("mandate lacks"))
      #expect(try await jane.send(path + "/draft", [("verifies", "yes")]).status.code == 303)
      #expect(try await jane.send(path + "/abandonments", [("reason", "test")]).status.code == 303)
    }
    let provider = try #require(try await fixture.workspace.provider())
    _ = try await fixture.workspace.record(
      RecordCommand(
        .provider, provider.id,
        Change(
          "provider-changed", set: [("established_in_union", .bool(true))],
          effective: .day(fixture.workspace.surroundings.today), reason: "register")))
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let refused = try await jane.send(
        "/mandates/new", [("title", "Fictional"), ("established_in", "Ireland")])
      #expect(refused.status.code == 422 && refused.text.contains("value=\"Fictional\""))
    }
  }

  @Test("Who may not read is refused on every page of the procedure")
  func roles() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    try await fixture.person("sam", .safety)
    let model = try await model(fixture)
    let filing = try await fixture.workspace.draftNotification(on: model)
    try await fixture.asking { browser in
      let keeper = try await fixture.signedIn("keeper", browser)
      let path = ProcedurePages.path(filing.id)
      for part in ["", "/draft", "/package/json"] {
        #expect(try await keeper.get(path + part).status.code == 403, "\(part)")
      }
      let sam = try await fixture.signedIn("sam", browser)
      #expect(try await sam.get(path).status.code == 200)
      #expect(try await sam.send(path + "/reviews", []).status.code == 403)
    }
  }
}
