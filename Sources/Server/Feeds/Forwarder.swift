internal import Ground
internal import Outbound
internal import Workspace

/// Hands the access journal on to another system, in order; its place in the journal moves on when the other side took it.
struct Forwarder: Sendable {
  /// Most entries at once.
  static let most = 200

  typealias Send = @Sendable ([AccessEvent], String) async throws(Problem) -> Void

  let workspace: OpenWorkspace
  let send: Send

  /// As configured; nil where nothing is to be forwarded.
  ///
  /// - Throws: `server.missing-setting`, `server.no-secret-file`, `outbound.bad-address`.
  static func configured(
    _ workspace: OpenWorkspace, _ configuration: Configuration
  ) throws(Problem) -> Forwarder? {
    let allowsPrivate = configuration.isOn("forwarding.allow_private")
    let trust = configuration.text("forwarding.trust")
    switch configuration.text("forwarding.to") {
    case "ocsf":
      let address = try WebAddress(
        try configuration.needed("forwarding.url", because: "events are posted there"))
      let token = try configuration.secret("forwarding.token")
      let courier = Courier(Courier.Limits(allowsPrivate: allowsPrivate, trust: trust))
      return Forwarder(workspace: workspace) { (events, origin) async throws(Problem) in
        try await post(events, origin, address, token, courier)
      }
    case "syslog":
      let sender = SyslogSender(
        host: try configuration.needed("forwarding.host", because: "lines are sent there"),
        port: configuration.number("forwarding.port"), trust: trust,
        allowsPrivate: allowsPrivate)
      return Forwarder(workspace: workspace) { (events, origin) async throws(Problem) in
        try await sender.send(events.map { AuditLines.syslog($0, origin: origin) })
      }
    default: return nil
    }
  }

  private static func post(
    _ events: [AccessEvent], _ origin: String, _ address: WebAddress, _ token: String?,
    _ courier: Courier
  ) async throws(Problem) {
    var fields = [("content-type", "application/json"), ("user-agent", "Systemic")]
    if let token { fields.append(("authorization", "Bearer " + token)) }
    let body = JSON.array(events.map { AuditLines.ocsf($0, origin: origin) })
    let answer = try await courier.send(
      OutboundRequest(
        .post, address, fields: fields.map { (name: $0.0, value: $0.1) }, body: body.compactBytes))
    guard answer.isDone else {
      throw Problem(
        "server.not-forwarded",
        what: "the receiver of the access journal answered \(answer.status)",
        why: "entries that were not taken are sent again",
        mend: "look at the receiver's log, and at the section forwarding of the configuration")
    }
  }

  /// One round; gives whether more is waiting.
  ///
  /// - Throws: `outbound.*`, `server.not-forwarded`, `store.*`.
  func round() async throws(Problem) -> Bool {
    let program = workspace.acting(as: .system)
    let (receiver, outbox) = try await program.forwarding()
    let now = workspace.surroundings.now()
    if let due = outbox.due, now < due { return false }
    let events = try await program.accessEvents(from: outbox.cursor, limit: Forwarder.most)
    guard let last = events.last else { return false }
    do {
      try await send(events, workspace.description.origin)
    } catch {
      let attempts = min(outbox.attempts + 1, 8)
      let due = Retry.next(after: attempts, now: now, key: "forwarding")
      try await program.settle(receiver) {
        $0.attempts = attempts
        $0.due = due
      }
      throw error
    }
    try await program.settle(receiver) {
      $0.cursor = last.index + 1
      $0.attempts = 0
      $0.due = nil
    }
    return events.count == Forwarder.most
  }
}
