import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Answers and steps on the page of an incident")
struct IncidentAnswerTests {
  private func page(
    _ body: @Sendable @escaping (DeskFixture, Browser, Browser, String) async throws -> Void
  ) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      try await body(
        fixture, jane, max, try await IncidentPageTests.taken(jane, model, "Fictional outage"))
    }
  }

  private static func incident(_ fixture: DeskFixture) async throws -> RecordState {
    try #require(try await fixture.workspace.states(.incident).first)
  }

  @Test(
    "a category is answered at once or question by question", arguments: IncidentCategory.inAnswer)
  func whole(_ category: IncidentCategory) async throws {
    try await page { fixture, jane, _, path in
      let name = "q-" + category.rawValue
      let form = try await jane.get(path).text
      #expect(form.contains("id=\"\(name)\"") && form.contains("All at once: \(category.title)?"))
      let answers = [(name, "yes"), ("q-causal_link_suspected", "yes")]
      #expect(try await jane.send(path + "/answers", answers).status.code == 303)
      let state = try await IncidentAnswerTests.incident(fixture)
      #expect(IncidentRecord.facts(state).harm(category) == .yes)
      let again = try await jane.get(path).text
      #expect(again.contains("name=\"\(name)\" value=\"yes\" checked"))
      // One by one: what the single questions settle contradicts it, so that it stays open, and the page says so.
      let single = IncidentQuestion.deciding(category).map { ("q-" + $0.rawValue, "no") }
      #expect(
        try await jane.send(path + "/answers", single + [("reason", "looked at")]).status.code
          == 303)
      let decided = try await IncidentAnswerTests.incident(fixture)
      #expect(!IncidentRecord.facts(decided).harm(category).isDecided)
      let told = try await jane.get(path).text
      #expect(told.contains("What contradicts itself") && told.contains("answered as a whole"))
      #expect(!told.contains("\(category.rawValue): answered") || !category.rawValue.contains("_"))
    }
  }

  @Test(
    "a link that was suspected elsewhere is shown as that, and stays when the form is sent again")
  func suspected() async throws {
    try await page { fixture, jane, _, path in
      _ = try await fixture.workspace.answerTriage(
        try await IncidentAnswerTests.incident(fixture), [("causal_link", "suspected")])
      let form = try await jane.get(path).text
      #expect(form.contains("name=\"q-causal_link_suspected\" value=\"yes\" checked"))
      let sent = [
        ("q-causal_link", "unknown"), ("q-causal_link_suspected", "yes"), ("q-death", "yes"),
      ]
      #expect(try await jane.send(path + "/answers", sent).status.code == 303)
      let state = try await IncidentAnswerTests.incident(fixture)
      #expect(state.text("causal_link") == "suspected" && state.text("death") == "yes")
    }
  }

  @Test(
    "a step that was decided on an older page is refused, and what was typed stays",
    arguments: [
      ("merge", [("into", "incident/other"), ("reason", "the same event")]),
      ("bundle", [("into", "incident/other"), ("reason", "the same event")]),
      ("closure", [("reason", "the same event")]),
    ])
  func stale(_ step: String, _ typed: [(String, String)]) async throws {
    try await page { fixture, jane, max, path in
      let other = try await fixture.incident("Another")
      // Both look at the same page; Max decides first.
      let seen = try await IncidentAnswerTests.incident(fixture, titled: "Fictional outage")
      let near = [("outcome", "near_miss"), ("reason", "nobody was harmed")]
      #expect(try await max.send(path + "/outcome", near).status.code == 303)
      let paper = try #require(try await fixture.workspace.states(.nonReport).first)
      let confirm = [("paper", paper.id.text), ("event", "non-report-confirmed")]
      #expect(try await jane.send(path + "/steps", confirm).status.code == 303)
      let values = typed.map { ($0.0, $0.1.replacing("incident/other", with: other.id.text)) }
      let late = try await jane.send(
        "\(path)/\(step)", values + [("version", String(seen.version))])
      #expect(late.status.code == 409)
      #expect(late.text.contains("has changed") && late.text.contains("value=\"the same event\""))
      let state = try await IncidentAnswerTests.incident(fixture, titled: "Fictional outage")
      #expect(state.status == "considered" && state.text("merged_into") == nil)
      #expect(state.text("bundled_with") == nil)
      let now = values + [("version", String(state.version))]
      #expect(try await jane.send("\(path)/\(step)", now).status.code == 303)
    }
  }

  private static func incident(
    _ fixture: DeskFixture, titled title: String
  ) async throws -> RecordState {
    try #require(try await fixture.workspace.states(.incident).first { $0.title == title })
  }

  @Test("of two people who take a step of one paper at once, the second is told")
  func papers() async throws {
    try await page { fixture, jane, max, path in
      let note = [("f.title", "Block the tool (fictional)")]
      #expect(
        try await jane.send(path + "/papers/corrective-measure", note).status.code == 303)
      let paper = try #require(try await fixture.workspace.states(.measure).first)
      let field = "name=\"version\" value=\"\(paper.version)\""
      #expect(try await max.get(path).text.contains(field))
      let values = [("paper", paper.id.text), ("version", String(paper.version))]
      let done = values + [("event", "measure-done")]
      #expect(try await jane.send(path + "/steps", done).status.code == 303)
      let late = try await max.send(path + "/steps", done)
      #expect(late.status.code == 409 && late.text.contains("has changed"))
      #expect(try await fixture.workspace.needed(paper.id).version == paper.version + 1)
    }
  }

  @Test("a report that was sent for review offers no way to tell more in it")
  func frozen() async throws {
    try await page { fixture, jane, _, path in
      let told = [("f.title", "Fictional outage"), ("f.harm", "one person")]
      #expect(try await jane.send(path + "/description", told).status.code == 303)
      let drafted = try await jane.send(path + "/reports", [("type", "initial")])
      let report = try #require(drafted.headers[.location])
      #expect(try await jane.get(report).text.contains(">Tell it"))
      #expect(try await jane.send(report + "/reviews", []).status.code == 303)
      let page = try await jane.get(report).text
      #expect(page.contains("in review") && !page.contains(">Tell it"))
    }
  }

  @Test("what an incident may ask for names the provision nearest to it")
  func consequences() async throws {
    try await page { _, jane, _, path in
      let text = try await jane.get(path).text
      for rule in [
        "cop/safety/1.3", "cop/safety/7.6", "cop/safety/1.2/continuous", "ai-act/53/1/b",
      ] { #expect(text.contains("href=\"/law/\(rule)\""), "\(rule)") }
    }
  }

  @Test("every kind of record is said what it holds")
  func kinds() async throws {
    try await page { _, jane, _, _ in
      let text = try await jane.get("/records").text
      for kind in RecordKind.all {
        let link = "<a href=\"/records/\(kind.name)\">"
        let row = try #require(text.firstRange(of: link), "\(kind.name)").upperBound
        let rest = text[row...].prefix { $0 != "\n" }.prefix(400)
        #expect(!rest.contains("<td></td>"), "\(kind.name) says nothing")
      }
    }
  }
}
