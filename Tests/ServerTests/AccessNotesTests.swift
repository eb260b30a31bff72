import Duties
import Ground
import HTTPTypes
import HummingbirdTesting
import Store
import Testing
import Workspace

@testable import Server

@Suite("The access journal of the desk")
struct AccessNotesTests {
  /// What it says, one line an entry: answer, act, role, records.
  private func lines(_ fixture: DeskFixture) async throws -> [String] {
    let workspace = fixture.workspace.acting(as: .system)
    let entries = try await workspace.store.entries(.access, from: 0, limit: 1000)
    var lines: [String] = []
    for entry in entries where entry.record.kind == "access" {
      let state = try await workspace.needed(entry.record)
      let envelope = try Envelope(entry: entry.entry)
      let records = state.texts("records") + [state.text("record")].compactMap { $0 }
      lines.append(
        [
          state.text("answer") ?? "", state.text("act") ?? "", envelope.actor.role.rawValue,
          records.sorted().joined(separator: " "),
        ].joined(separator: "|"))
    }
    return lines
  }

  @Test("a page that shows a record is one entry that names it, and a refusal is one")
  func reading() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    try await fixture.person("keeper", .administrator)
    let model = try await fixture.model("Fictional-1")
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      let keeper = try await fixture.signedIn("keeper", browser)
      #expect(try await lines(fixture).isEmpty)
      _ = try await jane.get("/records/" + model.id.text)
      #expect(try await lines(fixture) == ["allowed|read|compliance|" + model.id.text])
      _ = try await keeper.get("/records/" + model.id.text)
      #expect(try await lines(fixture).last == "refused|read|administrator|" + model.id.text)
      #expect(try await lines(fixture).count == 2)
      _ = try await jane.get("/account")
      _ = try await jane.get("/healthz")
      #expect(try await lines(fixture).count == 2, "no record of the regulatory log was read")
    }
  }

  @Test(
    "what was let do goes to the disk with what was done; what fails then is noted all the same")
  func together() async throws {
    let fixture = try await DeskFixture()
    let model = try await fixture.model("Fictional-1")
    let store = try #require(fixture.workspace.store as? SQLiteStore)
    let acting = fixture.workspace.acting(
      as: fixture.workspace.who, noting: AccessNotes(request: "one"))
    let change = Change(
      "placed-on-market", effective: .day(fixture.workspace.surroundings.today))
    let earlier = store.commitCount
    _ = try await acting.record(RecordCommand(.model, model.id, change))
    #expect(store.commitCount == earlier + 1)
    let line = "allowed|write model|local-operator|" + model.id.text
    #expect(try await lines(fixture) == [line])
    try await acting.writeNotes()
    #expect(store.commitCount == earlier + 1, "nothing is left to be noted")
    let stale = RecordCommand(.model, model.id, change, expectedVersion: 1)
    await #expect(throws: Problem.self) { _ = try await acting.record(stale) }
    try await acting.writeNotes()
    #expect(try await lines(fixture) == [line, line])
  }

  @Test("a list names the records that it shows, and a change says who was let change what")
  func writing() async throws {
    let fixture = try await DeskFixture()
    try await fixture.person("jane", .compliance)
    let models = [try await fixture.model("Fictional-1"), try await fixture.model("Fictional-2")]
    try await fixture.asking { browser in
      let jane = try await fixture.signedIn("jane", browser)
      _ = try await jane.get("/records/model")
      let ids = models.map(\.id.text).sorted().joined(separator: " ")
      #expect(try await lines(fixture) == ["allowed|read|compliance|" + ids])
      let made = try await jane.send("/models/new", [("f.name", "Fictional-3")])
      let key = try #require(made.headers[.location]).split(separator: "/").last ?? ""
      #expect(try await lines(fixture).contains("allowed|write model|compliance|model/\(key)"))
      let request = try await fixture.workspace.acting(as: .system).store
        .entries(.access, from: 0, limit: 1000).filter { $0.record.kind == "access" }
      for entry in request {
        let state = try await fixture.workspace.acting(as: .system).needed(entry.record)
        #expect(state.text("request")?.count == 12)
      }
    }
  }

  @Test("what one person asks at the same moment is said together, each request with its records")
  func atOnce() async throws {
    let fixture = try await DeskFixture()
    let store = try #require(fixture.workspace.store as? SQLiteStore)
    var ids: [RecordID] = []
    for number in 0..<60 { ids.append(try await fixture.model("Fictional-\(number)").id) }
    let commits = store.commitCount
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, id) in ids.enumerated() {
        let acting = fixture.workspace.acting(
          as: fixture.workspace.who, noting: AccessNotes(request: "r\(number)"))
        group.addTask {
          let change = Change(
            "placed-on-market", effective: .day(acting.surroundings.today))
          _ = try await acting.record(RecordCommand(.model, id, change))
        }
      }
      try await group.waitForAll()
    }
    let entries = try await store.entries(.access, from: 0, limit: 1000)
      .filter { $0.record.kind == "access" }
    #expect(entries.count <= store.commitCount - commits, "one for each transaction at most")
    var noted: [String: String] = [:]
    for entry in entries {
      let state = try await fixture.workspace.acting(as: .system).needed(entry.record)
      var records = state.texts("records")[...]
      let together = state.texts("requests")
      for request in together.isEmpty ? [(state.text("request") ?? "") + " 1"] : together {
        let parts = request.split(separator: " ")
        let own = records.prefix(Int(parts[1]) ?? 0)
        records = records.dropFirst(own.count)
        #expect(noted.updateValue(own.joined(separator: " "), forKey: String(parts[0])) == nil)
      }
      #expect(records.isEmpty)
    }
    for (number, id) in ids.enumerated() { #expect(noted["r\(number)"] == id.text) }
  }

  @Test("of very many records an entry says how many more of which kind")
  func many() async throws {
    let notes = AccessNotes(request: "r")
    let fixture = try await DeskFixture()
    let ids = (0..<700).compactMap { RecordID("model/m\($0)") }
    let workspace = fixture.workspace.acting(as: fixture.workspace.who, noting: notes)
    try await workspace.noteShown(ids)
    try await workspace.noteShown(ids)
    try await workspace.noteShown([try #require(RecordID("person/p"))])
    try await workspace.writeNotes()
    try await workspace.writeNotes()
    let entries = try await fixture.workspace.store.entries(.access, from: 0, limit: 1000)
      .filter { $0.record.kind == "access" }
    #expect(entries.count == 1)
    let state = try await fixture.workspace.needed(try #require(entries.first).record)
    #expect(state.texts("records").count == 500)
    #expect(state.texts("counts") == ["200 more of model"])
  }
}
