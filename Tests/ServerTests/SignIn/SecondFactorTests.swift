import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Sealing
import Testing
import Workspace

@testable import Server

@Suite("The second factor")
struct SecondFactorTests {
  /// Somebody with a passphrase who set one up; gives its secret and the recovery codes.
  private func enrolled(
    _ fixture: DeskFixture, _ browser: Browser
  ) async throws -> (secret: String, codes: [String]) {
    _ = try await fixture.workspace.addPerson(
      NewPerson(
        name: "jane", roles: [.counsel], secret: .passphrase(DeskFixture.passphrase)))
    let jane = try await fixture.signedIn("jane", browser)
    _ = try await jane.send("/account/second-factor/begin", [])
    let page = try await jane.get("/account/second-factor").text
    #expect(page.contains("<svg class=\"qr\""))
    let secret = try #require(page.firstMatch(of: /Secret: <code>([A-Z2-7]{32})</)).1
    let code = try #require(
      OneTimeCode.code(secret: String(secret), step: fixture.step))
    let done = try await jane.send("/account/second-factor/confirm", [("code", code)])
    #expect(done.status.code == 200)
    let codes = done.text.matches(of: /<code>([a-z0-9-]{27})</).map { String($0.1) }
    #expect(Set(codes).count == 10)
    return (String(secret), codes)
  }

  private func first(_ browser: Browser) async throws -> Browser {
    let answer = try await browser.post(
      "/sign-in", [("name", "jane"), ("secret", DeskFixture.passphrase), ("to", "/docket")])
    #expect(answer.headers[.location] == "/sign-in/code?to=/docket")
    #expect(answer.cookie?.hasPrefix("__Host-systemic-step=") == true)
    return browser.with(try #require(answer.cookie))
  }

  @Test("is asked for after the right passphrase only, and its code counts once")
  func signIn() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      let (secret, _) = try await enrolled(fixture, browser)
      let wrong = try await browser.post("/sign-in", [("name", "jane"), ("secret", "sys_wrong")])
      #expect(wrong.status.code == 401 && wrong.cookie == nil)
      let step = try await first(browser)
      #expect(try await step.get("/docket").status.code == 303, "half way is not in")
      fixture.pass(seconds: 60)
      let code = try #require(OneTimeCode.code(secret: secret, step: fixture.step))
      let answer = try await step.post("/sign-in/code", [("code", code), ("to", "/docket")])
      #expect(answer.status.code == 303 && answer.headers[.location] == "/docket")
      #expect(try await browser.with(answer.cookie!).get("/docket").status.code == 200)
      let again = try await first(browser)
      #expect(try await again.post("/sign-in/code", [("code", code)]).status.code == 401)
      fixture.pass(seconds: Door.stepSeconds)
      let next = try #require(OneTimeCode.code(secret: secret, step: fixture.step))
      let late = try await again.post("/sign-in/code", [("code", next)])
      #expect(late.headers[.location] == "/sign-in", "the step took too long")
    }
  }

  @Test("gives way to a recovery code, each once")
  func recovery() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      let (_, codes) = try await enrolled(fixture, browser)
      let given = codes[3].uppercased().replacing("-", with: " ")
      let in1 = try await first(browser).post("/sign-in/code", [("code", given)])
      #expect(in1.status.code == 303)
      let page = try await browser.with(in1.cookie!).get("/account").text
      #expect(page.contains("9 recovery codes are left"))
      #expect(
        try await first(browser).post("/sign-in/code", [("code", codes[3])]).status.code == 401)
    }
  }

  @Test("wrong codes hold the name up, and the right passphrase does not forgive them")
  func guessing() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      let (secret, _) = try await enrolled(fixture, browser)
      for _ in 0..<Door.mostMistakes {
        let answer = try await first(browser).post("/sign-in/code", [("code", "000000")])
        #expect(answer.status.code == 401)
      }
      let held = try await browser.post(
        "/sign-in", [("name", "jane"), ("secret", DeskFixture.passphrase)])
      #expect(held.status.code == 429)
      #expect(held.headers[.retryAfter] == String(Door.holdSeconds))
      fixture.pass(seconds: Door.holdSeconds + 1)
      let code = try #require(OneTimeCode.code(secret: secret, step: fixture.step))
      let answer = try await first(browser).post("/sign-in/code", [("code", code)])
      #expect(answer.status.code == 303)
    }
  }

  @Test("is due after a one-time link too, unless an administrator ends it")
  func link() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    try await fixture.asking { browser in
      _ = try await enrolled(fixture, browser)
      let keeper = try await fixture.signedIn("keeper", browser)
      let link = try await fixture.workspace.issueLink(to: "jane")
      let answer = try await browser.post("/sign-in/link/" + link, [])
      #expect(answer.headers[.location] == "/sign-in/code?to=/account")
      let key = try await fixture.workspace.states(.person).first { $0.title == "jane" }!.id.key
      _ = try await keeper.send("/people/\(key)/second-factor/end", [])
      _ = try await fixture.signedIn("jane", browser)
    }
  }

  @Test("is ended by whoever gives a code, and by nobody who found the screen")
  func ending() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      let (secret, _) = try await enrolled(fixture, browser)
      let step = try await first(browser)
      fixture.pass(seconds: 60)
      let code = try #require(OneTimeCode.code(secret: secret, step: fixture.step))
      let jane = browser.with(
        try #require(try await step.post("/sign-in/code", [("code", code)]).cookie))
      let path = "/account/second-factor/"
      #expect(try await jane.send(path + "begin", []).status.code == 403)
      #expect(try await jane.send(path + "end", [("code", "123456")]).status.code == 401)
      let passphrase = [("first", "another four words"), ("second", "another four words")]
      #expect(try await jane.send("/account/passphrase", passphrase).status.code == 403)
      fixture.pass(seconds: 60)
      let next = try #require(OneTimeCode.code(secret: secret, step: fixture.step))
      #expect(try await jane.send(path + "end", [("code", next)]).status.code == 303)
      #expect(try await jane.get("/account").text.contains("<dd>none</dd>"))
    }
  }

  @Test("opens nothing else before it is set, where the administrators decided so")
  func policy() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    try await fixture.person("jane", .counsel)
    try await fixture.asking { browser in
      let keeper = try await fixture.signedIn("keeper", browser)
      let jane = try await fixture.signedIn("jane", browser)
      #expect(try await jane.get("/docket").status.code == 200)
      let rule = try await keeper.send("/people/rules", [("role", "counsel")])
      #expect(rule.status.code == 303)
      #expect(try await jane.get("/docket").status.code == 403, "at once, not at the next sign-in")
      #expect(try await jane.send("/models/new", [("f.name", "x")]).status.code == 403)
      #expect(try await jane.get("/").headers[.location] == "/account/second-factor")
      _ = try await jane.send("/account/second-factor/begin", [])
      let page = try await jane.get("/account/second-factor").text
      let secret = try #require(page.firstMatch(of: /Secret: <code>([A-Z2-7]{32})</)).1
      let code = try #require(OneTimeCode.code(secret: String(secret), step: fixture.step))
      _ = try await jane.send("/account/second-factor/confirm", [("code", code)])
      #expect(try await jane.get("/docket").status.code == 200)
      #expect(try await keeper.get("/people").status.code == 200, "their role does not need one")
    }
  }

  @Test("its secret and codes are shown to nobody afterwards")
  func hidden() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("keeper", .administrator)
    try await fixture.asking { browser in
      let (secret, codes) = try await enrolled(fixture, browser)
      let keeper = try await fixture.signedIn("keeper", browser)
      let key = try await fixture.workspace.states(.person).first { $0.title == "jane" }!.id.key
      for path in ["/records/person/" + key, "/people/" + key, "/people"] {
        let text = try await keeper.get(path).text
        #expect(text.contains("jane") && !text.contains(secret) && !text.contains(codes[0]))
        #expect(!text.contains("totp"))
      }
    }
  }
}
