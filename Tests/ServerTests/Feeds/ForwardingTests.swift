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
    let event = try event(
      "access-refused",
      [
        ("act", .string("write \"a\\b]\"\n<14>1 forged")), ("record", .string("model/abc")),
        ("answer", .string("refused")),
      ])
    let line = String(decoding: AuditLines.syslog(event, origin: "desk.example"), as: UTF8.self)
    #expect(
      line.hasPrefix(
        "<108>1 2026-11-20T12:00:00Z desk.example systemic - access-refused [systemic@32473 entry=\"7\" "
      ))
    #expect(line.contains("act=\"write \\\"a\\\\b\\]\\\" <14>1 forged\""))
    #expect(line.contains("answer=\"refused\"]") && !line.contains("\n"))
  }

  /// An entry of the access journal with what it says.
  private func event(_ name: String, _ facts: [(String, JSON)]) throws -> AccessEvent {
    let id = try #require(RecordID("access/k3v9qz7d2m5x"))
    let moment = Instant(seconds: 1_795_176_000)
    return AccessEvent(
      7,
      Envelope(
        record: id, version: 1, event: name, effective: .moment(moment), recorded: moment,
        actor: Actor(id: "somebody", role: .auditor), confidentiality: .internal),
      .object(facts))
  }

  @Test("what was allowed names its records and requests, and how many it does not name")
  func named() throws {
    let records = (0..<120).map { "model/m\($0)" }
    let event = try event(
      "access-allowed",
      [
        ("act", .string("read")), ("answer", .string("allowed")), ("records", JSON(records)),
        ("counts", JSON(["7 more of training-run"])), ("requests", JSON(["one 100", "two 20"])),
      ])
    let json = AuditLines.ocsf(event, origin: "x")
    #expect((json["resources"]?.items ?? []).compactMap { $0["uid"]?.text } == records)
    #expect((json["resources"]?.items ?? []).last?["name"] == .string("7 more of training-run"))
    #expect(json["api"]?["request"]?["uid"] == .string("one two"))
    let line = String(decoding: AuditLines.syslog(event, origin: "x"), as: UTF8.self)
    #expect(line.contains("record=\"\(records.prefix(100).joined(separator: " "))\""))
    #expect(line.contains("more=\"20 more in the entry, 7 more of training-run\""))
    #expect(line.contains("request=\"one two\"") && line.utf8.count < 8192)
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
