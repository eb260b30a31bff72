package import Duties
public import Ground
internal import Rulebook
internal import Sealing

/// What became of a ticket, for its ledger.
package struct TicketOutcome: Sendable {
  package var event: String
  package var set: [(String, JSON)] = []

  /// An event and what it sets.
  package init(_ event: String, _ set: [(String, JSON)] = []) {
    self.event = event
    self.set = set
  }

  /// Notes what was said and seen.
  package mutating func note(_ comparison: TicketComparison) {
    set += [
      ("sent", TicketEntry.json(comparison.sent)), ("seen", TicketEntry.json(comparison.seen)),
      (
        "conflicts",
        comparison.conflicts.isEmpty ? .null : .array(comparison.conflicts.map(\.json))
      ),
    ]
  }
}

extension OpenWorkspace {
  /// Seconds for which whoever sends a ticket has it alone.
  static let claimSeconds = 60

  /// The ledger, the newest change first: of one connector, of one incident, or all of it.
  ///
  /// - Throws: `store.*`.
  public func tickets(
    of connector: RecordID? = nil, about incident: RecordID? = nil
  ) async throws(Problem) -> [TicketEntry] {
    try await states(.ticket).map { TicketEntry($0) }
      .filter { entry in
        connector.map { entry.connector == $0 } ?? true
          && incident.map { entry.incident == $0 } ?? true
      }
      .sorted { ($0.state.changed, $0.state.id) > ($1.state.changed, $1.state.id) }
  }

  /// The incidents that were changed from a place in the journal on, each once with its first place, the place after them,
  /// and whether more may follow.
  package func changedIncidents(
    from index: Int
  ) async throws(Problem) -> (incidents: [(id: RecordID, index: Int)], next: Int, isMore: Bool) {
    let page = try await store.entries(.regulatory, from: index, limit: OpenWorkspace.outboxPage)
    var incidents: [(id: RecordID, index: Int)] = []
    var seen: Set<RecordID> = []
    for entry in page {
      let record = try Envelope(entry: entry.entry).record
      guard record.kind == RecordKind.incident.name, seen.insert(record).inserted else { continue }
      incidents.append((record, entry.index))
    }
    return (
      incidents, page.last.map { $0.index + 1 } ?? index, page.count == OpenWorkspace.outboxPage
    )
  }

  /// The incident as it stands, for whoever tells of it; nil when it was erased.
  package func incidentToTell(_ id: RecordID) async throws(Problem) -> RecordState? {
    try await programState(id)
  }

  /// What a connector tells of an incident as both stand.
  ///
  /// - Throws: `store.*`.
  package func told(
    _ incident: RecordState, to connector: Connector, base: String
  ) async throws(Problem) -> Ticket {
    Ticket(
      incident, to: connector.id, isFull: connector.isFull, base: base,
      due: connector.mapping.tellsDue ? try await due(of: incident) : nil)
  }

  /// Until when the next report on the model is due; nil where none is, or where it is another incident's.
  private func due(of incident: RecordState) async throws(Problem) -> DueDate? {
    guard incident.status != "closed" else { return nil }
    let related = try await docketIncidents(incident, .all)
    guard IncidentRecord.hasOwnDeadlines(incident, { related.holders[$0] }) else { return nil }
    let clocks = IncidentClocks(
      facts: IncidentRecord.facts(incident), times: IncidentRecord.times(incident),
      law: surroundings.law(surroundings.today))
    return clocks.all.first { $0.id == clocks.governs && $0.state == .running }?.due
  }

  /// The line of an incident in the ledger of a connector; begins it where there is none.
  package func ticket(
    of incident: RecordState, in connector: Connector
  ) async throws(Problem) -> TicketEntry {
    let id = OpenWorkspace.ticketID(connector.id, incident.id)
    if let state = try await programState(id) { return TicketEntry(state) }
    let begun = beginning("ticket-planned", connector.id, incident.id)
    do {
      return TicketEntry(
        try await acting(as: .system).record(
          .composed(.ticket, id, classed(begun, as: incident.confidentiality))))
    } catch {
      guard error.code == "duties.wrong-order", let state = try await programState(id) else {
        throw error
      }
      return TicketEntry(state)
    }
  }

  /// Takes a ticket for oneself for a minute, written down before anything is sent; false when somebody else has it.
  ///
  /// Whoever finds it claimed by a program that ended looks for the ticket before making another.
  package func claim(_ ticket: TicketEntry, request: String) async throws(Problem) -> Bool {
    let now = surroundings.now()
    if let until = ticket.claimed, now < until { return false }
    let until = Instant(seconds: now.seconds + OpenWorkspace.claimSeconds)
    do {
      _ = try await acting(as: .system).record(
        .composed(
          .ticket, ticket.state.id,
          change(
            "ticket-claimed",
            [("claimed", .string(until.utc)), ("request", .string(request))]),
          expectedVersion: ticket.state.version))
      return true
    } catch {
      guard error.code == "store.version-conflict" else { throw error }
      return false
    }
  }

  /// Writes down what became of a ticket, and that nobody has it any more.
  package func settle(
    _ ticket: TicketEntry, _ outcome: TicketOutcome
  ) async throws(Problem) {
    let set = outcome.set + [("claimed", .null)]
    _ = try await acting(as: .system).record(
      .composed(.ticket, ticket.state.id, change(outcome.event, set)))
  }

  /// Notes that a connector was compared.
  package func noteReconciled(_ id: RecordID, at moment: Instant) async throws(Problem) {
    _ = try await acting(as: .system).record(
      .composed(
        .connector, id, change("connector-reconciled", [("reconciled", .string(moment.utc))])))
  }

  func beginning(_ event: String, _ connector: RecordID, _ incident: RecordID) -> Change {
    change(
      event,
      [
        ("connector", .string(connector.text)), ("incident", .string(incident.text)),
        ("correlation", .string(Correlation(incident, connector).text)),
        ("title", .string(Ticket.name(incident))),
      ])
  }

  /// A ticket tells as much as its incident: it has the same class.
  func classed(_ change: Change, as class_: Confidentiality) -> Change {
    var change = change
    change.confidentiality = class_
    return change
  }

  /// One line for each connector and incident, whoever begins it.
  static func ticketID(_ connector: RecordID, _ incident: RecordID) -> RecordID {
    let key = Digest(of: "\(connector.text)|\(incident.text)".utf8).hex.prefix(20)
    guard let id = RecordID("ticket/" + key) else { preconditionFailure("digests are plain") }
    return id
  }
}
