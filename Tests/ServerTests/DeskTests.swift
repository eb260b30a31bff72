import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("The desk")
struct DeskTests {
  @Test("what another site sends in somebody's name changes nothing")
  func forgery() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let form = [("f.name", "Fictional-1")]
      #expect(try await jane.post("/models/new", form).status.code == 403)
      #expect(try await jane.post("/models/new", form + [("key", "0")]).status.code == 403)
      let key = [("key", SessionCookie.formKey(String(jane.cookie!.split(separator: "=")[1])))]
      for site in ["cross-site", "same-site", "none", "nonsense"] {
        let answer = try await jane.post(
          "/models/new", form + key, more: ["sec-fetch-site": site])
        #expect(answer.status.code == 403, "\(site)")
      }
      #expect(try await fixture.workspace.states(.model).isEmpty)
      #expect(try await jane.send("/models/new", form).status.code == 303)
      #expect(try await fixture.workspace.states(.model).count == 1)
    }
  }

  @Test("every answer has its security fields, and no script but the file of the desk")
  func fields() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      for path in ["/", "/sign-in", "/nowhere", "/models", "/healthz", Assets.stylePath] {
        let answer = try await jane.get(path)
        let policy = answer.headers[HTTPField.Name("content-security-policy")!]
        #expect(policy == SecurityFields.policy, "\(path)")
        #expect(answer.headers[HTTPField.Name("x-content-type-options")!] == "nosniff")
        let text = answer.text.replacing(
          "<script src=\"\(Assets.scriptPath)\" defer></script>", with: "")
        #expect(!text.contains("<script") && !text.contains("style="))
      }
    }
  }

  @Test(
    "names of the worst kind are shown, not obeyed",
    arguments: [
      "<script>alert(1)</script>", "\"><img src=x onerror=y>", "=cmd|' /C calc'!A0",
      "\u{202E}txt.exe",
      "Аurora with a Cyrillic A",
    ])
  func injection(_ name: String) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let made = try await jane.send("/models/new", [("f.name", name)])
      let path = try #require(made.headers[.location])
      for page in ["/", "/models", path, "/records" + path.replacing("/models", with: "/model")] {
        let text = try await jane.get(page).text
        #expect(!text.contains("<script>") && !text.contains("<img") && !text.contains("\u{202E}"))
      }
    }
  }

  @Test("a draft is filed by another person, and a change on an older version is refused")
  func twoPeople() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("max", .counsel)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let max = try await fixture.signedIn("max", browser)
      let drafted = try await jane.send("/models/\(model.id.key)/opinions", [])
      let path = try #require(drafted.headers[.location])
      let filing =
        path.replacing("/opinions/", with: "/records/opinion/") + "/changes/opinion-filed"
      #expect(try await jane.send(filing, [("version", "1")]).status.code == 403)
      #expect(try await max.send(filing, [("version", "1")]).status.code == 303)
      #expect(try await max.get(path).text.contains("filed"))
      #expect(try await max.send(filing, [("version", "1")]).status.code == 404, "it is filed once")
      let change = "/records/\(model.id.text)/changes/model-changed"
      let set = [("f.params_total", "7B"), ("reason", "known now"), ("version", "1")]
      #expect(try await jane.send(change, set).status.code == 303)
      let late = try await max.send(
        change, [("f.params_total", "8B"), ("reason", "no"), ("version", "1")])
      #expect(late.status.code == 409)
      #expect(late.text.contains("value=\"8B\""), "what was typed stays in the form")
      #expect(try await fixture.workspace.needed(model.id).text("params_total") == "7B")
    }
  }

  @Test("whoever may not read a record is told so, on its page and nowhere else")
  func roles() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let keeper = try await fixture.signedIn("keeper", browser)
      #expect(try await keeper.get("/records/\(model.id.text)").status.code == 403)
      #expect(!(try await keeper.get("/models").text.contains("Fictional-1")))
      #expect(!(try await keeper.get("/search?q=Fictional").text.contains("Fictional-1")))
      #expect(try await keeper.send("/models/new", [("f.name", "x")]).status.code == 403)
    }
  }

  @Test("what is too large or nowhere is answered with a page that says so")
  func limits() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let large = String(repeating: "x", count: Desk.mostForm + 1)
      #expect(try await jane.send("/models/new", [("f.name", large)]).status.code == 413)
      #expect(
        try await jane.get("/models?" + String(repeating: "x", count: 9000)).status.code == 414)
      for path in [
        "/nowhere", "/models/%2e%2e", "/records/nothing", "/records/model/A", "/law/x/y",
      ] {
        let answer = try await jane.get(path)
        #expect(answer.status.code == 404, "\(path)")
        #expect(answer.text.contains("What to do:"), "\(path)")
      }
    }
  }

  @Test("the journal is verified from the page, and the proof of an entry can be taken along")
  func journal() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    try await fixture.workspace.publishCheckpoints()
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let begun = try await jane.send("/journal/audits", [])
      let path = try #require(begun.headers[.location])
      #expect(path.hasPrefix("/journal/audits/"))
      var progress = ""
      while !progress.contains("\"ended\":true") {
        progress = try await jane.get(path + "/progress").text
        #expect(progress.contains("\"total\""))
        await Task.yield()
      }
      #expect(try await jane.get(path).text.contains("Verified"))
      #expect(try await jane.get("/journal").text.contains(path))
      let proof = try await jane.get("/records/\(model.id.text)/proofs/1")
      #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\n"))
    }
  }

  @Test("every page answers somebody who is signed in")
  func pages() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      for path in [
        "/", "/models", "/models/new", "/models/\(model.id.key)", "/models/\(model.id.key)/opinion",
        "/docket", "/docket?all=&owner=counsel&day=2026-08-02", "/docket.ics", "/records",
        "/records/model", "/records/\(model.id.text)", "/records/\(model.id.text)?as-of=2030-01-01",
        "/records/\(model.id.text)/changes/model-changed", "/law", "/law?q=weeks&day=2026-08-02",
        "/law/ai-act/52/1", "/law/divergences", "/journal", "/search?q=fictional", "/account",
        "/account/tokens", "/account/calendar", "/healthz", "/records/training-run/new",
        "/docket/calendar",
        "/docket/timeline", "/docket.csv",
        "/evidence", "/evidence/new", "/law/changes", "/law/changes?from=2026-01-01", "/comments",
        "/search", "/records/model/table.csv", "/palette", "/setup/provider", "/setup/model",
        "/setup/compute", "/setup/result", "/samples", "/board", "/work",
        "/models/\(model.id.key)/runs/new", "/models/\(model.id.key)/what-if",
      ] {
        #expect(try await jane.get(path).status.code == 200, "\(path)")
      }
    }
  }
}
