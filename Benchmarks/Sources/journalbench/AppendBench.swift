import Foundation
import Ground
import Workspace

/// Callers who each authorise, validate, seal, commit and wait until the entry is durable, again and again.
struct AppendBench {
  let callers: Int
  let seconds: Int
  /// Bytes of an entry with its sealed content; the sealed state and the key of its record come on top.
  static let rowBytes = 512

  /// Appends on top of so many entries, which are not measured.
  func run(in folder: String, after entries: Int) async throws -> AppendFigures {
    let bench = try await BenchWorkspace(folder)
    try await bench.add(entries) { bench.request("earlier \($0)") }
    let title = try await fittingTitle(bench)
    let before = try await bench.store.head(.regulatory).size
    let commits = bench.store.commitCount
    let start = ContinuousClock.now
    let times = try await measured(bench, title, until: start + .seconds(seconds))
    let spent = start.duration(to: .now)
    let rows = try await bench.store.head(.regulatory).size - before
    guard rows == times.count, rows > 0,
      let last = try await bench.store.entries(.regulatory, from: before + rows - 1, limit: 1).first
    else {
      throw Problem(
        "bench.lost", what: "\(times.count) appends were acknowledged, \(rows) rows are there",
        why: "what is acknowledged must be there", mend: "do not trust this build")
    }
    let figures = AppendFigures(
      rows: rows, rowsPerSecond: Double(rows) / (spent / .seconds(1)),
      p50: times[rows / 2] / .milliseconds(1), p99: times[rows * 99 / 100] / .milliseconds(1),
      commits: bench.store.commitCount - commits, entryBytes: last.entry.count,
      contentBytes: last.content?.count ?? 0,
      stateBytes: try await bench.store.record(last.record)?.state?.count ?? 0)
    try await bench.close()
    return figures
  }

  /// Sorted times of all appends.
  private func measured(
    _ bench: BenchWorkspace, _ title: String, until end: ContinuousClock.Instant
  ) async throws -> [Duration] {
    try await withThrowingTaskGroup(of: [Duration].self) { group in
      for _ in 0..<callers {
        group.addTask {
          var times: [Duration] = []
          while true {
            let start = ContinuousClock.now
            guard start < end else { return times }
            _ = try await bench.open.record(bench.request(title))
            times.append(start.duration(to: .now))
          }
        }
      }
      var all: [Duration] = []
      for try await part in group { all += part }
      return all.sorted()
    }
  }

  /// A title with which entry and sealed content together have the wanted size.
  private func fittingTitle(_ bench: BenchWorkspace) async throws -> String {
    _ = try await bench.open.record(bench.request("x"))
    let size = try await bench.store.head(.regulatory).size
    let entries = try await bench.store.entries(.regulatory, from: size - 1, limit: 1)
    let bytes = entries.reduce(0) { $0 + $1.entry.count + ($1.content?.count ?? 0) }
    return String(repeating: "x", count: max(1, AppendBench.rowBytes - bytes + 1))
  }
}
