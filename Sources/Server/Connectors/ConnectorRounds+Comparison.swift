internal import Duties
internal import Ground
internal import Workspace

extension ConnectorRounds {
  /// Compares when the time for it has come.
  func reconcileIfDue(_ connector: Connector, _ now: Instant) async throws(Setback) {
    guard connector.system.keepsTickets,
      connector.reconciled.map({ now.seconds - $0.seconds >= reconcileSeconds }) ?? true
    else { return }
    _ = try await reconcile(connector, ["waiting", "conflict"])
  }

  /// Days for which a ticket that was not found is looked for with every comparison: a permission may come back.
  private static let daysOfSearch = 30
  /// Minutes by which two comparisons overlap, for clocks that differ and indexes that lag.
  private static let overlapMinutes = 10

  /// Takes what changed and what began there since the last time, and looks at every ticket of ours that is not settled.
  ///
  /// - Parameter unsettled: The statuses of tickets that are looked at whatever the other side says.
  func reconcile(
    _ connector: Connector, _ unsettled: Set<String>
  ) async throws(Setback) -> Int {
    guard let desk = connector.desk(ask) else { return 0 }
    let now = workspace.surroundings.now()
    var count = try await takeNews(connector, desk, now)
    let lately = now.seconds - ConnectorRounds.daysOfSearch * 86_400
    let open = try await kept { () async throws(Problem) in
      try await workspace.tickets(of: connector.id).filter {
        unsettled.contains($0.state.status ?? "")
          || ($0.isGone && $0.state.changed.seconds > lately)
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

  /// Takes what changed there and what began there since the last time.
  private func takeNews(
    _ connector: Connector, _ desk: any TicketDesk, _ now: Instant
  ) async throws(Setback) -> Int {
    // What was there before it was made is nothing of its own.
    let since = connector.reconciled ?? connector.made
    let overlap = connector.reconciled == nil ? 1 : ConnectorRounds.overlapMinutes
    let minutes = max(0, now.seconds - since.seconds) / 60 + overlap
    var found = try await desk.changes(minutes: minutes, now: now)
    if connector.takesIn {
      for var ticket in try await desk.begun(minutes: minutes, now: now) {
        ticket.isNew = true
        found.append(ticket)
      }
    }
    var count = 0
    for found in found {
      let taken = try await kept { () async throws(Problem) in
        try await workspace.take(found, from: connector, base: base)
      }
      if taken != .ignored { count += 1 }
    }
    return count
  }
}
