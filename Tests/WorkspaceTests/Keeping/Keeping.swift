import Duties
import Foundation
import Ground
import Sealing
import Store
import Synchronization

@testable import Workspace

/// A workspace in a folder of its own, with a clock that tests set.
final class Keeping: Sendable {
  /// A clock that stands still until it is set.
  final class Clock: Sendable {
    private let moment: Mutex<Instant>

    init(_ moment: Instant) { self.moment = Mutex(moment) }

    var now: Instant {
      get { moment.withLock { $0 } }
      set { moment.withLock { $0 = newValue } }
    }
  }

  /// Where the test may write.
  let root: String
  let folder: WorkspaceFolder
  let clock: Clock
  let workspace: OpenWorkspace

  /// Noon of a day in 2026, and of one when every period from then has ended.
  static let year2026 = Instant("2026-11-20T12:00:00Z") ?? Instant(seconds: 0)
  static let year2045 = Instant("2045-01-03T12:00:00Z") ?? Instant(seconds: 0)

  static let counsel = SignedIn(id: "counsel", name: "Counsel (fictional)", roles: [.counsel])
  static let compliance = SignedIn(
    id: "compliance", name: "Compliance (fictional)", roles: [.compliance])

  static let open: OpenStore = { path, forWriting throws(Problem) in
    try SQLiteStore(path: path, access: forWriting ? .write : .readOnly)
  }

  /// Makes a workspace; another store may stand before the real one.
  init(
    origin: String = "keeping.example", in given: String? = nil,
    _ wrapped: (any RecordStore) -> any RecordStore = { $0 }
  ) async throws {
    root = try Keeping.newFolder()
    folder = WorkspaceFolder((given ?? root) + "/records")
    let clock = Clock(Keeping.year2026)
    self.clock = clock
    let (description, keys) = try InitWorkspace.prepare(
      folder, origin: origin, now: clock.now)
    workspace = OpenWorkspace(
      folder: folder, description: description,
      store: wrapped(try SQLiteStore(path: folder.store, access: .write)), keys: keys,
      surroundings: Surroundings(now: { clock.now }, user: "tester"),
      who: .localOperator("tester"))
    _ = try await InitWorkspace.begin(workspace, provider: [("name", .string("Fictional Labs"))])
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  static func newFolder() throws -> String {
    let path = FileManager.default.temporaryDirectory.path() + "/keeping-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Opens a workspace that lies somewhere, at this workspace's time.
  func opened(_ path: String, as who: SignedIn = .localOperator("tester")) throws -> OpenWorkspace {
    let (folder, clock) = (WorkspaceFolder(path), clock)
    return OpenWorkspace(
      folder: folder, description: try WorkspaceDescription(folder),
      store: try SQLiteStore(path: folder.store, access: .write), keys: try KeyRing(folder),
      surroundings: Surroundings(now: { clock.now }, user: "tester"), who: who)
  }

  /// A file with these bytes.
  func file(_ bytes: some Sequence<UInt8>, _ name: String = "file.bin") throws -> String {
    let path = root + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  /// Adds a file as evidence.
  func evidence(
    _ bytes: some Sequence<UInt8>, _ title: String = "A report",
    _ fields: [(String, JSON)] = []
  ) async throws -> RecordState {
    var evidence = NewEvidence(file: try file(bytes), title: title)
    evidence.fields = fields
    return try await workspace.addEvidence(evidence).state
  }

  /// A model that was placed on the market on a day.
  func model(_ name: String = "Aurora (fictional)", placed day: String?) async throws -> RecordState
  {
    let model = try await workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string(name))],
          effective: .day(workspace.surroundings.today))))
    guard let day, let day = Day(iso: day) else { return model }
    return try await workspace.record(
      RecordCommand(.model, model.id, Change("placed-on-market", effective: .day(day))))
  }

  /// A person, who is no record that any rule keeps.
  func person(_ name: String) async throws -> RecordState {
    try await workspace.addPerson(
      NewPerson(
        name: name, displayName: "\(name) of the fictional ones", roles: [.safety], secret: .token)
    ).state
  }

  /// Asks for an erasure and has counsel do it.
  @discardableResult
  func erase(
    _ records: [RecordID], reaching: (ErasureStep) throws(Problem) -> Void = { _ in }
  ) async throws(Problem) -> ErasureReport {
    let (request, _) = try await workspace.requestErasure(
      of: records, reason: "no longer needed", basis: "GDPR Art. 17(1)(a)")
    return try await workspace.acting(as: Keeping.counsel)
      .approveErasure(request.id, reaching: reaching)
  }

  /// The unwrapped and the wrapped key of a record.
  func keys(of record: RecordID) async throws -> (plain: [UInt8], wrapped: [UInt8]) {
    guard let key = try await workspace.store.record(record)?.key else { return ([], []) }
    return (try workspace.keys.unwrap(key).bytes, key.bytes)
  }

  /// The files below a folder that hold these bytes.
  static func files(_ path: String, holding bytes: [UInt8]) -> [String] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      guard let data = FileManager.default.contents(atPath: path + "/" + name) else { return false }
      return data.range(of: Data(bytes)) != nil
    }
  }

  /// A copy of a folder as it is now.
  static func copy(_ path: String, to target: String) throws(Problem) {
    do { try FileManager.default.copyItem(atPath: path, toPath: target) } catch {
      throw Problem("test.not-copied", what: "\(error)")
    }
  }
}

/// The code of the problem that a body throws; nil when it throws none.
func code(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch {
    return (error as? Problem)?.code ?? "\(error)"
  }
}
