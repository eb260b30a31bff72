internal import Ground

/// What a calendar file published of one deadline: enough to raise its sequence, or to cancel it.
public struct ICSMemory: Sendable, Equatable {
  /// Identity of the event, the same in every edition of the file.
  public var uid: String
  /// How often its content changed.
  public var sequence: Int
  /// Whether it was cancelled.
  public var isCancelled: Bool
  /// When this edition of the event was made, `19970714T170000Z`.
  public var stamp: String
  /// When its content last changed.
  public var modified: String
  /// Its content lines, unfolded: all but identity, sequence, status and the two times.
  public var content: [String]

  /// What was published of one deadline.
  public init(
    uid: String, sequence: Int, isCancelled: Bool, stamp: String, modified: String,
    content: [String]
  ) {
    self.uid = uid
    self.sequence = sequence
    self.isCancelled = isCancelled
    self.stamp = stamp
    self.modified = modified
    self.content = content
  }
}
