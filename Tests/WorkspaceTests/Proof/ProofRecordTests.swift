import Duties
import Foundation
import GRDB
import Ground
import Journal
import Sealing
import Testing

@testable import Workspace

@Suite("contents, states, evidence and erasures under verify")
struct ProofRecordTests {
  @Test("every byte of a sealed file, changed, is found; a file that is cut, longer or gone too")
  func evidenceBytes() async throws {
    let fixture = try await ProofFixture.filled()
    let name = try #require(
      try await fixture.open { try await $0.states(.evidence).first?.text("stored") })
    let path = try #require(fixture.folder.files.path(of: name))
    try await fixture.eachFlip(of: path) { place in
      let codes = try await fixture.codes()
      #expect(codes == ["evidence-changed"], "byte \(place)")
    }
    let whole = try Data(contentsOf: URL(filePath: path))
    for other in [whole.dropLast(), whole + [0], whole.prefix(15), Data()] {
      try other.write(to: URL(filePath: path))
      #expect(try await fixture.codes() == ["evidence-changed"])
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(try await fixture.codes() == ["evidence-missing"])
  }

  @Test("a file that no record names is told, and no fault")
  func extraFile() async throws {
    let fixture = try await ProofFixture.filled()
    try Data([1]).write(to: URL(filePath: fixture.folder.evidence + "/stray"))
    let report = try await fixture.report()
    #expect(report.isOK)
    #expect(
      report.notes == [
        "evidence/stray belongs to no record that is kept (systemic evidence sweep)."
      ])
  }

  @Test("contents and states that change places are found")
  func swapped() async throws {
    let fixture = try await ProofFixture.filled()
    let whole = try fixture.bytes()
    func swap(_ table: String, _ column: String, _ key: String, _ one: Int, _ other: Int) throws {
      try fixture.put(whole)
      try fixture.tamper { db in
        try db.execute(
          sql: """
            CREATE TEMP TABLE kept AS SELECT \(key) AS k, \(column) AS v FROM \(table);
            UPDATE \(table) SET \(column) = (SELECT v FROM kept WHERE k = \(other)) WHERE \(key) = \(one);
            UPDATE \(table) SET \(column) = (SELECT v FROM kept WHERE k = \(one)) WHERE \(key) = \(other);
            """)
      }
    }
    try swap("regulatory_content", "content", "seq", 1, 2)
    #expect(try await fixture.codes() == ["content-changed"])
    try swap("regulatory_content", "content", "seq", 2, 4)
    #expect(try await fixture.codes() == ["content-changed"])
    try swap("record", "state", "number", 1, 4)
    #expect(try await fixture.codes() == ["state-unreadable"])
    try swap("record", "key", "number", 1, 4)
    #expect(try await fixture.codes() == ["content-changed"])
  }

  @Test(
    "a state that was sealed with the right key and says something else differs from its events")
  func forgedState() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open { workspace in
      var stored = try #require(
        try await workspace.store.records(kind: "model", after: nil, limit: 1).first)
      var state = try #require(try workspace.keys.state(stored))
      state.fields["name"] = .string("Another")
      stored.state = try Sealed.state(state, key: try workspace.keys.unwrap(stored.key!))
      try await workspace.store.cache([stored])
    }
    let findings = try await fixture.report().findings
    #expect(findings.map(\.code) == ["state-differs"])
    #expect(findings.first?.what.hasSuffix("they differ in name.") == true)
    #expect(findings.allSatisfy { !$0.what.contains("Another") })
  }

  @Test(
    "a content that was sealed with the right key and says something else breaks its commitment")
  func forgedContent() async throws {
    let fixture = try await ProofFixture.filled()
    let (id, content) = try await fixture.open { workspace in
      let stored = try #require(
        try await workspace.store.records(kind: "model", after: nil, limit: 1).first)
      let key = try workspace.keys.unwrap(stored.key!)
      let entry = try #require(try await workspace.store.history(stored.id).first)
      let envelope = try Envelope(entry: entry.entry)
      var random = Sealed.random()
      let sealed = try Sealed.content(
        .object([("set", .object([("name", .string("Another"))]))]), of: stored.id,
        confidentiality: envelope.confidentiality, version: 1, key: key, from: &random)
      return (entry.index, sealed.sealed)
    }
    try fixture.tamper { db in
      try db.execute(
        sql: "UPDATE regulatory_content SET content = ? WHERE seq = ?",
        arguments: [Data(content), id + 1])
    }
    #expect(try await fixture.codes() == ["content-differs"])
  }

  @Test("an erasure that is undone from an older copy is found")
  func erasureUndone() async throws {
    let fixture = try await ProofFixture.filled()
    let old = try fixture.copy()
    let id = try await fixture.open { workspace in
      let model = try #require(try await workspace.states(.model).first).id
      try await fixture.erase(model, workspace)
      try await Checkpoints(workspace).publishAll()
      return model
    }
    #expect(try await fixture.report().counts.erasedRecords == 2)
    #expect(try await fixture.codes().isEmpty)
    let stored = try await old.open { try #require(try await $0.store.record(id)) }
    try fixture.tamper { db in
      try db.execute(
        sql: "UPDATE record SET key = ?, epoch = 1, state = ? WHERE id = ?",
        arguments: [Data(stored.key!.bytes), Data(stored.state!), id.text])
    }
    #expect(try await fixture.codes() == ["erasure-undone", "content-missing"])
  }

  @Test("a rebuild finds and mends cached states, and leaves a whole workspace as it is")
  func rebuild() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open { workspace in
      let report = try await RebuildStates(workspace).check()
      #expect(report.isOK)
      #expect(report.records > 4)
      #expect(report.erased == 1)
      #expect(try await RebuildStates(workspace).replace().differing == 0)
    }
    try fixture.tamper { db in
      try db.execute(sql: "UPDATE record SET state = NULL WHERE id GLOB 'model/*'")
      try db.execute(sql: "UPDATE record SET state = x'00' WHERE id GLOB 'provider/*'")
    }
    #expect(try await fixture.codes() == ["state-missing", "state-unreadable"])
    try await fixture.open { workspace in
      #expect(try await RebuildStates(workspace).check().differing == 2)
      let report = try await RebuildStates(workspace).replace()
      #expect(report.differing == 2)
      #expect(report.isReplaced)
      #expect(try await RebuildStates(workspace).check().isOK)
      #expect(try await workspace.states(.model).count == 1)
    }
    #expect(try await fixture.codes().isEmpty)
  }

  @Test("a rebuild refuses to make a state from events that are damaged")
  func rebuildRefuses() async throws {
    let fixture = try await ProofFixture.filled()
    try fixture.tamper { db in
      try db.execute(sql: "UPDATE regulatory_content SET content = x'00' WHERE seq = 1")
    }
    await #expect(throws: Problem("workspace.not-folded", what: "")) {
      try await fixture.open { try await RebuildStates($0).replace() }
    }
  }
}
