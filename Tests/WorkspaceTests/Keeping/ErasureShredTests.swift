import Duties
import Foundation
import Ground
import Sealing
import Testing

@testable import Workspace

@Suite("what an erasure leaves behind")
struct ErasureShredTests {
  private static let secret = Array("a sentence that must be gone for ever".utf8)

  /// Evidence whose title and file hold the secret, beside others that stay; its periods have ended.
  private func prepared() async throws -> (Keeping, gone: RecordState, stays: RecordState) {
    let keeping = try await Keeping()
    let model = try await keeping.model(placed: "2026-03-02")
    let fields: [(String, JSON)] = [("model", .string(model.id.text))]
    let stays = try await keeping.evidence(Array("stays".utf8), "Stays", fields)
    let gone = try await keeping.evidence(
      ErasureShredTests.secret, String(decoding: ErasureShredTests.secret, as: UTF8.self), fields)
    for index in 0..<40 {
      // Many versions, so that the record's row and its contents move between pages.
      _ = try await keeping.workspace.reviewEvidence(
        gone.id, remark: "\(index) " + String(repeating: "x", count: 900))
    }
    keeping.clock.now = Keeping.year2045
    try FileManager.default.removeItem(atPath: keeping.root + "/file.bin")
    return (keeping, gone, stays)
  }

  @Test("neither plain text, key nor wrapped key is anywhere: database, log, free pages, files")
  func shredded() async throws {
    let (keeping, gone, stays) = try await prepared()
    let (plain, wrapped) = try await keeping.keys(of: gone.id)
    let oldEpoch = Array(Hex.text(keeping.workspace.keys.epochs[1]?.bytes ?? []).utf8)
    let contents = try await keeping.workspace.store.history(gone.id).compactMap(\.content)
    let records = keeping.folder.path
    #expect(
      !Keeping.files(records, holding: wrapped).isEmpty, "the search finds a key that is there")
    #expect(!Keeping.files(records, holding: contents[0]).isEmpty, "and sealed content")
    #expect(!Keeping.files(records, holding: oldEpoch).isEmpty, "and the key of an epoch")
    try await keeping.erase([gone.id])
    func check(_ when: String) {
      for (what, bytes) in [
        ("text", ErasureShredTests.secret), ("key", plain), ("wrapped key", wrapped),
        ("key of the epoch", oldEpoch),
        ("key of the epoch", Hex.bytes(String(decoding: oldEpoch, as: UTF8.self)) ?? []),
      ] {
        #expect(Keeping.files(records, holding: bytes).isEmpty, "\(what), \(when)")
      }
      for content in contents {
        #expect(Keeping.files(records, holding: content).isEmpty, "sealed content, \(when)")
        #expect(Keeping.files(records, holding: Array(content.suffix(32))).isEmpty)
      }
    }
    check("while it is open")
    let backup = keeping.root + "/after"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    for bytes in [ErasureShredTests.secret, plain, wrapped] + contents {
      #expect(Keeping.files(backup, holding: bytes).isEmpty, "in a backup made after it")
    }
    let file = try #require(gone.text("stored"))
    #expect(!keeping.folder.files.has(file))
    try await keeping.workspace.proveEvidence(stays.id)
    await keeping.workspace.store.close()
    check("after it was closed")
    #expect(!FileManager.default.fileExists(atPath: keeping.folder.epochKey(1)))
  }

  @Test("an old backup is closed to the keys of today; refreshed, all but the erased opens")
  func oldBackup() async throws {
    let (keeping, gone, stays) = try await prepared()
    let (_, wrapped) = try await keeping.keys(of: gone.id)
    let (backup, old) = (keeping.root + "/backup", keeping.root + "/old")
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    try Keeping.copy(backup, to: old)
    try await keeping.erase([gone.id])

    let source = KeySource.workspace(keeping.folder)
    let closed = try await restore(old, keeping, source, "closed")
    #expect(closed.keysRefused?.code == "workspace.keys-too-old" && closed.keys == nil)
    // Even with the keys put there by hand, nothing of it opens.
    try keeping.workspace.keys.write(to: WorkspaceFolder(keeping.root + "/closed"))
    let opened = try keeping.opened(keeping.root + "/closed")
    for id in [gone.id, stays.id] {
      #expect(await code { _ = try await opened.state(id) } == "workspace.no-epoch-key")
    }
    await opened.store.close()

    let report = try await keeping.workspace.refreshBackup(at: backup, open: Keeping.open)
    #expect(report.erased == 1 && report.files == 1 && report.rewrapped > 3)
    #expect(report.manifest.epochs == [2])
    #expect(Keeping.files(backup, holding: wrapped).isEmpty)
    #expect(Keeping.files(old, holding: wrapped) == ["journal.sqlite"])
    let restored = try await restore(backup, keeping, source, "refreshed")
    #expect(restored.keys?.closed == 0 && restored.evidence.isEmpty)
    let again = try keeping.opened(keeping.root + "/refreshed")
    #expect(try await again.state(gone.id) == nil)
    #expect(try await again.needed(stays.id).title == "Stays")
    try await again.proveEvidence(stays.id)
    await again.store.close()
    #expect(try await BackupCheck(of: backup, open: Keeping.open).findings == [])
  }

  private func restore(
    _ backup: String, _ keeping: Keeping, _ keys: KeySource?, _ name: String
  ) async throws -> RestoreReport {
    try await RestoreBackup.restore(
      backup, to: WorkspaceFolder(keeping.root + "/" + name), keys: keys, open: Keeping.open,
      surroundings: keeping.workspace.surroundings)
  }
}
