import Duties
import Ground
import Testing

@testable import Workspace

@Suite("Tokens act for a person, within bounds")
struct TokenTests {
  private func person(_ desk: RecordsDesk, _ roles: [Role] = [.counsel]) async throws -> RecordState
  {
    try await desk.workspace.addPerson(
      NewPerson(name: "jane.doe", roles: roles, secret: .token)
    ).state
  }

  private func make(
    _ desk: RecordsDesk, _ scopes: [TokenScope], records: [RecordID] = []
  ) async throws -> (made: MadeToken, workspace: OpenWorkspace) {
    var new = NewToken(name: "job script", scopes: scopes, days: 30)
    new.records = records
    let made = try await desk.workspace.makeToken(new, for: "jane.doe")
    let shown = try #require(try await desk.workspace.token(made.secret))
    return (made, desk.workspace.acting(as: shown.who))
  }

  @Test("a token does what its scopes say, and nothing else", arguments: TokenScope.allCases)
  func scopes(_ scope: TokenScope) async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    _ = try await person(desk, scope == .administer ? [.administrator] : [.counsel])
    let program = try await make(desk, [scope]).workspace
    let reads = await RecordsDesk.code { _ = try await program.needed(model.id) }
    #expect(reads == (scope == .read ? nil : "workspace.beyond-token"))
    #expect(try await program.states(.model).count == (scope == .read ? 1 : 0))
    let change = Change("training-started", effective: RecordsDesk.day("2026-11-01"))
    let writes = await RecordsDesk.code {
      _ = try await program.record(RecordCommand(.model, model.id, change))
    }
    #expect(writes == (scope == .write ? nil : "workspace.beyond-token"))
    let verifies = await RecordsDesk.code { try await program.authorise(.verify) }
    #expect(verifies == (scope == .verify ? nil : "workspace.beyond-token"))
    let registers = await RecordsDesk.code { try await program.authorise(.administer) }
    #expect(registers == (scope == .administer ? nil : "workspace.beyond-token"))
    let chooses = await RecordsDesk.code {
      try await program.setOwnPassphrase(
        "river cactus lamp orbit", again: "river cactus lamp orbit", current: nil,
        by: "one-time link")
    }
    #expect(chooses == "workspace.beyond-token", "no token chooses how its person signs in")
    let children = await RecordsDesk.code {
      _ = try await program.makeToken(NewToken(name: "child", scopes: [scope], days: 1))
    }
    #expect(children == "workspace.token-makes-none")
  }

  @Test("a token that reaches certain records reaches no other")
  func records() async throws {
    let desk = try await RecordsDesk()
    let (one, two) = (try await desk.model(), try await desk.model())
    _ = try await person(desk)
    let program = try await make(desk, [.read, .write], records: [one.id]).workspace
    #expect(try await program.states(.model).map(\.id) == [one.id])
    #expect(try await program.needed(one.id).id == one.id)
    #expect(
      await RecordsDesk.code { _ = try await program.needed(two.id) } == "workspace.beyond-token")
    let change = Change("training-started", effective: RecordsDesk.day("2026-11-01"))
    _ = try await program.record(RecordCommand(.model, one.id, change))
    #expect(
      await RecordsDesk.code {
        _ = try await program.record(RecordCommand(.model, two.id, change))
      } == "workspace.beyond-token")
  }

  @Test("no scope goes beyond the roles, and no time beyond the longest")
  func bounds() async throws {
    let desk = try await RecordsDesk()
    _ = try await person(desk, [.auditor])
    func code(_ scopes: [TokenScope], days: Int = 30, name: String = "x") async -> String? {
      await RecordsDesk.code {
        _ = try await desk.workspace.makeToken(
          NewToken(name: name, scopes: scopes, days: days), for: "jane.doe")
      }
    }
    #expect(await code([.write]) == "workspace.scope-beyond-roles")
    #expect(await code([.read, .administer]) == "workspace.scope-beyond-roles")
    #expect(await code([.read], days: 0) == "workspace.bad-token")
    #expect(await code([.read], days: OpenWorkspace.mostTokenDays + 1) == "workspace.bad-token")
    #expect(await code([]) == "workspace.bad-token")
    #expect(await code([.read], name: " ") == "workspace.bad-token")
    #expect(await code([.read, .verify]) == nil)
    #expect(
      await RecordsDesk.code {
        _ = try await desk.workspace.makeToken(NewToken(name: "x", scopes: [.read], days: 1))
      } == "workspace.unknown-person", "nobody signed in, and nobody is named")
  }

  @Test(
    "a token ends when it is revoked, when its person is removed, and when a role is taken away")
  func ends() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    _ = try await person(desk)
    let first = try await make(desk, [.read]).made
    _ = try await desk.workspace.revokeToken(first.state.id)
    #expect(try await desk.workspace.token(first.secret) == nil)
    #expect(
      await RecordsDesk.code { _ = try await desk.workspace.revokeToken(first.state.id) }
        == "workspace.token-ended")
    let second = try await make(desk, [.read, .write])
    try await desk.workspace.changePerson(
      "jane.doe", [("roles", JSON(["administrator"]))], reason: "x")
    let now = try #require(try await desk.workspace.token(second.made.secret)).who
    #expect(
      await RecordsDesk.code {
        _ = try await desk.workspace.acting(as: now).needed(model.id)
      } == "workspace.not-allowed", "never more than its person may now")
    try await desk.workspace.removePerson("jane.doe", reason: "left")
    #expect(try await desk.workspace.token(second.made.secret) == nil)
    #expect(try await desk.workspace.token("sys_nonsense") == nil)
  }

  @Test("after a rotation both secrets are good for a while; a program cannot prolong itself")
  func rotation() async throws {
    let desk = try await RecordsDesk()
    _ = try await person(desk)
    let (old, program) = try await make(desk, [.read])
    let new = try await program.rotateToken(old.state.id, days: 366, overlapHours: 2)
    #expect(new.state.text("expires") == old.state.text("expires"))
    #expect(new.state.text("replaces") == old.state.id.text)
    #expect(try await desk.workspace.token(old.secret) != nil)
    #expect(try await desk.workspace.token(new.secret) != nil)
    #expect(
      await RecordsDesk.code {
        _ = try await desk.workspace.rotateToken(old.state.id, days: 1, overlapHours: 0)
      } == "workspace.token-ended", "a token is rotated once")
    let last = try await desk.workspace.rotateToken(new.state.id, days: 60, overlapHours: 0)
    #expect(try await desk.workspace.token(new.secret) == nil)
    #expect(try await desk.workspace.token(last.secret) != nil)
  }

  @Test("its secret is kept nowhere, and its use is written down once an hour at most")
  func use() async throws {
    let desk = try await RecordsDesk()
    _ = try await person(desk)
    let made = try await make(desk, [.read]).made
    #expect(made.state.fields["token"] == nil)
    let before = try await desk.entries(.access).count
    for _ in 0..<5 { _ = try await desk.workspace.token(made.secret) }
    #expect(try await desk.entries(.access).count == before, "it was used a moment ago already")
    let state = try await desk.workspace.needed(made.state.id)
    #expect(state.text("last_used") != nil && state.fields["token"] == nil)
    #expect(state.text("made_by")?.hasPrefix("local") == true)
  }
}
