import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("Signing in")
struct SignInTests {
  @Test("a stranger is shown nothing but the door, and comes back to where they wanted to go")
  func stranger() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      for endpoint in fixture.desk.endpoints
      where endpoint.audience == .signedIn && endpoint.method == .get {
        let path = endpoint.path.replacing("{", with: "").replacing("}", with: "")
          .replacing("**", with: "x")
        let answer = try await browser.get(path + "?a=b")
        #expect(answer.status.code == 303, "\(path)")
        #expect(answer.headers[.location] == "/sign-in?to=" + Desk.encoded(path + "?a=b"))
        #expect(answer.text.isEmpty)
      }
      for endpoint in fixture.desk.endpoints
      where endpoint.audience == .signedIn && endpoint.method == .post {
        let path = endpoint.path.replacing("{", with: "").replacing("}", with: "")
        #expect(try await browser.post(path, []).status.code == 401, "\(path)")
      }
    }
  }

  @Test("a one-time link lets in once; a passphrase set there lets in afterwards")
  func link() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let link = try await fixture.workspace.issueLink(to: "jane")
      #expect(
        try await browser.get("/sign-in/link/" + link).status.code == 200, "looking uses nothing up"
      )
      let first = try await browser.post("/sign-in/link/" + link, [])
      #expect(first.headers[.location] == "/account")
      #expect(try await browser.post("/sign-in/link/" + link, []).status.code == 401)
      let jane = browser.with(try #require(first.cookie))
      let set = try await jane.send(
        "/account/passphrase",
        [("first", DeskFixture.passphrase), ("second", DeskFixture.passphrase)])
      #expect(set.text.contains("The passphrase is set."))
      let entered = try await browser.post(
        "/sign-in", [("name", "jane"), ("secret", DeskFixture.passphrase), ("to", "/docket?all=")])
      #expect(entered.headers[.location] == "/docket?all=")
      #expect(try await browser.with(try #require(entered.cookie)).get("/").status.code == 200)
    }
  }

  @Test("a link ends after half an hour, and when another is made")
  func linkEnds() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let first = try await fixture.workspace.issueLink(to: "jane")
      let second = try await fixture.workspace.issueLink(to: "jane")
      #expect(try await browser.post("/sign-in/link/" + first, []).status.code == 401)
      fixture.pass(hours: 1)
      #expect(try await browser.post("/sign-in/link/" + second, []).status.code == 401)
    }
  }

  @Test("an unknown name reads the same as a wrong secret, and five of them hold everybody up")
  func wrong() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      func refusal(_ name: String) async throws -> (UInt, String) {
        let answer = try await browser.post("/sign-in", [("name", name), ("secret", "sys_wrong")])
        return (UInt(answer.status.code), answer.text.replacing(name, with: "NAME"))
      }
      let known = try await refusal("jane")
      let unknown = try await refusal("nobody")
      #expect(known.0 == 401 && known == unknown)
      for _ in 0..<3 { _ = try await refusal("nobody") }
      #expect(try await refusal("somebody.else").0 == 429)
      fixture.pass(hours: 1)
      #expect(try await refusal("somebody.else").0 == 401)
    }
  }

  @Test(
    "whoever signs in is never sent elsewhere",
    arguments: [
      "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:1",
      "",
    ])
  func openRedirect(_ to: String) async throws {
    let fixture = try await DeskFixture()
    let token = try #require(
      try await fixture.workspace.addPerson(
        NewPerson(name: "jane", roles: [.counsel], secret: .token)
      ).token)
    try await fixture.asking { browser in
      let answer = try await browser.post(
        "/sign-in", [("name", "jane"), ("secret", token), ("to", to)])
      #expect(answer.headers[.location] == "/")
    }
  }

  @Test(
    "a session ends after its hours, by signing out, everywhere at once, and with the access of its person"
  )
  func sessions() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let one = try await fixture.signedIn("jane", browser)
      let two = try await fixture.signedIn("jane", browser)
      let three = try await fixture.signedIn("jane", browser)
      #expect(
        try await one.send("/sign-out", []).headers[.setCookie]?.contains("Max-Age=0") == true)
      #expect(try await one.get("/").status.code == 303)
      #expect(try await two.send("/account/sessions/end", []).status.code == 303)
      #expect(try await two.get("/").status.code == 200)
      #expect(try await three.get("/").status.code == 303)
      fixture.pass(hours: OpenWorkspace.sessionHours)
      #expect(try await two.get("/").status.code == 303)
      let four = try await fixture.signedIn("jane", browser)
      try await fixture.workspace.removePerson("jane", reason: "left")
      #expect(try await four.get("/").status.code == 303)
    }
  }

  @Test(
    "whoever finds a screen ends no other session: the passphrase is asked for, and guessing is held up"
  )
  func provedAgain() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.workspace.setPassphrase(of: "jane", DeskFixture.passphrase)
    try await fixture.asking { browser in
      func entered() async throws -> Browser {
        let answer = try await browser.post(
          "/sign-in", [("name", "jane"), ("secret", DeskFixture.passphrase)])
        return browser.with(try #require(answer.cookie))
      }
      let (one, two, three) = (try await entered(), try await entered(), try await entered())
      let path = "/account/sessions/end"
      for proof in [[], [("proof", "river cactus lamp orbi")]] {
        #expect(try await one.send(path, proof).status.code == 403)
      }
      #expect(try await two.get("/account").status.code == 200)
      let page = try await one.get("/account").text
      let keys = page.matches(of: /name="session" value="([^"]+)"/).map { String($0.1) }
      #expect(keys.count == 2, "its own is not offered")
      let proof = ("proof", DeskFixture.passphrase)
      #expect(try await one.send(path, [proof, ("session", keys[0])]).status.code == 303)
      let open = try await [two, three].asyncMap { try await $0.get("/account").status.code == 200 }
      #expect(open.count { $0 } == 1)
      #expect(try await one.send(path, [proof]).status.code == 303)
      for other in [two, three] { #expect(try await other.get("/account").status.code == 303) }
      #expect(try await one.get("/account").status.code == 200)
      for _ in 0..<Door.mostMistakes { _ = try await one.send(path, [("proof", "wrong")]) }
      #expect(try await one.send(path, [proof]).status.code == 429)
    }
  }

  @Test("the cookie is for this host alone, and scripts do not see it")
  func cookie() {
    let value = SessionCookie.set("secret", seconds: 60).value
    #expect(value == "__Host-systemic=secret; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax")
    #expect(SessionCookie.secret(in: ["a=b; __Host-systemic=x=y", "c=d"]) == "x=y")
    #expect(SessionCookie.secret(in: ["__Host-systemic2=x", "systemic=y"]) == nil)
  }
}
