internal import Duties
internal import Ground
internal import Outbound
internal import Sealing
internal import Workspace

extension ConnectorRounds {
  /// Brings the ticket of an incident to what the incident is; false when another program has it.
  func settle(_ id: RecordID, _ connector: Connector) async throws(Setback) -> Bool {
    let found = try await kept { () async throws(Problem) -> (Ticket, TicketEntry)? in
      guard let incident = try await workspace.incidentToTell(id) else { return nil }
      let ticket = try await workspace.told(incident, to: connector, base: base)
      return (ticket, try await workspace.ticket(of: incident, in: connector))
    }
    guard let (ticket, entry) = found else { return true }
    do throws(Setback) {
      guard let desk = connector.desk(ask) else {
        return try await signal(ticket, entry, connector)
      }
      return try await entry.handle == nil
        ? make(ticket, entry, connector, desk) : compare(ticket, entry, connector, desk)
    } catch {
      try await note(error, entry)
      guard case .later = error.course else { return true }
      throw error
    }
  }

  /// Writes down what did not come about.
  private func note(_ setback: Setback, _ entry: TicketEntry) async throws(Setback) {
    let event: String
    if case .later = setback.course { event = "ticket-tried" } else { event = "ticket-refused" }
    try await write(entry, TicketOutcome(event, [("result", .string(setback.result))]))
  }

  private func make(
    _ ticket: Ticket, _ entry: TicketEntry, _ connector: Connector, _ desk: any TicketDesk
  ) async throws(Setback) -> Bool {
    guard try await claim(entry, try desk.creation(ticket)) else { return false }
    let found = try await desk.find(ticket.correlation)
    let made: IncomingTicket
    if let first = found.first { made = first } else { made = try await desk.make(ticket) }
    await desk.link(made.handle, ticket)
    var comparison = TicketComparison(
      ours: connector.mapping.compared(ticket), theirs: made.values, sent: [:], seen: made.values,
      open: [])
    let fields = comparison.toSend.keys.filter { $0 != FieldMap.state }
    if found.isEmpty { comparison.took(fields, of: made.values) }
    var outcome = TicketOutcome(
      found.isEmpty ? "ticket-made" : "ticket-found", OpenWorkspace.whereabouts(made))
    comparison.leaveUnsent()
    outcome.note(comparison)
    outcome.set.append(
      (
        "result",
        .string(found.count > 1 ? "\(found.count) tickets keep this correlation" : "taken")
      ))
    try await write(entry, outcome)
    guard
      let now = try await kept({ () async throws(Problem) in
        try await workspace.incidentToTell(entry.incident ?? entry.state.id)
      })
    else { return true }
    let next = try await kept { () async throws(Problem) in
      try await workspace.ticket(of: now, in: connector)
    }
    return try await compare(ticket, next, connector, desk)
  }

  private func compare(
    _ ticket: Ticket, _ entry: TicketEntry, _ connector: Connector, _ desk: any TicketDesk
  ) async throws(Setback) -> Bool {
    guard let handle = entry.handle else { return true }
    guard let now = try await desk.read(handle) else {
      try await miss(entry, connector)
      return true
    }
    if now.correlation?.text != ticket.correlation {
      try await desk.mark(handle, ticket.correlation)
    }
    var comparison = TicketComparison(
      ours: connector.mapping.compared(ticket), theirs: now.values, sent: entry.sent,
      seen: entry.seen, open: entry.conflicts)
    try await send(&comparison, to: handle, now, before: entry.sent, desk)
    let isRenamed = entry.isRenamed(by: now)
    let isNew =
      comparison.sent != entry.sent || comparison.seen != entry.seen
      || comparison.conflicts != entry.conflicts || isRenamed
      || ["refused", "waiting", "gone"].contains(entry.state.status ?? "")
    guard isNew else { return true }
    var outcome = TicketOutcome(
      !comparison.conflicts.isEmpty
        ? "ticket-in-conflict" : comparison.notices.isEmpty ? "ticket-told" : "ticket-heard",
      [("result", .string("taken"))] + (isRenamed ? OpenWorkspace.whereabouts(now) : []))
    outcome.note(comparison)
    try await write(entry, outcome)
    guard let incident = entry.incident else { return true }
    try await kept { () async throws(Problem) in
      if entry.isGone { try await workspace.tellFound(true, entry, connector) }
      try await workspace.tell(comparison, before: entry, about: incident, connector, now.number)
    }
    return true
  }

  /// Sends what is new here, and notes what is shown of it.
  private func send(
    _ comparison: inout TicketComparison, to handle: String, _ now: IncomingTicket,
    before: [String: String], _ desk: any TicketDesk
  ) async throws(Setback) {
    let toSend = comparison.toSend
    var told = toSend.keys.filter { $0 != FieldMap.state }
    try await desk.set(
      handle, toSend.filter { $0.key != FieldMap.state }, before: before)
    if let state = toSend[FieldMap.state] {
      if try await desk.move(handle, to: state) {
        told.append(FieldMap.state)
      } else {
        comparison.cannotMove(to: state, from: now.values[FieldMap.state] ?? "")
      }
    }
    guard !told.isEmpty else { return }
    // What is shown need not be what was sent: an option by its name, a line that was cut.
    let shown = try? await desk.read(handle)
    comparison.took(told, of: shown?.values ?? comparison.sent)
  }

  /// Notes that a ticket is not found, and tells people the first time.
  private func miss(_ entry: TicketEntry, _ connector: Connector) async throws(Setback) {
    guard !entry.isGone else { return }
    let result = "not found: deleted, or not to be seen by the account"
    try await write(entry, TicketOutcome("ticket-gone", [("result", .string(result))]))
    try await kept { () async throws(Problem) in
      try await workspace.tellFound(false, entry, connector)
    }
  }

  private func signal(
    _ ticket: Ticket, _ entry: TicketEntry, _ connector: Connector
  ) async throws(Setback) -> Bool {
    let signals = Signals(connector, ask)
    let act = Signals.act(ticket)
    let last = entry.sent["act"]
    // A chat reads of each stage; a pager is raised before it is acknowledged or closed.
    let said = connector.system == .slack ? ticket.values["stage"] ?? "" : act.rawValue
    guard last != said, last != nil || act != .close else { return true }
    let acts = connector.system == .slack ? [act] : Signals.acts(act, after: last)
    var requests: [OutboundRequest] = []
    for next in acts {
      if let request = try signals.request(ticket, next) { requests.append(request) }
    }
    guard let first = requests.first, try await claim(entry, first) else {
      return requests.isEmpty
    }
    for request in requests { _ = try await signals.line.send(request) }
    try await write(
      entry,
      TicketOutcome(
        last == nil ? "ticket-made" : "ticket-told",
        [
          ("sent", .object([("act", .string(said))])), ("result", .string("taken")),
          ("handle", .string(ticket.correlation)), ("number", .string(ticket.correlation)),
        ]))
    return true
  }

  private func claim(
    _ entry: TicketEntry, _ request: OutboundRequest
  ) async throws(Setback) -> Bool {
    let digest = Digest(of: request.body).hex
    return try await kept { () async throws(Problem) in
      try await workspace.claim(entry, request: digest)
    }
  }

  private func write(_ entry: TicketEntry, _ outcome: TicketOutcome) async throws(Setback) {
    try await kept { () async throws(Problem) in try await workspace.settle(entry, outcome) }
  }
}
