internal import Ground
internal import Workspace

/// Whether the server lives, and whether it can read and write.
enum HealthAnswer {
  static func endpoints(_ workspace: OpenWorkspace) -> [Endpoint] {
    [
      .get("/healthz", for: .everybody) { _ in
        Reply(.text("ok\n", type: "text/plain; charset=utf-8"))
      },
      .get("/readyz", for: .everybody) { _ in
        do {
          for log in LogName.allCases { _ = try await workspace.store.head(log) }
          return Reply(.text("ready\n", type: "text/plain; charset=utf-8"))
        } catch {
          return Reply(status: 503, .text("the store cannot be read\n", type: "text/plain"))
        }
      },
    ]
  }
}
