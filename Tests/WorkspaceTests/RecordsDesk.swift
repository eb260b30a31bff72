import Duties
import Foundation
import Ground
import Store
import Synchronization

@testable import Workspace

/// A workspace in a folder of its own, with a clock that tests set; every name in it is fictional.
final class RecordsDesk: Sendable {
  let workspace: OpenWorkspace
  private let root: String

  private final class Clock: Sendable {
    let moment = Mutex(Instant(seconds: 0))
  }
  private let clock = Clock()

  /// A workspace at 09:30 in Brussels on 20 November 2026, used by the local operator.
  init(provider: String = "Fictional Labs") async throws {
    root = FileManager.default.temporaryDirectory.path() + "/records-" + UUID().uuidString
    let folder = WorkspaceFolder(root)
    let clock = clock
    clock.moment.withLock { $0 = Instant("2026-11-20T08:30:00Z") ?? $0 }
    let now = { @Sendable in clock.moment.withLock { $0 } }
    let (description, keys) = try InitWorkspace.prepare(
      folder, origin: "records.example", now: now())
    workspace = OpenWorkspace(
      folder: folder, description: description,
      store: try SQLiteStore(path: folder.store, access: .write), keys: keys,
      surroundings: Surroundings(now: now, user: "tester"), who: .localOperator("tester"))
    _ = try await InitWorkspace.begin(workspace, provider: [("name", .string(provider))])
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Sets the clock to noon of a day.
  func turn(to day: String) {
    guard let noon = Instant(day + "T11:00:00Z") else { return }
    clock.moment.withLock { $0 = noon }
  }

  /// The workspace for somebody with roles, who was not asked for a secret.
  func acting(_ roles: Role..., id: String = "somebody", scope: Set<RecordID>? = nil)
    -> OpenWorkspace
  {
    workspace.acting(
      as: SignedIn(id: id, name: "\(id) (fictional)", roles: Set(roles), scope: scope))
  }

  /// A model with one fact.
  func model(
    _ name: String = "Aurora (fictional)", on day: String? = nil,
    _ confidentiality: Confidentiality? = nil
  ) async throws -> RecordState {
    try await workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string(name)), ("tokens", .string("15T"))],
          effective: RecordsDesk.day(day ?? "2026-11-20"), confidentiality: confidentiality)))
  }

  /// Something that happens to a model.
  func change(
    _ id: RecordID, _ event: String, on day: String, _ set: [(String, JSON)] = [],
    reason: String? = nil, corrects: Bool = false
  ) async throws -> RecordState {
    try await workspace.record(
      RecordCommand(
        .model, id,
        Change(
          event, set: set, effective: RecordsDesk.day(day), reason: reason, corrects: corrects)))
  }

  /// The envelopes of a log, oldest first.
  func entries(_ log: LogName) async throws -> [Envelope] {
    try await workspace.store.entries(log, from: 0, limit: 10_000).map {
      try Envelope(entry: $0.entry)
    }
  }

  /// What the access journal says: event, act, record, as one text each.
  func accessLog() async throws -> [String] {
    var lines: [(Int, String)] = []
    let places = Dictionary(
      uniqueKeysWithValues: try await entries(.access).enumerated().map { ($1.record, $0) })
    for state in try await workspace.everyState(.accessDecision) {
      let event = state.happened.keys.joined()
      let words = [event, state.text("act"), state.text("record"), state.text("why"), state.author]
      lines.append((places[state.id] ?? 0, words.compactMap { $0 }.joined(separator: " ")))
    }
    return lines.sorted { $0.0 < $1.0 }.map(\.1)
  }

  static func day(_ text: String) -> Effective {
    Effective(text) ?? .day(Day(sinceEpoch: 0))
  }

  /// The code of the problem that a body throws; nil when it throws none.
  static func code(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch { return (error as? Problem)?.code ?? "another error: \(error)" }
  }
}
