import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import Server
@testable import Workspace

@Suite("Reports of which nobody learns who made them")
struct ConfidentialTests {
  /// What a browser, a network and an account could tell.
  private static let traces = [
    "203.0.113.77", "Identity-Agent", "0af7651916cd43dd8448eb211c80319c", "ann@example.org",
    "jane-of-fiction", "letter-by-ann.txt",
  ]

  @Test(
    "neither records nor journal nor log hold address, browser, account, contact or name of a file")
  func traceless() async throws {
    let fixture = try await IntakeDesk.fixture()
    try await fixture.person("jane-of-fiction", .compliance)
    let lines = Mutex<[String]>([])
    let logger = LogLines.logger(
      try Configuration(file: nil, environment: ["SYSTEMIC_LOG_LEVEL": "info"]),
      now: { Instant(seconds: 1_795_176_000) }
    ) { line in lines.withLock { $0.append(line) } }
    let more = [
      "x-forwarded-for": "203.0.113.77", "user-agent": "Identity-Agent/1.0",
      "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "referer": "https://intranet.example/jane-of-fiction",
    ]
    let application = Application(router: fixture.desk.router(), logger: logger)
    try await application.test(.router) { client in
      let jane = try await fixture.signedIn("jane-of-fiction", Browser(client: client))
      // Long enough for a use of the session to be written down.
      fixture.pass(seconds: 1200)
      let before = try await size(fixture, .access)
      lines.withLock { $0.removeAll() }
      let sent = try await jane.report(
        "/report/confidential",
        [("what", "A fictional cover-up."), ("contact", "ann@example.org")],
        file: ("letter-by-ann.txt", "dear provider"), more: more)
      #expect(sent.status.code == 200, "\(sent.text)")
      let code = try IntakeDesk.code(sent.text)
      let added = try await jane.post(
        "/report/messages", [("code", code), ("text", "There is more.")], more: more)
      #expect(added.status.code == 200)
      for _ in 0..<3 {
        _ = try await jane.post("/report/status", [("code", "wrong")], more: more)
        _ = try await jane.parts(
          "/report/confidential", [("what", "x")], file: ("letter-by-ann.txt", "x"), more: more)
      }
      #expect(try await size(fixture, .access) == before, "nobody's access is noted")
    }
    let incident = try #require(try await fixture.workspace.everyState(.incident).first)
    #expect(incident.confidentiality == .restricted && incident.author == "confidential-page")
    #expect(incident.text("channel") == "whistleblower" && incident.text("contact") == nil)
    let evidence = try #require(try await fixture.workspace.everyState(.evidence).first)
    #expect(evidence.confidentiality == .restricted && evidence.text("file") == "a file")
    let comment = try #require(try await fixture.workspace.everyState(.comment).first)
    #expect(comment.confidentiality == .restricted && comment.author == "confidential-page")
    for state in [incident, evidence, comment] {
      for line in try await fixture.workspace.history(state.id) {
        let text = "\(line)"
        for trace in Self.traces { #expect(!text.contains(trace), "\(state.id.text): \(trace)") }
      }
    }
    let log = lines.withLock { $0 }
    #expect(log.contains { $0.contains("/report/confidential") }, "the log is looked at")
    #expect(log.contains { $0.contains("server.bad-proof") }, "refusals too")
    for line in log {
      for trace in Self.traces { #expect(!line.contains(trace), "\(line)") }
    }
  }

  private func size(_ fixture: DeskFixture, _ log: LogName) async throws -> Int {
    try await fixture.workspace.store.head(log).size
  }

  @Test("the confidential page asks for no contact, and only few read what came by it")
  func page() async throws {
    let fixture = try await IntakeDesk.fixture()
    try await fixture.asking { browser async throws in
      let page = try await browser.get("/report/confidential").text
      #expect(!page.contains("name=\"contact\"") && page.contains("not asked who you are"))
      #expect(try await browser.get("/report").text.contains("name=\"contact\""))
      let sent = try await browser.report("/report/confidential", [("what", "fictional")])
      #expect(sent.status.code == 200)
    }
    let incident = try #require(try await fixture.workspace.everyState(.incident).first)
    for role in [Role.safety, .security, .approver, .evaluator, .administrator] {
      let who = SignedIn(id: "x", name: "x", roles: [role])
      #expect(
        !who.mayRead(
          incident.id, incident.confidentiality, today: fixture.workspace.surroundings.today))
    }
  }

  @Test("the interface for programs takes no contact either, and no name of a request")
  func program() async throws {
    let fixture = try await IntakeDesk.fixture()
    try await fixture.calling { caller async throws in
      let sent = try await caller.post(
        "public/confidential-incidents", try await caller.proven("\"what\": \"fictional\""))
      #expect(sent.status.code == 201, "\(sent.text)")
      let contact = try await caller.proven("\"what\": \"a\", \"contact\": \"ann@example.org\"")
      #expect(try await caller.post("public/confidential-incidents", contact).status.code == 400)
      let named = try await caller.post(
        "public/confidential-incidents", try await caller.proven("\"what\": \"b\""),
        ["idempotency-key": "ann-1"])
      #expect(named.status.code == 400)
      #expect(try await fixture.workspace.everyState(.incident).count == 1)
    }
  }
}
