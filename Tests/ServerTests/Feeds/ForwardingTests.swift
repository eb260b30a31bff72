import Duties
import Ground
import Outbound
import Synchronization
import Testing
@testable import Workspace

@testable import Server

@Suite("The access journal for other systems")
struct ForwardingTests {
  private final class Collector: Sendable {
    private let kept = Mutex<[AccessEvent]>([])
    private let isDown = Mutex(false)
    var indices: [Int] { kept.withLock { $0.map(\.index) } }
    var events: [AccessEvent] { kept.withLock { $0 } }
    func setDown(_ down: Bool) { isDown.withLock { $0 = down } }

    func forwarder(_ fixture: DeskFixture) -> Forwarder {
      Forwarder(workspace: fixture.workspace) { (events, _) async throws(Problem) in
        guard !self.isDown.withLock({ $0 }) else {
          throw Problem("outbound.not-reached", what: "down")
        }
        self.kept.withLock { $0 += events }
      }
    }
  }

  private func refused(_ fixture: DeskFixture) async throws {
    let jane = SignedIn(id: "somebody", name: "Somebody", roles: [.auditor])
    await #expect(throws: Problem("workspace.not-allowed", what: "")) {
      try await fixture.workspace.acting(as: jane).addWebhook(
        NewWebhook(title: "x", url: "https://example.org/", events: ["*"]))
    }
  }

  @Test("every entry is handed on once and in order, whatever was down meanwhile")
  func all() async throws {
    let fixture = try await DeskFixture()
    let collector = Collector()
    try await fixture.person("jane", .compliance)
    #expect(try await collector.forwarder(fixture).round() == false)
    collector.setDown(true)
    try await refused(fixture)
    await #expect(throws: Problem("outbound.not-reached", what: "")) {
      try await collector.forwarder(fixture).round()
    }
    collector.setDown(false)
    #expect(try await collector.forwarder(fixture).round() == false)
    fixture.pass(hours: 1)
    try await refused(fixture)
    #expect(try await collector.forwarder(fixture).round() == false)
    let size = try await fixture.workspace.store.head(.access).size
    #expect(collector.indices == Array(0..<size))
    #expect(collector.events.filter { $0.isAllowed == false }.count == 2)
  }

  @Test("an event of the schema has what its class asks for, and nothing of secrets")
  func ocsf() async throws {
    let fixture = try await DeskFixture()
    let collector = Collector()
    try await fixture.person("jane", .compliance)
    try await refused(fixture)
    _ = try await collector.forwarder(fixture).round()
    for event in collector.events {
      let json = AuditLines.ocsf(event, origin: "desk.example")
      for name in [
        "activity_id", "category_uid", "class_uid", "type_uid", "time", "severity_id", "metadata",
        "actor", "api", "src_endpoint",
      ] {
        #expect(json[name] != nil, "\(name)")
      }
      guard case .int(let activity)? = json["activity_id"] else { continue }
      #expect(json["class_uid"] == .int(6003) && json["type_uid"] == .int(600300 + activity))
      #expect([1, 2, 3, 4, 99].contains(activity))
      #expect(json["metadata"]?["product"]?["name"] == .string("Systemic"))
      let text = json.compact
      #expect(!text.contains("sys_") && !text.contains("jane") && !text.contains("scrypt"))
    }
    let refusal = try #require(collector.events.first { $0.isAllowed == false })
    #expect(AuditLines.ocsf(refusal, origin: "x")["status_id"] == .int(2))
  }

  @Test("a line of syslog has its head, its facts escaped, and no line end")
  func syslog() throws {
    let id = try #require(RecordID("access/k3v9qz7d2m5x"))
    let event = AccessEvent(
      index: 7,
      envelope: Envelope(
        record: id, version: 1, event: "access-refused",
        effective: .moment(Instant(seconds: 1_795_176_000)),
        recorded: Instant(seconds: 1_795_176_000),
        actor: Actor(id: "somebody", role: .auditor), confidentiality: .internal),
      act: "write \"a\\b]\"\n<14>1 forged", record: "model/abc", isAllowed: false)
    let line = String(decoding: AuditLines.syslog(event, origin: "desk.example"), as: UTF8.self)
    #expect(
      line.hasPrefix(
        "<108>1 2026-11-20T12:00:00Z desk.example systemic - access-refused [systemic@32473 entry=\"7\" "
      ))
    #expect(line.contains("act=\"write \\\"a\\\\b\\]\\\" <14>1 forged\""))
    #expect(line.contains("answer=\"refused\"]") && !line.contains("\n"))
  }

  @Test("what is to be forwarded needs a place, and nothing is forwarded without a word")
  func configuration() async throws {
    let fixture = try await DeskFixture()
    func configured(_ environment: [String: String]) throws -> Bool {
      try Forwarder.configured(
        fixture.workspace, try Configuration(file: nil, environment: environment)) != nil
    }
    #expect(try !configured([:]))
    #expect(throws: Problem("server.missing-setting", what: "")) {
      try configured(["SYSTEMIC_FORWARDING_TO": "ocsf"])
    }
    #expect(throws: Problem("server.missing-setting", what: "")) {
      try configured(["SYSTEMIC_FORWARDING_TO": "syslog"])
    }
    #expect(
      try configured([
        "SYSTEMIC_FORWARDING_TO": "syslog", "SYSTEMIC_FORWARDING_HOST": "log.example.org",
      ]))
    #expect(
      try configured([
        "SYSTEMIC_FORWARDING_TO": "ocsf", "SYSTEMIC_FORWARDING_URL": "https://log.example.org/in",
      ]))
  }
}
