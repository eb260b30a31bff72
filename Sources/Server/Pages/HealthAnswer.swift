internal import Ground
internal import Journal
internal import Sealing
internal import Workspace

/// Whether the server lives, whether it can work, and what it counts.
enum HealthAnswer {
  static func endpoints(_ desk: Desk) -> [Endpoint] {
    let readiness = Readiness(workspace: desk.workspace, configuration: desk.configuration)
    return [
      .get("/healthz", for: .everybody) { _ in
        Reply(.text("ok\n", type: "text/plain; charset=utf-8"))
      },
      .get("/readyz", for: .everybody) { _ in
        let obstacles = await readiness.obstacles()
        return Reply(
          status: obstacles.isEmpty ? 200 : 503,
          .text(
            obstacles.isEmpty ? "ready\n" : obstacles.joined(separator: "\n") + "\n",
            type: "text/plain; charset=utf-8"))
      },
      .get("/metrics", for: .everybody) { visit in
        guard try mayMeasure(visit.address, visit.bearer, desk.configuration) else { throw refused }
        return Reply(
          .text(
            desk.measures.text(gauges: try await gauges(desk.workspace)),
            type: "text/plain; version=0.0.4; charset=utf-8"))
      },
    ]
  }

  /// Whether it is this machine, or shows the token; behind a proxy every request comes from this machine.
  static func mayMeasure(
    _ address: String, _ bearer: String?, _ configuration: Configuration
  ) throws(Problem) -> Bool {
    if let token = try configuration.secret("metrics.token") {
      return Commitment.isEqual(Array((bearer ?? "").utf8), Array(token.utf8))
    }
    return !configuration.isOn("behind_proxy") && ["127.0.0.1", "::1"].contains(address)
  }

  private static let refused = Problem(
    "server.not-for-you", what: "the measures are not for everybody",
    why: "they tell how much is going on here",
    mend: "read them from this machine, or set metrics.token_file and send it as bearer")

  private static func gauges(
    _ workspace: OpenWorkspace
  ) async throws(Problem) -> [(name: String, help: String, labels: String, value: Int)] {
    var gauges: [(name: String, help: String, labels: String, value: Int)] = []
    for log in LogName.allCases {
      gauges.append(
        (
          "journal_entries", "Entries of a log.", "log=\"\(log.rawValue)\"",
          try await workspace.store.head(log).size
        ))
    }
    for log in LogName.allCases {
      let signed = try await Checkpoints(workspace).newest(log)?.checkpoint.size ?? 0
      gauges.append(
        (
          "journal_signed_entries", "Entries under a signed head.", "log=\"\(log.rawValue)\"",
          signed
        ))
    }
    if let free = Readiness.freeMegabytes(workspace.folder.path) {
      gauges.append(("disk_free_megabytes", "Free space for the workspace.", "", free))
    }
    return gauges
  }
}
