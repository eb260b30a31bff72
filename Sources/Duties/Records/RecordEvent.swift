/// One kind of event that may happen to a kind of record.
public final class RecordEvent: Sendable {
  /// The name in the journal, in the past tense: `placed-on-market`.
  public let name: String
  /// What a person reads.
  public let title: String
  /// Whether it begins a record.
  public let begins: Bool
  /// Whether a reason is due.
  public let needsReason: Bool
  /// Whether it is a plan: it may lie in the future when it is written, and replaces the plan before.
  public let mayBePlanned: Bool
  /// Events that must have happened before.
  public let after: [String]
  /// Events after which it can no longer happen.
  public let notAfter: [String]
  /// The status that it gives.
  public let status: String?
  /// Whether the actor must be another person than the author of the record.
  public let isApproval: Bool
  /// Whether it can happen once only.
  public let isOnce: Bool
  /// Whether it is the approval of a filing, whose author must have signed in.
  public let isFiling: Bool
  /// Whether it is refused as of a day before the value in force, because it would change nothing.
  public let refusesEarlier: Bool
  /// Fields that hold until it happens again: it sets each anew or ends it.
  public let renews: [String]
  /// The statuses in which it may happen; empty where the order of events alone decides.
  ///
  /// Unlike `after` and `notAfter` it lets a record go back: what was sent back is a draft again.
  public let from: [String]
  /// Whether it is written by a use case of its own only, because other records decide on it.
  public let isComposed: Bool

  /// An event.
  public init(
    _ name: String, _ title: String, begins: Bool = false, needsReason: Bool = false,
    mayBePlanned: Bool = false, after: [String] = [], notAfter: [String] = [],
    status: String? = nil, isApproval: Bool = false, isOnce: Bool = false,
    isFiling: Bool = false, refusesEarlier: Bool = false, renews: [String] = [],
    from: [String] = [], isComposed: Bool = false
  ) {
    self.name = name
    self.title = title
    self.begins = begins
    self.needsReason = needsReason
    self.mayBePlanned = mayBePlanned
    self.after = after
    self.notAfter = notAfter
    self.status = status
    self.isApproval = isApproval
    self.isOnce = isOnce
    self.isFiling = isFiling
    self.refusesEarlier = refusesEarlier
    self.renews = renews
    self.from = from
    self.isComposed = isComposed
  }

  /// What happens to a record when the class of the one that it is about changes.
  static func reclassing(_ prefix: String, _ owner: String) -> RecordEvent {
    RecordEvent(
      prefix + "-reclassed", "class of its \(owner) taken over", needsReason: true, isComposed: true
    )
  }
}
