import Duties
import Ground
import Store
import Testing

@testable import Workspace

@Suite("Names that are given once, whoever else gives one at the same moment")
struct NameTests {
  private func person(_ name: String) -> NewPerson {
    NewPerson(name: name, roles: [.counsel], secret: .token)
  }

  /// A second workspace on the same store, which shares nothing else with the first, as another process would.
  private func beside(_ first: OpenWorkspace) throws -> OpenWorkspace {
    OpenWorkspace(
      folder: first.folder, description: first.description, store: first.store,
      keys: try KeyRing(first.folder), surroundings: first.surroundings, who: first.who)
  }

  /// How often each answer came; nil stands for success.
  private func answers(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void
  ) async -> [String: Int] {
    await withTaskGroup(of: String.self) { group in
      for number in 0..<count {
        group.addTask { await RecordsDesk.code { try await body(number) } ?? "done" }
      }
      var answers: [String: Int] = [:]
      for await answer in group { answers[answer, default: 0] += 1 }
      return answers
    }
  }

  @Test(
    "Of fifty who register one name at once, one does, through one workspace or two",
    arguments: [1, 2])
  func people(workspaces: Int) async throws {
    let desk = try await RecordsDesk()
    let all = [desk.workspace, try beside(desk.workspace)].prefix(workspaces)
    let answers = await answers(50) { number in
      _ = try await all[number % workspaces].addPerson(person("jane.doe"))
    }
    #expect(answers == ["done": 1, "workspace.name-taken": 49])
    #expect(try await desk.workspace.everyState(.person).count == 1)
  }

  @Test("Fifty who register different names all do", arguments: [1, 2])
  func different(workspaces: Int) async throws {
    let desk = try await RecordsDesk()
    let all = [desk.workspace, try beside(desk.workspace)].prefix(workspaces)
    let answers = await answers(50) { number in
      _ = try await all[number % workspaces].addPerson(person("person-\(number)"))
    }
    #expect(answers == ["done": 50])
    let register = try #require(RecordID("names/person"))
    #expect(try await desk.workspace.needed(register).version == 50)
  }

  @Test("A model file is registered once, and a run recorded once, by two workspaces")
  func modelsAndRuns() async throws {
    let desk = try await RecordsDesk()
    let all = [desk.workspace, try beside(desk.workspace)]
    let file = try await withModelFile { path in
      await answers(20) { number in _ = try await all[number % 2].registerModel(file: path) }
    }
    #expect(file == ["done": 1, "workspace.name-taken": 19])
    let model = try #require(try await desk.workspace.states(.model).first)
    let runs = await answers(20) { number in
      _ = try await all[number % 2].recordRun(
        Change(
          "run-recorded", set: [("name", .string("r")), ("model", .string(model.id.text))],
          effective: RecordsDesk.day("2026-11-20")), of: model)
    }
    #expect(runs == ["done": 1, "workspace.name-taken": 19])
    #expect(try await desk.workspace.runs(of: model.id).count == 1)
  }

  @Test("The register of names says how often, never which, and is not erased")
  func register() async throws {
    let desk = try await RecordsDesk()
    _ = try await desk.workspace.addPerson(person("jane.doe"))
    let register = try #require(RecordID("names/person"))
    let history = try await desk.workspace.history(register)
    #expect(history.map(\.envelope.event) == ["name-register-begun"])
    #expect(history[0].content?.compact.contains("jane") == false)
    let (_, refusals) = try await desk.workspace.requestErasure(
      of: [register], reason: "x", basis: "none")
    #expect(refusals.count == 1)
  }

  private func withModelFile<Result>(_ body: (String) async throws -> Result) async throws -> Result
  {
    let keeping = try await Keeping()
    let text = "model: Aurora (fictional)\nmodality: text\npublished_flop: 1e24\n"
    return try await body(try keeping.file(Array(text.utf8), "model.yaml"))
  }
}
