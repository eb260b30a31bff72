import Duties
import Ground
import Outbound
import Synchronization
import Testing
import Workspace

@testable import Server

@Suite("Reminders by mail")
struct ReminderTests {
  private final class Box: Sendable {
    private let kept = Mutex<[MailMessage]>([])
    private let isDown = Mutex(false)
    var messages: [MailMessage] { kept.withLock { $0 } }
    func setDown(_ down: Bool) { isDown.withLock { $0 = down } }

    func reminding(_ fixture: DeskFixture, hour: Int = 0) -> Reminding {
      Reminding(
        workspace: fixture.workspace,
        mailing: Mailing(from: "desk@example.org", base: "https://desk.example/") {
          (message) async throws(Problem) in
          guard !self.isDown.withLock({ $0 }) else {
            throw Problem("outbound.mail-refused", what: "down")
          }
          self.kept.withLock { $0.append(message) }
        }, hour: hour)
    }
  }

  private func fixture(_ people: [(String, Role)]) async throws -> DeskFixture {
    let fixture = try await DeskFixture()
    for (name, role) in people {
      try await fixture.person(name, role)
      try await fixture.workspace.setMailAddress(of: name, to: name + "@example.org")
    }
    let model = try await fixture.model("Secret Project")
    _ = try await fixture.workspace.record(
      RecordCommand(
        .model, model.id,
        Change("threshold-known", effective: .day(fixture.workspace.surroundings.today))))
    return fixture
  }

  @Test("each deadline is told once at each distance, and as late when it is")
  func once() async throws {
    let fixture = try await fixture([("jane", .compliance)])
    let deadline = try #require(
      try await fixture.workspace.docket().first { $0.ruleID == "ai-act/52/1" })
    let box = Box()
    for _ in 0..<20 {
      try await box.reminding(fixture).round()
      try await box.reminding(fixture).round()
      fixture.pass(hours: 24)
    }
    let lines = box.messages.flatMap { $0.text.split(separator: "\n") }.filter {
      $0.hasPrefix("- ")
    }
    #expect(Set(lines).count == lines.count, "nothing is told twice")
    let told = lines.filter { $0.contains(deadline.neutralTitle) }.compactMap {
      $0.firstMatch(of: /\((.*?)\)/).map { String($0.1) }
    }
    #expect(told == ["within 30 days", "within 7 days", "within 1 day", "overdue"])
    #expect(box.messages.allSatisfy { $0.to == "jane@example.org" })
  }

  @Test("titles of confidential records are not sent, and the way to the docket is")
  func withheld() async throws {
    let fixture = try await fixture([("jane", .compliance)])
    let box = Box()
    try await box.reminding(fixture).round()
    let message = try #require(box.messages.first)
    #expect(!message.text.contains("Secret") && !message.text.contains("52(1)"))
    #expect(message.text.contains("Regulatory deadline, "))
    #expect(message.text.contains("https://desk.example/docket"))
    #expect(message.subject.hasPrefix("Systemic: "))
  }

  @Test("days are told from the hour of the digest on, in Brussels")
  func hour() async throws {
    let fixture = try await fixture([("jane", .compliance)])
    let now = fixture.workspace.surroundings.now().local.secondOfDay / 3600
    let box = Box()
    try await box.reminding(fixture, hour: now + 1).round()
    #expect(box.messages.isEmpty)
    fixture.pass(hours: 1)
    try await box.reminding(fixture, hour: now + 1).round()
    #expect(box.messages.count == 1)
  }

  @Test("what the mail server does not take is sent later")
  func later() async throws {
    let fixture = try await fixture([("jane", .compliance)])
    let box = Box()
    box.setDown(true)
    await #expect(throws: Problem("outbound.mail-refused", what: "")) {
      try await box.reminding(fixture).round()
    }
    box.setDown(false)
    try await box.reminding(fixture).round()
    #expect(box.messages.count == 1)
  }

  @Test("nobody is told of what they may not read, or is not theirs before it is late")
  func others() async throws {
    let fixture = try await fixture([("root", .administrator), ("max", .safety), ("ada", .auditor)])
    let box = Box()
    for _ in 0..<20 {
      try await box.reminding(fixture).round()
      fixture.pass(hours: 24)
    }
    #expect(!box.messages.contains { $0.to == "root@example.org" || $0.to == "ada@example.org" })
  }

  @Test("without a word mail is not sent, and a half configuration is refused")
  func configuration() async throws {
    let fixture = try await DeskFixture()
    func configured(_ environment: [String: String]) throws -> Bool {
      try Reminding.configured(
        fixture.workspace, try Configuration(file: nil, environment: environment)) != nil
    }
    #expect(try !configured([:]))
    let whole = [
      "SYSTEMIC_MAIL_VIA": "smtp", "SYSTEMIC_MAIL_HOST": "mail.example.org",
      "SYSTEMIC_MAIL_FROM": "desk@example.org",
    ]
    #expect(try configured(whole))
    #expect(throws: Problem("server.missing-setting", what: "")) {
      try configured(whole.filter { $0.key != "SYSTEMIC_MAIL_HOST" })
    }
    #expect(throws: Problem("server.missing-setting", what: "")) {
      try configured(whole.merging(["SYSTEMIC_MAIL_USER": "desk"]) { $1 })
    }
    #expect(throws: Problem("outbound.not-encrypted", what: "")) {
      try configured(whole.merging(["SYSTEMIC_MAIL_SECURITY": "none"]) { $1 })
    }
    #expect(throws: Problem("outbound.bad-mail-address", what: "")) {
      try configured(whole.merging(["SYSTEMIC_MAIL_FROM": "desk"]) { $1 })
    }
  }

  @Test("an incident is told by the hour, and further roles before its limit")
  func incident() async throws {
    let fixture = try await fixture([
      ("ivy", .incidentLead), ("jane", .compliance), ("bo", .counsel),
    ])
    let workspace = fixture.workspace
    let provider = try #require(try await workspace.states(.provider).first)
    let today = workspace.surroundings.today
    _ = try await workspace.record(
      RecordCommand(
        .provider, provider.id,
        Change(
          "provider-changed", set: [("signatory", .bool(true))], effective: .day(today),
          reason: "signed")))
    let model = try #require(try await workspace.states(.model).first)
    _ = try await workspace.record(
      RecordCommand(.model, model.id, Change("placed-on-market", effective: .day(today))))
    let state = try await workspace.receiveIncident(
      IncidentNotice(title: "Outage (fictional)", set: [("model", .string(model.id.text))]))
    _ = try await workspace.dateIncident(state, "involvement-known", at: .day(today))
    _ = try await workspace.answerTriage(
      state, [("infrastructure", "yes"), ("causal_link", "suspected")])
    let deadline = try #require(
      try await workspace.docket().first { $0.ruleID == "cop/safety/9.3/infrastructure" })
    let box = Box()
    for _ in 0..<72 {
      try await box.reminding(fixture, hour: 25).round()
      fixture.pass(hours: 1)
    }
    func leads(_ name: String) -> Int {
      box.messages.filter { $0.to == name + "@example.org" }.flatMap {
        $0.text.split(separator: "\n")
      }.count { $0.contains(deadline.neutralTitle) }
    }
    // At once, a day before, 24, 12, 4 and 1 hours before, and when it is overdue; compliance from 12 hours on, counsel from 4.
    #expect(leads("ivy") == 7)
    #expect(leads("jane") == 4)
    #expect(leads("bo") == 3)
  }
}
