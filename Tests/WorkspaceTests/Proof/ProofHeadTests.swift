import Duties
import Foundation
import Ground
import Journal
import Sealing
import Testing

@testable import Workspace

@Suite("a journal that is put back or rewritten")
struct ProofHeadTests {
  /// Adds a model and signs the heads.
  private func grow(_ fixture: ProofFixture, name: String = "Fictional-2") async throws {
    try await fixture.open { workspace in
      _ = try await workspace.record(
        RecordCommand(
          .model, nil,
          Change(
            "model-registered", set: [("name", .string(name))],
            effective: .day(workspace.surroundings.today))))
      try await Checkpoints(workspace).publishAll()
    }
  }

  private func head(_ fixture: ProofFixture, _ log: LogName = .regulatory) throws -> [UInt8] {
    try NoteFile.bytes(fixture.folder.head(log))
  }

  @Test("a store that is put back by itself is behind the file with its head")
  func storePutBack() async throws {
    let fixture = try await ProofFixture.filled()
    let old = try fixture.bytes()
    try await grow(fixture)
    try fixture.put(old)
    #expect(try await fixture.codes() == ["rolled-back", "checkpoint-missing"])
    await #expect(throws: Problem("workspace.inconsistent-journal", what: "")) {
      try await fixture.open { try await Checkpoints($0).publish(.regulatory) }
    }
  }

  @Test("a store that was put back and has grown again is never signed")
  func grownAgain() async throws {
    let fixture = try await ProofFixture.filled()
    let old = try fixture.bytes()
    try await grow(fixture)
    let before = try head(fixture)
    try fixture.put(old)
    for number in 0..<3 {
      await #expect(throws: Problem("workspace.inconsistent-journal", what: "")) {
        try await grow(fixture, name: "Fictional-\(number)")
      }
    }
    #expect(try head(fixture) == before)
    #expect(try await fixture.codes().contains("root-differs"))
  }

  @Test("a whole workspace that is put back is behind a head that somebody kept")
  func allPutBack() async throws {
    let fixture = try await ProofFixture.filled()
    let old = try fixture.copy()
    try await grow(fixture)
    let kept = try head(fixture)
    #expect(try await old.codes().isEmpty)
    let report = try await old.report(retained: [kept])
    #expect(report.findings.map(\.code) == ["rolled-back"])
    #expect(report.findings.first?.file == "kept.note")
    #expect(try await fixture.codes(retained: [kept, try head(old)]).isEmpty)
  }

  @Test(
    "a history that was written anew with the right keys differs from a head that somebody kept")
  func rewritten() async throws {
    let fixture = try await ProofFixture.filled()
    let other = try fixture.copy()
    try await grow(fixture)
    try await grow(other, name: "Fictional-3")
    let kept = try head(fixture)
    #expect(try await other.codes().isEmpty)
    #expect(try await other.codes(retained: [kept]) == ["rewritten"])
    try await grow(other)
    #expect(try await other.codes(retained: [kept]) == ["rewritten"])
  }

  @Test("a kept head of another log, or one that is none, is told")
  func strangeHeads() async throws {
    let fixture = try await ProofFixture.filled()
    let other = try await ProofFixture.filled()
    #expect(try await fixture.codes(retained: [try head(other)]) == ["retained-signature"])
    #expect(try await fixture.codes(retained: [[1, 2, 3]]) == ["retained-unreadable"])
  }

  @Test("an older head in its file is told, and the next checkpoint mends it")
  func oldFile() async throws {
    let fixture = try await ProofFixture.filled()
    let old = try head(fixture)
    try await grow(fixture)
    try PrivateFile.write(old, to: fixture.folder.head(.regulatory))
    #expect(try await fixture.codes() == ["head-file-old"])
    try await fixture.open { try await Checkpoints($0).settleHeads() }
    #expect(try await fixture.codes().isEmpty)
    try FileManager.default.removeItem(atPath: fixture.folder.head(.regulatory))
    #expect(try await fixture.codes() == ["head-file-missing"])
    try await fixture.open { try await Checkpoints($0).publish(.regulatory) }
    #expect(try await fixture.codes().isEmpty)
  }

  @Test("every byte of the file with a head, changed, is found")
  func fileBytes() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.eachFlip(of: fixture.folder.head(.regulatory), step: 7) { place in
      let codes = try await fixture.codes()
      #expect(!codes.isEmpty, "byte \(place)")
    }
  }

  @Test("public keys that were changed in the description are found")
  func description() async throws {
    let fixture = try await ProofFixture.filled()
    let other = try await ProofFixture.filled()
    var description = try WorkspaceDescription(fixture.folder)
    let own = description.keys[.access] ?? []
    description.keys[.access] = own + (try WorkspaceDescription(other.folder).keys[.access] ?? [])
    try description.write(to: fixture.folder)
    #expect(try await fixture.codes() == ["key-list-differs", "rotation-unsigned"])
    description.keys[.access] = own
    let witness = try VerifierKey(
      name: "witness.example", key: .init(bytes: VerifierKey(own[0]).key.bytes)!,
      type: .cosignature)
    description.witnesses = [witness.text]
    try description.write(to: fixture.folder)
    #expect(try await fixture.codes() == ["witness-not-stated"])
  }

  @Test("a key that the user holds must be the one in use")
  func askedKey() async throws {
    let fixture = try await ProofFixture.filled()
    let other = try await ProofFixture.filled()
    let keys = try [fixture, other].map {
      try VerifierKey(WorkspaceDescription($0.folder).keys[.regulatory]![0])
    }
    #expect(try await fixture.report(keys: [keys[0]]).isOK)
    #expect(try await fixture.report(keys: [keys[1]]).findings.map(\.code) == ["vkey-differs"])
  }

  @Test("a log that has not grown is not signed twice, and its head is written once")
  func unchanged() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open { workspace in
      let first = try await Checkpoints(workspace).publish(.regulatory)
      let second = try await workspace.publishCheckpoints()
      #expect(second.first { $0.log == .regulatory }?.signed.bytes == first.signed.bytes)
      #expect(try await workspace.store.checkpoints(.regulatory).count == 2)
    }
  }

  @Test("what no checkpoint covers is said, with its entries")
  func unsigned() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open { workspace in
      try await workspace.noteOperation("register-exported", "a fictional register")
    }
    let report = try await fixture.report()
    #expect(report.isOK)
    #expect(
      report.notProven.contains { $0.hasPrefix("That entry 2 of the operational log is still") })
  }

  @Test("a clock that was set back is told, and no fault")
  func clock() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open(at: ProofFixture.noon - 90_000) { workspace in
      try await workspace.noteOperation("register-exported", "a fictional register")
    }
    let report = try await fixture.report()
    #expect(report.isOK)
    #expect(report.notes.contains { $0.contains("earlier time") })
  }
}
