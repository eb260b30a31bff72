import Duties
import Foundation
import Ground
import Journal
import Sealing
import Synchronization
import TestSupport
import Testing

@testable import Workspace

@Suite("a backup that is cut short or was changed")
struct BackupCrashTests {
  /// Copies of the backup's folder, one for each step that a body reaches.
  private func images(
    _ keeping: Keeping, _ name: String, _ folder: String,
    _ body: ((BackupStep) throws(Problem) -> Void) async throws -> Void
  ) async throws -> [(step: BackupStep, path: String)] {
    let images = Mutex<[(step: BackupStep, path: String)]>([])
    try await body { step throws(Problem) in
      let path = images.withLock { "\(keeping.root)/\(name)-\($0.count)" }
      try Keeping.copy(folder, to: path)
      images.withLock { $0.append((step, path)) }
    }
    return images.withLock { $0 }
  }

  private static let committed: Set<BackupStep> = [.committed, .partMoved, .manifestMoved]

  @Test("a first backup is told to be unfinished until it is, and can be made again")
  func first() async throws {
    let keeping = try await Keeping()
    _ = try await keeping.evidence([1])
    let backup = keeping.root + "/backup"
    let images = try await images(keeping, "first", backup) { reaching in
      _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open, reaching: reaching)
    }
    #expect(Set(images.map(\.step)) == Set(BackupStep.allCases))
    for (step, path) in images {
      let found = await code { _ = try await BackupCheck(of: path, open: Keeping.open) }
      let isWhole = BackupCrashTests.committed.contains(step)
      #expect(found == (isWhole ? nil : "workspace.half-backup"), "\(step)")
      _ = try await keeping.workspace.backUp(to: path, open: Keeping.open)
      #expect(try await BackupCheck(of: path, open: Keeping.open).findings == [], "\(step)")
    }
  }

  @Test("a later backup is, at any step, the one before or the new one")
  func later() async throws {
    let keeping = try await Keeping()
    _ = try await keeping.evidence([1])
    let backup = keeping.root + "/backup"
    let old = try await keeping.workspace.backUp(to: backup, open: Keeping.open).manifest
    let person = try await keeping.person("jane.doe")
    _ = try await keeping.evidence([2])
    let images = try await images(keeping, "later", backup) { reaching in
      _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open, reaching: reaching)
    }
    let new = try BackupFolder(backup).settled()
    #expect(old != new)
    for (step, path) in images {
      let check = try await BackupCheck(of: path, open: Keeping.open)
      #expect(check.findings == [], "\(step)")
      #expect(
        check.manifest == (BackupCrashTests.committed.contains(step) ? new : old), "\(step)")
      let target = WorkspaceFolder(path + "-restored")
      let report = try await RestoreBackup.restore(
        path, to: target, keys: .workspace(keeping.folder), open: Keeping.open,
        surroundings: keeping.workspace.surroundings)
      #expect(report.evidence.isEmpty, "\(step)")
      let restored = try keeping.opened(target.path)
      #expect(
        try await (restored.state(person.id) != nil) == (check.manifest == new), "\(step)")
      await restored.store.close()
    }
  }

  @Test("refreshing is, at any step, not done or done")
  func refreshing() async throws {
    let keeping = try await Keeping()
    let (gone, stays) = (try await keeping.person("gone"), try await keeping.person("stays"))
    let backup = keeping.root + "/backup"
    let old = try await keeping.workspace.backUp(to: backup, open: Keeping.open).manifest
    try await keeping.erase([gone.id])
    let images = try await images(keeping, "refresh", backup) { reaching in
      _ = try await keeping.workspace.refreshBackup(
        at: backup, open: Keeping.open, reaching: reaching)
    }
    #expect(images.contains { $0.step == .journalCopied })
    for (step, path) in images {
      let check = try await BackupCheck(of: path, open: Keeping.open)
      let isNew = BackupCrashTests.committed.contains(step)
      #expect(check.findings == [] && check.manifest.epochs == (isNew ? [2] : [1]), "\(step)")
      #expect(check.manifest.logs == old.logs)
      let report = try await keeping.workspace.refreshBackup(at: path, open: Keeping.open)
      #expect(report.erased == (isNew ? 0 : 1), "\(step)")
      let target = WorkspaceFolder(path + "-restored")
      _ = try await RestoreBackup.restore(
        path, to: target, keys: .workspace(keeping.folder), open: Keeping.open,
        surroundings: keeping.workspace.surroundings)
      let restored = try keeping.opened(target.path)
      #expect(try await restored.state(gone.id) == nil)
      #expect(try await restored.needed(stays.id).title == "stays")
      await restored.store.close()
    }
  }

  @Test("any changed byte of a backup is found, and nothing of it is restored")
  func changed() async throws {
    let keeping = try await Keeping()
    _ = try await keeping.evidence([1, 2, 3])
    let backup = keeping.root + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    let files = (FileManager.default.enumerator(atPath: backup)?.compactMap { $0 as? String } ?? [])
      .filter { name in
        FileManager.default.contents(atPath: backup + "/" + name).map { !$0.isEmpty } ?? false
      }
    #expect(files.count == 7)
    var generator = SplitMix64(seed: 7)
    for file in files {
      let path = URL(filePath: backup + "/" + file)
      let whole = try Data(contentsOf: path)
      for _ in 0..<12 {
        var bytes = whole
        bytes[generator.int(0...(whole.count - 1))] ^= 1 << UInt8(generator.int(0...7))
        try bytes.write(to: path)
        let target = WorkspaceFolder(keeping.root + "/restored")
        let isFound =
          await code {
            let check = try await BackupCheck(of: backup, open: Keeping.open)
            if let finding = check.findings.first { throw finding }
          } != nil
        #expect(isFound, "\(file)")
        let isRefused =
          await code {
            _ = try await RestoreBackup.restore(
              backup, to: target, keys: nil, open: Keeping.open,
              surroundings: keeping.workspace.surroundings)
          } != nil
        #expect(isRefused && !target.exists, "\(file)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path).isEmpty, "\(file)")
      }
      try whole.write(to: path)
    }
    #expect(try await BackupCheck(of: backup, open: Keeping.open).findings == [])
  }

  @Test("a journal that was put in place of another, manifest and all, is told by its signed heads")
  func replacedJournal() async throws {
    let keeping = try await Keeping()
    let backup = keeping.root + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    let forged = try await Keeping()
    _ = try await forged.evidence([1])
    let folder = BackupFolder(backup)
    try FileManager.default.removeItem(atPath: folder.part(BackupFolder.journal))
    try await forged.workspace.store.copy(to: folder.part(BackupFolder.journal))
    var manifest = try folder.settled()
    manifest.files[BackupFolder.journal]?.sha256 = try FileDigest.of(
      folder.part(BackupFolder.journal))
    for log in LogName.allCases {
      let proof = try await LogProof(forged.workspace.store, log)
      manifest.logs[log] = BackupManifest.Log(size: proof.tree.size, root: proof.tree.root.hex)
    }
    try PrivateFile.write(try manifest.text, to: folder.manifest)
    let check = try await BackupCheck(of: backup, open: Keeping.open)
    #expect(Set(check.findings.map(\.code)) == ["workspace.log-differs"])
  }
}
