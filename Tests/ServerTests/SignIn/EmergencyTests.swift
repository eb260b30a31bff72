import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Emergency access")
struct EmergencyTests {
  private func come(
    _ browser: Browser, _ secret: String, _ why: String = "the identity provider is down"
  ) async throws -> TestResponse {
    try await browser.post("/sign-in/emergency", [("secret", secret), ("why", why)])
  }

  @Test("opens for a reason, an hour, once; everybody reads it until another person reviewed it")
  func whole() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .counsel)
    let secret = try await fixture.workspace.makeEmergencySecret()
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      #expect(try await come(browser, secret, "because").status.code == 422)
      #expect(!(try await jane.get("/").text.contains("Emergency access")))
      let answer = try await come(browser, secret)
      #expect(answer.status.code == 303)
      let keeper = browser.with(try #require(answer.cookie))
      #expect(try await keeper.get("/people").status.code == 200)
      for page in ["/", "/law", "/account"] {
        let text = try await jane.get(page).text
        #expect(text.contains("the identity provider is down"), "\(page)")
        #expect(text.contains("waits for a review"), "\(page)")
      }
      #expect(try await come(browser, secret).status.code == 401, "it is used up")
      let use = try #require(try await fixture.workspace.states(.emergency).first)
      let path = "/emergency/\(use.id.key)/review"
      #expect(try await keeper.send(path, [("reason", "nothing wrong")]).status.code == 403)
      fixture.pass(seconds: 59 * 60)
      #expect(try await jane.get("/emergency").text.contains("identity provider is down"))
      fixture.pass(seconds: 60)
      #expect(try await keeper.get("/people").status.code == 303, "an hour is over")
      #expect(!(try await jane.get("/").text.contains("is open until")))
      #expect(try await jane.send(path, []).status.code == 422, "what was found is said")
      #expect(try await jane.send(path, [("reason", "roles were changed")]).status.code == 303)
      #expect(!(try await jane.get("/").text.contains("waits for a review")))
      let reviewed = try await fixture.workspace.needed(use.id)
      #expect(reviewed.status == "reviewed")
    }
  }

  @Test("its secret is no other way in, and a wrong one is noted and holds up")
  func wrong() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      #expect(try await come(browser, "sys_nothing").status.code == 401, "none was made")
      let secret = try await fixture.workspace.makeEmergencySecret()
      let other = try await browser.post(
        "/sign-in", [("name", OpenWorkspace.emergencyName), ("secret", secret)])
      #expect(other.status.code == 401)
      let second = try await fixture.workspace.makeEmergencySecret()
      #expect(try await come(browser, secret).status.code == 401, "the one before ended")
      for _ in 0..<3 { _ = try await come(browser, "sys_wrong") }
      let held = try await come(browser, second)
      #expect(held.status.code == 429 && held.headers[.retryAfter] != nil)
      fixture.pass(seconds: Door.holdSeconds)
      #expect(try await come(browser, second).status.code == 303)
    }
  }

  @Test("it reads no content, as no administrator does")
  func content() async throws {
    let fixture = try await DeskFixture()
    let model = try await fixture.model("Fictional-1")
    let secret = try await fixture.workspace.makeEmergencySecret()
    try await fixture.asking { browser in
      let keeper = browser.with(try #require(try await come(browser, secret).cookie))
      #expect(try await keeper.get("/records/" + model.id.text).status.code == 403)
    }
  }

  @Test("nobody gives its person another way in")
  func otherWays() async throws {
    let fixture = try await DeskFixture()
    _ = try await fixture.workspace.makeEmergencySecret()
    let name = OpenWorkspace.emergencyName
    let workspace = fixture.workspace
    await #expect(throws: Problem.self) { _ = try await workspace.issueLink(to: name) }
    await #expect(throws: Problem.self) { _ = try await workspace.issueToken(to: name) }
    await #expect(throws: Problem.self) {
      try await workspace.setPassphrase(of: name, DeskFixture.passphrase)
    }
    await #expect(throws: Problem.self) {
      try await workspace.bind(name, to: OutsideIdentity(issuer: "i", subject: "s"))
    }
  }
}
