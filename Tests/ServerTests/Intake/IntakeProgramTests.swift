import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Sealing
import Testing

@testable import Server
@testable import Workspace

@Suite("Programs of strangers and of deployers report")
struct IntakeProgramTests {
  @Test("a report with a proof is received once for each name, and its code is the same")
  func once() async throws {
    let fixture = try await IntakeDesk.fixture()
    try await fixture.calling { caller async throws in
      let body = try await caller.proven("\"what\": \"fictional\", \"when\": \"yesterday\"")
      let first = try await caller.post("public/incidents", body, ["idempotency-key": "k1"])
      #expect(first.status.code == 201, "\(first.text)")
      let code = try #require(try first.json["code"]?.text)
      let again = try await caller.post("public/incidents", body, ["idempotency-key": "k1"])
      #expect(try again.status.code == 201 && again.json["code"]?.text == code)
      // After a restart the proof is another one.
      let anew = try await caller.proven("\"what\": \"fictional\", \"when\": \"yesterday\"")
      let later = try await caller.post("public/incidents", anew, ["idempotency-key": "k1"])
      #expect(try later.status.code == 201 && later.json["code"]?.text == code)
      let other = try await caller.post(
        "public/incidents", try await caller.proven("\"what\": \"else\""),
        ["idempotency-key": "k1"])
      #expect(other.code == "workspace.other-request")
      #expect(try await fixture.workspace.everyState(.incident).count == 1)
      let status = try await caller.post("public/status", "{\"code\": \"\(code)\"}")
      #expect(try status.json["state"]?.text == "received")
      let message = try await caller.post(
        "public/messages", "{\"code\": \"\(code)\", \"text\": \"more\"}")
      #expect(message.status.code == 204)
      #expect(
        try await caller.post("public/status", "{\"code\": \"x\"}").code == "workspace.unknown-code"
      )
    }
  }

  @Test("no proof, a wrong one, one that was used and one that is too old are refused")
  func proofs() async throws {
    let fixture = try await IntakeDesk.fixture(["SYSTEMIC_INTAKE_BITS": "10"])
    try await fixture.calling { caller async throws in
      #expect(try await caller.post("public/incidents", "{\"what\": \"x\"}").status.code == 400)
      let made = "{\"what\": \"x\", \"challenge\": \"abc\", \"proof\": \"1\"}"
      #expect(try await caller.post("public/incidents", made).code == "server.bad-proof")
      let asked = try await caller.get("public/challenge").json
      let challenge = try #require(asked["challenge"]?.text)
      let wrong = "{\"what\": \"x\", \"challenge\": \"\(challenge)\", \"proof\": \"no\"}"
      #expect(try await caller.post("public/incidents", wrong).code == "server.bad-proof")
      let body = try await caller.proven("\"what\": \"x\"")
      #expect(try await caller.post("public/incidents", body).status.code == 201)
      let replayed = try await caller.post("public/incidents", body)
      #expect(replayed.status.code == 422 && replayed.code == "server.proof-used")
      let old = try await caller.proven("\"what\": \"x\"")
      fixture.pass(seconds: 600)
      #expect(try await caller.post("public/incidents", old).code == "server.proof-expired")
      #expect(try await fixture.workspace.everyState(.incident).count == 1)
    }
  }

  @Test(
    "a file comes in Base64; what is none is refused, and a repeated request leaves no second file")
  func files() async throws {
    let fixture = try await IntakeDesk.fixture()
    try await fixture.calling { caller async throws in
      let body = try await caller.proven(
        "\"what\": \"x\", \"file\": {\"name\": \"a.txt\", \"content\": \"ZmljdGlvbmFs\"}")
      for _ in 0..<2 {
        let sent = try await caller.post("public/incidents", body, ["idempotency-key": "f"])
        #expect(sent.status.code == 201, "\(sent.text)")
      }
      let evidence = try await fixture.workspace.everyState(.evidence)
      #expect(evidence.count == 1 && evidence[0].text("file") == "a.txt")
      #expect(try fixture.workspace.folder.files.names().count == 1)
      let bad = try await caller.proven(
        "\"what\": \"x\", \"file\": {\"name\": \"a.txt\", \"content\": \"=\"}")
      #expect(try await caller.post("public/incidents", bad).code == "server.bad-file")
    }
  }

  @Test("a flood of programs is held back, and told when to come again")
  func flood() async throws {
    let fixture = try await IntakeDesk.fixture(["SYSTEMIC_INTAKE_PER_MINUTE": "3"])
    try await fixture.calling { caller async throws in
      var statuses: [Int] = []
      for _ in 0..<5 {
        let sent = try await caller.post(
          "public/incidents", try await caller.proven("\"what\": \"x\""))
        statuses.append(sent.status.code)
        if sent.status.code == 429 { #expect(sent.headers[.retryAfter] != nil) }
      }
      #expect(statuses == [201, 201, 201, 429, 429])
    }
  }

  @Test("before the proof was looked at, nothing of a file is decoded and no disk is asked for")
  func order() async throws {
    let fixture = try await IntakeDesk.fixture(["SYSTEMIC_LIMITS_FREE_MEGABYTES": "1000000"])
    try await fixture.calling { caller async throws in
      for content in ["=", "ZmljdGlvbmFs"] {
        let file = "\"file\": {\"name\": \"a.txt\", \"content\": \"\(content)\"}"
        let wrong = "{\"what\": \"x\", \(file), \"challenge\": \"abc\", \"proof\": \"1\"}"
        #expect(try await caller.post("public/incidents", wrong).code == "server.bad-proof")
        let right = try await caller.proven("\"what\": \"x\", \(file)")
        let code = try await caller.post("public/incidents", right).code
        #expect(code == (content == "=" ? "server.bad-file" : "server.busy"))
        let blank = try await caller.proven("\"what\": \" \", \(file)")
        #expect(
          try await caller.post("public/incidents", blank).code == "workspace.empty-report")
      }
    }
  }

  @Test("whoever sends one proof a thousand times takes nothing from what all others may send")
  func replays() async throws {
    let fixture = try await IntakeDesk.fixture(["SYSTEMIC_INTAKE_ALL_PER_MINUTE": "3"])
    try await fixture.calling { caller async throws in
      let body = try await caller.proven("\"what\": \"x\"")
      func from(_ number: Int) -> [String: String] { ["x-forwarded-for": "203.0.113.\(number)"] }
      #expect(try await caller.post("public/incidents", body, from(1)).status.code == 201)
      for number in 2..<12 {
        let again = try await caller.post("public/incidents", body, from(number))
        #expect(again.code == "server.proof-used")
      }
      for number in 12..<14 {
        let other = try await caller.proven("\"what\": \"y\"")
        #expect(try await caller.post("public/incidents", other, from(number)).status.code == 201)
      }
      let beyond = try await caller.proven("\"what\": \"z\"")
      #expect(try await caller.post("public/incidents", beyond, from(14)).status.code == 429)
    }
  }

  @Test("who guesses codes shuts nobody out who has one; what comes with one code is limited")
  func guesses() async throws {
    let fixture = try await IntakeDesk.fixture([
      "SYSTEMIC_INTAKE_ALL_PER_MINUTE": "3", "SYSTEMIC_INTAKE_PER_MINUTE": "4",
    ])
    try await fixture.calling { caller async throws in
      func from(_ number: Int) -> [String: String] { ["x-forwarded-for": "203.0.113.\(number)"] }
      let sent = try await caller.post(
        "public/incidents", try await caller.proven("\"what\": \"x\""), from(1))
      let code = try #require(try sent.json["code"]?.text)
      var codes: [String] = []
      for number in 2..<8 {
        let answer = try await caller.post("public/status", "{\"code\": \"no\"}", from(number))
        codes.append(answer.code ?? "")
      }
      #expect(Set(codes.prefix(3)) == ["workspace.unknown-code"])
      #expect(Set(codes.suffix(3)) == ["server.too-many-reports"])
      let right = try await caller.post("public/status", "{\"code\": \"\(code)\"}", from(9))
      #expect(right.status.code == 200, "\(right.text)")
      var statuses: [Int] = []
      for number in 10..<16 {
        let message = "{\"code\": \"\(code.uppercased())\", \"text\": \"more\"}"
        statuses.append(
          try await caller.post("public/messages", message, from(number)).status.code)
      }
      #expect(statuses == [204, 204, 204, 204, 429, 429])
    }
  }

  private static let notice =
    "{\"what\": \"An outage at a fictional hospital.\", \"aware\": \"2026-05-27T02:00:00+09:00\"}"

  @Test("a deployer reports with its token, and the moment of its awareness starts the house clock")
  func deployer() async throws {
    let fixture = try await IntakeDesk.fixture()
    let token = try await fixture.token(.incidentLead, scopes: [.report])
    let other = try await fixture.token(.incidentLead, scopes: [.report])
    try await fixture.calling { stranger async throws in
      var caller = stranger
      caller.token = token
      let sent = try await caller.post(
        "deployer/incidents", Self.notice, ["idempotency-key": "d1"])
      #expect(sent.status.code == 201, "\(sent.text)")
      let again = try await caller.post(
        "deployer/incidents", Self.notice, ["idempotency-key": "d1"])
      #expect(try again.json["key"] == sent.json["key"])
      let key = try #require(try sent.json["key"]?.text)
      let incident = try #require(try await fixture.workspace.everyState(.incident).first)
      #expect(incident.id.key == key && incident.author == "deployer-channel")
      #expect(incident.text("reporter") == "test" && incident.text("channel") == "deployer")
      let aware = try #require(incident.happened["deployer-aware"])
      #expect(aware == Effective("2026-05-26T17:00:00Z"))
      let dates = try await fixture.workspace.incident(incident.id).dates
      #expect(dates.contains { $0.asWritten == "2026-05-27T02:00:00+09:00" })
      var question = DocketQuestion()
      question.record = incident.id
      question.includesClosed = true
      let deadlines = try await fixture.workspace.docket(question)
      #expect(deadlines.contains { $0.title.hasPrefix("Notice by the deployer") })
      let standing = try await caller.get("deployer/incidents/" + key)
      #expect(try standing.json["state"]?.text == "received")
      var second = stranger
      second.token = other
      #expect(try await second.get("deployer/incidents/" + key).status.code == 404)
      let same = try await second.post(
        "deployer/incidents", Self.notice, ["idempotency-key": "d1"])
      #expect(try same.json["key"]?.text != key, "a name is that of one token")
      let future = Self.notice.replacing("2026-05-27", with: "2027-05-27")
      #expect(try await caller.post("deployer/incidents", future).status.code == 422)
    }
  }

  @Test("a deployer's token does nothing else, and no other token does what it does")
  func nothingElse() async throws {
    let fixture = try await IntakeDesk.fixture()
    let token = try await fixture.token(.incidentLead, scopes: [.report])
    let lead = try await fixture.token(.incidentLead, scopes: [.read, .write])
    try await fixture.calling { stranger async throws in
      var caller = stranger
      caller.token = token
      for operation in API.operations where !operation.isForEverybody && !operation.isForDeployers {
        let path = operation.path.replacing("{key}", with: "k3v9qz7d2m5x")
          .replacing("{version}", with: "1").replacing("{log}", with: "regulatory")
        let answer = try await caller.ask(
          operation.method == .get ? .get : .post, path,
          operation.method == .get ? nil : "{}", ["content-type": "application/json"])
        #expect([403, 404].contains(answer.status.code), "\(operation.id): \(answer.status)")
        if !operation.path.contains("{") { #expect(answer.code == "workspace.beyond-token") }
      }
      var other = stranger
      other.token = lead
      #expect(
        try await other.post("deployer/incidents", Self.notice).code == "workspace.beyond-token")
      #expect(try await stranger.post("deployer/incidents", Self.notice).status.code == 401)
      #expect(try await fixture.workspace.everyState(.incident).isEmpty)
    }
    await #expect(throws: Problem.self) {
      _ = try await fixture.token(.incidentLead, scopes: [.report, .read])
    }
  }

  @Test("a token that was rotated still sees what the one before it reported")
  func rotated() async throws {
    let fixture = try await IntakeDesk.fixture()
    let token = try await fixture.token(.incidentLead, scopes: [.report])
    let first = try #require(try await fixture.workspace.token(token))
    let receipt = try await fixture.workspace.receive(
      PublicReport(what: "fictional"), aware: .moment(fixture.workspace.surroundings.now()),
      asWritten: "now", from: first)
    let made = try await fixture.workspace.rotateToken(first.id, days: 30, overlapHours: 0)
    let second = try #require(try await fixture.workspace.token(made.secret))
    #expect(try await fixture.workspace.ownReport(receipt.incident, of: second).stage == .received)
  }

  @Test("what an incident was merged into is told, and nothing of it")
  func merged() async throws {
    let fixture = try await IntakeDesk.fixture()
    let receipt = try await fixture.workspace.receive(
      PublicReport(what: "a fictional duplicate"), by: .public)
    let other = try await fixture.workspace.receiveIncident(IncidentNotice(title: "the first"))
    let state = try await fixture.workspace.needed(receipt.incident)
    _ = try await fixture.workspace.mergeIncident(state, into: other, reason: "the same")
    let code = try #require(receipt.code?.text)
    #expect(try await fixture.workspace.trackedReport(code).stage == .lookedAt)
  }
}
