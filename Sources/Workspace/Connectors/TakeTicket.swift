package import Duties
package import Ground
internal import Sealing

extension OpenWorkspace {
  /// Longest title that is taken over, in characters.
  private static let longestTitle = 200

  /// Takes what a ticket system says: a change is told on the record of its incident, and decides nothing there.
  ///
  /// A ticket without an incident begins one where the connector says so and it is new in its project, once, however
  /// often it comes.
  /// - Throws: `store.*`, what recording throws.
  package func take(
    _ incoming: IncomingTicket, from connector: Connector, base: String
  ) async throws(Problem) -> TakenTicket {
    let program = acting(as: .system)
    // Another connector looks after it, also where both lead to one project.
    if let name = incoming.correlation, name.connector != connector.id { return .ignored }
    if let entry = try await program.entry(of: incoming, connector) {
      return try await program.compare(entry, incoming, connector, base)
    }
    let isElsewhere =
      incoming.project.map { $0.lowercased() != connector.project.lowercased() } ?? false
    guard connector.takesIn, incoming.isNew, !incoming.isGone, !isElsewhere,
      incoming.correlation == nil
    else { return .ignored }
    return try await program.begin(incoming, connector, base).map { .began($0) } ?? .ignored
  }

  /// The line of the ledger that a message is about.
  private func entry(
    of incoming: IncomingTicket, _ connector: Connector
  ) async throws(Problem) -> TicketEntry? {
    if let incident = incoming.correlation?.incident {
      return try await programState(OpenWorkspace.ticketID(connector.id, incident))
        .map { TicketEntry($0) }
    }
    return try await everyState(.ticket).first { state in
      state.text("connector") == connector.id.text
        && TicketEntry(state).isSame(as: incoming)
    }.map { TicketEntry($0) }
  }

  private func compare(
    _ entry: TicketEntry, _ incoming: IncomingTicket, _ connector: Connector, _ base: String
  ) async throws(Problem) -> TakenTicket {
    guard let incident = entry.incident, let state = try await programState(incident) else {
      return .ignored
    }
    // While it is being made, whoever makes it reads it.
    guard entry.handle != nil else { return .noted(incident, 0) }
    guard entry.isSame(as: incoming) else {
      try await noteCopy(entry, incoming, incident, connector)
      return .ignored
    }
    // What was said before something newer says nothing any more.
    if let at = incoming.at, let heard = entry.heard, at < heard { return .noted(incident, 0) }
    let moment: [(String, JSON)] = incoming.at.map { [("heard", .string($0.utc))] } ?? []
    if incoming.isGone {
      guard !entry.isGone else { return .noted(incident, 0) }
      try await settle(entry, TicketOutcome("ticket-gone", moment))
      try await tell(
        incident, "The ticket \(OpenWorkspace.words(incoming.number)) was deleted", connector)
      return .noted(incident, 1)
    }
    // Whether it is there again is found out by reading it, where it can be read: a search may lag behind.
    if entry.isGone, connector.system.keepsTickets { return .noted(incident, 0) }
    let ours = connector.mapping.compared(
      try await told(state, to: connector, base: base))
    let known = ours.filter { incoming.values[$0.key] != nil }
    var comparison = TicketComparison(
      ours: known, theirs: incoming.values, sent: entry.sent, seen: entry.seen,
      open: entry.conflicts)
    comparison.keep(entry.conflicts.filter { known[$0.field] == nil }, unsent: entry.sent)
    try await note(comparison, entry, connector, incident, incoming, moment)
    return .noted(incident, comparison.notices.count + comparison.conflicts.count)
  }

  private func note(
    _ comparison: TicketComparison, _ entry: TicketEntry, _ connector: Connector,
    _ incident: RecordID, _ incoming: IncomingTicket, _ moment: [(String, JSON)]
  ) async throws(Problem) {
    let isNew =
      comparison.sent != entry.sent || comparison.seen != entry.seen
      || comparison.conflicts != entry.conflicts
      || entry.isGone || entry.isRenamed(by: incoming)
    guard isNew else { return }
    var outcome = TicketOutcome(
      comparison.conflicts.isEmpty ? "ticket-heard" : "ticket-in-conflict", moment)
    outcome.note(comparison)
    outcome.set += OpenWorkspace.whereabouts(incoming)
    try await settle(entry, outcome)
    try await tell(comparison, before: entry, about: incident, connector, incoming.number)
  }

  /// Begins an incident from a ticket: its moment of reception is now, and nothing else is known.
  ///
  /// - Returns: nil where another connector took the ticket in.
  private func begin(
    _ incoming: IncomingTicket, _ connector: Connector, _ base: String
  ) async throws(Problem) -> RecordID? {
    let title = incoming.title.isEmpty ? "Ticket " + incoming.number : incoming.title
    var set: [(String, JSON)] = [("reference", .string(incoming.number))]
    if !incoming.text.isEmpty { set.append(("narrative", .string(incoming.text))) }
    if let place = incoming.place { set.append(("source", .string(place))) }
    // A ticket begins one incident, whatever it says when it is told of again, and whoever hears of it first.
    let own = "\(connector.id.text)|\(incoming.handle)"
    let place = connector.system.keepsTickets ? incoming.place : nil
    let incident: RecordState
    do throws(Problem) {
      incident = try await receiveIncident(
        IncidentNotice(
          title: String(title.prefix(OpenWorkspace.longestTitle)), channel: "tickets", set: set),
        as: NamedRequest(key: "ticket|" + (place ?? own), digest: Digest(of: own.utf8).hex))
    } catch {
      guard error.code == "workspace.other-request" else { throw error }
      return nil
    }
    let id = OpenWorkspace.ticketID(connector.id, incident.id)
    guard try await programState(id) == nil else { return incident.id }
    let ticket = try await told(incident, to: connector, base: base)
    var begun = beginning("ticket-adopted", connector.id, incident.id)
    begun.set += OpenWorkspace.whereabouts(incoming)
    begun.set += [
      ("sent", TicketEntry.json(connector.mapping.compared(ticket))),
      ("seen", TicketEntry.json(incoming.values)),
    ]
    if let at = incoming.at { begun.set.append(("heard", .string(at.utc))) }
    do {
      _ = try await record(
        .composed(.ticket, id, classed(begun, as: incident.confidentiality)))
    } catch {
      guard error.code == "duties.wrong-order" else { throw error }
    }
    return incident.id
  }

  package static func whereabouts(_ incoming: IncomingTicket) -> [(String, JSON)] {
    var set: [(String, JSON)] = [
      ("handle", .string(incoming.handle)), ("number", .string(incoming.number)),
    ]
    if let lasting = incoming.lasting { set.append(("lasting", .string(lasting))) }
    if let place = incoming.place { set.append(("place", .string(place))) }
    return set
  }
}
