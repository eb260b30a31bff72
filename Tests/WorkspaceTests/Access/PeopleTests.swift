import Duties
import Ground
import Sealing
import Testing

@testable import Workspace

@Suite("People and how they sign in")
struct PeopleTests {
  static let goodSecret = "four words of a test"

  private func person(
    _ name: String = "jane.doe", _ roles: [Role] = [.counsel], secret: NewPerson.Secret = .token,
    request: String? = nil, until: String? = nil
  ) -> NewPerson {
    var person = NewPerson(
      name: name, displayName: "Jane Doe (fictional)", roles: roles, secret: secret)
    person.request = request
    person.days.until = until.flatMap { Day(iso: $0) }
    return person
  }

  @Test("A person who cannot be registered is refused, and nothing is written")
  func refusals() async throws {
    let desk = try await RecordsDesk()
    _ = try await desk.workspace.addPerson(person("taken"))
    let before = try await desk.entries(.access).count
    let rows: [(NewPerson, String)] = [
      (person(""), "workspace.bad-name"), (person("Jane"), "workspace.bad-name"),
      (person("jane doe"), "workspace.bad-name"), (person("jäne"), "workspace.bad-name"),
      (person("jane/doe"), "workspace.bad-name"),
      (person(String(repeating: "a", count: 65)), "workspace.bad-name"),
      (person("taken"), "workspace.name-taken"), (person("a", []), "workspace.bad-role"),
      (person("a", [.localOperator]), "workspace.bad-role"),
      (person("a", [.counsel, .system]), "workspace.bad-role"),
      (person("a", [.administrator, .approver]), "workspace.bad-role"),
      (person("a", [.evaluator, .auditor], until: "2027-01-31"), "workspace.bad-role"),
      (person("a", [.evaluator]), "workspace.bad-role"),
      (person("a", [.inspector]), "workspace.bad-role"),
      (person("a", secret: .passphrase("short")), "sealing.passphrase-too-short"),
      (person("a", secret: .passphrase("password20261231")), "sealing.passphrase-too-common"),
    ]
    for (person, code) in rows {
      let found = await RecordsDesk.code { _ = try await desk.workspace.addPerson(person) }
      #expect(found == code, "\(person.name) \(person.roles)")
    }
    #expect(try await desk.entries(.access).count == before)
    for good in [
      person("an-evaluator", [.evaluator], until: "2027-01-31"),
      person("x", [.inspector], request: "Art. 91"),
    ] { _ = try await desk.workspace.addPerson(good) }
  }

  @Test(
    "Administrators and the local operator register people; others are refused before anything is looked up"
  )
  func whoRegisters() async throws {
    let desk = try await RecordsDesk()
    _ = try await desk.acting(.administrator).addPerson(person("first"))
    for role in Role.allCases where ![.administrator, .localOperator].contains(role) {
      let name = await RecordsDesk.code {
        _ = try await desk.acting(role).addPerson(person("first"))
      }
      #expect(name == "workspace.not-allowed", "\(role)")
    }
    let refusals = try await desk.accessLog().filter {
      $0.hasPrefix("access-refused register people")
    }
    #expect(refusals.count == Role.allCases.count - 2)
  }

  @Test("A token signs in until it is revoked, replaced or the person removed")
  func token() async throws {
    let desk = try await RecordsDesk()
    let workspace = desk.workspace
    let (state, token) = try await workspace.addPerson(person())
    let first = try #require(token)
    let jane = try await workspace.signIn(name: "jane.doe", secret: first)
    #expect(
      jane.id == state.id.key && jane.roles == [.counsel] && jane.name == "Jane Doe (fictional)")
    let second = try await workspace.issueToken(to: "jane.doe")
    func refused(_ secret: String) async -> Bool {
      await RecordsDesk.code { _ = try await workspace.signIn(name: "jane.doe", secret: secret) }
        == "workspace.not-signed-in"
    }
    #expect(await refused(first))
    #expect(try await workspace.signIn(name: "jane.doe", secret: second).id == jane.id)
    try await workspace.revokeToken(of: "jane.doe")
    #expect(await refused(second))
    let third = try await workspace.issueToken(to: "jane.doe")
    try await workspace.removePerson("jane.doe", reason: "left")
    #expect(await refused(third))
    #expect(
      await RecordsDesk.code { _ = try await workspace.issueToken(to: "jane.doe") }
        == "workspace.unknown-person")
    #expect(
      try await workspace.addPerson(person()).state.id != state.id,
      "the name is free for somebody else")
  }

  @Test("A passphrase signs in; a wrong one, an unknown name and a token of somebody else do not")
  func passphrase() async throws {
    let desk = try await RecordsDesk()
    let workspace = desk.workspace
    let jane = try await workspace.addPerson(person(secret: .passphrase(PeopleTests.goodSecret)))
      .state
    let other = try #require(try await workspace.addPerson(person("other")).token)
    #expect(
      try await workspace.signIn(name: "jane.doe", secret: PeopleTests.goodSecret).id == jane.id.key
    )
    for (name, secret) in [
      ("jane.doe", "four words of a tesu"), ("nobody", PeopleTests.goodSecret), ("jane.doe", other),
      ("nobody", other), ("other", PeopleTests.goodSecret), ("Jane.Doe", PeopleTests.goodSecret),
      ("", ""),
      ("jane.doe", "sys_"),
    ] {
      let code = await RecordsDesk.code {
        _ = try await workspace.signIn(name: name, secret: secret)
      }
      #expect(code == "workspace.not-signed-in", "\(name)")
    }
    let log = try await desk.accessLog().filter { $0.contains("sign in") }
    #expect(log.count == 8 && log.filter { $0.contains("unknown name") }.count == 4)
    #expect(log[0] == "access-refused sign in \(jane.id.text) wrong secret system")
    #expect(!log.joined().contains("jane.doe") && !log.joined().contains(PeopleTests.goodSecret))
  }

  @Test("What a person is changed to is checked as when they were registered")
  func changes() async throws {
    let desk = try await RecordsDesk()
    let workspace = desk.workspace
    _ = try await workspace.addPerson(person())
    let rows: [([(String, JSON)], String?, String?)] = [
      ([("roles", JSON(["local-operator"]))], "why", "workspace.bad-role"),
      ([("roles", JSON(["counsel", "system"]))], "why", "workspace.bad-role"),
      ([("roles", JSON(["administrator", "approver"]))], "why", "workspace.bad-role"),
      ([("roles", JSON(["boss"]))], "why", "workspace.bad-role"),
      ([("roles", JSON([]))], "why", "workspace.bad-role"),
      ([("roles", JSON(["inspector"]))], "why", "workspace.bad-role"),
      ([("passphrase", .string("x"))], "why", "workspace.own-command"),
      ([("token", .string("x"))], "why", "workspace.own-command"),
      ([("name", .string("x"))], "why", "workspace.own-command"),
      ([("roles", JSON(["safety"]))], nil, "duties.reason-due"),
      ([("roles", JSON(["safety"]))], "moved", nil),
      ([("valid_until", .string("2026-11-19"))], "left", nil),
    ]
    for (set, reason, code) in rows {
      let found = await RecordsDesk.code {
        try await workspace.changePerson("jane.doe", set, reason: reason)
      }
      #expect(found == code, "\(JSON.object(set).compact)")
    }
    let token = try await workspace.issueToken(to: "jane.doe")
    let jane = try await workspace.signIn(name: "jane.doe", secret: token)
    #expect(jane.roles == [.safety])
    let code = await RecordsDesk.code { _ = try await workspace.acting(as: jane).model("too late") }
    #expect(code == "workspace.not-allowed")
  }

  @Test("Roles that are not for people are not taken from a record that holds them")
  func forged() async throws {
    let desk = try await RecordsDesk()
    let state = try await desk.workspace.record(
      RecordCommand(
        .person, nil,
        Change(
          "person-added",
          set: [("name", .string("mallory")), ("roles", JSON(["system", "local-operator"]))],
          effective: .day(desk.workspace.surroundings.today))))
    #expect(SignedIn(state).roles.isEmpty)
  }

  @Test("What proves who somebody is is shown to nobody")
  func hidden() async throws {
    let desk = try await RecordsDesk()
    let made = try await desk.workspace.addPerson(person())
    let auditor = desk.acting(.auditor)
    #expect(made.state.fields["token"] == nil)
    #expect(try await auditor.needed(made.state.id).fields["token"] == nil)
    #expect(try await auditor.states(.person).allSatisfy { $0.fields["token"] == nil })
    let history = try await auditor.history(made.state.id)
    #expect(history.count == 1 && history[0].content?["set"]?["name"] == .string("jane.doe"))
    #expect(history[0].content?["set"]?["token"] == nil)
  }
}

extension OpenWorkspace {
  /// A model with a name.
  fileprivate func model(_ name: String) async throws -> RecordState {
    try await record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string(name))], effective: .day(surroundings.today))))
  }
}
