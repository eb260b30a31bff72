import Duties
import Ground
import TestSupport
import Testing

@testable import Workspace

@Suite("Records change through one door")
struct RecordingTests {
  private func change(
    _ id: RecordID, _ event: String = "model-changed", _ set: [(String, JSON)] = [],
    expected: Int? = nil
  ) -> RecordCommand {
    RecordCommand(
      .model, id,
      Change(event, set: set, effective: RecordsDesk.day("2026-11-20"), reason: "a test"),
      expectedVersion: expected)
  }

  @Test("32 tasks that change one record all succeed, with versions without a gap")
  func concurrent() async throws {
    let desk = try await RecordsDesk()
    let workspace = desk.workspace
    let model = try await desk.model()
    let versions = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<32 {
        let command = change(model.id, "model-changed", [("chips", .int(number))])
        group.addTask { try await workspace.record(command).version }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(versions.sorted() == Array(2...33))
    let history = try await workspace.history(model.id)
    #expect(history.map(\.envelope.version) == Array(1...33))
    var folded: RecordState?
    for event in history {
      folded = RecordKind.model.applying(event.envelope, content: event.content, to: folded)
    }
    #expect(
      try await workspace.state(model.id) == folded, "the cached state is the fold of the events")
  }

  @Test("A decision on an older version is refused")
  func expected() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    #expect(try await desk.workspace.record(change(model.id, expected: 1)).version == 2)
    for version in [0, 1, 3] {
      let code = await RecordsDesk.code {
        _ = try await desk.workspace.record(change(model.id, expected: version))
      }
      #expect(code == "store.version-conflict")
    }
    let auditor = desk.acting(.auditor)
    #expect(
      await RecordsDesk.code { _ = try await auditor.record(change(model.id, expected: 1)) }
        == "workspace.not-allowed",
      "who may not write does not learn the version")
  }

  @Test(
    "Several commands are done together or not at all, and a later one sees what an earlier one did"
  )
  func batches() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let states = try await desk.workspace.record([
      change(model.id, "placed-on-market"), change(model.id, "model-updated"),
    ])
    #expect(states.map(\.version) == [2, 3] && states[1].day("placed-on-market") != nil)
    let before = try await desk.entries(.regulatory).count
    let code = await RecordsDesk.code {
      _ = try await desk.workspace.record([
        change(model.id, "model-updated"), change(model.id, "placed-on-market"),
      ])
    }
    #expect(code == "duties.wrong-order")
    #expect(try await desk.entries(.regulatory).count == before)
    #expect(try await desk.workspace.record([]).isEmpty)
  }

  @Test(
    "The same request done twice is done once: beginnings, events that happen once, decisions on a version"
  )
  func idempotency() async throws {
    let desk = try await RecordsDesk()
    let workspace = desk.workspace
    let begin = RecordCommand(
      .model, nil,
      Change(
        "model-registered", set: [("name", .string("Aurora"))],
        effective: RecordsDesk.day("2026-11-20")))
    let first = try await workspace.record(begin, idempotencyKey: "one")
    #expect(try await workspace.record(begin, idempotencyKey: "one") == first)
    let place = change(first.id, "placed-on-market", expected: 1)
    #expect(try await workspace.record(place, idempotencyKey: "two").version == 2)
    #expect(try await workspace.record(place, idempotencyKey: "two").version == 2)
    let both = [change(first.id, "model-updated"), begin]
    let states = try await workspace.record(both, idempotencyKey: "three")
    #expect(try await workspace.record(both, idempotencyKey: "three").map(\.id) == states.map(\.id))
    #expect(try await workspace.states(.model).count == 2)
    let counsel = desk.acting(.counsel)
    let theirs = try await counsel.record(begin, idempotencyKey: "one")
    #expect(theirs.id != first.id, "nobody is answered with what somebody else asked")
  }

  @Test("Sixteen tasks with one request make one record")
  func oneRequest() async throws {
    let desk = try await RecordsDesk()
    let workspace = desk.workspace
    let begin = RecordCommand(
      .model, nil,
      Change(
        "model-registered", set: [("name", .string("Aurora"))],
        effective: RecordsDesk.day("2026-11-20")))
    let ids = try await withThrowingTaskGroup(of: RecordID.self) { group in
      for _ in 0..<16 {
        group.addTask { try await workspace.record(begin, idempotencyKey: "once").id }
      }
      return try await group.reduce(into: Set<RecordID>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(try await workspace.states(.model).map(\.id) == Array(ids))
  }

  @Test("Keys of requests stand in no name: nobody finds a record by guessing what was asked")
  func names() async throws {
    let desk = try await RecordsDesk()
    let other = try await RecordsDesk()
    let begin = RecordCommand(
      .model, nil,
      Change(
        "model-registered", set: [("name", .string("Aurora"))],
        effective: RecordsDesk.day("2026-11-20")))
    let one = try await desk.workspace.record(begin, idempotencyKey: "import Aurora")
    let two = try await other.workspace.record(begin, idempotencyKey: "import Aurora")
    #expect(one.id != two.id)
  }

  @Test("A record that was erased takes nothing more and is shown to nobody")
  func erased() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    _ = try await desk.workspace.store.erase([model.id], recording: [])
    #expect(try await desk.workspace.state(model.id) == nil)
    #expect(try await desk.workspace.states(.model).isEmpty)
    #expect(try await desk.workspace.state(model.id, AsOf(effective: Day(2026, 11, 20))) == nil)
    #expect(try await desk.workspace.history(model.id).allSatisfy { $0.content == nil })
    for body in [
      { _ = try await desk.workspace.record(self.change(model.id)) },
      { _ = try await desk.workspace.needed(model.id) },
    ] as [() async throws -> Void] {
      #expect(await RecordsDesk.code(body) == "workspace.unknown-record")
    }
  }

  @Test("A field names a record of this workspace, or one that the same request begins before")
  func references() async throws {
    let desk = try await RecordsDesk()
    let model = try #require(RecordID("model/h4w8tn6c3r9y"))
    func run(_ model: RecordID) -> RecordCommand {
      RecordCommand(
        .trainingRun, nil,
        Change(
          "run-recorded", set: [("model", .string(model.text)), ("name", .string("pretraining"))],
          effective: RecordsDesk.day("2026-11-20")))
    }
    let begin = RecordCommand(
      .model, model,
      Change(
        "model-registered", set: [("name", .string("Aurora"))],
        effective: RecordsDesk.day("2026-11-20")))
    for commands in [[run(model)], [run(model), begin]] {
      let code = await RecordsDesk.code { _ = try await desk.workspace.record(commands) }
      #expect(code == "workspace.unknown-record")
    }
    #expect(try await desk.workspace.record([begin, run(model)]).count == 2)
  }

  @Test("The content of one entry cannot stand in the place of another")
  func swapped() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    _ = try await desk.change(
      model.id, "model-changed", on: "2026-11-20", [("tokens", .string("20T"))], reason: "x")
    let entries = try await desk.workspace.store.history(model.id)
    let stored = try #require(try await desk.workspace.store.record(model.id)?.key)
    let key = try desk.workspace.keys.unwrap(stored)
    for (index, entry) in entries.enumerated() {
      let envelope = try Envelope(entry: entry.entry)
      let own = try #require(entry.content)
      let other = try #require(entries[1 - index].content)
      #expect(throws: Never.self) { try Sealed.opened(own, of: envelope, key: key) }
      #expect(throws: Problem.self) { try Sealed.opened(other, of: envelope, key: key) }
      var lower = envelope
      lower.confidentiality = .everyone
      #expect(throws: Problem.self) { try Sealed.opened(own, of: lower, key: key) }
    }
  }
}
