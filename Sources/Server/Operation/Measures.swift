internal import Synchronization

/// What the server counts of itself; no name, address or content is in it.
final class Measures: Sendable {
  /// Upper ends of the classes of durations, in milliseconds.
  static let classes = [1, 5, 10, 25, 50, 100, 250, 1000, 5000]

  struct Series: Sendable {
    var count = 0
    var microseconds = 0
    var atMost = [Int](repeating: 0, count: Measures.classes.count)
  }

  struct Key: Hashable, Sendable {
    let method: String
    let route: String
    let status: Int
  }

  private struct State {
    var requests: [Key: Series] = [:]
    var underWay = 0
    var counters: [String: Int] = [:]
  }

  private let state = Mutex(State())
  /// Most series; routes are few, so that this bounds a mistake.
  private static let mostSeries = 4000

  /// A request begins.
  func begin() { state.withLock { $0.underWay += 1 } }

  /// A request has been answered.
  func end(_ key: Key, _ duration: Duration) {
    let micro =
      Int(duration.components.seconds) * 1_000_000
      + Int(duration.components.attoseconds / 1_000_000_000_000)
    state.withLock { state in
      state.underWay -= 1
      guard state.requests.count < Measures.mostSeries || state.requests[key] != nil else { return }
      var series = state.requests[key] ?? Series()
      series.count += 1
      series.microseconds += micro
      for (index, end) in Measures.classes.enumerated() where micro <= end * 1000 {
        series.atMost[index] += 1
      }
      state.requests[key] = series
    }
  }

  /// Counts something else, such as deliveries.
  func count(_ name: String) { state.withLock { $0.counters[name, default: 0] += 1 } }

  /// The counts as text.
  ///
  /// Source: Prometheus text exposition format 0.0.4.
  func text(gauges: [(name: String, help: String, labels: String, value: Int)]) -> String {
    let (requests, underWay, counters) = state.withLock {
      ($0.requests, $0.underWay, $0.counters)
    }
    var lines = [
      "# HELP systemic_requests_under_way Requests being answered.",
      "# TYPE systemic_requests_under_way gauge", "systemic_requests_under_way \(underWay)",
      "# HELP systemic_request_duration_seconds How long requests took.",
      "# TYPE systemic_request_duration_seconds histogram",
    ]
    for (key, series) in requests.sorted(by: { Measures.name($0.key) < Measures.name($1.key) }) {
      let labels = Measures.name(key)
      for (index, end) in Measures.classes.enumerated() {
        lines.append(
          "systemic_request_duration_seconds_bucket{\(labels),le=\"\(Measures.seconds(end * 1000))\"} "
            + "\(series.atMost[index])")
      }
      lines.append(
        "systemic_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} \(series.count)")
      lines.append(
        "systemic_request_duration_seconds_sum{\(labels)} \(Measures.seconds(series.microseconds))")
      lines.append("systemic_request_duration_seconds_count{\(labels)} \(series.count)")
    }
    for (name, count) in counters.sorted(by: { $0.key < $1.key }) {
      lines += ["# TYPE systemic_\(name)_total counter", "systemic_\(name)_total \(count)"]
    }
    var told: Set<String> = []
    for gauge in gauges {
      if told.insert(gauge.name).inserted {
        lines += [
          "# HELP systemic_\(gauge.name) \(gauge.help)", "# TYPE systemic_\(gauge.name) gauge",
        ]
      }
      lines.append(
        "systemic_\(gauge.name)\(gauge.labels.isEmpty ? "" : "{\(gauge.labels)}") \(gauge.value)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func name(_ key: Key) -> String {
    "method=\"\(key.method)\",route=\"\(key.route)\",status=\"\(key.status)\""
  }

  /// Microseconds as seconds, exactly.
  private static func seconds(_ micro: Int) -> String {
    let rest = String(micro % 1_000_000)
    let digits = String(repeating: "0", count: 6 - rest.count) + rest
    let short = digits.reversed().drop { $0 == "0" }.reversed()
    return "\(micro / 1_000_000)" + (short.isEmpty ? "" : "." + String(short))
  }
}
