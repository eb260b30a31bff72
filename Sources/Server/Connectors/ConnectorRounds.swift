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

  /// Connectors that are told at once; the others wait for their turn.
  static let mostAtOnce = 16
  /// Seconds after which a connector gives its turn to others; it goes on where it stopped.
  static let turnSeconds = 60

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

  /// Goes on until its task is cancelled: every connector has turns of its own, so that one that is slow holds up nobody.
  ///
  /// - Parameter told: takes what went wrong here, and nil after a turn without it.
  public func run(telling told: @escaping @Sendable (Problem?) -> Void) async {
    await withTaskGroup(of: RecordID?.self) { group in
      var busy: Set<RecordID> = []
      // Whose last turn is longest ago goes first, where there are more than go at once.
      var turns: [RecordID: Int] = [:]
      var count = 0
      group.addTask { await ConnectorRounds.second() }
      for await finished in group {
        if let finished { busy.remove(finished) }
        guard finished == nil, !Task.isCancelled else { continue }
        var all: [Connector] = []
        do throws(Problem) { all = try await workspace.toldConnectors() } catch { told(error) }
        let next = all.filter { !busy.contains($0.id) }
          .sorted { (turns[$0.id] ?? 0) < (turns[$1.id] ?? 0) }
        for connector in next.prefix(ConnectorRounds.mostAtOnce - busy.count) {
          busy.insert(connector.id)
          count += 1
          turns[connector.id] = count
          group.addTask {
            do throws(Problem) {
              _ = try await turn(connector)
              told(nil)
            } catch { told(error) }
            return connector.id
          }
        }
        group.addTask { await ConnectorRounds.second() }
      }
    }
  }

  private static func second() async -> RecordID? {
    try? await Task.sleep(for: .seconds(1))
    return nil
  }

  /// One turn of every connector, all at once.
  ///
  /// - Returns: whether something may be left to do at once.
  /// - Throws: `store.*`, `sealing.*`.
  @discardableResult
  public func round() async throws(Problem) -> Bool {
    let connectors = try await workspace.toldConnectors()
    let results = await withTaskGroup(of: Result<Bool, Problem>.self) { group in
      for connector in connectors {
        group.addTask {
          do throws(Problem) { return .success(try await turn(connector)) } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var isMore = false
    for result in results where try result.get() { isMore = true }
    return isMore
  }

  /// A turn of one connector: what is new is told, and what changed there is looked at when its time has come.
  ///
  /// - Returns: whether something may be left to do at once.
  private func turn(_ connector: Connector) async throws(Problem) -> Bool {
    let now = workspace.surroundings.now()
    let outbox = try await workspace.outbox(of: connector.id)
    if let due = outbox.due, now < due { return false }
    do throws(Setback) {
      let isMore = try await tell(connector, from: outbox)
      if !isMore {
        try await reconcileIfDue(connector, now)
        if outbox.attempts > 0 { try await recovered(connector) }
      }
      return isMore
    } catch {
      try await pause(connector, error)
      return false
    }
  }

  /// Compares every ticket that changed there since the last time, and every one of ours that is not settled.
  ///
  /// - Returns: how many tickets were compared.
  /// - Throws: `server.connector-refused`, `workspace.unknown-record`, `store.*`.
  public func reconcile(_ id: RecordID) async throws(Problem) -> Int {
    let connector = try await workspace.connector(id)
    do throws(Setback) {
      return try await reconcile(connector, ["waiting", "conflict", "refused", "gone"])
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
      connector, try await workspace.told(incident, to: connector, base: base), ask)
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
    let end = workspace.surroundings.now().seconds + ConnectorRounds.turnSeconds
    for incident in changed.incidents {
      guard workspace.surroundings.now().seconds < end, !Task.isCancelled else {
        // Whatever stands before it was told.
        try await passed(connector, to: incident.index)
        return true
      }
      guard try await settle(incident.id, connector) else { return false }
    }
    let isWorthNoting =
      !changed.incidents.isEmpty
      || changed.next - outbox.cursor >= WebhookSender.mostPassedOver / 4
    if isWorthNoting { try await passed(connector, to: changed.next) }
    return changed.isMore
  }

  /// Notes up to which entry a connector was told.
  private func passed(_ connector: Connector, to cursor: Int) async throws(Setback) {
    try await kept { () async throws(Problem) in
      try await workspace.settle(connector.id) { $0.cursor = cursor }
    }
  }

  /// Notes that a whole turn went well, comparison included: what went wrong before counts no more.
  private func recovered(_ connector: Connector) async throws(Setback) {
    try await kept { () async throws(Problem) in
      try await workspace.settle(connector.id) {
        $0.attempts = 0
        $0.due = nil
      }
    }
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
}
