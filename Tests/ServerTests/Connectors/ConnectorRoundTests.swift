import Duties
import Ground
import Outbound
import Synchronization
import Testing

@testable import Server
@testable import Workspace

@Suite("Tickets of incidents")
struct ConnectorRoundTests {
  @Test("an incident becomes one ticket under a neutral title, and its changes are told")
  func told() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow) {
      $0.mapping = try? JSON(parsing: #"{"states":{"in triage":"2"}}"#.utf8)
    }
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    try await rounds.round()
    #expect(table.records.withLock { $0.count } == 1)
    #expect(table["short_description"]?.hasPrefix("Incident ") == true)
    #expect(table["description"]?.contains(incident.id.text) == true)
    #expect(table["correlation_id"] == Correlation(incident.id, id).text)
    try await fixture.event(incident.id, "triage-begun")
    try await rounds.round()
    #expect(table["state"] == "2")
    let entry = try await fixture.ticket()
    #expect(entry.state.status == "open" && entry.state.text("number") == "INC0")
    #expect(entry.connector == id)
  }

  @Test("after a lost answer the ticket is found under its correlation, and not made again")
  func lost() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow)
    _ = try await fixture.incident()
    let table = ServiceNowTable()
    table.faults.withLock { $0.lost = 1 }
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    #expect(try await fixture.ticket().handle == nil)
    #expect(try await fixture.workspace.outbox(of: id).attempts == 1)
    try await rounds.round()
    #expect(table.records.withLock { $0.count } == 1, "it waits")
    fixture.pass(hours: 1)
    try await rounds.round()
    #expect(table.records.withLock { $0.count } == 1)
    #expect(try await fixture.ticket().state.happened["ticket-found"] != nil)
    #expect(try await fixture.workspace.outbox(of: id).attempts == 0)
  }

  @Test("a system that asks for time gets it, and one that stays away is switched off")
  func later() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow)
    _ = try await fixture.incident()
    let other = OtherSystem { (_, _) throws(Problem) in
      OtherSystem.json(429, "{}", [(name: "Retry-After", value: "7200")])
    }
    let rounds = fixture.rounds(other)
    try await rounds.round()
    let due = try #require(try await fixture.workspace.outbox(of: id).due)
    #expect(due.seconds == fixture.workspace.surroundings.now().seconds + 7200)
    for _ in 0..<20 {
      fixture.pass(hours: 25)
      try await rounds.round()
    }
    #expect(other.requests.count == Retry.seconds.count + 1)
    let state = try await fixture.workspace.needed(id)
    #expect(state.status == "off" && state.text("notice")?.contains("429") == true)
  }

  @Test("what is refused stands in the ledger, holds nobody up, and is tried when somebody asks")
  func refused() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow)
    _ = try await fixture.incident()
    let strict = OtherSystem { (request, _) throws(Problem) in
      request.method == .post
        ? OtherSystem.json(403, #"{"error":{"message":"Urgency is mandatory"}}"#)
        : OtherSystem.json(200, #"{"result":[]}"#)
    }
    try await fixture.rounds(strict).round()
    let entry = try await fixture.ticket()
    #expect(entry.state.status == "refused")
    #expect(entry.state.text("result") == "403: Urgency is mandatory")
    #expect(try await fixture.workspace.outbox(of: id).attempts == 0)
    let table = ServiceNowTable()
    #expect(try await fixture.rounds(table.system).reconcile(id) == 1)
    #expect(table.records.withLock { $0.count } == 1)
  }

  @Test("a change there becomes a comment and changes nothing of the incident")
  func heard() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow) {
      $0.mapping = try? JSON(parsing: #"{"states":{"received":"1"}}"#.utf8)
    }
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    table.change("state", "6")
    #expect(try await rounds.reconcile(id) == 1)
    #expect(try await rounds.reconcile(id) == 1)
    let comments = try await fixture.workspace.comments(on: incident.id)
    #expect(comments.count == 1, "it is told once")
    #expect(comments.first?.text("text")?.contains("“1” became “6”") == true)
    #expect(try await fixture.workspace.needed(incident.id).version == incident.version)
    #expect(table["state"] == "6", "theirs is not overwritten")
  }

  @Test("a field that both sides changed waits for a person, whose choice is kept with its reason")
  func conflict() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow) {
      $0.mapping = try? JSON(
        parsing: #"{"states":{"received":"1","in triage":"2"}}"#.utf8)
    }
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    table.change("state", "6")
    try await fixture.event(incident.id, "triage-begun")
    try await rounds.round()
    let entry = try await fixture.ticket()
    #expect(entry.state.status == "conflict" && table["state"] == "6")
    #expect(entry.conflicts == [TicketConflict(field: "@state", ours: "2", theirs: "6")])
    await #expect(throws: Problem("duties.reason-due", what: "")) {
      try await fixture.workspace.settleConflict(
        entry.state.id, field: "@state", .ours, reason: " ")
    }
    try await fixture.workspace.settleConflict(
      entry.state.id, field: "@state", .ours, reason: "closed by mistake")
    #expect(try await fixture.ticket().state.status == "waiting")
    _ = try await rounds.reconcile(id)
    #expect(table["state"] == "2")
    #expect(try await fixture.ticket().state.status == "open")
  }

  @Test(
    "the day of the report that governs is told where a mapping asks, and taken away when it is past"
  )
  func due() async throws {
    let fixture = try await DeskFixture()
    _ = try await fixture.connector(.serviceNow) {
      $0.mapping = FieldMap.tellingDue(nil, .serviceNow)
    }
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    #expect(table["due_date"] == nil, "no clock runs yet")
    var state = try await fixture.workspace.answerTriage(
      incident, [("death", "yes"), ("causal_link", "suspected")])
    state = try await fixture.workspace.dateIncident(
      state, "involvement-known", at: .moment(fixture.workspace.surroundings.now()))
    try await rounds.round()
    // Ten days after 28 May 2026 end at midnight of Brussels, in summer two hours before UTC's.
    #expect(table["due_date"] == "2026-06-07 21:59:59")
    _ = try await fixture.workspace.answerTriage(state, [("death", "no")], reason: "a mistake")
    try await rounds.round()
    #expect(table["due_date"]?.isEmpty == true)
  }

  @Test("two connectors to one place keep a ticket each, and neither takes the other's for its own")
  func twoConnectors() async throws {
    let fixture = try await DeskFixture()
    for _ in 0..<2 { _ = try await fixture.connector(.serviceNow) { $0.takesIn = true } }
    let incident = try await fixture.incident()
    let table = ServiceNowTable()
    let rounds = fixture.rounds(table.system)
    try await rounds.round()
    let names = table.records.withLock { $0.compactMap { $0["correlation_id"] } }
    #expect(Set(names).count == 2 && names.count == 2)
    #expect(names.allSatisfy { Correlation($0)?.incident == incident.id })
    table.change("state", "6")
    for connector in try await fixture.workspace.connectors() {
      _ = try await rounds.reconcile(connector.id)
    }
    let comments = try await fixture.workspace.comments(on: incident.id)
    #expect(comments.count == 1, "one ticket changed, and it is told once")
    #expect(try await fixture.workspace.states(.incident).count == 1, "none begins an incident")
  }

  @Test(
    "a system that waits holds nobody up: the others are told at the same time",
    .timeLimit(.minutes(1)))
  func apart() async throws {
    let fixture = try await DeskFixture()
    _ = try await fixture.connector(.serviceNow) { $0.url = "https://slow.example.org" }
    _ = try await fixture.connector(.serviceNow) { $0.url = "https://quick.example.org" }
    _ = try await fixture.incident()
    let table = ServiceNowTable()
    let (told, teller) = AsyncStream.makeStream(of: Void.self)
    let ask = table.system.ask
    let rounds = ConnectorRounds(fixture.workspace, base: "https://desk.example") {
      request async throws(Problem) in
      if request.address.text.contains("slow") {
        // It answers only after the other one was told.
        for await _ in told { break }
      }
      let answer = try await ask(request)
      if request.address.text.contains("quick"), request.method == .post { teller.finish() }
      return answer
    }
    try await rounds.round()
    #expect(table.records.withLock { $0.count } == 2)
  }

  @Test("a slow system gives its turn away after a while, and goes on where it stopped")
  func turns() async throws {
    let fixture = try await DeskFixture()
    _ = try await fixture.connector(.serviceNow)
    for number in 0..<3 { _ = try await fixture.incident("Fictional \(number)") }
    let table = ServiceNowTable()
    let ask = table.system.ask
    let rounds = ConnectorRounds(fixture.workspace, base: "https://desk.example") {
      request async throws(Problem) in
      if request.method == .post { fixture.pass(seconds: ConnectorRounds.turnSeconds) }
      return try await ask(request)
    }
    for made in 1...3 {
      #expect(try await rounds.round() == (made < 3))
      #expect(table.records.withLock { $0.count } == made)
    }
    #expect(try await !rounds.round())
    #expect(table.records.withLock { $0.count } == 3)
  }

  @Test("another program that is making the ticket is left alone for a minute")
  func claimed() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow)
    let incident = try await fixture.incident()
    let workspace = fixture.workspace.acting(as: .system)
    let connector = try await workspace.connector(id)
    let entry = try await workspace.ticket(of: incident, in: connector)
    #expect(try await workspace.claim(entry, request: "00"))
    #expect(try await !workspace.claim(entry, request: "00"), "the same state is claimed once")
    let table = ServiceNowTable()
    try await fixture.rounds(table.system).round()
    #expect(table.records.withLock { $0.isEmpty })
    fixture.pass(hours: 1)
    try await fixture.rounds(table.system).round()
    #expect(table.records.withLock { $0.count } == 1)
  }

  @Test("addresses of the house are not asked unless that is allowed")
  func guarded() async throws {
    let fixture = try await DeskFixture()
    let (id, _) = try await fixture.connector(.serviceNow) { $0.url = "http://127.0.0.1:9" }
    _ = try await fixture.incident()
    try await ConnectorRounds(fixture.workspace, Configuration()).round()
    let outbox = try await fixture.workspace.outbox(of: id)
    #expect(outbox.deliveries.last?.result.hasPrefix("outbound.forbidden-address") == true)
  }
}
