import Duties
import Foundation
import Ground
import Sealing
import TestSupport
import Testing

@testable import Workspace

@Suite("backup and restore")
struct BackupTests {
  private func restore(
    _ keeping: Keeping, _ backup: String, to name: String, keys: KeySource? = nil
  ) async throws -> RestoreReport {
    try await RestoreBackup.restore(
      backup, to: WorkspaceFolder(keeping.root + "/" + name), keys: keys, open: Keeping.open,
      surroundings: keeping.workspace.surroundings)
  }

  @Test("what is restored is what was backed up: roots, records, files")
  func restoresAll() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    let evidence = try await keeping.evidence(EvidenceTests.random(100_000))
    let backup = keeping.root + "/backup"
    let made = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    #expect(made.copied == 1 && made.problems.isEmpty)
    let check = try await BackupCheck(of: backup, open: Keeping.open)
    #expect(check.findings == [] && check.signed == [.regulatory, .access, .operational])

    let report = try await restore(
      keeping, backup, to: "restored", keys: .workspace(keeping.folder))
    #expect(report.signed == [.regulatory, .access, .operational])
    #expect(report.keys?.epochs == [1] && report.evidence.isEmpty && report.keysRefused == nil)
    let restored = try keeping.opened(keeping.root + "/restored")
    for kind in [RecordKind.provider, .person, .evidence] {
      #expect(
        try await restored.states(kind) == keeping.workspace.states(kind), "\(kind.name)")
    }
    for log in [LogName.regulatory, .access] {
      #expect(try await restored.store.head(log) == keeping.workspace.store.head(log))
      let ours = try await keeping.workspace.store.entries(log, from: 0, limit: 100)
      let theirs = try await restored.store.entries(log, from: 0, limit: 100)
      #expect(ours.map(\.entry) == theirs.map(\.entry))
      #expect(ours.map(\.content) == theirs.map(\.content))
    }
    try await restored.getEvidence(evidence.id, to: keeping.root + "/out")
    #expect(try await restored.needed(person.id).title == "jane.doe")
    let noted = try await restored.states(.operation).contains {
      $0.happened["workspace-restored"] != nil
    }
    #expect(noted)
    await restored.store.close()
  }

  @Test("a backup holds no key, and opens to nobody without one")
  func noKeys() async throws {
    let keeping = try await Keeping()
    let evidence = try await keeping.evidence([1, 2, 3])
    let backup = keeping.root + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    let ring = keeping.workspace.keys
    for secret in ring.epochs.values.map(\.bytes) + ring.signing.values.map(\.seed) {
      #expect(Keeping.files(backup, holding: secret).isEmpty)
      #expect(Keeping.files(backup, holding: Array(Hex.text(secret).utf8)).isEmpty)
      #expect(!Keeping.files(keeping.folder.keys, holding: Array(Hex.text(secret).utf8)).isEmpty)
    }
    #expect(try await keeping.keys(of: evidence.id).plain.count == 32)
    let plain = try await keeping.keys(of: evidence.id).plain
    #expect(Keeping.files(backup, holding: plain).isEmpty)
    let report = try await restore(keeping, backup, to: "restored")
    #expect(report.keys == nil && report.signed.count == 3)
    #expect(
      await code { _ = try keeping.opened(keeping.root + "/restored") } == "workspace.no-keys")
  }

  @Test("a second backup into the same folder adds what is new, and keeps its name")
  func incremental() async throws {
    let keeping = try await Keeping()
    _ = try await keeping.evidence([1])
    let backup = keeping.root + "/backup"
    let first = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    let person = try await keeping.person("jane.doe")
    _ = try await keeping.evidence([2])
    let second = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    #expect(first.copied == 1 && second.copied == 1)
    #expect(second.manifest.name == first.manifest.name && second.manifest.evidence.count == 2)
    try await keeping.erase([person.id])
    let third = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    #expect(third.copied == 0 && third.manifest.epochs == [2])
    #expect(try await BackupCheck(of: backup, open: Keeping.open).findings == [])
    let names = try FileManager.default.contentsOfDirectory(atPath: backup).sorted()
    #expect(names == ["evidence", "heads", "journal.sqlite", "manifest.json", "systemic.json"])
  }

  @Test("a running writer goes on; the backup is as of one moment")
  func live() async throws {
    let keeping = try await Keeping()
    let workspace = keeping.workspace
    for number in 0..<3 {
      async let writing: Void = {
        for index in 0..<20 {
          _ = try await keeping.evidence([UInt8(number), UInt8(index)], "\(number) \(index)")
        }
      }()
      let backup = keeping.root + "/backup-\(number)"
      _ = try await workspace.backUp(to: backup, open: Keeping.open)
      #expect(try await BackupCheck(of: backup, open: Keeping.open).findings == [])
      let report = try await restore(
        keeping, backup, to: "restored-\(number)", keys: .workspace(keeping.folder))
      #expect(report.evidence.allSatisfy { $0.code == "workspace.evidence-orphan" })
      try await writing
    }
  }

  @Test("a folder that holds something else is left alone")
  func otherFolders() async throws {
    let (keeping, other) = (try await Keeping(), try await Keeping())
    let stranger = try await Keeping(origin: "other.example")
    let folder = keeping.root + "/something"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: folder + "/letter.txt"))
    func backUp(_ keeping: Keeping, _ path: String) async -> String? {
      await code { _ = try await keeping.workspace.backUp(to: path, open: Keeping.open) }
    }
    #expect(await backUp(keeping, folder) == "workspace.not-a-backup")
    #expect(await backUp(keeping, keeping.folder.path) == "workspace.not-a-backup")
    let backup = keeping.root + "/backup"
    #expect(await backUp(keeping, backup) == nil)
    _ = try await restore(keeping, backup, to: "restored")
    #expect(await backUp(keeping, keeping.root + "/restored") == "workspace.not-a-backup")
    #expect(await backUp(stranger, backup) == "workspace.other-backup")
    #expect(
      await code {
        _ = try await other.workspace.refreshBackup(at: backup, open: Keeping.open)
      } == "workspace.other-backup")
    #expect(
      await code { _ = try await restore(keeping, backup, to: "records") }
        == "workspace.not-empty")
    #expect(
      await code { _ = try await restore(keeping, folder, to: "new") }
        == "workspace.no-backup")
    #expect(try await BackupCheck(of: backup, open: Keeping.open).findings == [])
  }

  @Test("a changed sealed file of the workspace is told, and not taken for good")
  func damagedEvidence() async throws {
    let keeping = try await Keeping()
    let (bad, good) = (try await keeping.evidence([1]), try await keeping.evidence([2]))
    let path = try #require(keeping.folder.files.path(of: bad.text("stored") ?? ""))
    try Data([9]).write(to: URL(filePath: path))
    let report = try await keeping.workspace.backUp(
      to: keeping.root + "/backup", open: Keeping.open)
    #expect(report.problems.map(\.code) == ["workspace.evidence-differs"])
    #expect(report.manifest.evidence == [good.text("stored") ?? ""])
  }

  @Test("who may not back up does not")
  func roles() async throws {
    let keeping = try await Keeping()
    let auditor = keeping.workspace.acting(as: SignedIn(id: "a", name: "A", roles: [.auditor]))
    #expect(
      await code {
        _ = try await auditor.backUp(to: keeping.root + "/backup", open: Keeping.open)
      } == "workspace.not-allowed")
    let administrator = keeping.workspace.acting(
      as: SignedIn(id: "b", name: "B", roles: [.administrator]))
    _ = try await administrator.backUp(to: keeping.root + "/backup", open: Keeping.open)
  }
}
