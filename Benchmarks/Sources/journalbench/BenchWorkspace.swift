import Duties
import Foundation
import Ground
import Store
import Workspace

/// A new workspace with a fictional provider, models and requests.
struct BenchWorkspace {
  let open: OpenWorkspace
  let store: SQLiteStore
  let models: [RecordID]

  /// Makes the folder as `systemic init` does, and models for the requests.
  init(_ path: String, models count: Int = 1) async throws {
    let folder = WorkspaceFolder(path)
    let now = { @Sendable in Instant(seconds: Int(Date().timeIntervalSince1970)) }
    let (description, keys) = try InitWorkspace.prepare(folder, origin: "bench.example", now: now())
    store = try SQLiteStore(path: folder.store, access: .write)
    open = OpenWorkspace(
      folder: folder, description: description, store: store, keys: keys,
      surroundings: Surroundings(now: now, user: "bench"), who: .localOperator("bench"))
    _ = try await InitWorkspace.begin(
      open, provider: [("name", .string("Fictional bench")), ("signatory", .bool(true))])
    let today = open.surroundings.today
    var models: [RecordID] = []
    for start in stride(from: 0, to: count, by: 2000) {
      models += try await open.record(
        (start..<min(start + 2000, count)).map { BenchWorkspace.registered($0, on: today) }
      ).map(\.id)
    }
    self.models = models
    for model in models { _ = try await open.record(placed(model)) }
  }

  /// A model that is surely general-purpose, so that what follows from its records is decided.
  private static func registered(_ number: Int, on today: Day) -> RecordCommand {
    RecordCommand(
      .model, nil,
      Change(
        "model-registered",
        set: [
          ("name", .string("Fictional model \(number)")), ("modality", JSON(["text", "code"])),
          ("published_flop", .string("3e25")), ("placed_on_market", .bool(true)),
          ("open_weights", .bool(false)), ("signatory", .bool(true)),
        ], effective: .day(today)))
  }

  private func placed(_ model: RecordID) -> RecordCommand {
    RecordCommand(
      .model, model,
      Change("placed-on-market", effective: .day(open.surroundings.today.adding(days: -100))))
  }

  /// Somebody downstream asks for something: an entry, its sealed content and a new record.
  func request(_ title: String, model number: Int = 0, daysAgo: Int = 0) -> RecordCommand {
    let model = models[number % models.count]
    return RecordCommand(
      .downstreamRequest, nil,
      Change(
        "request-received", set: [("model", .string(model.text)), ("title", .string(title))],
        effective: .day(open.surroundings.today.adding(days: -daysAgo))))
  }

  /// Records so many requests, many in each transaction.
  func add(_ count: Int, _ request: (Int) -> RecordCommand) async throws {
    for start in stride(from: 0, to: count, by: 2000) {
      _ = try await open.record((start..<min(start + 2000, count)).map(request))
    }
  }

  /// Signs the heads, as every command does, and closes the store.
  func close() async throws {
    _ = try await Checkpoints(open).publishAll()
    await store.close()
  }
}
