import Duties
import Foundation
import Ground
import Journal
import Sealing
import Store
import Workspace

// journalbench append FOLDER CALLERS SECONDS   durable appends through the full path: rows a second, p50, p99
// journalbench export FOLDER COUNT BYTES       an exported directory of so many entries
// journalbench fill FOLDER ENTRIES             a workspace with so many entries
// journalbench docket FOLDER RECORDS           a workspace with so many open records

@main
struct JournalBench {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4 else {
      print("usage: journalbench append|export|fill|docket FOLDER …")
      exit(64)
    }
    let folder = arguments[2]
    do {
      switch arguments[1] {
      case "append":
        try await append(
          folder, callers: Int(arguments[3]) ?? 1, seconds: Double(arguments[4]) ?? 5)
      case "export":
        try export(folder, count: Int(arguments[3]) ?? 1000, bytes: Int(arguments[4]) ?? 300)
      case "fill": try await fill(folder, entries: Int(arguments[3]) ?? 1000)
      case "docket": try await docket(folder, records: Int(arguments[3]) ?? 1000)
      default: exit(64)
      }
    } catch let problem as Problem {
      print(problem.terminal)
      exit(1)
    }
  }

  static func made(_ path: String) async throws -> OpenWorkspace {
    let folder = WorkspaceFolder(path)
    let now = { @Sendable in Instant(seconds: Int(Date().timeIntervalSince1970)) }
    let (description, keys) = try InitWorkspace.prepare(folder, origin: "bench.example", now: now())
    let store = try SQLiteStore(path: folder.store, access: .write)
    let workspace = OpenWorkspace(
      folder: folder, description: description, store: store, keys: keys,
      surroundings: Surroundings(now: now, user: "bench"), who: .localOperator("bench"))
    _ = try await InitWorkspace.begin(workspace, provider: [("name", .string("Fictional bench"))])
    return workspace
  }

  /// Each caller authorises, validates, seals, commits and waits until its entry is durable, again and again.
  ///
  /// What is appended: an event of a downstream request whose entry and content together have 512 bytes or more.
  static func append(_ path: String, callers: Int, seconds: Double) async throws {
    let workspace = try await made(path)
    let model = try await workspace.record(
      RecordCommand(
        .model, nil,
        Change(
          "model-registered", set: [("name", .string("Fictional model"))],
          effective: .day(workspace.surroundings.today))))
    let before = try await workspace.store.head(.regulatory).size
    let start = ProcessInfo.processInfo.systemUptime
    let end = start + seconds
    let times = try await withThrowingTaskGroup(of: [Double].self) { group in
      for caller in 0..<callers {
        group.addTask {
          var times: [Double] = []
          var number = 0
          while true {
            let now = ProcessInfo.processInfo.systemUptime
            guard now < end else { return times }
            number += 1
            let title = "request \(caller) \(number) " + String(repeating: "x", count: 120)
            _ = try await workspace.record(
              RecordCommand(
                .downstreamRequest, nil,
                Change(
                  "request-received",
                  set: [("model", .string(model.id.text)), ("title", .string(title))],
                  effective: .day(workspace.surroundings.today))))
            times.append(ProcessInfo.processInfo.systemUptime - now)
          }
        }
      }
      var all: [Double] = []
      for try await part in group { all += part }
      return all.sorted()
    }
    let spent = ProcessInfo.processInfo.systemUptime - start
    let rows = try await workspace.store.head(.regulatory).size - before
    let entry = try await workspace.store.entries(.regulatory, from: before, limit: 1)
    let bytes = (entry.first?.entry.count ?? 0) + (entry.first?.content?.count ?? 0)
    guard rows == times.count, !times.isEmpty else {
      print("error: \(times.count) appends were acknowledged, \(rows) rows are there")
      exit(1)
    }
    print(
      "{\"rows\":\(rows),\"rows_per_second\":\(Double(rows) / spent),\"p50_ms\":\(times[times.count / 2] * 1000),"
        + "\"p99_ms\":\(times[times.count * 99 / 100] * 1000),\"entry_and_content_bytes\":\(bytes)}"
    )
    await workspace.store.close()
  }

  static func export(_ path: String, count: Int, bytes: Int) throws {
    let seed = (0..<32).map { UInt8($0) }
    let signer = try NoteSigner(name: "bench.example/log", key: try SigningKey(seed: seed))
    var export = try DirectoryExport(folder: path, signer: signer)
    for number in 0..<count {
      var entry = Array("entry \(number) ".utf8)
      entry += (entry.count..<bytes).map { UInt8(truncatingIfNeeded: $0 &* number &+ 7) }
      try export.append(entry)
    }
    _ = try export.finish()
    print(signer.verifier.text)
  }

  /// Entries of the operational log, many at once: how long it takes to make them is not measured.
  static func fill(_ path: String, entries: Int) async throws {
    let workspace = try await made(path)
    let today = workspace.surroundings.today
    let model = try await workspace.record(
      RecordCommand(
        .model, nil,
        Change("model-registered", set: [("name", .string("Fictional"))], effective: .day(today))))
    var left = entries - 2
    while left > 0 {
      let part = min(left, 2000)
      _ = try await workspace.record(
        (0..<part).map { number in
          RecordCommand(
            .downstreamRequest, nil,
            Change(
              "request-received",
              set: [
                ("model", .string(model.id.text)), ("title", .string("request \(left - number)")),
              ],
              effective: .day(today)))
        })
      left -= part
    }
    _ = try await Checkpoints(workspace).publishAll()
    await workspace.store.close()
  }

  /// Open requests, evidence that expires and models: what a docket lists.
  static func docket(_ path: String, records: Int) async throws {
    let workspace = try await made(path)
    let today = workspace.surroundings.today
    let models = try await workspace.record(
      (0..<20).map { number in
        RecordCommand(
          .model, nil,
          Change(
            "model-registered",
            set: [("name", .string("Fictional model \(number)")), ("signatory", .bool(true))],
            effective: .day(today)))
      })
    var left = records - 20
    while left > 0 {
      let part = min(left, 1000)
      _ = try await workspace.record(
        (0..<part).map { number in
          let model = models[number % models.count].id.text
          let day = today.adding(days: -(number % 40))
          return RecordCommand(
            .downstreamRequest, nil,
            Change(
              "request-received",
              set: [("model", .string(model)), ("title", .string("request \(left - number)"))],
              effective: .day(day)))
        })
      left -= part
    }
    _ = try await Checkpoints(workspace).publishAll()
    await workspace.store.close()
  }
}
