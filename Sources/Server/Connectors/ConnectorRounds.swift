public import Duties
public import Ground
internal import Outbound
public import Workspace

/// Tells other systems of incidents, in the order of the journal, and hears what changed there.
///
/// The journal is the outbox: a connector has a place in it, which moves on when the ticket of each incident before it was
/// settled, so that nothing is lost while the other side or this program is down. Making a ticket is written down before it
/// is sent, and whoever goes on after a lost answer looks for the ticket under its correlation first.
public struct ConnectorRounds: Sendable {
  let workspace: OpenWorkspace
  let base: String
  /// Seconds between two comparisons with each ticket system.
  let reconcileSeconds: Int
  let ask: ConnectorLine.Ask

  /// Rounds over a workspace.
  public init(_ workspace: OpenWorkspace, _ configuration: Configuration) {
    let courier = Courier(
      Courier.Limits(
        seconds: configuration.number("connectors.seconds"), mostBytes: 8 << 20,
        allowsPrivate: configuration.isOn("connectors.allow_private"),
        trust: configuration.text("connectors.trust")))
    self.init(
      workspace, base: configuration.text("address") ?? "",
      reconcileSeconds: configuration.number("connectors.reconcile_minutes") * 60
    ) { (request) async throws(Problem) in try await courier.send(request) }
  }

  init(
    _ workspace: OpenWorkspace, base: String, reconcileSeconds: Int = 900,
    ask: @escaping ConnectorLine.Ask
  ) {
    self.workspace = workspace.acting(as: .system)
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    self.reconcileSeconds = reconcileSeconds
    self.ask = ask
  }

  /// One round over every connector; one that is down does not hold the others.
  ///
  /// - Returns: whether something may be left to do at once.
  /// - Throws: `store.*`, `sealing.*`.
  @discardableResult
  public func round() async throws(Problem) -> Bool {
    var isMore = false
    let now = workspace.surroundings.now()
    for connector in try await workspace.toldConnectors() {
      let outbox = try await workspace.outbox(of: connector.id)
      if let due = outbox.due, now < due { continue }
      do throws(Setback) {
        if try await tell(connector, from: outbox) { isMore = true }
        try await reconcileIfDue(connector, now)
      } catch {
        try await pause(connector, error)
      }
    }
    return isMore
  }

  /// Compares every ticket that changed there since the last time, and every one of ours that is not settled.
  ///
  /// - Returns: how many tickets were compared.
  /// - Throws: `server.connector-refused`, `workspace.unknown-record`, `store.*`.
  public func reconcile(_ id: RecordID) async throws(Problem) -> Int {
    let connector = try await workspace.connector(id)
    do throws(Setback) {
      return try await reconcile(connector, ["waiting", "conflict", "refused"])
    } catch { throw error.problem }
  }

  /// Sends the ticket of an incident now, or compares it.
  ///
  /// - Throws: `server.connector-refused`, `workspace.unknown-record`, `store.*`.
  public func sync(_ incident: RecordID, in id: RecordID) async throws(Problem) {
    let connector = try await workspace.connector(id)
    do throws(Setback) { _ = try await settle(incident, connector) } catch { throw error.problem }
  }

  /// Tells what a person chose at once; where that does not come about, the next comparison does.
  public func follow(_ choice: RecordID) async {
    guard let state = try? await workspace.needed(choice) else { return }
    let entry = TicketEntry(state)
    guard let incident = entry.incident, let connector = entry.connector else { return }
    try? await sync(incident, in: connector)
  }

  /// What would be sent for an incident.
  ///
  /// - Throws: `workspace.unknown-record`, `server.not-told`, `server.connector-refused`.
  public func dryRun(_ incident: RecordState, in id: RecordID) async throws(Problem) -> DryRun {
    let connector = try await workspace.connector(id)
    return try await DryRun.of(
      connector, Ticket(incident, isFull: connector.isFull, base: base), ask)
  }
}

extension ConnectorRounds {
  /// Runs what belongs to the workspace, whose problems stop the round.
  func kept<Result>(
    _ body: () async throws(Problem) -> Result
  ) async throws(Setback) -> Result {
    do throws(Problem) { return try await body() } catch {
      throw Setback(.later(nil), error.code, error.what)
    }
  }

  private func tell(_ connector: Connector, from outbox: Outbox) async throws(Setback) -> Bool {
    let changed = try await kept { () async throws(Problem) in
      try await workspace.changedIncidents(from: outbox.cursor)
    }
    for incident in changed.incidents {
      guard try await settle(incident, connector) else { return false }
    }
    let isWorthNoting =
      !changed.incidents.isEmpty || outbox.attempts > 0
      || changed.next - outbox.cursor >= WebhookSender.mostPassedOver / 4
    if isWorthNoting {
      try await kept { () async throws(Problem) in
        try await workspace.settle(connector.id) {
          $0.cursor = changed.next
          $0.attempts = 0
          $0.due = nil
        }
      }
    }
    return changed.isMore
  }

  /// The other side asked for time, or is not there: everything for it waits, longer each time.
  private func pause(_ connector: Connector, _ setback: Setback) async throws(Problem) {
    let now = workspace.surroundings.now()
    var asked: String?
    if case .later(let text) = setback.course { asked = text }
    var due: Instant?
    var attempts = 0
    try await workspace.settle(connector.id) { outbox in
      attempts = outbox.attempts + 1
      due = Retry.next(after: attempts, now: now, asked: asked, key: connector.id.text)
      outbox.attempts = attempts
      outbox.due = due
      outbox.deliveries.append(
        Delivery(
          message: "attempt \(attempts)", index: nil, type: connector.system.rawValue, at: now,
          result: setback.result, isDone: false))
    }
    guard due == nil else { return }
    try await workspace.setConnector(
      connector.id, isOn: false,
      notice: "\(attempts) attempts failed, the last with \(setback.result). "
        + "Switched on again, it goes on where it stopped.")
  }

  private func reconcileIfDue(_ connector: Connector, _ now: Instant) async throws(Setback) {
    guard connector.system.keepsTickets,
      connector.reconciled.map({ now.seconds - $0.seconds >= reconcileSeconds }) ?? true
    else { return }
    _ = try await reconcile(connector, ["waiting", "conflict"])
  }

  /// Minutes by which two comparisons overlap, for clocks that differ and indexes that lag.
  private static let overlapMinutes = 10

  /// - Parameter unsettled: The statuses of tickets that are looked at whatever the other side says.
  private func reconcile(
    _ connector: Connector, _ unsettled: Set<String>
  ) async throws(Setback) -> Int {
    guard let desk = connector.desk(ask) else { return 0 }
    let now = workspace.surroundings.now()
    let since = connector.reconciled ?? Instant(seconds: now.seconds - 86_400)
    let minutes = max(0, now.seconds - since.seconds) / 60 + ConnectorRounds.overlapMinutes
    var count = 0
    for found in try await desk.changes(minutes: minutes, now: now) {
      _ = try await kept { () async throws(Problem) in
        try await workspace.take(found, from: connector, base: base)
      }
      count += 1
    }
    let open = try await kept { () async throws(Problem) in
      try await workspace.tickets(of: connector.id).filter {
        unsettled.contains($0.state.status ?? "")
      }
    }
    for incident in open.compactMap(\.incident) {
      _ = try await settle(incident, connector)
      count += 1
    }
    try await kept { () async throws(Problem) in
      try await workspace.noteReconciled(connector.id, at: now)
    }
    return count
  }
}
