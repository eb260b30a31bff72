import Ground
import HTTPTypes
import HummingbirdTesting
import Testing
import Workspace

@testable import Server

@Suite("How often somebody may ask")
struct RateLimitTests {
  private func at(_ seconds: Int) -> Instant { Instant(seconds: 1_780_000_000 + seconds) }

  @Test("as many at once as in a minute, then one after the other")
  func bucket() {
    let limit = RateLimit(perMinute: 30)
    for _ in 0..<30 { #expect(limit.take(["a"], now: at(0)) == nil) }
    #expect(limit.take(["a"], now: at(0)) == 2)
    #expect(limit.take(["b"], now: at(0)) == nil)
    #expect(limit.take(["a", "b"], now: at(1)) == 1, "all names or none")
    #expect(limit.take(["a"], now: at(2)) == nil)
    #expect(limit.take(["a"], now: at(2)) == 2)
    for _ in 0..<30 { #expect(limit.take(["a"], now: at(1000)) == nil) }
    #expect(limit.take(["a"], now: at(1000)) != nil, "it never holds more than a minute's worth")
    for _ in 0..<1000 { #expect(RateLimit(perMinute: 0).take(["a"], now: at(0)) == nil) }
  }

  @Test("a clock that goes back gives nothing away")
  func backwards() {
    let limit = RateLimit(perMinute: 1)
    #expect(limit.take(["a"], now: at(100)) == nil)
    #expect(limit.take(["a"], now: at(50)) == 60)
  }

  @Test("changes and attempts are limited for each person and address, with the time to wait")
  func desk() async throws {
    let fixture = try await DeskFixture([
      "SYSTEMIC_LIMITS_CHANGES_PER_MINUTE": "5", "SYSTEMIC_LIMITS_SIGN_INS_PER_MINUTE": "4",
    ])
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      for _ in 0..<5 { #expect(try await jane.send("/models/new", []).status.code == 422) }
      let refused = try await jane.send("/models/new", [("f.name", "Fictional-1")])
      #expect(refused.status.code == 429 && refused.headers[.retryAfter] == "12")
      #expect(try await jane.get("/models").status.code == 200, "reading goes on")
      for _ in 0..<3 {
        let answer = try await browser.post("/sign-in", [("name", "a"), ("secret", "sys_x")])
        #expect(answer.status.code == 401)
      }
      let answer = try await browser.post("/sign-in", [("name", "a"), ("secret", "sys_x")])
      #expect(answer.status.code == 429 && answer.headers[.retryAfter] == "15")
      fixture.pass(seconds: 12)
      let taken = try await jane.send("/models/new", [("f.name", "Fictional-1")])
      #expect(taken.status.code == 303)
    }
  }

  @Test("behind a proxy its own word on the address counts, not the asker's")
  func proxy() async throws {
    let fixture = try await DeskFixture([
      "SYSTEMIC_LIMITS_SIGN_INS_PER_MINUTE": "1", "SYSTEMIC_BEHIND_PROXY": "yes",
    ])
    try await fixture.asking { browser in
      func attempt(_ forwarded: String) async throws -> Int {
        try await browser.post(
          "/sign-in", [("name", "a"), ("secret", "sys_x")], more: ["x-forwarded-for": forwarded]
        ).status.code
      }
      let answers = [
        try await attempt("192.0.2.1"), try await attempt("192.0.2.1"),
        try await attempt("198.51.100.7, 192.0.2.1"), try await attempt("192.0.2.1, 192.0.2.2"),
      ]
      #expect(answers == [401, 429, 429, 401], "the first word is the asker's")
    }
  }
}
