import Duties
import Foundation
import Ground
import Testing

@testable import Workspace

/// A disk of few bytes in memory; made where the tests run with the right to mount.
final class SmallDisk: Sendable {
  let path: String

  static let canBeMade: Bool = (try? SmallDisk(megabytes: 1)) != nil

  init(megabytes: Int) throws {
    path = try Keeping.newFolder()
    guard SmallDisk.mount("-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) else {
      try? FileManager.default.removeItem(atPath: path)
      throw Problem("test.no-disk", what: "a disk cannot be mounted here")
    }
  }

  deinit {
    SmallDisk.run("/bin/umount", "--lazy", path)
    try? FileManager.default.removeItem(atPath: path)
  }

  func setReadOnly(_ isReadOnly: Bool) throws {
    guard SmallDisk.mount("-o", "remount,\(isReadOnly ? "ro" : "rw")", path) else {
      throw Problem("test.no-disk", what: "the disk cannot be mounted again")
    }
  }

  /// Leaves room for so many bytes.
  func fill(leaving bytes: Int) throws {
    let filler = path + "/filler"
    _ = FileManager.default.createFile(atPath: filler, contents: nil)
    let file = try FileHandle(forWritingTo: URL(filePath: filler))
    let room = try FileManager.default.attributesOfFileSystem(forPath: path)[.systemFreeSize]
    let count = ((room as? NSNumber)?.intValue ?? 0) - bytes
    try file.write(contentsOf: Data(count: max(0, count)))
    try file.close()
  }

  func empty() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

  private static func mount(_ arguments: String...) -> Bool { run("/bin/mount", arguments) }

  @discardableResult
  private static func run(_ program: String, _ arguments: String...) -> Bool {
    run(program, arguments)
  }

  private static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

@Suite("a disk that takes nothing more", .enabled(if: SmallDisk.canBeMade), .serialized)
struct KeepingFaultTests {
  @Test("evidence that does not fit leaves nothing behind, and what was there stays whole")
  func fullWhileAdding() async throws {
    let disk = try SmallDisk(megabytes: 4)
    let keeping = try await Keeping(in: disk.path)
    let kept = try await keeping.evidence(EvidenceTests.random(100_000))
    let large = try keeping.file(EvidenceTests.random(5_000_000), "large")
    let found = await code {
      _ = try await keeping.workspace.addEvidence(NewEvidence(file: large, title: "Large"))
    }
    #expect(found == "workspace.not-written")
    #expect(try keeping.folder.files.parts().isEmpty)
    #expect(try keeping.folder.files.names() == [kept.text("stored") ?? ""])
    try await keeping.workspace.proveEvidence(kept.id)
    let small = try await keeping.evidence([1, 2, 3])
    try await keeping.workspace.proveEvidence(small.id)
    await keeping.workspace.store.close()
  }

  @Test("an erasure on a full disk erases nothing, and is done when there is room again")
  func fullWhileErasing() async throws {
    let disk = try SmallDisk(megabytes: 8)
    let keeping = try await Keeping(in: disk.path)
    let person = try await keeping.person("jane.doe")
    let (request, _) = try await keeping.workspace.requestErasure(
      of: [person.id], reason: "left", basis: "GDPR Art. 17(1)(a)")
    let counsel = keeping.workspace.acting(as: Keeping.counsel)
    try disk.fill(leaving: 0)
    let found = await code { _ = try await counsel.approveErasure(request.id) }
    #expect(["workspace.not-written", "store.full"].contains(found))
    #expect(try await keeping.workspace.needed(person.id).title == "jane.doe")
    try disk.empty()
    _ = try await counsel.approveErasure(request.id)
    #expect(try await keeping.workspace.state(person.id) == nil)
    #expect(try KeyRing(keeping.folder).epochs.count == 1)
    await keeping.workspace.store.close()
  }

  @Test("a backup or recovery file that does not fit is told, and the one before stays")
  func fullWhileBackingUp() async throws {
    let disk = try SmallDisk(megabytes: 8)
    let keeping = try await Keeping()
    let backup = disk.path + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    let before = try await BackupCheck(of: backup, open: Keeping.open).manifest
    _ = try await keeping.evidence(EvidenceTests.random(300_000))
    for room in [0, 40_000, 200_000] {
      try disk.fill(leaving: room)
      let found = await code {
        _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
      }
      #expect(["workspace.not-written", "store.full"].contains(found), "\(room)")
      let recovery = disk.path + "/recovery.txt"
      let export = await code {
        _ = try await keeping.workspace.exportKeys(
          to: recovery, passphrase: "several unrelated words", logCost: 4)
      }
      if room == 0 { #expect(export == "workspace.not-written") }
      #expect(FileManager.default.fileExists(atPath: recovery) == (export == nil))
      try? FileManager.default.removeItem(atPath: recovery)
      try disk.empty()
      let check = try await BackupCheck(of: backup, open: Keeping.open)
      #expect(check.findings == [] && check.manifest == before, "\(room)")
    }
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    #expect(try await BackupCheck(of: backup, open: Keeping.open).findings == [])
  }

  @Test("a read-only disk takes nothing, and a backup on it is checked and restored")
  func readOnly() async throws {
    let disk = try SmallDisk(megabytes: 8)
    let keeping = try await Keeping()
    let evidence = try await keeping.evidence([1, 2, 3])
    let backup = disk.path + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    try disk.setReadOnly(true)
    #expect(
      await code { _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open) }
        == "workspace.not-written")
    #expect(
      await code { try await keeping.workspace.getEvidence(evidence.id, to: disk.path + "/out") }
        == "workspace.not-written")
    #expect(try await BackupCheck(of: backup, open: Keeping.open).findings == [])
    let report = try await RestoreBackup.restore(
      backup, to: WorkspaceFolder(keeping.root + "/restored"), keys: .workspace(keeping.folder),
      open: Keeping.open, surroundings: keeping.workspace.surroundings)
    #expect(report.evidence.isEmpty && report.keys != nil)
    #expect(
      await code {
        _ = try await RestoreBackup.restore(
          backup, to: WorkspaceFolder(disk.path + "/restored"), keys: nil, open: Keeping.open,
          surroundings: keeping.workspace.surroundings)
      } == "workspace.not-written")
    try disk.setReadOnly(false)
  }

  @Test("a workspace on a read-only disk says so, and nothing it holds is touched")
  func readOnlyWorkspace() async throws {
    let disk = try SmallDisk(megabytes: 8)
    let keeping = try await Keeping(in: disk.path)
    let person = try await keeping.person("jane.doe")
    let (request, _) = try await keeping.workspace.requestErasure(
      of: [person.id], reason: "left", basis: "b")
    await keeping.workspace.store.close()
    try disk.setReadOnly(true)
    #expect(await code { _ = try keeping.opened(keeping.folder.path) } == "store.read-only")
    try disk.setReadOnly(false)
    let again = try keeping.opened(keeping.folder.path, as: Keeping.counsel)
    #expect(try await again.needed(request.id).status == "requested")
    _ = try await again.approveErasure(request.id)
    await again.store.close()
  }
}
