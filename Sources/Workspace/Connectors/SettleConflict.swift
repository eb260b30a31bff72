internal import Duties
public import Ground

/// Whose value stays when both sides changed a field.
public enum ConflictChoice: String, Sendable, CaseIterable {
  /// What we say is sent.
  case ours
  /// What stands there stays there; what the record says is changed by people, on the record.
  case theirs
}

extension OpenWorkspace {
  /// Chooses whose value of a field stays.
  ///
  /// - Throws: `workspace.no-such-conflict`, `workspace.unknown-record`, `workspace.not-allowed`, `duties.reason-due`.
  public func settleConflict(
    _ id: RecordID, field: String, _ choice: ConflictChoice, reason: String
  ) async throws(Problem) {
    let entry = TicketEntry(try await needed(id))
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw Problem(
        "duties.reason-due", what: "the choice needs a reason",
        why: "whoever reads the record later must see why it changed", mend: "add --reason “…”")
    }
    guard id.kind == RecordKind.ticket.name,
      let conflict = entry.conflicts.first(where: { $0.field == field })
    else {
      throw Problem(
        "workspace.no-such-conflict", what: "\(id.text) has no conflict of “\(field.prefix(80))”",
        why: "it was settled, or both sides say the same by now",
        mend: "look at it: systemic connector tickets")
    }
    var (sent, seen) = (entry.sent, entry.seen)
    seen[field] = conflict.theirs
    // What counts as said is not sent; what does not is sent in the next round.
    sent[field] = choice == .theirs ? conflict.ours : nil
    let rest = entry.conflicts.filter { $0.field != field }
    var change = change(
      !rest.isEmpty
        ? "ticket-in-conflict" : choice == .ours ? "ticket-to-tell" : "ticket-settled",
      [
        ("sent", TicketEntry.json(sent)), ("seen", TicketEntry.json(seen)),
        ("conflicts", rest.isEmpty ? .null : .array(rest.map(\.json))),
      ])
    change.reason = "\(field == FieldMap.state ? "state" : field), \(choice.rawValue): \(reason)"
    _ = try await record(
      .composed(.ticket, id, change, expectedVersion: entry.state.version))
  }
}
