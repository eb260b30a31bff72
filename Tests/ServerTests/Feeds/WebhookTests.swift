import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Outbound
import Sealing
import Synchronization
import Testing
import Workspace

@testable import Server

/// A receiver in the test: remembers what came, and answers as it is told.
final class Receiving: Sendable {
  private let came = Mutex<[OutboundRequest]>([])
  private let answers = Mutex<[Result<OutboundAnswer, Problem>]>([])

  var requests: [OutboundRequest] { came.withLock { $0 } }
  var ids: [String] { requests.compactMap { $0.field("webhook-id") } }

  /// The next answers; afterwards everything is taken.
  func answer(_ statuses: [Int], fields: [(name: String, value: String)] = []) {
    answers.withLock { answers in
      answers += statuses.map { .success(OutboundAnswer(status: $0, fields: fields, body: [])) }
    }
  }

  func fail(_ times: Int) {
    answers.withLock { answers in
      answers += Array(
        repeating: .failure(Problem("outbound.not-connected", what: "down")), count: times)
    }
  }

  func sender(_ workspace: OpenWorkspace) -> WebhookSender {
    WebhookSender(workspace, base: "https://desk.example/") { (request) async throws(Problem) in
      self.came.withLock { $0.append(request) }
      return try self.answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }?.get()
        ?? OutboundAnswer(status: 204, fields: [], body: [])
    }
  }
}

extension OutboundRequest {
  func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
  var json: JSON { (try? JSON(parsing: body)) ?? .null }
}

@Suite("Messages to other programs")
struct WebhookTests {
  private func hook(
    _ fixture: DeskFixture, _ events: [String] = ["model.*"], as who: SignedIn? = nil,
    isFull: Bool = false
  ) async throws -> (id: RecordID, secret: String) {
    let workspace = who.map { fixture.workspace.acting(as: $0) } ?? fixture.workspace
    let made = try await workspace.addWebhook(
      NewWebhook(
        title: "Tickets", url: "https://hooks.example.org/secret-path", events: events,
        isFull: isFull
      ))
    return (made.state.id, made.secret)
  }

  private func somebody(
    _ fixture: DeskFixture, _ name: String, _ role: Role
  ) async throws -> SignedIn {
    try await fixture.person(name, role)
    let person = try #require(try await fixture.workspace.person(named: name))
    return SignedIn(id: person.id.key, name: name, roles: [role])
  }

  @Test("what happens comes in order, signed, and only what was asked for")
  func order() async throws {
    let fixture = try await DeskFixture()
    let receiving = Receiving()
    _ = try await fixture.model("Before")
    let (_, secret) = try await hook(fixture)
    let models = [try await fixture.model("First"), try await fixture.model("Second")]
    try await receiving.sender(fixture.workspace).round()
    #expect(
      receiving.requests.map { $0.json["data"]?["record"] } == models.map { .string($0.id.text) })
    let first = try #require(receiving.requests.first)
    #expect(first.json["type"] == .string("model.model-registered"))
    #expect(
      first.json["data"]?["link"] == .string("https://desk.example/records/" + models[0].id.text))
    #expect(first.json["data"]?["set"] == nil)
    #expect(!String(decoding: first.body, as: UTF8.self).contains("First"))
    let id = try #require(first.field("webhook-id"))
    let time = try #require(first.field("webhook-timestamp").flatMap { Int($0) })
    #expect(
      first.field("webhook-signature")
        == WebhookSecret(secret)?.signature(id: id, timestamp: time, body: first.body))
    #expect(first.field("traceparent")?.utf8.count == 55)
    try await receiving.sender(fixture.workspace).round()
    #expect(receiving.requests.count == 2, "each is sent once")
  }

  @Test("nothing is lost while a receiver is down, and a message keeps id and content")
  func down() async throws {
    let fixture = try await DeskFixture()
    let receiving = Receiving()
    let (id, _) = try await hook(fixture)
    let models = [try await fixture.model("First"), try await fixture.model("Second")]
    receiving.fail(2)
    try await receiving.sender(fixture.workspace).round()
    try await receiving.sender(fixture.workspace).round()
    #expect(receiving.requests.count == 1, "the next attempt waits")
    let waiting = try await fixture.workspace.outbox(of: id)
    #expect(waiting.attempts == 1 && waiting.deliveries.last?.result == "outbound.not-connected")
    fixture.pass(hours: 1)
    try await receiving.sender(fixture.workspace).round()
    fixture.pass(hours: 1)
    // Another sender, as after the program was started anew.
    try await receiving.sender(fixture.workspace).round()
    #expect(Set(receiving.ids.prefix(3)).count == 1)
    #expect(Set(receiving.requests.prefix(3).map(\.body)).count == 1)
    #expect(
      receiving.requests.suffix(2).map { $0.json["data"]?["record"] }
        == models.map { .string($0.id.text) })
    #expect(Set(receiving.ids).count == 2)
    #expect(try await fixture.workspace.outbox(of: id).attempts == 0)
  }

  @Test(
    "after its last attempt a webhook is switched off, and goes on where it stopped when it is on again"
  )
  func givingUp() async throws {
    let fixture = try await DeskFixture()
    let receiving = Receiving()
    let (id, _) = try await hook(fixture)
    let model = try await fixture.model("First")
    receiving.fail(100)
    for _ in 0..<30 {
      try await receiving.sender(fixture.workspace).round()
      fixture.pass(hours: 25)
    }
    #expect(receiving.requests.count == Retry.seconds.count + 1)
    let state = try await fixture.workspace.needed(id)
    #expect(state.status == "off" && state.text("notice")?.contains("attempts failed") == true)
    let again = Receiving()
    try await again.sender(fixture.workspace).round()
    #expect(again.requests.isEmpty)
    try await fixture.workspace.setWebhook(id, isOn: true)
    try await again.sender(fixture.workspace).round()
    #expect(again.requests.map { $0.json["data"]?["record"] } == [.string(model.id.text)])
    #expect(again.ids.first == receiving.ids.first)
    #expect(try await fixture.workspace.needed(id).text("notice") == nil)
  }

  @Test("a receiver that is gone is asked no more, and one that asks for time gets it")
  func answers() async throws {
    let fixture = try await DeskFixture()
    let receiving = Receiving()
    let (id, _) = try await hook(fixture)
    _ = try await fixture.model("First")
    receiving.answer([503], fields: [("Retry-After", "7200")])
    try await receiving.sender(fixture.workspace).round()
    let due = try #require(try await fixture.workspace.outbox(of: id).due)
    #expect(due.seconds == fixture.workspace.surroundings.now().seconds + 7200)
    fixture.pass(hours: 3)
    receiving.answer([410])
    try await receiving.sender(fixture.workspace).round()
    #expect(try await fixture.workspace.needed(id).status == "off")
  }

  @Test("full messages say what their owner may read, and nothing else")
  func full() async throws {
    let fixture = try await DeskFixture()
    let receiving = Receiving()
    let security = try await somebody(fixture, "sam", .security)
    let administrator = try await somebody(fixture, "root", .administrator)
    _ = try await hook(fixture, as: security, isFull: true)
    _ = try await hook(fixture, as: administrator, isFull: true)
    _ = try await fixture.model("Open to Sam")
    let today = fixture.workspace.surroundings.today
    _ = try await fixture.workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string("Of one incident"))], effective: .day(today),
          confidentiality: .restricted)))
    try await receiving.sender(fixture.workspace).round()
    let sets = receiving.requests.compactMap { $0.json["data"]?["set"]?["name"] }
    #expect(receiving.requests.count == 4)
    #expect(sets == [.string("Open to Sam")])
    await #expect(throws: Problem("workspace.no-owner", what: "")) {
      try await hook(fixture, isFull: true)
    }
  }

  @Test("an address of the house is refused unless it is allowed")
  func addresses() async throws {
    let fixture = try await DeskFixture()
    let made = try await fixture.workspace.addWebhook(
      NewWebhook(title: "Inside", url: "http://127.0.0.1:9/x", events: ["*"]))
    let strict = WebhookSender(fixture.workspace, Configuration())
    #expect(try await strict.test(made.state.id).result == "outbound.forbidden-address")
    let open = try Configuration(
      file: nil, environment: ["SYSTEMIC_WEBHOOKS_ALLOW_PRIVATE": "yes"])
    let result = try await WebhookSender(fixture.workspace, open).test(made.state.id).result
    #expect(result == "outbound.not-connected")
    #expect(try await fixture.workspace.outbox(of: made.state.id).deliveries.count == 2)
  }

  @Test("a new secret signs beside the one before it for a day")
  func rotation() async throws {
    let fixture = try await DeskFixture()
    let receiving = Receiving()
    let (id, first) = try await hook(fixture)
    let second = try await fixture.workspace.renewWebhookSecret(id)
    let sender = receiving.sender(fixture.workspace)
    _ = try await sender.test(id)
    fixture.pass(hours: 25)
    _ = try await sender.test(id)
    func signatures(_ index: Int) -> [String] {
      receiving.requests[index].field("webhook-signature")?.split(separator: " ").map(String.init)
        ?? []
    }
    func wanted(_ index: Int, _ secret: String) throws -> String {
      let request = receiving.requests[index]
      return try #require(WebhookSecret(secret)).signature(
        id: request.field("webhook-id") ?? "",
        timestamp: Int(request.field("webhook-timestamp") ?? "") ?? 0, body: request.body)
    }
    #expect(try signatures(0) == [wanted(0, second), wanted(0, first)])
    #expect(try signatures(1) == [wanted(1, second)])
    #expect(receiving.ids[0] != receiving.ids[1])
  }

  @Test("a message is sent again under its id")
  func again() async throws {
    let fixture = try await DeskFixture()
    let receiving = Receiving()
    let (id, _) = try await hook(fixture)
    _ = try await fixture.model("First")
    try await receiving.sender(fixture.workspace).round()
    let index = try #require(try await fixture.workspace.outbox(of: id).deliveries.first?.index)
    #expect(try await receiving.sender(fixture.workspace).redeliver(id, index).isDone)
    #expect(receiving.ids.count == 2 && Set(receiving.ids).count == 1)
    await #expect(throws: Problem("server.no-such-message", what: "")) {
      try await receiving.sender(fixture.workspace).redeliver(id, 0)
    }
  }

  @Test(
    "events that do not exist are refused",
    arguments: [
      "", "model", "model.", "model.melted", "unicorn.*", "person.*", "session.session-opened",
      "**",
    ])
  func events(_ pattern: String) async throws {
    let fixture = try await DeskFixture()
    await #expect(throws: Problem("workspace.unknown-event", what: "", places: [Place("events")])) {
      try await hook(fixture, [pattern])
    }
  }

  @Test("pages show the secret once, and are for those who may")
  func pages() async throws {
    let fixture = try await DeskFixture()
    for (name, role) in [("sam", Role.security), ("root", .administrator), ("jane", .compliance)] {
      try await fixture.person(name, role)
    }
    try await fixture.asking { browser in
      let form = [
        ("title", "Tickets"), ("url", "https://hooks.example.org/secret-path"),
        ("events", "model.*; opinion.*"),
        ("payload", "full"),
      ]
      let jane = try await fixture.signedIn("jane", browser)
      #expect(try await jane.get("/webhooks").status.code == 403)
      #expect(try await jane.send("/webhooks", form).status.code == 403)
      let sam = try await fixture.signedIn("sam", browser)
      let made = try await sam.send("/webhooks", form)
      #expect(made.status.code == 200 && made.text.contains("whsec_"))
      let root = try await fixture.signedIn("root", browser)
      let list = try await root.get("/webhooks").text
      #expect(list.contains("https://hooks.example.org<") && !list.contains("secret-path"))
      let path = try #require(
        list.firstMatch(of: /\/webhooks\/[0-9a-z]+/).map { String($0.output) })
      #expect(try await !sam.get(path).text.contains("whsec_"))
      #expect(
        try await sam.get("/records/webhook" + path.dropFirst("/webhooks".count)).text.contains(
          "whsec_") == false)
      #expect(try await sam.send(path + "/secret", []).text.contains("whsec_"))
      #expect(try await sam.send(path + "/state", [("to", "off")]).status.code == 303)
      #expect(try await sam.get(path).text.contains("Switch it on"))
      #expect(try await jane.send(path + "/deliveries", []).status.code == 403)
      #expect(try await jane.send(path + "/state", [("to", "on")]).status.code == 403)
      let bad = try await sam.send("/webhooks", form + [("url", "x")])
      #expect(bad.status.code == 200, "the first address counts")
      let worse = try await sam.send(
        "/webhooks", [("title", "x"), ("url", "ftp://x"), ("events", "*")])
      #expect(worse.status.code == 422 && worse.text.contains("ftp://x"))
      #expect(try await sam.send(path + "/removal", []).status.code == 303)
      #expect(try await sam.get(path).status.code == 404)
    }
  }
}
