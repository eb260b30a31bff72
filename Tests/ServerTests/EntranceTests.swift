import Ground
import Testing

@testable import Server

@Suite("How the desk is reached")
struct EntranceTests {
  private func entrance(_ text: String) throws -> Entrance? {
    try Entrance(try Configuration(file: (text: text, name: "systemic.yaml"), environment: [:]))
  }

  @Test(
    "host and port are read, and what speaks TLS",
    arguments: [
      ("", "127.0.0.1", 7410, "http"), ("listen: localhost:0", "localhost", 0, "http"),
      ("listen: '[::1]:8000'", "::1", 8000, "http"),
      ("listen: 0.0.0.0:80\nbehind_proxy: yes", "0.0.0.0", 80, "http"),
      ("listen: 0.0.0.0:443\ntls:\n  certificate: a.pem\n  key: b.pem", "0.0.0.0", 443, "https"),
    ])
  func read(_ text: String, _ host: String, _ port: Int, _ scheme: String) throws {
    let entrance = try #require(try entrance(text))
    #expect(entrance.host == host && entrance.port == port && entrance.scheme == scheme)
  }

  @Test("no pages are served where none are wanted")
  func off() throws { #expect(try entrance("listen: 'off'") == nil) }

  @Test(
    "what would not be served as meant is refused, with its place",
    arguments: [
      ("listen: somewhere", "server.bad-configuration"),
      ("listen: 127.0.0.1:70000", "server.bad-configuration"),
      ("listen: ':80'", "server.bad-configuration"),
      ("listen: 0.0.0.0:80", "server.in-the-open"),
      ("tls:\n  certificate: a.pem", "server.missing-setting"),
      ("tls:\n  key: b.pem", "server.missing-setting"),
      ("oidc:\n  provider: nowhere.json", "ground.file-not-found"),
    ])
  func refused(_ text: String, _ code: String) throws {
    let problem = #expect(throws: Problem.self) { try entrance(text) }
    #expect(problem?.code == code)
    if text.hasPrefix("listen") { #expect(problem?.places.first?.line == 1) }
  }

  @Test("an address to copy begins with https where the server itself speaks TLS")
  func base() async throws {
    let fixture = try await DeskFixture([
      "SYSTEMIC_TLS_CERTIFICATE": "a.pem", "SYSTEMIC_TLS_KEY": "b.pem",
    ])
    try await fixture.person("jane", .compliance)
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let page = try await jane.send("/account/calendar", [])
      #expect(page.text.contains("value=\"https://"))
    }
  }
}
