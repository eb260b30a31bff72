import Duties
import Foundation
import GRDB
import Ground
import Journal
import Testing

@testable import Workspace

/// Witnesses here answer on a free port of this machine; each has its own folder and key.
@Suite("a witness beside a workspace")
struct ProofWitnessTests {
  /// Runs a body beside a witness that knows the logs of a workspace, and that the workspace trusts.
  private func witnessed(
    _ fixture: ProofFixture, _ body: (WitnessFolder, WitnessServer) async throws -> Void
  ) async throws {
    let folder = try witness(fixture)
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try await serving(folder, trustedBy: fixture) { try await body(folder, $0) }
  }

  /// A witness that knows the logs of a workspace.
  private func witness(_ fixture: ProofFixture) throws -> WitnessFolder {
    let folder = WitnessFolder(
      FileManager.default.temporaryDirectory.appending(path: "witness-" + UUID().uuidString).path())
    let key = try folder.make(name: "witness.example/fictional")
    #expect(try folder.key() == key)
    let description = try WorkspaceDescription(fixture.folder)
    try folder.know(try LogName.allCases.map { try VerifierKey(description.keys[$0]![0]) })
    return folder
  }

  private func serving(
    _ folder: WitnessFolder, trustedBy fixture: ProofFixture,
    _ body: (WitnessServer) async throws -> Void
  ) async throws {
    let key = try folder.key()
    try await serving(folder) { server in
      try await fixture.open {
        _ = try await $0.trustWitness(key, at: "http://127.0.0.1:\(server.port)/")
      }
      try await body(server)
    }
  }

  private func serving(
    _ folder: WitnessFolder, _ body: (WitnessServer) async throws -> Void
  ) async throws {
    let server = try folder.server(port: 0) { Instant(seconds: ProofFixture.noon) }
    async let running: Void = server.run()
    do { try await body(server) } catch {
      server.stop()
      await running
      throw error
    }
    server.stop()
    await running
  }

  private func grow(_ fixture: ProofFixture, _ name: String) async throws -> [PublishedCheckpoint] {
    try await fixture.open { workspace in
      _ = try await workspace.record(
        RecordCommand(
          .model, nil,
          Change(
            "model-registered", set: [("name", .string(name))],
            effective: .day(workspace.surroundings.today))))
      return try await workspace.publishCheckpoints()
    }
  }

  @Test("it signs each checkpoint, and verify says up to where")
  func cosigned() async throws {
    let fixture = try await ProofFixture.filled()
    try await witnessed(fixture) { folder, _ in
      for published in try await grow(fixture, "Fictional-2") {
        #expect(published.cosignatures.map(\.key) == [try folder.key()])
        #expect(published.unreached == [])
      }
      let report = try await fixture.report(witnesses: [try folder.key()])
      #expect(report.findings == [])
      #expect(report[.regulatory]?.witnessedSize == report[.regulatory]?.size)
      #expect(!report.notProven.contains { $0.contains("shown to everybody alike") })
    }
  }

  @Test("a workspace that was rolled back is refused, loudly, however it goes on")
  func rollback() async throws {
    let fixture = try await ProofFixture.filled()
    try await witnessed(fixture) { _, _ in
      let old = try fixture.copy()
      _ = try await grow(fixture, "Fictional-2")
      let refused = Problem("workspace.witness-refused", what: "")
      await #expect(throws: refused) {
        try await old.open { try await Checkpoints($0).publish(.regulatory, asksAgain: true) }
      }
      // The whole folder is put back, its files with heads too: nothing in it can tell.
      await #expect(throws: refused) {
        try await old.open { workspace in
          try await workspace.noteOperation("register-exported", "a fictional register")
          return try await workspace.publishCheckpoints()
        }
      }
      await #expect(throws: refused) { try await grow(old, "Fictional-3") }
      await #expect(throws: refused) { try await grow(old, "Fictional-4") }
    }
  }

  @Test("of two histories that begin alike it signs one only")
  func splitView() async throws {
    let fixture = try await ProofFixture.filled()
    try await witnessed(fixture) { _, _ in
      let other = try fixture.copy()
      _ = try await grow(fixture, "Fictional-2")
      do {
        _ = try await grow(other, "Fictional-3")
        Issue.record("the second history was signed")
      } catch let problem as Problem {
        #expect(problem.code == "workspace.witness-refused")
        #expect(problem.why.contains("split view"))
      }
      #expect(try await fixture.codes().isEmpty)
    }
  }

  @Test("one that does not answer is told, and the checkpoint stands without it")
  func unreached() async throws {
    let fixture = try await ProofFixture.filled()
    try await witnessed(fixture) { _, server in server.stop() }
    let published = try await grow(fixture, "Fictional-2")
    #expect(
      published.flatMap(\.unreached).map(\.code)
        == Array(repeating: "journal.witness-unreachable", count: 3))
    #expect(try await fixture.report().findings == [])
  }

  @Test("one that was not told a new key is told of, and signs again once it knows it")
  func newKey() async throws {
    let fixture = try await ProofFixture.filled()
    let folder = try witness(fixture)
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try await serving(folder, trustedBy: fixture) { _ in
      let unreached = try await fixture.open { workspace in
        // The checkpoint with both signatures is signed still: the witness knows one of the two keys.
        let rotated = try await RotateSigningKey(workspace).rotate(.regulatory)
        #expect(rotated.checkpoint.cosignatures.count == 1)
        return rotated.checkpoint.unreached
      }
      #expect(unreached == [])
      let published = try await grow(fixture, "Fictional-2").filter { $0.log == .regulatory }
      #expect(published.flatMap(\.unreached).map(\.code) == ["journal.witness-refused"])
    }
    try folder.know([try VerifierKey(WorkspaceDescription(fixture.folder).keys[.regulatory]![1])])
    try await serving(folder, trustedBy: fixture) { _ in
      let published = try await grow(fixture, "Fictional-3")
      #expect(published.flatMap(\.unreached) == [])
    }
    #expect(try await fixture.report(witnesses: [try folder.key()]).findings == [])
  }

  @Test("one that comes back signs the next checkpoint")
  func back() async throws {
    let fixture = try await ProofFixture.filled()
    let folder = try witness(fixture)
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try await serving(folder, trustedBy: fixture) { _ in _ = try await grow(fixture, "Fictional-2")
    }
    let alone = try await grow(fixture, "Fictional-3").filter { $0.log == .regulatory }
    #expect(alone.map(\.unreached.count) == [1])
    try await serving(folder, trustedBy: fixture) { _ in
      let published = try await grow(fixture, "Fictional-4")
      #expect(published.allSatisfy { $0.cosignatures.count == 1 })
    }
    #expect(try await fixture.report().findings == [])
  }

  @Test("a changed cosignature is found, and so is one by a key that nobody trusted")
  func changedCosignature() async throws {
    let fixture = try await ProofFixture.filled()
    try await witnessed(fixture) { _, _ in _ = try await grow(fixture, "Fictional-2") }
    let path = fixture.folder.head(.regulatory)
    let note = try String(contentsOfFile: path, encoding: .utf8)
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let last = lines[lines.count - 2]
    for (changed, code) in [
      (last.dropLast(6) + "AAAA==", "checkpoint-signature"),
      (last.replacing("witness.example", with: "witness.other"), "signature-unknown"),
    ] {
      let copy = try fixture.copy()
      let forged = Array(note.replacing(last, with: changed).utf8)
      try copy.tamper { db in
        try db.execute(
          sql: "UPDATE checkpoint SET note = ? WHERE log = 1 AND size = 8",
          arguments: [Data(forged)])
      }
      try PrivateFile.write(forged, to: copy.folder.head(.regulatory))
      #expect(try await copy.codes().contains(code))
    }
  }

  @Test(
    "an address that is not on this machine is refused",
    arguments: [
      "https://127.0.0.1:80", "http://witness.example:80", "http://127.0.0.1", "http://127.0.0.1:0",
      "http://127.0.0.1:70000", "http://127.0.0.1:80x", "http://127.0.0.1:80/a?b", "127.0.0.1:80",
    ])
  func address(text: String) {
    #expect(throws: Problem("workspace.bad-witness-address", what: "")) { try WitnessAddress(text) }
  }

  @Test("an address is read with its path")
  func path() throws {
    let address = try WitnessAddress("http://localhost:8080/witness/")
    #expect(address.port == 8080)
    #expect(address.prefix == "/witness")
    #expect(address.text == "http://127.0.0.1:8080/witness")
  }

  @Test("the key of a log is not the key of a witness")
  func wrongKey() async throws {
    let fixture = try await ProofFixture.made()
    let key = try VerifierKey(WorkspaceDescription(fixture.folder).keys[.access]![0])
    await #expect(throws: Problem("workspace.bad-witness-key", what: "")) {
      try await fixture.open { _ = try await $0.trustWitness(key, at: "http://127.0.0.1:80") }
    }
  }
}
