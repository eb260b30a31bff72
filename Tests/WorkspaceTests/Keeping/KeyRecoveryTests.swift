import Duties
import Foundation
import Ground
import Sealing
import Testing

@testable import Workspace

@Suite("keys")
struct KeyRecoveryTests {
  private static let passphrase = "several unrelated words"

  private func export(_ keeping: Keeping, _ name: String) async throws -> String {
    let path = keeping.root + "/" + name
    _ = try await keeping.workspace.exportKeys(
      to: path, passphrase: KeyRecoveryTests.passphrase, logCost: 4)
    return path
  }

  @Test("a recovery file opens a restored backup, and is noted with its number")
  func recovers() async throws {
    let keeping = try await Keeping()
    let person = try await keeping.person("jane.doe")
    let file = try await export(keeping, "recovery.txt")
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let backup = keeping.root + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    let target = WorkspaceFolder(keeping.root + "/restored")
    _ = try await RestoreBackup.restore(
      backup, to: target, keys: nil, open: Keeping.open,
      surroundings: keeping.workspace.surroundings)
    func bring(_ passphrase: String) async throws -> ImportedKeys {
      try await BringKeys.bring(
        .recoveryFile(file, passphrase: passphrase), into: target, open: Keeping.open,
        surroundings: keeping.workspace.surroundings)
    }
    #expect(
      await code { _ = try await bring("other words entirely") } == "sealing.wrong-passphrase")
    #expect(!FileManager.default.fileExists(atPath: target.keys))
    let brought = try await bring(KeyRecoveryTests.passphrase)
    #expect(brought.number == 1 && brought.epochs == [1] && brought.closed == 0)
    let restored = try keeping.opened(target.path)
    #expect(try await restored.needed(person.id).title == "jane.doe")
    await restored.store.close()
    #expect(
      await code { _ = try await bring(KeyRecoveryTests.passphrase) } == "workspace.has-keys")
  }

  @Test("keys of another workspace, and of epochs that have ended, are not taken")
  func otherKeys() async throws {
    let (keeping, other) = (try await Keeping(), try await Keeping())
    let old = try await export(keeping, "old.txt")
    let foreign = try await export(other, "foreign.txt")
    try await keeping.erase([try await keeping.person("gone").id])
    let new = try await export(keeping, "new.txt")
    let backup = keeping.root + "/backup"
    _ = try await keeping.workspace.backUp(to: backup, open: Keeping.open)
    for (file, expected) in [
      (foreign, "workspace.other-keys"), (old, "workspace.keys-too-old"), (new, nil),
    ] {
      let target = WorkspaceFolder(keeping.root + "/restored-\(expected ?? "good")")
      let report = try await RestoreBackup.restore(
        backup, to: target,
        keys: .recoveryFile(file, passphrase: KeyRecoveryTests.passphrase), open: Keeping.open,
        surroundings: keeping.workspace.surroundings)
      #expect(report.keysRefused?.code == expected)
      #expect((report.keys == nil) == (expected != nil))
      #expect(FileManager.default.fileExists(atPath: target.keys) == (expected == nil))
    }
  }

  @Test("only keys that records need come back")
  func onlyNeeded() async throws {
    let keeping = try await Keeping()
    var ring = keeping.workspace.keys
    ring.epochs[2] = SecretKey()
    ring.epochs[7] = SecretKey()
    let spare = WorkspaceFolder(keeping.root + "/spare")
    try PrivateFile.makeFolder(spare.path)
    try ring.write(to: spare)
    let target = WorkspaceFolder(keeping.root + "/target")
    try PrivateFile.makeFolder(target.path)
    let keys = try await KeySource.workspace(spare).bring(
      into: target, description: keeping.workspace.description, store: keeping.workspace.store)
    #expect(keys.epochs == [1])
    #expect(try KeyRing(target).epochs.keys.sorted() == [1])
  }

  @Test("what can go wrong with a recovery file is told before anything is written")
  func refused() async throws {
    let keeping = try await Keeping()
    let path = try keeping.file([1], "taken")
    func export(_ path: String, _ passphrase: String) async -> String? {
      await code { _ = try await keeping.workspace.exportKeys(to: path, passphrase: passphrase) }
    }
    #expect(await export(path, KeyRecoveryTests.passphrase) == "workspace.file-exists")
    let fresh = keeping.root + "/fresh"
    #expect(await export(fresh, "short") == "sealing.passphrase-too-short")
    let auditor = keeping.workspace.acting(as: SignedIn(id: "a", name: "A", roles: [.auditor]))
    #expect(
      await code {
        _ = try await auditor.exportKeys(to: fresh, passphrase: KeyRecoveryTests.passphrase)
      } == "workspace.not-allowed")
    #expect(!FileManager.default.fileExists(atPath: fresh))
    #expect(try await keeping.workspace.keyStatus().recoveryFiles.isEmpty)
  }

  @Test("the status tells which keys are here, and shows none")
  func status() async throws {
    let keeping = try await Keeping()
    var status = try await keeping.workspace.keyStatus()
    #expect(status.signing.allSatisfy { $0.fits } && status.epochs.map(\.epoch) == [1])
    #expect(!status.hasRecoveryFile && !status.isUnfinished)
    _ = try await export(keeping, "recovery.txt")
    #expect(try await keeping.workspace.keyStatus().hasRecoveryFile)
    try await keeping.erase([try await keeping.person("gone").id])
    status = try await keeping.workspace.keyStatus()
    #expect(status.epochs.map(\.epoch) == [2] && !status.hasRecoveryFile)
    let shown = status.json.compact
    for key in keeping.workspace.keys.epochs.values {
      #expect(!shown.contains(Hex.text(key.bytes)))
    }
  }

  @Test("a new epoch may begin without an erasure; everything still opens, old copies do not")
  func rotates() async throws {
    let keeping = try await Keeping()
    let (person, evidence) = (try await keeping.person("jane.doe"), try await keeping.evidence([1]))
    let before = try await keeping.keys(of: person.id)
    #expect(try await keeping.workspace.rotateEpoch() == 2)
    let after = try await keeping.keys(of: person.id)
    #expect(before.plain == after.plain && before.wrapped != after.wrapped)
    #expect(try KeyRing(keeping.folder).epochs.keys.sorted() == [2])
    try await keeping.workspace.proveEvidence(evidence.id)
    #expect(
      await code {
        _ = try await keeping.workspace.acting(as: Keeping.counsel).rotateEpoch()
      } == "workspace.not-allowed")
  }

  @Test("an epoch ends for more records than are wrapped at once")
  func manyRecords() async throws {
    let keeping = try await Keeping()
    let model = try await keeping.model(placed: nil).id
    let day = Effective.day(keeping.workspace.surroundings.today)
    let commands = (0..<OpenWorkspace.page + 10).map { number in
      RecordCommand(
        .downstreamRequest, nil,
        Change(
          "request-received",
          set: [("model", .string(model.text)), ("title", .string("\(number)"))],
          effective: day))
    }
    for start in stride(from: 0, to: commands.count, by: 1000) {
      _ = try await keeping.workspace.record(
        Array(commands[start..<min(start + 1000, commands.count)]))
    }
    _ = try await keeping.workspace.rotateEpoch()
    #expect(try await keeping.workspace.store.epochs().keys.sorted() == [2])
    #expect(try await keeping.workspace.states(.downstreamRequest).count == commands.count)
  }

  @Test("keys of an epoch that is about to end are not copied")
  func unfinished() async throws {
    let keeping = try await Keeping()
    try await keeping.workspace.beginEpoch()
    #expect(await code { _ = try await export(keeping, "f") } == "workspace.erasure-unfinished")
    try await keeping.workspace.finishErasures()
    _ = try await export(keeping, "f")
  }
}
