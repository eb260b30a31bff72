internal import Duties
internal import Ground
internal import Sealing
internal import Workspace

/// Whether a message comes from the system that a connector leads to: each signs in the way that it can.
///
/// Source: Standard Webhooks 1.0; Jira, webhooks with a secret (`X-Hub-Signature`); RFC 2104.
enum HookSignature {
  /// Seconds by which the clocks of both sides may differ.
  static let tolerance = 300

  /// Refuses whatever is not signed with the secret of the connector.
  ///
  /// - Parameter fields: The header fields, their names in lower case.
  /// - Throws: `server.not-signed`.
  static func check(
    _ connector: Connector, _ fields: [String: String], _ body: [UInt8], now: Instant
  ) throws(Problem) {
    guard let secret = connector.secret, connector.isOn, connector.system.tells else {
      throw refusal
    }
    let isOurs =
      switch connector.system {
      case .jiraCloud, .jiraDataCenter: hub(secret, fields, body)
      case .serviceNow: timed(secret, fields, body, now)
      case .standard, .pagerDuty, .opsgenie, .slack: standard(secret, fields, body, now)
      }
    guard isOurs else { throw refusal }
  }

  private static func standard(
    _ secret: WebhookSecret, _ fields: [String: String], _ body: [UInt8], _ now: Instant
  ) -> Bool {
    guard let id = fields["webhook-id"], let text = fields["webhook-timestamp"],
      let seconds = fresh(text, now), let said = fields["webhook-signature"]
    else { return false }
    let wanted = Array(secret.signature(id: id, timestamp: seconds, body: body).utf8)
    return said.split(separator: " ").contains { Commitment.isEqual(Array($0.utf8), wanted) }
  }

  /// `sha256=` and the HMAC of the body in hexadecimal.
  private static func hub(
    _ secret: WebhookSecret, _ fields: [String: String], _ body: [UInt8]
  ) -> Bool {
    let value = Commitment.value(content: body, salt: Array(secret.text.utf8))
    let wanted = Array(("sha256=" + Hex.text(value)).utf8)
    return Commitment.isEqual(Array((fields["x-hub-signature"] ?? "").utf8), wanted)
  }

  /// The HMAC of `timestamp.body` in Base64, which a business rule can compute.
  private static func timed(
    _ secret: WebhookSecret, _ fields: [String: String], _ body: [UInt8], _ now: Instant
  ) -> Bool {
    guard let text = fields["x-systemic-timestamp"], fresh(text, now) != nil else { return false }
    let value = Commitment.value(
      content: Array("\(text).".utf8) + body, salt: Array(secret.text.utf8))
    let wanted = Array(Base64.text(value).utf8)
    return Commitment.isEqual(Array((fields["x-systemic-signature"] ?? "").utf8), wanted)
  }

  private static func fresh(_ text: String, _ now: Instant) -> Int? {
    guard text.utf8.count <= 12, let seconds = Int(text),
      abs(now.seconds - seconds) <= tolerance
    else { return nil }
    return seconds
  }

  /// The same for a connector that is not there: strangers learn nothing.
  static let refusal = Problem(
    "server.not-signed", what: "the message is not signed by a connector of this workspace",
    why: "its secret, its clock or its address is another one",
    mend: "compare the secret and the time of both sides")
}
