import Duties
import Ground
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Store
import Synchronization
import Testing
import Workspace

@testable import Server

@Suite("What operators see")
struct OperationTests {
  @Test("a chain of requests keeps its name, and every request has a span of its own")
  func traces() {
    let given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    let trace = Trace(given)
    #expect(trace.id == "0af7651916cd43dd8448eb211c80319c" && trace.flags == "01")
    #expect(trace.span != "b7ad6b7169203331" && trace.span.count == 16)
    #expect(trace.field.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-"))
    #expect(Trace(nil).id != Trace(nil).id && Trace(nil).id.count == 32)
  }

  @Test(
    "a field that cannot be read begins a new chain",
    arguments: [
      "", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
      "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
      "00-00000000000000000000000000000000-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
      "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x", "00-a-b-c\r\nX: y",
    ])
  func badTraces(_ field: String) {
    #expect(Trace(field).id != "0af7651916cd43dd8448eb211c80319c")
    #expect(Trace(field).field.utf8.count == 55)
  }

  @Test("a line of the log is one object, whatever stands in it")
  func logLines() throws {
    let lines = Mutex<[String]>([])
    let logger = LogLines.logger(Configuration(), now: { Instant(seconds: 1_795_176_000) }) {
      line in
      lines.withLock { $0.append(line) }
    }
    logger.info("a\nb", metadata: ["status": "200", "why": "\"quoted\"\n{}", "time": "mine"])
    logger.debug("not shown")
    let line = try #require(lines.withLock { $0.count == 1 ? $0[0] : nil })
    let json = try JSON(parsing: line.utf8)
    #expect(json["time"] == .string("2026-11-20T12:00:00Z") && json["message"] == .string("a\nb"))
    #expect(json["status"] == .int(200) && json["why"] == .string("\"quoted\"\n{}"))
    #expect(!line.contains("\n"))
  }

  @Test("measures count by route, never by address, and name nobody")
  func measures() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let model = try await fixture.model("Fictional-1")
    let configuration = try Configuration(
      file: nil, environment: ["SYSTEMIC_METRICS_TOKEN": "wind over reeds"])
    try await fixture.asking(configuration) { browser in
      let jane = try await fixture.signedIn("jane", browser)
      _ = try await jane.get("/records/\(model.id.text)")
      _ = try await jane.get("/nowhere/at/all")
      #expect(try await jane.get("/metrics").status.code == 403)
      #expect(
        try await browser.get("/metrics", more: ["authorization": "Bearer wind"]).status.code == 403
      )
      let text = try await browser.get(
        "/metrics", more: ["authorization": "Bearer wind over reeds"]
      ).text
      #expect(
        text.contains(
          "systemic_request_duration_seconds_count{method=\"GET\",route=\"/records/{kind}/{key}\",status=\"200\"} 1"
        ))
      #expect(text.contains("systemic_journal_entries{log=\"regulatory\"} "))
      #expect(!text.contains(model.id.key) && !text.contains("Fictional") && !text.contains("jane"))
      for line in text.split(separator: "\n") where !line.hasPrefix("#") {
        #expect(
          line.contains(/^[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? [0-9.]+$/), "\(line)")
      }
    }
  }

  @Test(
    "without a token this machine alone reads the measures, and nobody through a proxy; with it whoever shows it",
    arguments: [
      ("127.0.0.1", nil, [:], true), ("::1", nil, [:], true), ("10.0.0.7", nil, [:], false),
      ("", nil, [:], false), ("127.0.0.1", nil, ["SYSTEMIC_BEHIND_PROXY": "yes"], false),
      ("127.0.0.1", nil, ["SYSTEMIC_METRICS_TOKEN": "reeds"], false),
      ("10.0.0.7", "reeds", ["SYSTEMIC_METRICS_TOKEN": "reeds"], true),
      ("10.0.0.7", "reed", ["SYSTEMIC_METRICS_TOKEN": "reeds"], false),
    ] as [(String, String?, [String: String], Bool)])
  func readers(
    _ address: String, _ bearer: String?, _ environment: [String: String], _ may: Bool
  ) throws {
    let configuration = try Configuration(file: nil, environment: environment)
    #expect(try HealthAnswer.mayMeasure(address, bearer, configuration) == may)
  }

  @Test("readiness asks for signed heads and room on the disk")
  func ready() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      let before = try await browser.get("/readyz")
      #expect(before.status.code == 503 && before.text.contains("was never signed"))
      _ = try await Checkpoints(fixture.workspace.acting(as: .system)).publishAll()
      #expect(try await browser.get("/readyz").text == "ready\n")
      _ = try await fixture.model("Fictional-1")
      #expect(try await browser.get("/readyz").status.code == 200)
      fixture.pass(hours: 1)
      #expect(try await browser.get("/readyz").text.contains("was not signed for"))
    }
    let greedy = try Configuration(
      file: nil, environment: ["SYSTEMIC_LIMITS_FREE_MEGABYTES": "1000000"])
    _ = try await Checkpoints(fixture.workspace.acting(as: .system)).publishAll()
    let free = try #require(Readiness.freeMegabytes(fixture.workspace.folder.path))
    try await fixture.asking(greedy) { browser in
      let status = try await browser.get("/readyz").status.code
      #expect(status == (free < 1_000_000 ? 503 : 200))
    }
  }

  @Test(
    "attempts to get past a guard stand in the log with code and route, and without what was sent")
  func attempts() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let log = Log()
    try await log.asking(fixture) { browser in
      let jane = try await fixture.signedIn("jane", browser)
      _ = try await jane.post("/models/new", [("f.name", "Secret-1"), ("key", "forged")])
      _ = try await jane.post("/models/new", [], more: ["sec-fetch-site": "cross-site"])
      _ = try await jane.get("/people")
      _ = try await browser.get("/" + String(repeating: "x", count: 9000))
      _ = try await browser.post("/sign-in/link/secret-link", [])
      for _ in 0..<40 { _ = try await browser.post("/sign-in/forgotten", [("name", "jane")]) }
    }
    let refused = try log.json.filter { $0["message"] == .string("refused") }
    let codes = Set(refused.compactMap { $0["code"]?.text })
    #expect(
      codes.isSuperset(of: [
        "server.from-elsewhere", "workspace.not-allowed", "workspace.link-ended", "server.too-many",
      ]), "\(codes)")
    #expect(refused.allSatisfy { $0["route"]?.text?.isEmpty == false && $0["trace_id"] != nil })
    #expect(refused.contains { $0["route"] == .string("/sign-in/link/{link}") })
    for secret in ["Secret-1", "forged", "secret-link", "xxxx"] {
      #expect(!log.lines.contains { $0.contains(secret) }, "\(secret)")
    }
  }

  @Test(
    "errors of ours stand in the log with the trace of their request, and the answer tells nothing")
  func errors() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let log = Log()
    try await log.asking(fixture) { browser in
      let jane = try await fixture.signedIn("jane", browser)
      await (fixture.workspace.store as? SQLiteStore)?.close()
      let answer = try await jane.get("/records/model/none")
      #expect(answer.status.code >= 500)
      #expect(!answer.text.contains(fixture.workspace.folder.path))
    }
    let errors = try log.json.filter { $0["level"] == .string("error") }
    #expect(errors.contains { $0["route"] == .string("/records/{kind}/{key}") })
    #expect(errors.allSatisfy { $0["trace_id"]?.text?.utf8.count == 32 })
  }

  @Test("mail that could not be sent stands in the log")
  func failedMail() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.workspace.setMailAddress(of: "jane", to: "jane@example.org")
    let mailing = Mailing(from: "desk@example.org", base: "https://desk.example") {
      (_) async throws(Problem) in
      throw Problem("outbound.mail-refused", what: "the certificate is not trusted")
    }
    let mail = SignInMail(fixture.workspace, mailing)
    let (lines, found) = AsyncStream<String>.makeStream()
    let logger = LogLines.logger(Configuration(), now: { Instant(seconds: 1_795_176_000) }) {
      found.yield($0)
    }
    mail.ask(.link(name: "jane"))
    let running = Task { await mail.run(logger) }
    var iterator = lines.makeAsyncIterator()
    let line = try #require(await iterator.next())
    running.cancel()
    #expect(line.contains("outbound.mail-refused") && line.contains("\"warning\""))
    #expect(!line.contains("jane") && !line.contains("sys_"))
  }

  /// What a server writes into its log.
  private final class Log: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }
    var json: [JSON] { get throws { try lines.map { try JSON(parsing: Array($0.utf8)) } } }

    func asking(
      _ fixture: DeskFixture, _ body: @Sendable @escaping (Browser) async throws -> Void
    ) async throws {
      let logger = LogLines.logger(Configuration(), now: { Instant(seconds: 1_795_176_000) }) {
        line in self.kept.withLock { $0.append(line) }
      }
      let application = Application(router: fixture.desk.router(), logger: logger)
      try await application.test(.router) { client in try await body(Browser(client: client)) }
    }
  }

  @Test("an answer names the chain of its request")
  func traceparent() async throws {
    let fixture = try await DeskFixture()
    try await fixture.asking { browser in
      let answer = try await browser.get(
        "/healthz",
        more: ["traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])
      let field = answer.headers[HTTPField.Name("traceparent")!] ?? ""
      #expect(field.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-"))
    }
  }

  @Test("while the records are read after a start, a page says so and asks again; then it answers")
  func reading() async throws {
    let fixture = try await DeskFixture()
    fixture.desk.reading.begin()
    try await fixture.asking { browser in
      let early = try await browser.get("/")
      #expect(early.status.code == 503 && early.headers[HTTPField.Name("refresh")!] == "2")
      #expect(early.text.contains("reading its records"))
      #expect(try await browser.get("/healthz").status.code == 200)
      fixture.desk.reading.end()
      #expect(try await browser.get("/").status.code == 303)
    }
  }
}
