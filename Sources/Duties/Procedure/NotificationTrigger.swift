public import Ground
internal import RuleFile
public import Rulebook

/// One of the two triggers of Article 52(1), with the clock that it starts.
///
/// Source: Regulation (EU) 2024/1689, Art. 52(1); Guidelines C(2025) 7719, ¶ 29 and 112.
public struct NotificationTrigger: Sendable {
  /// Which alternative.
  public enum Kind: String, Sendable, CaseIterable {
    /// The requirement is met.
    case met
    /// It becomes known that the requirement will be met.
    case known

    /// In words.
    public var words: String {
      switch self {
      case .met: "the requirement is met"
      case .known: "it becomes known that the requirement will be met"
      }
    }

    /// The events of a model that tell its day, with the fields that may state it instead.
    ///
    /// Compute is one way to the requirement, capabilities found by an assessment another (Art. 51(1)(a), (2)).
    var facts: [(event: String, field: String)] {
      switch self {
      case .met: [("threshold-met", "met_on"), ("capabilities-found", "capabilities_met_on")]
      case .known:
        [
          ("threshold-known", "known_since"),
          ("capabilities-expected", "capabilities_known_since"),
        ]
      }
    }
  }

  /// Which alternative.
  public let kind: Kind
  /// The day; nil while it is not on the record.
  public let day: Day?
  /// What tells it.
  public let source: String
  /// The day from which the period runs: not before Chapter V applied.
  public let start: Day?
  /// The last day under the reading that binds.
  public let statutoryDay: Day?
  /// The last day under the cautious reading: the one to plan with.
  public let alarmDay: Day?
  /// How both were counted.
  public let basis: [String]
  /// Whether it is the earliest, which governs.
  public var governs = false

  /// Both triggers of a model, from its record and its classification; of several days the earliest counts.
  public static func both(
    _ model: RecordState, _ opinion: Opinion, law: Law
  ) -> [NotificationTrigger] {
    func stated(_ kind: Kind) -> (day: Day, event: String)? {
      kind.facts.compactMap { event, field in
        (model.times(event).map(\.day)
          + [model.text(field).flatMap { Day(iso: $0) }].compactMap { $0 })
          .min().map { ($0, event) }
      }
      .min { $0.0 < $1.0 }
    }
    let isLegacy =
      opinion.classification.facts.released?.isBefore(DutyTable.chapterFive, fact: "released")
      == .yes
    var both = [
      trigger(
        .met, ledger: opinion.forecast?.crossing, stated: stated(.met), law, isLegacy: isLegacy),
      trigger(
        .known, ledger: opinion.forecast?.known, stated: stated(.known), law, isLegacy: isLegacy),
    ]
    let first = both.indices.filter { both[$0].start != nil }
      .min { (both[$0].start?.sinceEpoch ?? 0, $0) < (both[$1].start?.sinceEpoch ?? 0, $1) }
    if let first { both[first].governs = true }
    return both
  }

  private static func trigger(
    _ kind: Kind, ledger: Day?, stated: (day: Day, event: String)?, _ law: Law, isLegacy: Bool
  ) -> NotificationTrigger {
    guard let day = [ledger, stated?.day].compactMap({ $0 }).min() else {
      return NotificationTrigger(
        kind: kind, day: nil, source: "no day is on the record", start: nil, statutoryDay: nil,
        alarmDay: nil, basis: [])
    }
    let source =
      stated.flatMap { $0.day == day ? "recorded on the model (\($0.event))" : nil }
      ?? "follows from the dated runs of the compute ledger"
    let start = max(day, DutyTable.chapterFive)
    let count = isLegacy ? transition : counted(from: start, law)
    return NotificationTrigger(
      kind: kind, day: day, source: source, start: start, statutoryDay: count?.statutory,
      alarmDay: count?.alarm, basis: count?.basis ?? [])
  }

  /// Models placed before Chapter V applied have until the end of the transition (Article 111(3)).
  private static var transition: DeadlineCount {
    DeadlineCount(
      day: DutyTable.transitionEnd, kind: .deadline,
      basis: ["Placed on the market before Chapter V applied: Art. 111(3) AI Act sets the day."])
  }

  private static func counted(from start: Day, _ law: Law) -> DeadlineCount? {
    guard let provision = law.provision("ai-act/52/1"),
      let period = law.ownPeriod("ai-act/52/1") ?? provision.version.period,
      let calendar = law.calendar("commission")
    else { return nil }
    return DeadlineCount(period, from: .day(start), calendar: calendar)
  }

  /// For the package.
  var json: JSON {
    .object([
      ("kind", .string(kind.rawValue)), ("words", .string(kind.words)), ("day", JSON(day?.iso)),
      ("source", .string(source)), ("period_runs_from", JSON(start?.iso)),
      ("binding_last_day", JSON(statutoryDay?.iso)), ("cautious_last_day", JSON(alarmDay?.iso)),
      ("governs", .bool(governs)),
    ])
  }
}
