import Duties
import Ground
import Testing

@testable import Workspace

@Suite("What the access journal says")
struct AccessJournalTests {
  @Test("A refused act is noted with who asked and of which record, and changes nothing")
  func refusals() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let before = try await desk.entries(.regulatory).count
    let auditor = desk.acting(.auditor, id: "an-auditor")
    let administrator = desk.acting(.administrator, id: "an-admin")
    let codes = [
      await RecordsDesk.code {
        _ = try await auditor.record(
          RecordCommand(
            .model, model.id, Change("training-started", effective: RecordsDesk.day("2026-11-01"))))
      }, await RecordsDesk.code { _ = try await administrator.needed(model.id) },
      await RecordsDesk.code { _ = try await administrator.history(model.id) },
      await RecordsDesk.code { _ = try await auditor.authorise(.handleKeys) },
    ]
    #expect(codes == Array(repeating: "workspace.not-allowed", count: 4))
    #expect(try await desk.entries(.regulatory).count == before)
    #expect(
      try await desk.accessLog() == [
        "access-refused write model \(model.id.text) an-auditor",
        "access-refused read \(model.id.text) an-admin",
        "access-refused read \(model.id.text) an-admin", "access-refused handle keys an-auditor",
      ])
  }

  @Test("Every record that an inspector reads is noted, in lists too; what others read is not")
  func inspector() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let other = try await desk.model("Borealis (fictional)")
    _ = try await desk.acting(.auditor).states(.model)
    _ = try await desk.acting(.counsel).needed(model.id)
    #expect(try await desk.accessLog().isEmpty)
    let inspector = desk.acting(.inspector, id: "an-inspector", scope: [model.id])
    #expect(try await inspector.needed(model.id).title == model.title)
    #expect(try await inspector.states(.model).map(\.id) == [model.id])
    #expect(try await inspector.history(model.id).count == 1)
    #expect(try await inspector.state(model.id, AsOf(effective: Day(2026, 11, 20))) != nil)
    #expect(try await inspector.record(of: .model, named: model.title)?.id == model.id)
    let read = "record-read read \(model.id.text) an-inspector"
    #expect(try await desk.accessLog().filter { $0 == read }.count >= 5)
    #expect(
      await RecordsDesk.code { _ = try await inspector.needed(other.id) } == "workspace.not-allowed"
    )
    #expect(try await desk.accessLog().last == "access-refused read \(other.id.text) an-inspector")
    #expect(try await !desk.accessLog().joined().contains("record-read read \(other.id.text)"))
  }

  @Test(
    "An entry names a person by a random key, a record by a random key, and says nothing of content"
  )
  func envelopes() async throws {
    let desk = try await RecordsDesk()
    let made = try await desk.workspace.addPerson(
      NewPerson(
        name: "jane.doe", displayName: "Jane Doe (fictional)", roles: [.compliance], secret: .token)
    )
    let jane = try await desk.workspace.signIn(name: "jane.doe", secret: try #require(made.token))
    let workspace = desk.workspace.acting(as: jane)
    _ = try await workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string("Aurora (fictional)"))],
          effective: .day(workspace.surroundings.today), reason: "secret plan"), expectedVersion: 0)
    )
    for log in LogName.allCases {
      for stored in try await workspace.store.entries(log, from: 0, limit: 1000) {
        let text = String(decoding: stored.entry, as: UTF8.self)
        for word in [
          "jane", "Jane", "Doe", "Aurora", "Fictional", "fictional", "secret", "sys_", "tester",
        ] {
          #expect(!text.contains(word), "\(text)")
        }
        let envelope = try Envelope(entry: stored.entry)
        #expect(envelope.commitment?.count == 32)
        // The register of names of a kind bears the kind's name.
        if envelope.record != RecordID("names/person") {
          #expect(envelope.record.key.count == 12)
        }
      }
    }
    let newest = try await desk.entries(.regulatory).last
    #expect(newest?.actor == Actor(id: made.state.id.key, role: .compliance))
  }

  @Test(
    "Who sat at the machine stands in the sealed content, and nobody's name in the content of those who signed in"
  )
  func user() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let counsel = desk.acting(.counsel)
    _ = try await counsel.record(
      RecordCommand(
        .model, model.id, Change("training-started", effective: RecordsDesk.day("2026-11-01"))))
    let history = try await desk.workspace.history(model.id)
    #expect(history.map { $0.content?["user"] } == [.string("tester"), nil])
  }

  @Test("An evaluator adds evidence on the models of their scope and changes nobody else's")
  func evaluator() async throws {
    let desk = try await RecordsDesk()
    let model = try await desk.model()
    let other = try await desk.model("Borealis (fictional)")
    let evaluator = desk.acting(.evaluator, id: "an-evaluator", scope: [model.id])
    func evidence(_ model: RecordID?, _ confidentiality: Confidentiality? = nil) -> RecordCommand {
      var set: [(String, JSON)] = [
        ("title", .string("Report")), ("file", .string("a.pdf")), ("sha256", .string("f7")),
        ("bytes", .int(1)),
        ("stored", .string("f8")),
      ]
      if let model { set.append(("model", .string(model.text))) }
      return RecordCommand(
        .evidence, nil,
        Change(
          "evidence-added", set: set, effective: RecordsDesk.day("2026-11-20"),
          confidentiality: confidentiality))
    }
    let own = try await evaluator.record(evidence(model.id))
    func review(_ id: RecordID) -> RecordCommand {
      RecordCommand(
        .evidence, id, Change("evidence-reviewed", effective: RecordsDesk.day("2026-11-20")))
    }
    #expect(try await evaluator.record(review(own.id)).version == 2)
    let theirs = try await desk.workspace.record(evidence(model.id))
    for command in [
      evidence(other.id), evidence(nil), evidence(model.id, .secret), review(theirs.id),
      RecordCommand(
        .model, model.id, Change("training-started", effective: RecordsDesk.day("2026-11-20"))),
    ] {
      #expect(
        await RecordsDesk.code { _ = try await evaluator.record(command) }
          == "workspace.not-allowed")
    }
  }
}
