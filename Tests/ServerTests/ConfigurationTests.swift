import Ground
import TestSupport
import Testing

@testable import Server

@Suite("The configuration")
struct ConfigurationTests {
  private func read(_ text: String, _ environment: [String: String] = [:]) throws -> Configuration {
    try Configuration(file: (text: text, name: "systemic.yaml"), environment: environment)
  }

  @Test("what nobody sets is as usual")
  func usual() throws {
    let configuration = Configuration()
    #expect(configuration.text("listen") == "127.0.0.1:7410")
    #expect(configuration.number("forwarding.port") == 6514)
    #expect(!configuration.isOn("webhooks.allow_private"))
    #expect(try configuration.secret("mail.password") == nil)
  }

  @Test("the file is read by sections, and the environment wins")
  func order() throws {
    let text = """
      listen: 127.0.0.1:8000
      mail:
        via: smtp
        host: mail.example.org
        port: 2525
      webhooks:
        allow_private: yes
      """
    let configuration = try read(text, ["SYSTEMIC_MAIL_PORT": "465", "SYSTEMIC_ADDRESS": ""])
    #expect(configuration.text("listen") == "127.0.0.1:8000")
    #expect(configuration.text("mail.host") == "mail.example.org")
    #expect(configuration.number("mail.port") == 465)
    #expect(configuration.value("mail.port")?.place.file == "SYSTEMIC_MAIL_PORT")
    #expect(configuration.value("mail.host")?.place.line == 4)
    #expect(configuration.isOn("webhooks.allow_private"))
    #expect(configuration.text("address") == nil)
  }

  @Test(
    "a mistake is told with its place",
    arguments: [
      ("listn: x", "rulefile.unknown-key"), ("mail:\n  hots: x", "rulefile.unknown-key"),
      ("mail:\n  port: many", "server.bad-configuration"),
      ("mail:\n  port: 0", "server.bad-configuration"),
      ("mail:\n  via: pigeon", "server.bad-configuration"),
      ("behind_proxy: perhaps", "server.bad-configuration"),
      ("mail:\n  password: hidden", "server.secret-in-file"), ("mail: x", "rulefile.not-a-mapping"),
      ("- a", "rulefile.not-a-mapping"),
    ])
  func mistakes(_ text: String, _ code: String) throws {
    let problem = #expect(throws: Problem.self) { try read(text) }
    #expect(problem?.code == code)
    #expect(problem?.places.first?.line != nil)
  }

  @Test("several mistakes are told at once")
  func several() throws {
    let problem = #expect(throws: Problem.self) { try read("a: 1\nmail:\n  port: x\n  b: 2") }
    #expect(problem?.places.count == 3)
  }

  @Test(
    "people reach the desk where that is set, else where it listens",
    arguments: [
      ("", "http://127.0.0.1:7410"), ("listen: localhost:80", "http://localhost:80"),
      ("listen: localhost:80\nbehind_proxy: yes", "https://localhost:80"),
      ("address: https://desk.example.org/", "https://desk.example.org"),
    ])
  func address(_ text: String, _ address: String) throws {
    #expect(try read(text).address == address)
  }

  @Test("a variable that is none of ours is told, and one of others is not")
  func unknown() throws {
    let configuration = try Configuration(
      file: nil, environment: ["SYSTEMIC_MAIL_HOTS": "x", "SYSTEMIC_WORKSPACE": "y", "PATH": "z"])
    #expect(configuration.unknownVariables == ["SYSTEMIC_MAIL_HOTS"])
  }

  @Test("a secret is read from the environment or from its file, and never shown")
  func secrets() throws {
    let given = try read("", ["SYSTEMIC_MAIL_PASSWORD": "open sesame"])
    #expect(try given.secret("mail.password") == "open sesame")
    let missing = try read("mail:\n  password_file: nowhere/to/be/found")
    #expect(
      throws: Problem(
        "server.no-secret-file", what: "", places: [.init("systemic.yaml", line: 2, column: 18)])
    ) {
      try missing.secret("mail.password")
    }
    for configuration in [given, missing] {
      let lines = ConfigurationText.lines(configuration)
      #expect(lines.count == Settings.all.count)
      #expect(!lines.contains { $0.value.contains("sesame") })
    }
  }

  @Test("every setting has one name, one variable and a meaning")
  func catalogue() {
    #expect(Set(Settings.all.map(\.path)).count == Settings.all.count)
    #expect(Set(Settings.all.map(\.variable)).count == Settings.all.count)
    #expect(
      Settings.all.allSatisfy { !$0.meaning.isEmpty && $0.path.count(where: { $0 == "." }) < 2 })
  }

  @Test("the guide names every setting with its variable, and no other")
  func guide() throws {
    let lines = try Repository.text("docs/guides/operation.md").split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.filter { $0 != " " && $0 != "`" } }
    }
    #expect(
      rows.map { $0[0] } == Settings.all.map { $0.path + ($0.form == .secret ? "_file" : "") })
    #expect(rows.map { $0[1] } == Settings.all.map(\.variable))
  }
}
