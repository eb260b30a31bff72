import Duties
import Ground
import Testing

@testable import Workspace

@Suite("A session follows the person's record")
struct SessionTests {
  private func jane(
    _ desk: RecordsDesk, _ roles: [Role] = [.counsel], secret: NewPerson.Secret = .token,
    scope: [RecordID] = []
  ) async throws -> OpenWorkspace {
    var person = NewPerson(
      name: "jane.doe", displayName: "Jane Doe (fictional)", roles: roles, secret: secret)
    person.scope = scope
    if roles == [.inspector] { person.request = "Art. 91 (fictional)" }
    let made = try await desk.workspace.addPerson(person)
    return desk.workspace.acting(
      as: try await desk.workspace.signIn(
        name: "jane.doe", secret: made.token ?? PeopleTests.goodSecret))
  }

  static let endings: [(String, @Sendable (OpenWorkspace) async throws -> Void)] = [
    ("removed", { try await $0.removePerson("jane.doe", reason: "left") }),
    ("token revoked", { try await $0.revokeToken(of: "jane.doe") }),
    ("token replaced", { _ = try await $0.issueToken(to: "jane.doe") }),
    (
      "days ended",
      {
        try await $0.changePerson("jane.doe", [("valid_until", .string("2026-11-19"))], reason: "x")
      }
    ),
    (
      "other role",
      { try await $0.changePerson("jane.doe", [("roles", JSON(["administrator"]))], reason: "x") }
    ),
  ]

  @Test("Whoever was removed or changed after signing in loses access at once", arguments: 0..<5)
  func ended(index: Int) async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let session = try await jane(desk)
    #expect(try await session.needed(model.id).id == model.id)
    #expect(try await session.states(.model).count == 1)
    let (name, end) = SessionTests.endings[index]
    try await end(desk.workspace)
    #expect(
      await RecordsDesk.code { _ = try await session.needed(model.id) } == "workspace.not-allowed",
      "\(name)")
    #expect(try await session.states(.model).isEmpty, "\(name)")
    #expect(await RecordsDesk.code { _ = try await session.history(model.id) } != nil)
    let before = try await desk.entries(.regulatory).count
    let write = Change("training-started", effective: RecordsDesk.day("2026-11-01"))
    #expect(
      await RecordsDesk.code {
        _ = try await session.record(RecordCommand(.model, model.id, write))
      } == "workspace.not-allowed", "\(name)")
    #expect(try await desk.entries(.regulatory).count == before)
  }

  @Test("A role that was added counts at once, and an erased person has none")
  func others() async throws {
    let desk = try await RecordsDesk()
    let session = try await jane(desk, [.auditor])
    let write = Change(
      "model-registered", set: [("name", .string("Aurora (fictional)"))],
      effective: RecordsDesk.day("2026-11-20"))
    func code() async -> String? {
      await RecordsDesk.code { _ = try await session.record(RecordCommand(.model, nil, write)) }
    }
    #expect(await code() == "workspace.not-allowed")
    try await desk.workspace.changePerson(
      "jane.doe", [("roles", JSON(["auditor", "counsel"]))], reason: "promoted")
    #expect(await code() == nil)
    let person = try #require(RecordID("person/" + session.who.id))
    let (request, _) = try await desk.workspace.requestErasure(
      of: [person], reason: "left", basis: "GDPR Art. 17(1)(a)")
    _ = try await desk.acting(.counsel, id: "counsel").approveErasure(request.id)
    #expect(await code() == "workspace.not-allowed")
  }

  @Test("People choose a passphrase that nobody else set, and the record shows who set the last")
  func ownSecret() async throws {
    let desk = try await RecordsDesk()
    let session = try await jane(desk, [.inspector], secret: .passphrase(PeopleTests.goodSecret))
    let person = try #require(RecordID("person/" + session.who.id))
    func setter() async throws -> String? {
      try await desk.workspace.needed(person).text("secret_by")
    }
    #expect(try await setter() == "local (tester)")
    try await session.setPassphrase(of: "jane.doe", "another four words of it")
    #expect(try await setter() == session.who.id)
    let history = try await desk.workspace.history(person)
    #expect(history.map(\.envelope.actor.id) == ["local", session.who.id])
    #expect(history.map(\.user) == ["tester", nil])
    #expect(
      await RecordsDesk.code {
        try await session.setPassphrase(of: "jane.doe", "yet another one, 1")
      }
        == "workspace.not-allowed", "the session rested on the passphrase before")
    let again = desk.workspace.acting(
      as: try await desk.workspace.signIn(name: "jane.doe", secret: "another four words of it"))
    _ = try await desk.workspace.addPerson(
      NewPerson(name: "other", roles: [.counsel], secret: .token))
    #expect(
      await RecordsDesk.code { try await again.setPassphrase(of: "other", "yet another one, 1") }
        == "workspace.not-allowed")
    _ = try await desk.workspace.issueToken(to: "jane.doe")
    #expect(try await setter() == "local (tester)")
  }

  @Test("Names of people are for those who may read them; a scope tells the names that stand in it")
  func names() async throws {
    let desk = try await RecordsDesk()
    func add(_ name: String) async throws -> (id: RecordID, workspace: OpenWorkspace) {
      let made = try await desk.workspace.addPerson(
        NewPerson(name: name, roles: [.compliance], secret: .token))
      let token = try #require(made.token)
      return (
        made.state.id,
        desk.workspace.acting(as: try await desk.workspace.signIn(name: name, secret: token))
      )
    }
    let (author, owner, stranger) = (
      try await add("author"), try await add("owner"), try await add("stranger")
    )
    let model = try await author.workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered",
          set: [("name", .string("Aurora (fictional)")), ("owner", .string(owner.id.text))],
          effective: RecordsDesk.day("2026-11-20"))))
    _ = try await desk.model("Borealis (fictional)")
    let inspector = try await PeopleNames(jane(desk, [.inspector], scope: [model.id]))
    #expect(inspector.name(author.id.key) == "author" && inspector.name(owner.id.key) == "owner")
    #expect(inspector.name(stranger.id.key) == stranger.id.key)
    #expect(inspector.name("local") == "local operator")
    for who in [desk.workspace, desk.acting(.auditor), desk.acting(.administrator)] {
      #expect(try await PeopleNames(who).name(stranger.id.key) == "stranger")
    }
  }
}
