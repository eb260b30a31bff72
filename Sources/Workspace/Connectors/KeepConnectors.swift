public import Duties
public import Ground
internal import Sealing

extension OpenWorkspace {
  /// Registers a connector: it is told of incidents from now on.
  ///
  /// - Returns: its record, and the secret by which messages from it are known, shown once.
  /// - Throws: `workspace.bad-mapping`, `workspace.incomplete-connector`, `workspace.not-allowed`.
  public func addConnector(
    _ connector: NewConnector
  ) async throws(Problem) -> (state: RecordState, secret: String) {
    try await authorise(.write(.connector))
    let secret = WebhookSecret()
    let set =
      try fields(of: connector) + [
        ("system", .string(connector.system.rawValue)), ("signing", .string(secret.text)),
        ("token", JSON(connector.token)),
      ]
    if connector.system.needsToken, connector.token == nil {
      throw OpenWorkspace.incomplete("a token", "it would be refused there", "--token-file FILE")
    }
    let state = try await record(.composed(.connector, nil, change("connector-made", set)))
    let size = try await store.head(.regulatory).size
    _ = try await acting(as: .system).record(
      RecordCommand(
        .outbox, OpenWorkspace.outboxID(of: state.id),
        change(
          "outbox-begun", [("receiver", .string(state.id.text)), ("cursor", .int(size))])))
    return (state.shown, secret.text)
  }

  /// Changes where a connector leads and what it tells; the system stays, and the token unless it leads to another host.
  ///
  /// - Parameter connector: What it is from now on; without an address it leads where it led.
  /// - Throws: as `addConnector`, `workspace.unknown-record`.
  public func changeConnector(
    _ id: RecordID, _ connector: NewConnector
  ) async throws(Problem) {
    try await authorise(.write(.connector), id)
    let before = try await self.connector(id)
    var connector = connector
    if connector.url.isEmpty { connector.url = before.url }
    guard before.system == connector.system else {
      throw Problem(
        "workspace.incomplete-connector", what: "the system of a connector does not change",
        why: "its tickets are kept there", mend: "make another connector")
    }
    // A token is for those to whom it was given, and for nobody to whom the address leads now.
    if connector.token == nil, !before.token.isEmpty,
      OpenWorkspace.origin(connector.url) != OpenWorkspace.origin(before.url)
    {
      throw OpenWorkspace.incomplete(
        "a token for its new address", "the one that is kept was given for another host",
        "--token-file FILE")
    }
    var set = try fields(of: connector)
    if let token = connector.token { set.append(("token", .string(token))) }
    _ = try await record(.composed(.connector, id, change("connector-changed", set)))
  }

  /// Renews the secret by which messages from a connector are known; the one before is good no longer.
  ///
  /// - Returns: the secret, shown once.
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`.
  public func renewConnectorSecret(_ id: RecordID) async throws(Problem) -> String {
    try await authorise(.write(.connector), id)
    let secret = WebhookSecret()
    _ = try await record(
      .composed(
        .connector, id, change("connector-secret-renewed", [("signing", .string(secret.text))])))
    return secret.text
  }

  /// Switches a connector on, which goes on where it stopped, or off.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`.
  public func setConnector(
    _ id: RecordID, isOn: Bool, notice: String? = nil
  ) async throws(Problem) {
    try await authorise(.write(.connector), id)
    if isOn {
      try await settle(id) {
        $0.attempts = 0
        $0.due = nil
      }
    }
    _ = try await record(
      .composed(
        .connector, id,
        change(
          isOn ? "connector-enabled" : "connector-disabled",
          notice.map { [("notice", .string($0))] } ?? [])))
  }

  /// Ends a connector; its secrets are no longer kept with it, its tickets stay on the record.
  ///
  /// - Throws: `workspace.unknown-record`, `workspace.not-allowed`.
  public func removeConnector(_ id: RecordID) async throws(Problem) {
    try await authorise(.write(.connector), id)
    _ = try await record(
      .composed(
        .connector, id, change("connector-removed", [("signing", .null), ("token", .null)])))
  }

  /// The connectors that were not removed, by title, without their secrets.
  ///
  /// - Throws: `workspace.not-allowed`, `store.*`.
  public func connectors() async throws(Problem) -> [RecordState] {
    try await states(.connector).filter { $0.status != "removed" }
      .sorted { ($0.title, $0.id) < ($1.title, $1.id) }
  }

  /// A connector with its secrets.
  package func connector(_ id: RecordID) async throws(Problem) -> Connector {
    guard let state = try await programState(id), state.id.kind == RecordKind.connector.name,
      state.status != "removed"
    else {
      throw Problem(
        "workspace.unknown-record", what: "there is no \(id.text), or it was removed",
        why: "nothing is sent to it", mend: "list them with: systemic connector list")
    }
    return try Connector(state)
  }

  /// The connectors that are switched on and told of incidents, with their secrets: for the program that sends.
  package func toldConnectors() async throws(Problem) -> [Connector] {
    var connectors: [Connector] = []
    for state in try await everyState(.connector) where state.status == "on" {
      let connector = try Connector(state)
      if connector.system.isTold { connectors.append(connector) }
    }
    return connectors
  }

  func change(_ event: String, _ set: [(String, JSON)]) -> Change {
    Change(event, set: set, effective: .day(surroundings.today))
  }

  private func fields(of connector: NewConnector) throws(Problem) -> [(String, JSON)] {
    let system = connector.system
    _ = try FieldMap(connector.mapping, system, isFull: connector.isFull)
    if system.isTold, connector.url.isEmpty {
      throw OpenWorkspace.incomplete("an address", "nobody could be asked", "its address")
    }
    switch system {
    case .jiraCloud, .jiraDataCenter:
      guard connector.project != nil, connector.type != nil else {
        throw OpenWorkspace.incomplete(
          "a project and a type", "each ticket has both", "--project KEY --type NAME")
      }
    case .serviceNow:
      // What stands behind these would not be bound to what began lately.
      guard ["^NQ", "^EQ"].allSatisfy({ connector.project?.contains($0) != true }) else {
        throw Problem(
          "workspace.incomplete-connector", what: "the query of new records ends before its end",
          why: "it would find every record, however old",
          mend: "write it without ^NQ and ^EQ")
      }
    case .pagerDuty, .opsgenie, .slack, .standard: break
    }
    if system == .jiraCloud, connector.account == nil {
      throw OpenWorkspace.incomplete(
        "an account", "it signs in with an address of mail and a token", "--account ADDRESS")
    }
    return [
      ("title", .string(connector.title)),
      ("url", connector.url.isEmpty ? .null : .string(connector.url)),
      ("account", JSON(connector.account)), ("project", JSON(connector.project)),
      ("type", JSON(connector.type ?? (system == .serviceNow ? "incident" : nil))),
      ("texts", .string(connector.isFull ? "full" : "neutral")),
      ("takes_in", .bool(connector.takesIn)), ("mapping", connector.mapping ?? .null),
    ]
  }

  /// Scheme, host and port, as they are written.
  private static func origin(_ url: String) -> String {
    let host = url.firstRange(of: "://")?.upperBound ?? url.startIndex
    let end = url[host...].firstIndex { "/?#".contains($0) } ?? url.endIndex
    return url[..<end].lowercased()
  }

  private static func incomplete(_ what: String, _ why: String, _ mend: String) -> Problem {
    Problem(
      "workspace.incomplete-connector", what: "the connector has not \(what)", why: why,
      mend: "give it: \(mend)")
  }
}
