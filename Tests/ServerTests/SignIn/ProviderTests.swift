import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Sealing
import Testing
import Workspace

@testable import Server

@Suite("Signing in through an identity provider")
struct ProviderTests {
  static let configuration = """
    {"name":"Fictional SSO","issuer":"https://provider.example/realm","client_id":"systemic",
    "address":"https://desk.example","roles_claim":"groups","name_claim":"preferred_username",
    "roles":{"lawyers":"counsel","keepers":"administrator","watchers":"auditor"}}
    """

  private func provider(_ text: String = ProviderTests.configuration) throws -> IdentityProvider {
    try IdentityProvider(try JSON(parsing: Array(text.utf8)), secret: "shared secret")
  }

  /// A desk with a provider, and somebody registered as `jane`.
  private func setUp(_ roles: [Role] = [.counsel]) async throws -> (DeskFixture, FakeProvider) {
    let fixture = try await DeskFixture()
    let surroundings = fixture.workspace.surroundings
    let fake = try FakeProvider(now: surroundings.now)
    fixture.use(ProviderClient(try provider(), send: fake.send))
    _ = try await fixture.workspace.addPerson(
      NewPerson(name: "jane", roles: roles, secret: .later))
    return (fixture, fake)
  }

  /// Goes there and comes back, as a browser does.
  private func journey(
    _ browser: Browser, _ fake: FakeProvider, to: String = "/docket"
  ) async throws -> TestResponse {
    let begun = try await browser.get("/sign-in/provider?to=" + to)
    let (code, state) = try #require(fake.authorize(begun.headers[.location] ?? ""))
    return try await browser.with(try #require(begun.cookie)).get(
      "/sign-in/provider/back?code=\(code)&state=\(state)")
  }

  @Test(
    "the whole way, with each algorithm that is taken",
    arguments: [
      (FakeProvider.Signing.rs256, "one"), (.ps256, "one"), (.es256, "curve"), (.rs256, nil),
    ] as [(FakeProvider.Signing, String?)])
  func whole(_ signing: FakeProvider.Signing, _ kid: String?) async throws {
    let (fixture, fake) = try await setUp()
    var answers = FakeProvider.Answers()
    answers.signing = signing
    answers.kid = kid
    fake.answers(answers)
    try await fixture.asking { browser async throws in
      #expect(try await browser.get("/sign-in").text.contains("Sign in with Fictional SSO"))
      let back = try await journey(browser, fake)
      #expect(back.status.code == 303 && back.headers[.location] == "/docket")
      let jane = browser.with(try #require(back.cookie))
      #expect(try await jane.get("/docket").status.code == 200)
      #expect(try await jane.get("/account").text.contains("identity provider"))
      #expect(fake.refused.isEmpty)
    }
  }

  static let wrong: [(String, FakeProvider.Answers)] = {
    func answers(_ change: (inout FakeProvider.Answers) -> Void) -> FakeProvider.Answers {
      var answers = FakeProvider.Answers()
      change(&answers)
      return answers
    }
    func claim(_ name: String, _ value: JSON) -> FakeProvider.Answers {
      answers { $0.claims = [name: value] }
    }
    return [
      ("no signature", answers { $0.signing = .none }),
      ("a shared secret", answers { $0.signing = .hs256 }),
      ("a stranger's key", answers { $0.signing = .stranger }),
      ("a changed signature", answers { $0.signing = .changed }),
      ("an unknown key", answers { $0.kid = "two" }),
      ("a key of another kind", answers { $0.kid = "curve" }),
      ("a header that must be understood", answers { $0.header = ["crit": JSON(["x"])] }),
      ("another algorithm named", answers { $0.header = ["alg": .string("PS256")] }),
      ("another issuer", claim("iss", .string("https://provider.example/realm/"))),
      ("no issuer", claim("iss", .null)),
      ("another audience", claim("aud", .string("other"))),
      ("no audience", claim("aud", .null)),
      ("two audiences, nobody named", claim("aud", JSON(["systemic", "other"]))),
      ("made for another client", claim("azp", .string("other"))),
      ("another nonce", claim("nonce", .string("other"))),
      ("no nonce", claim("nonce", .null)),
      ("over", claim("exp", .int(1_000_000_000))),
      ("no end", claim("exp", .null)),
      ("an end that is no number", claim("exp", .string("9999999999"))),
      ("made long ago", claim("iat", .int(1_000_000_000))),
      ("made in the future", claim("iat", .int(4_000_000_000))),
      ("not valid yet", claim("nbf", .int(4_000_000_000))),
      ("nobody", claim("sub", .null)), ("nobody named", claim("sub", .string(""))),
    ]
  }()

  @Test("a token with any flaw lets nobody in", arguments: ProviderTests.wrong)
  func flaws(_ what: String, _ answers: FakeProvider.Answers) async throws {
    let (fixture, fake) = try await setUp()
    fake.answers(answers)
    try await fixture.asking { browser async throws in
      let back = try await journey(browser, fake)
      #expect(back.status.code == 401, "\(what)")
      let cookies = back.headers[values: .setCookie]
      #expect(cookies.allSatisfy { $0.contains("Max-Age=0") }, "\(what): \(cookies)")
    }
  }

  @Test(
    "a strength that is asked for must be stated, whatever the provider takes for good",
    arguments: [
      ([:], false), (["acr": .string("two")], false),
      (["acr": .string("two"), "amr": JSON(["pwd"])], false),
      (["acr": .string("one"), "amr": JSON(["mfa"]), "auth_time": .int(0)], false),
      (["acr": .string("two"), "amr": JSON(["pwd", "otp"]), "auth_time": .int(-4000)], false),
      (["acr": .string("two"), "amr": JSON(["pwd", "otp"]), "auth_time": .int(4000)], false),
      (["acr": .string("two"), "amr": .string("otp"), "auth_time": .int(0)], false),
      (["acr": .string("two"), "amr": JSON(["pwd", "otp"]), "auth_time": .int(-3000)], true),
    ] as [([String: JSON], Bool)])
  func strength(_ stated: [String: JSON], _ isIn: Bool) async throws {
    let (fixture, _) = try await setUp()
    let now = fixture.workspace.surroundings.now
    let fake = try FakeProvider(now: now)
    let text = ProviderTests.configuration.replacing(
      "{\"name\"", with: #"{"acr_values":"two three","amr":"mfa otp","max_age":3600,"name""#)
    fixture.use(ProviderClient(try provider(text), send: fake.send))
    var answers = FakeProvider.Answers()
    answers.claims = stated
    // Seconds before or after now.
    if case .int(let offset)? = stated["auth_time"] {
      answers.claims["auth_time"] = .int(now().seconds + offset)
    }
    fake.answers(answers)
    try await fixture.asking { browser async throws in
      let begun = try await browser.get("/sign-in/provider?to=/docket")
      let place = begun.headers[.location] ?? ""
      #expect(place.contains("acr_values=two%20three") && place.contains("max_age=3600"))
      let back = try await journey(browser, fake)
      #expect(back.status.code == (isIn ? 303 : 401), "\(stated)")
    }
  }

  @Test(
    "a strength that cannot be read is refused at the start",
    arguments: [#""acr_values":["x"]"#, #""amr":"  ""#, #""max_age":"1h""#, #""max_age":-1"#])
  func badStrength(_ setting: String) throws {
    let text = ProviderTests.configuration.replacing("{\"name\"", with: "{\(setting),\"name\"")
    let problem = #expect(throws: Problem.self) { _ = try provider(text) }
    #expect(problem?.code == "server.bad-provider")
  }

  @Test("an answer counts in the browser that began, once, in time, with its own state")
  func binding() async throws {
    let (fixture, fake) = try await setUp()
    try await fixture.asking { browser async throws in
      let begun = try await browser.get("/sign-in/provider")
      let (code, state) = try #require(fake.authorize(begun.headers[.location] ?? ""))
      let mine = browser.with(try #require(begun.cookie))
      let path = "/sign-in/provider/back?code=\(code)&state="
      #expect(try await browser.get(path + state).status.code == 401, "another browser")
      #expect(try await mine.get(path + "other").status.code == 401)
      #expect(
        try await mine.get(path + state + "&iss=https://elsewhere.example").status.code == 401)
      #expect(
        try await mine.get("/sign-in/provider/back?error=x&state=" + state).status.code == 401)
      let other = try await browser.get("/sign-in/provider")
      let theirs = browser.with(try #require(other.cookie))
      #expect(try await theirs.get(path + state).status.code == 401, "of another journey")
      #expect(try await mine.get(path + state).status.code == 303)
      #expect(try await mine.get(path + state).status.code == 401, "the code is used up")
      #expect(fake.refused == ["code"])
      let late = try await browser.get("/sign-in/provider")
      let (code2, state2) = try #require(fake.authorize(late.headers[.location] ?? ""))
      fixture.pass(seconds: Journey.seconds)
      let answer = try await browser.with(late.cookie!).get(
        "/sign-in/provider/back?code=\(code2)&state=\(state2)")
      #expect(answer.status.code == 401)
    }
  }

  @Test("roles are those of the mapping, gone at the next sign-in when they are not stated")
  func roles() async throws {
    let (fixture, fake) = try await setUp([.compliance])
    @Sendable func held() async throws -> [String] {
      try #require(try await fixture.workspace.person(named: "jane")).texts("roles")
    }
    try await fixture.asking { browser async throws in
      var answers = FakeProvider.Answers()
      _ = try await journey(browser, fake)
      #expect(try await held() == ["counsel"], "cyclists gives nothing")
      answers.claims = ["groups": JSON(["watchers", "lawyers"])]
      fake.answers(answers)
      _ = try await journey(browser, fake)
      #expect(try await held() == ["counsel", "auditor"])
      answers.claims = ["groups": JSON(["compliance", "administrator", "counsel"])]
      fake.answers(answers)
      #expect(try await journey(browser, fake).status.code == 403, "names of roles are no groups")
      answers.claims = ["groups": JSON(["keepers", "lawyers"])]
      fake.answers(answers)
      #expect(try await journey(browser, fake).status.code == 422, "not both")
      #expect(try await held() == ["counsel", "auditor"])
    }
  }

  @Test("an identity stays with its person, and no name takes it over")
  func identity() async throws {
    let (fixture, fake) = try await setUp()
    _ = try await fixture.workspace.addPerson(
      NewPerson(name: "max", roles: [.counsel], secret: .later))
    try await fixture.asking { browser async throws in
      var answers = FakeProvider.Answers()
      _ = try await journey(browser, fake)
      answers.claims = ["sub": .string("subject-2")]
      fake.answers(answers)
      #expect(try await journey(browser, fake).status.code == 403, "jane is bound to another")
      answers.claims = ["preferred_username": .string("max")]
      fake.answers(answers)
      let back = try await journey(browser, fake)
      let page = try await browser.with(try #require(back.cookie)).get("/account").text
      #expect(page.contains("<h1>jane</h1>"), "the subject decides, not the name")
      try await fixture.workspace.removePerson("jane", reason: "left")
      answers.claims = ["preferred_username": .string("nobody")]
      fake.answers(answers)
      #expect(try await journey(browser, fake).status.code == 403)
    }
  }

  @Test("a provider that is down or calls itself otherwise lets nobody in, and says so")
  func down() async throws {
    let (fixture, fake) = try await setUp()
    try await fixture.asking { browser async throws in
      var answers = FakeProvider.Answers()
      answers.isDown = true
      fake.answers(answers)
      #expect(try await browser.get("/sign-in/provider").status.code >= 500)
      answers.isDown = false
      answers.issuerOfDiscovery = "https://provider.example/realm/"
      fake.answers(answers)
      #expect(try await browser.get("/sign-in/provider").status.code == 502)
      fake.answers(FakeProvider.Answers())
      #expect(try await browser.get("/sign-in/provider").status.code == 303)
    }
  }

  @Test("keys are asked for again when one is new, and not for every unknown name")
  func rotation() async throws {
    let (fixture, fake) = try await setUp()
    try await fixture.asking { browser async throws in
      var answers = FakeProvider.Answers()
      #expect(try await journey(browser, fake).status.code == 303)
      answers.shownKid = "two"
      answers.kid = "two"
      fake.answers(answers)
      #expect(try await journey(browser, fake).status.code == 401, "asked a moment ago")
      fixture.pass(seconds: ProviderClient.pauseSeconds)
      #expect(try await journey(browser, fake).status.code == 303)
      for _ in 0..<5 {
        answers.kid = "three"
        fake.answers(answers)
        #expect(try await journey(browser, fake).status.code == 401)
      }
      #expect(fake.keysAsked == 2)
    }
  }

  @Test(
    "a configuration with a slip is refused",
    arguments: [
      ("\"issuer\":\"https://", "\"issuer\":\"http://"), ("client_id", "clientid"),
      ("desk.example\"", "desk.example/\""), ("\"counsel\"", "\"inspector\""),
      ("\"counsel\"", "\"king\""), ("\"counsel\"", "\"system\""),
    ])
  func configured(_ text: String, _ slip: String) throws {
    let changed = ProviderTests.configuration.replacing(text, with: slip)
    #expect(changed != ProviderTests.configuration)
    #expect(throws: Problem.self) { try provider(changed) }
  }
}
