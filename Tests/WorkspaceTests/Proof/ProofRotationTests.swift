import Duties
import Foundation
import GRDB
import Ground
import Journal
import Sealing
import Testing

@testable import Workspace

@Suite("a log that changes its signing key")
struct ProofRotationTests {
  @Test("the first checkpoint after it carries both signatures, and the old key is destroyed")
  func rotated() async throws {
    let fixture = try await ProofFixture.filled()
    let old = try NoteFile.bytes(fixture.folder.head(.regulatory))
    let before = try String(
      contentsOfFile: fixture.folder.keys + "/regulatory.key", encoding: .utf8)
    let (from, to) = try await fixture.open { workspace in
      let rotated = try await RotateSigningKey(workspace).rotate(.regulatory)
      #expect(rotated.checkpoint.signed.note.signatures.count == 2)
      #expect(
        try LogKeys(.regulatory, of: rotated.workspace.description).verified(
          rotated.checkpoint.signed
        ).keys == [0, 1])
      // The workspace as it was opened must not sign with the key that is gone.
      try await workspace.publishCheckpoints()
      return (rotated.from, rotated.to)
    }
    let names = try PrivateFile.names(in: fixture.folder.keys)
    #expect(names == ["access.key", "epoch-1.key", "operational.key", "regulatory.key"])
    for name in names {
      let text = try String(contentsOfFile: fixture.folder.keys + "/" + name, encoding: .utf8)
      #expect(!text.contains(before))
    }
    #expect(try WorkspaceDescription(fixture.folder).keys[.regulatory] == [from.text, to.text])
    try await grow(fixture)
    let report = try await fixture.report(retained: [old])
    #expect(report.findings == [])
    let byOld = try await fixture.report(keys: [from])
    #expect(byOld.findings == [])
    #expect(byOld.notes.contains { $0.contains("handed over to \(to.text)") })
    let newest = try SignedCheckpoint(NoteFile.bytes(fixture.folder.head(.regulatory)))
    #expect(throws: Problem("journal.unsigned", what: "")) { try newest.verify(log: from) }
    try newest.verify(log: to)
  }

  @Test("a key can be rotated again and again, for each log")
  func again() async throws {
    let fixture = try await ProofFixture.filled()
    for log in LogName.allCases + [.operational, .regulatory] {
      try await fixture.open { _ = try await RotateSigningKey($0).rotate(log) }
      try await grow(fixture)
    }
    #expect(try await fixture.report().findings == [])
    #expect(try WorkspaceDescription(fixture.folder).keys[.regulatory]?.count == 3)
  }

  @Test("a rotation that was broken off after any step is finished when it is done again")
  func brokenOff() async throws {
    for step in 0..<4 {
      let fixture = try await ProofFixture.filled()
      let untouched = try fixture.copy()
      let description = try String(contentsOfFile: fixture.folder.description, encoding: .utf8)
      let seed = try String(
        contentsOfFile: fixture.folder.keys + "/regulatory.key", encoding: .utf8)
      try await fixture.open { _ = try await RotateSigningKey($0).rotate(.regulatory) }
      let next = try String(
        contentsOfFile: fixture.folder.keys + "/regulatory.key", encoding: .utf8)
      // What a crash leaves: the steps up to one of them.
      try PrivateFile.write(next, to: fixture.folder.keys + "/regulatory.next")
      try PrivateFile.write(seed, to: fixture.folder.keys + "/regulatory.key")
      if step < 3 { try PrivateFile.write(description, to: fixture.folder.description) }
      if step < 2 {
        try fixture.tamper { db in
          try db.execute(
            sql: "UPDATE checkpoint SET note = ? WHERE log = 1 AND size = ?",
            arguments: [
              Data(try NoteFile.bytes(untouched.folder.head(.regulatory))), 7,
            ])
        }
        try PrivateFile.write(
          try NoteFile.bytes(untouched.folder.head(.regulatory)),
          to: fixture.folder.head(.regulatory))
      }
      if step < 1 { try fixture.put(try untouched.bytes()) }
      let again = try await fixture.open { try await RotateSigningKey($0).rotate(.regulatory).to }
      #expect(again.key == (try SigningKey(seed: #require(Hex.bytes(next)))).verifying)
      try await grow(fixture)
      #expect(try await fixture.report().findings == [], "step \(step)")
      #expect(try WorkspaceDescription(fixture.folder).keys[.regulatory]?.count == 2)
      #expect(try PrivateFile.names(in: fixture.folder.keys).count == 4)
    }
  }

  @Test("a process that was open while another rotated the key does not sign with the old one")
  func stale() async throws {
    let fixture = try await ProofFixture.filled()
    try await fixture.open { workspace in
      _ = try await RotateSigningKey(workspace).rotate(.operational)
      try await workspace.noteOperation("register-exported", "a fictional register")
      let published = try await Checkpoints(workspace).publish(.operational)
      let keys = try LogKeys(.operational, of: WorkspaceDescription(fixture.folder))
      #expect(try keys.verified(published.signed).keys == [1])
    }
    #expect(try await fixture.report().findings == [])
  }

  @Test("keys and description that do not belong together sign nothing")
  func differing() async throws {
    let fixture = try await ProofFixture.filled()
    let seed = try String(
      contentsOfFile: fixture.folder.keys + "/regulatory.key", encoding: .utf8)
    try await fixture.open { _ = try await RotateSigningKey($0).rotate(.regulatory) }
    try PrivateFile.write(seed, to: fixture.folder.keys + "/regulatory.key")
    await #expect(throws: Problem("workspace.key-differs", what: "")) { try await grow(fixture) }
  }

  @Test("a checkpoint by a key that was replaced is found")
  func oldKey() async throws {
    let fixture = try await ProofFixture.filled()
    let old = try KeyRing(fixture.folder)
    try await fixture.open { _ = try await RotateSigningKey($0).rotate(.regulatory) }
    try await grow(fixture)
    let newest = try SignedCheckpoint(NoteFile.bytes(fixture.folder.head(.regulatory)))
    let forged = try SignedCheckpoint(
      size: newest.checkpoint.size, root: newest.checkpoint.root,
      signer: NoteSigner(name: newest.checkpoint.origin, key: #require(old.signing[.regulatory])))
    try fixture.tamper { db in
      try db.execute(
        sql: "UPDATE checkpoint SET note = ? WHERE log = 1 AND size = ?",
        arguments: [
          Data(forged.bytes), forged.checkpoint.size,
        ])
    }
    try PrivateFile.write(forged.bytes, to: fixture.folder.head(.regulatory))
    #expect(try await fixture.codes() == ["checkpoint-key"])
  }

  @Test("who may not handle keys cannot rotate one")
  func notAllowed() async throws {
    let fixture = try await ProofFixture.filled()
    await #expect(throws: Problem("workspace.not-allowed", what: "")) {
      try await fixture.open(as: SignedIn(id: "auditor1", name: "A", roles: [.auditor])) {
        _ = try await RotateSigningKey($0).rotate(.regulatory)
      }
    }
  }

  private func grow(_ fixture: ProofFixture) async throws {
    try await fixture.open { workspace in
      _ = try await workspace.record(
        RecordCommand(
          .model, nil,
          Change(
            "model-registered", set: [("name", .string("Fictional-2"))],
            effective: .day(workspace.surroundings.today))))
      try await workspace.publishCheckpoints()
    }
  }
}
