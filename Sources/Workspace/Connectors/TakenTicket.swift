public import Ground

/// What became of what another system said.
public enum TakenTicket: Sendable, Equatable {
  /// An incident began.
  case began(RecordID)
  /// So many changes were told on the record of the incident.
  case noted(RecordID, Int)
  /// It is about nothing that is kept here.
  case ignored
}
