internal import Ground
internal import Logging

/// Attempts to get past what holds people back, as the log of the server tells them: what was refused, where and to which
/// address; never what was sent.
///
/// Source: OWASP ASVS 5.0.0, 16.3.3.
enum Attempts {
  private static let codes: Set<String> = [
    "server.from-elsewhere", "server.held-up", "server.too-many",
    "server.too-many-reports", "server.bad-proof", "server.proof-used", "workspace.unknown-code",
    "server.too-large",
    "server.address-too-long", "server.too-slow", "server.broken-form", "server.broken-body",
    "server.bad-body", "server.bad-parameter", "server.wrong-type", "server.second-factor-due",
    "server.token-ended", "server.not-vouched", "workspace.not-allowed", "workspace.beyond-token",
    "workspace.not-proved", "workspace.not-signed-in", "workspace.wrong-code",
    "workspace.link-ended",
  ]

  /// Notes a refusal that may have been an attempt; what is only a slip in a form is not one.
  static func note(_ problem: Problem, at route: String, from address: String?, _ logger: Logger) {
    guard codes.contains(problem.code) else { return }
    var facts: Logger.Metadata = ["code": "\(problem.code)", "route": "\(route)"]
    if let address { facts["from"] = "\(address)" }
    logger.warning("refused", metadata: facts)
  }
}
