import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The pages of incidents")
struct IncidentPageTests {
  private static let narrative =
    "A patient died after the planning system of a fictional hospital, which our model drives, was down for a night."

  /// Takes a made-up report in by the form and gives the path of its page.
  static func taken(_ browser: Browser, _ model: RecordState, _ title: String) async throws
    -> String
  {
    let answer = try await browser.send(
      "/incidents/new",
      [
        ("f.title", title), ("f.narrative", narrative), ("f.model", model.id.text),
        ("received-day", "2026-05-20"), ("received-time", "09:30"), ("received-zone", "+09:00"),
      ])
    #expect(answer.status.code == 303, "\(answer.text.prefix(3000))")
    return try #require(answer.headers[.location])
  }

  @Test("A report is taken in, answered, dated and considered; two people send the initial report")
  func whole() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let path = try await IncidentPageTests.taken(jane, model, "Fictional outage")
      let page = try await jane.get(path).text
      #expect(page.contains("A suggestion, no answer") && page.contains("<mark>died</mark>"))
      #expect(page.contains("2026-05-20T09:30+09:00") && page.contains("2:30:00"))
      #expect(page.contains("does not admit"))
      let answered = try await jane.send(
        path + "/answers",
        [("q-death", "yes"), ("q-model_involved", "yes"), ("q-causal_link_suspected", "yes")])
      #expect(answered.status.code == 303)
      let asked = try await jane.get(path).text
      #expect(asked.contains("A clock without a start") && asked.contains("date=involvement-known"))
      let dated = try await jane.send(
        path + "/dates",
        [
          ("event", "involvement-known"), ("at-day", "2026-05-28"), ("at-time", "02:00"),
          ("at-zone", "Brussels"),
        ])
      #expect(dated.status.code == 303)
      let running = try await jane.get(path).text
      #expect(running.contains("Initial report in ") && running.contains("governs"))
      #expect(running.contains("svg") && running.contains("by Regulation 1182/71"))
      let considered = try await jane.send(
        path + "/outcome", [("outcome", "serious_incident"), ("reason", "a person died")])
      #expect(considered.status.code == 303)
      let drafted = try await jane.send(path + "/reports", [("type", "initial")])
      let report = try #require(drafted.headers[.location])
      let form = try await jane.get(report).text
      #expect(form.contains("Completeness") && form.contains(path + "/description"))
      try await IncidentPageTests.send(report, jane, max)
      let sent = try await jane.get(path).text
      #expect(sent.contains("Intermediate report in ") && sent.contains("R-1"))
      #expect(sent.contains("the initial report was sent already"))
      #expect(try await jane.get("/incidents").text.contains("Intermediate report"))
    }
  }

  /// Fills a report in, has it approved by another person and notes that it was sent.
  private static func send(_ report: String, _ author: Browser, _ other: Browser) async throws {
    let fields =
      [("capacity", "provider"), ("organisation", "Fictional Labs"), ("first_name", "Ada")]
      + [("last_name", "Example"), ("email", "ada@labs.example"), ("phone", "+32 000")]
    #expect(try await author.send(report + "/draft", fields).status.code == 303)
    #expect(try await author.send(report + "/reviews", []).status.code == 303)
    #expect(try await author.send(report + "/approvals", []).status.code == 403)
    #expect(try await other.send(report + "/approvals", []).status.code == 303)
    let sent = try await author.send(
      report + "/submissions", [("channel", "EU SEND"), ("receipt", "R-1")])
    #expect(sent.status.code == 303, "\(sent.text)")
  }

  @Test("Where no report is owed, another person than the author confirms it, and it can be closed")
  func notReported() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let path = try await IncidentPageTests.taken(jane, model, "Fictional near miss")
      let nothing = try await jane.send(path + "/outcome", [("reason", "x")])
      #expect(nothing.status.code == 422 && nothing.text.contains("aria-invalid=\"true\""))
      let set = [("outcome", "near_miss"), ("reason", "nobody was harmed")]
      #expect(try await jane.send(path + "/outcome", set).status.code == 303)
      let page = try await jane.get(path).text
      #expect(page.contains("waits for another person"))
      let paper = try #require(try await fixture.workspace.states(.nonReport).first)
      let confirm = [("paper", paper.id.text), ("event", "non-report-confirmed")]
      #expect(try await jane.send(path + "/steps", confirm).status.code == 403)
      #expect(
        try await jane.send(path + "/closure", [("reason", "done")]).status.code == 422)
      #expect(try await max.get(path).text.contains("Confirmed by a second person"))
      #expect(try await max.send(path + "/steps", confirm).status.code == 303)
      #expect(try await jane.send(path + "/closure", [("reason", "done")]).status.code == 303)
      #expect(try await jane.get(path).text.contains("Nothing: it is closed"))
      #expect(
        try await jane.send(path + "/reopening", [("reason", "new facts")]).status.code == 303)
    }
  }

  @Test(
    "A moment that no clock shows is refused at its field, and what was typed stays",
    arguments: [
      ("2026-03-29", "02:30", "Brussels"), ("2026-13-01", "", "Brussels"), ("", "02:00", "Z"),
      ("2026-05-20", "25:00", "Z"), ("2026-05-20", "10:00", "+25:00"),
    ])
  func moments(_ day: String, _ time: String, _ zone: String) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let path = try await IncidentPageTests.taken(jane, model, "Fictional")
      let answer = try await jane.send(
        path + "/dates",
        [
          ("event", "incident-occurred"), ("at-day", day), ("at-time", time), ("at-zone", zone),
          ("shown_by", "evidence/abc"),
        ])
      #expect(answer.status.code == 422)
      #expect(answer.text.contains("aria-invalid=\"true\""))
      #expect(answer.text.contains("value=\"evidence/abc\""))
    }
    let incident = try #require(try await fixture.workspace.states(.incident).first)
    #expect(incident.happened["incident-occurred"] == nil)
  }

  @Test("A date is corrected with a reason, and both stay visible")
  func correction() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let path = try await IncidentPageTests.taken(jane, model, "Fictional")
      let first = [("event", "involvement-known"), ("at-day", "2026-05-27")]
      #expect(try await jane.send(path + "/dates", first).status.code == 303)
      let again = [("event", "involvement-known"), ("at-day", "2026-05-26")]
      #expect(try await jane.send(path + "/dates", again).status.code == 422)
      let corrected = again + [("reason", "the log shows it")]
      #expect(try await jane.send(path + "/dates", corrected).status.code == 303)
      let page = try await jane.get(path).text
      #expect(page.contains("<s>Involvement of the model became known</s>"))
      #expect(page.contains("corrects the one before: the log shows it"))
    }
  }

  @Test(
    "What is told and what follows is written on pages of its own; broken input stays in the form")
  func written() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let path = try await IncidentPageTests.taken(jane, model, "Fictional")
      let told = [
        ("f.title", "Fictional"), ("f.harm", "one person"), ("unknown", "chain"),
        ("unknown", "root_cause"),
      ]
      #expect(try await jane.send(path + "/description", told).status.code == 303)
      let page = try await jane.get(path).text
      #expect(page.contains("the chain of events; the root cause"))
      #expect(try await jane.get(path + "/description").text.contains("one person"))
      let lost = try await jane.send(path + "/description", [("f.title", ""), ("f.harm", "two")])
      #expect(lost.status.code == 422 && lost.text.contains("two"))
      let measure = path + "/papers/corrective-measure"
      #expect(try await jane.send(measure, [("f.title", "")]).status.code == 422)
      let set = [("f.title", "Assess"), ("f.consequence", "framework assessment")]
      #expect(try await jane.send(measure, set).status.code == 303)
      let other = path + "/papers/other-report"
      let notice = [("f.title", "Notice"), ("f.regime", "Directive (EU) 2022/2555")]
      #expect(try await jane.send(other, notice + [("f.due", "2026-06-30")]).status.code == 303)
      let after = try await jane.get(path).text
      #expect(after.contains("Assess") && after.contains("Directive (EU) 2022/2555"))
      #expect(!after.contains("Assess whether the Framework must change"))
    }
  }

  @Test("Merging needs another incident and a reason; the merged one names it")
  func merge() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let first = try await IncidentPageTests.taken(jane, model, "First")
      let second = try await IncidentPageTests.taken(jane, model, "Second")
      let into = "incident/" + first.split(separator: "/")[1]
      let wrong = try await jane.send(second + "/merge", [("into", "what"), ("reason", "same")])
      #expect(wrong.status.code == 422 && wrong.text.contains("aria-invalid"))
      #expect(try await jane.send(second + "/merge", [("into", into)]).status.code == 422)
      let right = try await jane.send(second + "/merge", [("into", into), ("reason", "same")])
      #expect(right.status.code == 303)
      #expect(try await jane.get(second).text.contains("Nothing by itself"))
      #expect(try await jane.get(first).text.contains("merged into this one"))
    }
  }

  @Test("Who may not read is refused, and a form without its key is")
  func roles() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-9")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let path = try await IncidentPageTests.taken(jane, model, "Fictional")
      let keeper = try await fixture.signedIn("keeper", browser)
      #expect(try await keeper.get(path).status.code == 403)
      #expect(try await keeper.send(path + "/answers", [("q-death", "no")]).status.code == 403)
      #expect(try await jane.post(path + "/answers", [("q-death", "no")]).status.code == 403)
      #expect(try await jane.get("/incidents/nothing").status.code == 404)
      #expect(try await jane.get("/incidents/table.csv").text.contains("Fictional"))
    }
  }
}
