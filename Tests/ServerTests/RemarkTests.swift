import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Comments, views and changes together")
struct RemarkTests {
  @Test("a comment stands beside the record, in its class, and asks somebody until it is settled")
  func comments() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    try await fixture.person("eva", .evaluator)
    let model = try await fixture.model("Fictional-1")
    _ = try await fixture.workspace.record(
      RecordCommand(
        .model, model.id,
        Change(
          "model-changed", effective: .day(fixture.workspace.surroundings.today),
          reason: "narrowed",
          confidentiality: .secret)))
    let path = "/records/\(model.id.text)"
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let eva = try await fixture.signedIn("eva", browser)
      let said = [("text", "Is the figure final?\n<b>Please</b> look."), ("to", "max")]
      #expect(try await jane.send(path + "/comments", said).status.code == 303)
      #expect(try await jane.send(path + "/comments", [("text", " ")]).status.code == 422)
      #expect(try await eva.send(path + "/comments", said).status.code == 403)
      let comment = try #require(try await fixture.workspace.states(.comment).first)
      #expect(comment.confidentiality == .secret)
      let page = try await max.get(path).text
      #expect(page.contains("Is the figure final?") && page.contains("&lt;b&gt;Please"))
      #expect(try await max.get("/comments").text.contains("Is the figure final?"))
      #expect(!(try await jane.get("/comments").text.contains("Is the figure final?")))
      #expect(try await max.send("/comments/\(comment.id.key)/settlement", []).status.code == 303)
      #expect(!(try await max.get("/comments").text.contains("Is the figure final?")))
      #expect(try await max.send("/comments/\(comment.id.key)/settlement", []).status.code == 422)
    }
  }

  @Test("a view is kept for one person, gives way to one of the same name, and leads nowhere else")
  func views() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let view = [("title", "Codename"), ("path", "/records/model?q=codename")]
      #expect(try await jane.send("/views", view).status.code == 303)
      #expect(try await jane.send("/views", view).status.code == 303)
      #expect(try await jane.get("/records/model").text.contains(">Codename<"))
      #expect(!(try await max.get("/records/model").text.contains("Codename")))
      #expect(!(try await max.get("/records/view").text.contains("odename")), "nor in the register")
      for path in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", ""] {
        let answer = try await jane.send("/views", [("title", "x"), ("path", path)])
        #expect(answer.status.code == 422, "\(path)")
      }
      let kept = try await fixture.workspace.states(.view).filter { $0.status == "kept" }
      #expect(kept.count == 1)
      let removal = "/views/\(try #require(kept.first).id.key)/removal"
      #expect(try await max.send(removal, []).status.code == 303)
      #expect(try await jane.get("/records/model").text.contains(">Codename<"), "it is not theirs")
      #expect(try await jane.send(removal, [("path", "/records/model")]).status.code == 303)
      #expect(!(try await jane.get("/records/model").text.contains(">Codename<")))
    }
  }

  @Test("several records are changed together, or none, with one reason")
  func together() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let one = try await fixture.model("Fictional-1")
    let two = try await fixture.model("Fictional-2")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let fact = [("field", "licence"), ("value", "Apache-2.0")]
      func chosen(_ first: Int, _ second: Int) -> [(String, String)] {
        [("record", "\(one.id.key) \(first)"), ("record", "\(two.id.key) \(second)")]
      }
      let path = "/records/model/changes"
      #expect(try await jane.send(path, chosen(1, 1) + fact).status.code == 422, "a reason is due")
      let why = [("reason", "known now")]
      #expect(try await jane.send(path, fact + why).status.code == 422, "none is chosen")
      #expect(try await jane.send(path, chosen(1, 2) + fact + why).status.code == 409)
      #expect(try await fixture.workspace.needed(one.id).version == 1, "none was changed")
      #expect(try await jane.send(path, chosen(1, 1) + fact + why).status.code == 303)
      for id in [one.id, two.id] {
        #expect(try await fixture.workspace.needed(id).text("licence") == "Apache-2.0")
      }
      let table = try await jane.get("/records/model/table.csv?column=name&column=licence").text
      #expect(table.hasPrefix("id,status,version,class,changed,name,licence\r\n"))
      #expect(table.contains("Fictional-1,Apache-2.0"))
      let page = try await jane.get("/records/model?column=licence&q=fictional-2").text
      #expect(page.contains("Apache-2.0") && !page.contains(">Fictional-1<"))
    }
  }

  @Test("the palette finds pages, records and rules, and only what may be read")
  func palette() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("keeper", .administrator)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let keeper = try await fixture.signedIn("keeper", browser)
      let found = try await jane.get("/palette?q=fictional")
      #expect(found.headers[.contentType] == "application/json")
      #expect(found.text.contains("\"/models/\(model.id.key)\""))
      #expect(!(try await keeper.get("/palette?q=fictional").text.contains(model.id.key)))
      #expect(try await jane.get("/palette?q=docket").text.contains("\"/docket/calendar\""))
      #expect(try await jane.get("/palette?q=52(1)").text.contains("\"/law/ai-act/52/1\""))
      #expect(try await browser.get("/palette?q=x").status.code == 303)
    }
  }
}
