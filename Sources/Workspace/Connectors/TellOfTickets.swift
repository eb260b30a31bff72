internal import Duties
package import Ground

extension OpenWorkspace {
  /// Most copies of one ticket of which people are told.
  private static let mostCopies = 20

  /// Tells people on the record of an incident what changed there, and what they have to choose.
  package func tell(
    _ comparison: TicketComparison, before entry: TicketEntry, about incident: RecordID,
    _ connector: Connector, _ number: String
  ) async throws(Problem) {
    var lines = comparison.notices.map { notice in
      "\(OpenWorkspace.label(notice.field)): "
        + (notice.before.map { "“\(OpenWorkspace.words($0))” became " } ?? "now ")
        + "“\(OpenWorkspace.words(notice.now))”"
    }
    for conflict in comparison.conflicts
    where !entry.conflicts.contains(where: { $0.field == conflict.field }) {
      let label = OpenWorkspace.label(conflict.field)
      lines.append(
        conflict.isWithoutPath
          ? "\(label): there is no way from “\(OpenWorkspace.words(conflict.theirs))” to "
            + "“\(OpenWorkspace.words(conflict.ours))”"
          : "\(label) was changed on both sides: here “\(OpenWorkspace.words(conflict.ours))”, "
            + "there “\(OpenWorkspace.words(conflict.theirs))”")
    }
    guard !lines.isEmpty else { return }
    try await tell(
      incident,
      "The ticket \(OpenWorkspace.words(number)) says: " + lines.joined(separator: "; "), connector)
  }

  func tell(
    _ incident: RecordID, _ text: String, _ connector: Connector
  ) async throws(Problem) {
    _ = try await acting(as: .system).comment(
      on: incident,
      text + ". Told by the connector “\(OpenWorkspace.words(connector.title))”. "
        + "It is for a person to decide what follows; no date of the incident was changed.")
  }

  /// Notes, once, that another ticket carries the correlation of one that is kept: whoever copies a ticket copies its labels.
  func noteCopy(
    _ entry: TicketEntry, _ incoming: IncomingTicket, _ incident: RecordID, _ connector: Connector
  ) async throws(Problem) {
    let copies = entry.copies
    guard !incoming.isGone, copies.count < OpenWorkspace.mostCopies,
      !copies.contains(incoming.handle)
    else { return }
    // Whoever is sending the ticket keeps it: no claim is given back here.
    _ = try await acting(as: .system).record(
      .composed(
        .ticket, entry.state.id,
        change("ticket-copied", [("copies", JSON(copies + [incoming.handle]))])))
    let kept = entry.state.text("number") ?? entry.handle ?? ""
    try await tell(
      incident,
      "The ticket \(OpenWorkspace.words(incoming.number)) carries the correlation of "
        + "\(OpenWorkspace.words(kept)), as a copy does. Only \(OpenWorkspace.words(kept)) is compared",
      connector)
  }

  /// Tells people that a ticket is not found any more, or is there again.
  package func tellFound(
    _ isFound: Bool, _ entry: TicketEntry, _ connector: Connector
  ) async throws(Problem) {
    guard let incident = entry.incident else { return }
    let number = OpenWorkspace.words(entry.state.text("number") ?? entry.handle ?? "")
    try await tell(
      incident,
      isFound
        ? "The ticket \(number) is found again, and is told of changes"
        : "The ticket \(number) is not found there any more: it was deleted, or the account may no longer see it. "
          + "Until it is found again nothing is told to it", connector)
  }

  private static func label(_ field: String) -> String {
    field == FieldMap.state ? "state" : field
  }

  /// A text of somebody else, short and on one line.
  static func words(_ text: String) -> String {
    let line = text.unicodeScalars.map { scalar -> Character in
      scalar.value < 0x20 || scalar.value == 0x7F ? " " : Character(scalar)
    }
    return line.count > 200 ? String(line.prefix(199)) + "…" : String(line)
  }
}
