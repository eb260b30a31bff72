import Duties
import Foundation
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Administrators keep people")
struct PeoplePageTests {
  private func key(_ name: String, _ fixture: DeskFixture) async throws -> String {
    try #require(try await fixture.workspace.states(.person).first { $0.title == name }).id.key
  }

  @Test("they invite somebody, who sets a passphrase that nobody else knows")
  func invitation() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    try await fixture.asking { browser in
      let keeper = try await fixture.signedIn("keeper", browser)
      let page = try await keeper.send(
        "/people",
        [("name", "new.person"), ("display_name", "A Person (fictional)"), ("role", "counsel")])
      #expect(page.status.code == 200)
      let link = try #require(page.text.firstMatch(of: /<code>(\/sign-in\/link\/[^<]+)</)).1
      let entered = try await browser.post(String(link), [])
      let person = browser.with(try #require(entered.cookie))
      let set = try await person.send(
        "/account/passphrase",
        [("first", DeskFixture.passphrase), ("second", DeskFixture.passphrase)])
      #expect(set.status.code == 200)
      let state = try await fixture.workspace.states(.person).first { $0.title == "new.person" }
      #expect(state?.text("secret_by") == state?.id.key)
      let again = try await keeper.send("/people", [("name", "new.person"), ("role", "counsel")])
      #expect(again.status.code == 409 && again.text.contains("value=\"new.person\""))
    }
  }

  @Test("they change roles at once, sign people out, and end their access")
  func changes() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    try await fixture.person("jane", .counsel)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let keeper = try await fixture.signedIn("keeper", browser)
      var jane = try await fixture.signedIn("jane", browser)
      let path = "/people/" + (try await key("jane", fixture))
      #expect(try await keeper.send(path + "/roles", [("role", "approver")]).status.code == 422)
      let changed = try await keeper.send(
        path + "/roles", [("role", "administrator"), ("reason", "moved")])
      #expect(changed.status.code == 303)
      #expect(try await jane.get("/records/" + model.id.text).status.code == 403)
      _ = try await keeper.send(path + "/sessions/end", [])
      #expect(try await jane.get("/").status.code == 303)
      jane = try await fixture.signedIn("jane", browser)
      #expect(
        try await keeper.send(path + "/removal", [("reason", "left")]).status.code == 303)
      #expect(try await jane.get("/").status.code == 303)
      #expect(try await keeper.get(path).text.contains("removed"))
    }
  }

  @Test(
    "nobody else sees or changes who may act", arguments: [Role.compliance, .auditor, .security])
  func others(_ role: Role) async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("other", role)
    try await fixture.person("jane", .counsel)
    let path = "/people/" + (try await key("jane", fixture))
    try await fixture.asking { browser in
      let other = try await fixture.signedIn("other", browser)
      for page in ["/people", path] { #expect(try await other.get(page).status.code == 403) }
      for act in [
        "/people", "/people/rules", path + "/links", path + "/roles", path + "/sessions/end",
        path + "/second-factor/end", path + "/hold/end", path + "/removal",
      ] {
        let form = [("name", "x"), ("role", "counsel"), ("reason", "x")]
        #expect(try await other.send(act, form).status.code == 403, "\(act)")
      }
      #expect(!(try await other.get("/account").text.contains("/people")))
    }
  }

  @Test("they let somebody try again who was wrong too often")
  func lockOut() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    let token = try #require(
      try await fixture.workspace.addPerson(
        NewPerson(name: "jane", roles: [.counsel], secret: .token)
      ).token)
    try await fixture.asking { browser in
      let keeper = try await fixture.signedIn("keeper", browser)
      let form = [("name", "jane"), ("secret", token)]
      for _ in 0..<Door.mostMistakes {
        _ = try await browser.post("/sign-in", [("name", "jane"), ("secret", "sys_x")])
      }
      let held = try await browser.post("/sign-in", form)
      #expect(held.status.code == 429 && held.headers[.retryAfter] == "900")
      let path = "/people/" + (try await key("jane", fixture))
      _ = try await keeper.send(path + "/hold/end", [])
      // From the address of the attempts they still wait; a one-time link is a way in meanwhile only from elsewhere.
      #expect(try await browser.post("/sign-in", form).status.code == 429)
      fixture.desk.signIn.door.forget("address ")
      #expect(try await browser.post("/sign-in", form).status.code == 303)
    }
  }

  @Test("what stands in the list of the house, or is little more than one's name, is no passphrase")
  func refusedPassphrases() async throws {
    let fixture = try await DeskFixture()
    let list = fixture.workspace.folder.path + "/" + OpenWorkspace.refusedPassphrases
    try Data("correct horse battery\nOrange-Building, Room 7\r\n".utf8).write(
      to: URL(filePath: list))
    try await fixture.person("jane.doe", .counsel)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane.doe", browser)
      func set(_ text: String) async throws -> Int {
        let answer = try await jane.send(
          "/account/passphrase", [("first", text), ("second", text)])
        return answer.status.code
      }
      for text in ["orange-building, room 7", "Correct Horse Battery", "jane.doe is jane"] {
        let code = try await set(text)
        #expect(code == 422, "\(text)")
      }
      let code = try await set("orange-building, room 77")
      #expect(code == 200)
    }
  }
}
