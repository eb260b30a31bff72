import Duties
import Foundation
import GRDB
import Ground
import Journal
import Sealing
import Store
import Synchronization
import Testing

@testable import Workspace

/// A small workspace in a temporary folder, removed at the end; names in it are fictional.
final class ProofFixture: Sendable {
  let folder: WorkspaceFolder
  /// Seconds that the clock of the workspace shows.
  static let noon = 1_780_000_000

  private init(_ path: String) { folder = WorkspaceFolder(path) }

  deinit { try? FileManager.default.removeItem(atPath: folder.path) }

  private static var freshPath: String {
    FileManager.default.temporaryDirectory.appending(path: "proof-" + UUID().uuidString).path()
  }

  /// Time that goes on by a second each time it is asked.
  static func surroundings(at start: Int = noon) -> Surroundings {
    let clock = Clock(start)
    return Surroundings(now: { clock.next() }, user: "tester")
  }

  /// A workspace with its first records.
  static func made() async throws -> ProofFixture {
    let fixture = ProofFixture(freshPath)
    let surroundings = surroundings()
    let (description, keys) = try InitWorkspace.prepare(
      fixture.folder, origin: "journal.example/fictional", now: surroundings.now())
    let workspace = OpenWorkspace(
      folder: fixture.folder, description: description,
      store: try SQLiteStore(path: fixture.folder.store, access: .write), keys: keys,
      surroundings: surroundings, who: .localOperator("tester"))
    _ = try await InitWorkspace.begin(
      workspace, provider: [("name", .string("Fictional Models"))])
    await workspace.store.close()
    return fixture
  }

  /// A copy of the workspace as it lies on the disk.
  func copy() throws -> ProofFixture {
    let path = ProofFixture.freshPath
    try FileManager.default.copyItem(atPath: folder.path, toPath: path)
    return ProofFixture(path)
  }

  /// Opens the workspace, does something in it and closes it.
  @discardableResult
  func open<Value>(
    _ access: SQLiteStore.Access = .write, at start: Int = noon + 100_000,
    as who: SignedIn = .localOperator("tester"),
    _ body: (OpenWorkspace) async throws -> Value
  ) async throws -> Value {
    let workspace = OpenWorkspace(
      folder: folder, description: try WorkspaceDescription(folder),
      store: try SQLiteStore(path: folder.store, access: access), keys: try KeyRing(folder),
      surroundings: ProofFixture.surroundings(at: start), who: who)
    do {
      let value = try await body(workspace)
      await workspace.store.close()
      return value
    } catch {
      await workspace.store.close()
      throw error
    }
  }

  /// What an audit of the workspace comes to.
  func report(
    retained: [[UInt8]] = [], keys: [VerifierKey] = [], witnesses: [VerifierKey] = []
  ) async throws -> WorkspaceReport {
    try await open(.audit) { workspace in
      var audit = VerifyWorkspace(workspace)
      audit.retained = retained.map { ($0, "kept.note") }
      audit.logKeys = keys
      audit.witnesses = witnesses
      return try await audit.report()
    }
  }

  /// Codes of what an audit finds.
  func codes(retained: [[UInt8]] = []) async throws -> Set<String> {
    Set(try await report(retained: retained).findings.map(\.code))
  }

  /// Changes the tables behind the program's back: guards are taken away and put back as they were.
  func tamper(_ body: (Database) throws -> Void) throws {
    let queue = try DatabaseQueue(path: folder.store)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      try db.inTransaction {
        let triggers = try Row.fetchAll(
          db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
        try body(db)
        for trigger in triggers { try db.execute(sql: trigger["sql"]) }
        return .commit
      }
    }
    try queue.close()
  }

  private final class Clock: Sendable {
    private let seconds: Mutex<Int>
    init(_ start: Int) { seconds = Mutex(start) }
    func next() -> Instant {
      seconds.withLock { seconds in
        seconds += 1
        return Instant(seconds: seconds)
      }
    }
  }
}

extension ProofFixture {
  /// A workspace with a model, evidence, a person, an erased record, and checkpoints of all logs.
  static func filled() async throws -> ProofFixture {
    let fixture = try await made()
    try await fixture.open { workspace in
      _ = try await workspace.addPerson(
        NewPerson(name: "fictional.counsel", roles: [.counsel], secret: .token))
      let model = try await workspace.record(
        RecordCommand(
          .model, nil,
          Change(
            "model-registered", set: [("name", .string("Fictional-1"))],
            effective: .day(try #require(Day(iso: "2026-05-01"))))))
      try await fixture.addEvidence(workspace, bytes: Array("a report of fictional tests".utf8))
      try await Checkpoints(workspace).publishAll()
      _ = try await workspace.record(
        RecordCommand(
          .model, model.id,
          Change(
            "model-changed", set: [("name", .string("Fictional-1b"))],
            effective: .day(try #require(Day(iso: "2026-05-02"))), reason: "renamed")))
      let doomed = try await workspace.record(
        RecordCommand(
          .downstreamRequest, nil,
          Change(
            "request-received",
            set: [("model", .string(model.id.text)), ("title", .string("A fictional request"))],
            effective: .day(try #require(Day(iso: "2026-05-03"))))))
      try await fixture.erase(doomed.id, workspace)
      try await Checkpoints(workspace).publishAll()
    }
    return fixture
  }

  /// Erases a record as an erasure that was approved does.
  func erase(_ id: RecordID, _ workspace: OpenWorkspace) async throws {
    let today = workspace.surroundings.today
    let request = try await workspace.record(
      RecordCommand(
        .erasure, nil,
        Change(
          "erasure-requested",
          set: [("records", JSON([id.text])), ("basis", .string("GDPR Art. 17(1)(d)"))],
          effective: .day(today), reason: "asked for")))
    let counsel = workspace.acting(as: SignedIn(id: "counsel1", name: "C", roles: [.counsel]))
    var batch = Batch(workspace: counsel)
    try await batch.add(
      RecordCommand(.erasure, request.id, Change("erasure-done", effective: .day(today))))
    _ = try await workspace.store.erase([id], recording: batch.drafts)
  }

  /// Adds a sealed file with its record.
  @discardableResult
  func addEvidence(_ workspace: OpenWorkspace, bytes: [UInt8]) async throws -> RecordID {
    let id = workspace.newID(.evidence)
    let key = SecretKey()
    let plain = folder.path + ".plain"
    try Data(bytes).write(to: URL(filePath: plain))
    defer { try? FileManager.default.removeItem(atPath: plain) }
    let writer = try folder.files.begin()
    let sealed = try EvidenceFile.seal(
      ByteSource(path: plain), of: id, key: key, into: writer, progress: nil)
    let name = try folder.files.keep(writer, sealed.sealed)
    let content = try RecordKind.evidence.decide(
      Change(
        "evidence-added",
        set: [
          ("title", .string("Fictional report")), ("file", .string("report.txt")),
          ("sha256", .string(sealed.plain.hex)), ("bytes", .int(sealed.bytes)),
          ("stored", .string(name)),
        ], effective: .day(workspace.surroundings.today)), on: nil,
      actor: Actor(id: "local", role: .localOperator), today: workspace.surroundings.today)
    var envelope = Envelope(
      record: id, version: 1, event: "evidence-added",
      effective: .day(workspace.surroundings.today), recorded: workspace.surroundings.now(),
      actor: Actor(id: "local", role: .localOperator), confidentiality: .confidential)
    var random = Sealed.random()
    let (box, commitment) = try Sealed.content(
      content, of: id, confidentiality: .confidential, version: 1, key: key, from: &random)
    envelope.commitment = commitment
    let state = RecordKind.evidence.applying(envelope, content: content, to: nil)
    let draft = Draft(
      log: .regulatory, record: id, version: 1, entry: try envelope.entry(), content: box,
      state: try Sealed.state(state, key: key), key: try workspace.keys.wrap(key))
    _ = try await workspace.store.append([draft], idempotencyKey: nil)
    return id
  }
}
