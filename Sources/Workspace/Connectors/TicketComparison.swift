/// What is to be done so that a ticket and its incident say the same: each side is compared with what it last said.
///
/// Nothing of theirs is taken over: a change there is told to people, and a field that both sides changed waits for one.
public struct TicketComparison: Sendable, Equatable {
  /// A change there.
  public struct Notice: Sendable, Equatable {
    /// Their name of the field.
    public let field: String
    /// What it said before; nil where that is not known.
    public let before: String?
    /// What it says now.
    public let now: String
  }

  /// What is to be sent: field and text.
  public private(set) var toSend: [String: String] = [:]
  /// What changed there.
  public private(set) var notices: [Notice] = []
  /// What a person has to choose.
  public private(set) var conflicts: [TicketConflict] = []
  /// What was last said of each field, once `toSend` was taken.
  public private(set) var sent: [String: String]
  /// What each field was last seen to hold.
  public private(set) var seen: [String: String]

  /// Compares.
  ///
  /// - Parameters:
  ///   - ours: What we say now, by their names.
  ///   - theirs: What stands there now.
  ///   - sent: What we said last.
  ///   - seen: What stood there when we last looked.
  ///   - open: What waits for a person.
  public init(
    ours: [String: String], theirs: [String: String], sent: [String: String],
    seen: [String: String], open: [TicketConflict]
  ) {
    self.sent = sent
    self.seen = seen
    for (field, our) in ours.sorted(by: { $0.key < $1.key }) {
      let their = theirs[field] ?? ""
      if our == their {
        self.sent[field] = our
        self.seen[field] = their
        continue
      }
      let isOursNew = our != sent[field]
      let isTheirsNew = their != (seen[field] ?? "")
      if let before = open.first(where: { $0.field == field }) {
        // A way that was missing may be there once they moved it themselves.
        let isWithoutPath = before.isWithoutPath && !isTheirsNew && before.ours == our
        conflicts.append(
          TicketConflict(field: field, ours: our, theirs: their, isWithoutPath: isWithoutPath))
      } else if isOursNew, isTheirsNew {
        conflicts.append(TicketConflict(field: field, ours: our, theirs: their))
      } else if isOursNew {
        toSend[field] = our
        self.sent[field] = our
      } else if isTheirsNew {
        notices.append(Notice(field: field, before: seen[field], now: their))
        self.seen[field] = their
      }
    }
    noticeState(ours, theirs)
  }

  /// A state of theirs is told also where none of ours is mapped to one.
  private mutating func noticeState(_ ours: [String: String], _ theirs: [String: String]) {
    let field = FieldMap.state
    guard ours[field] == nil, let now = theirs[field], now != seen[field] else { return }
    if let before = seen[field] {
      notices.append(Notice(field: field, before: before, now: now))
    }
    seen[field] = now
  }

  /// Notes fields that a ticket took, as it shows them.
  public mutating func took(_ fields: [String], of shown: [String: String]) {
    for field in fields {
      toSend[field] = nil
      seen[field] = shown[field]
    }
  }

  /// Leaves what is still to be sent to the next comparison.
  public mutating func leaveUnsent() {
    for field in toSend.keys { sent[field] = nil }
    toSend = [:]
  }

  /// Puts a state to which there is no way before a person instead of sending it again.
  public mutating func cannotMove(to state: String, from now: String) {
    toSend[FieldMap.state] = nil
    sent[FieldMap.state] = nil
    conflicts.append(
      TicketConflict(field: FieldMap.state, ours: state, theirs: now, isWithoutPath: true))
  }

  /// Keeps what a message says nothing about, and what was not sent on its account.
  mutating func keep(_ others: [TicketConflict], unsent before: [String: String]) {
    conflicts += others
    for field in toSend.keys { sent[field] = before[field] }
    toSend = [:]
  }
}
