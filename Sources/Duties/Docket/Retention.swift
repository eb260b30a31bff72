public import Ground
internal import RuleFile
public import Rulebook

/// Until when a record is kept: each rule that asks for it, and the earliest day on which none does any more.
///
/// A legal hold is another question and is asked beside it.
public struct Retention: Sendable {
  /// What follows from all rules together.
  public enum Outcome: Sendable, Equatable {
    /// A period has not begun, or a fact is missing: nothing may be erased yet.
    case undetermined(missing: [String])
    /// From this day on no rule of the rulebook keeps it.
    case from(Day)
    /// No rule of the rulebook asks that it be kept.
    case noRule
  }

  /// What follows from all rules together.
  public let outcome: Outcome
  /// One line for each rule, those that surely do not apply included, with days and reasons.
  public let lines: [Deadline]
  /// Cautions for whoever decides on an erasure.
  public let cautions: [String]

  /// The earliest day of erasure; nil while it is undetermined and where no rule asks.
  public var day: Day? { if case .from(let day) = outcome { day } else { nil } }

  /// The earliest day on which a record may be erased: the day after the latest end of all rules of its kind.
  ///
  /// A period that has not begun keeps it, and so does a rule whose condition is unknown: unknown facts never shorten.
  /// - Parameters:
  ///   - model: the model that it belongs to, or nil when that is unknown.
  ///   - provider: says whether the Code was signed and where the provider is established; unknown when nil.
  ///   - incidentDay: the last day of the incident that it names.
  public static func earliestErasure(
    _ state: RecordState, model: RecordState?, provider: RecordState? = nil,
    incidentDay: Day? = nil, law: Law
  ) -> Retention {
    var related = DocketRecords(
      provider: provider, models: [model].compactMap { $0 })
    if let incidentDay, let incident = state.text("incident").flatMap({ RecordID($0) }) {
      related.incidentDays[incident] = incidentDay
    }
    var clock = DocketClock(law: law, today: law.day, related: related)
    return clock.retention(of: state)
  }

  init(_ lines: [Deadline], missingRules: [String], isOnMarket: Answer) {
    self.lines = lines
    let kept = lines.filter { $0.status != .notApplicable }
    let missing = kept.filter { $0.alarmDay == nil }.flatMap(\.missing) + missingRules
    let unique = missing.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    if !unique.isEmpty {
      outcome = .undetermined(missing: unique)
    } else if let latest = kept.compactMap(\.alarmDay).max() {
      outcome = .from(latest)
    } else {
      outcome = .noRule
    }
    cautions =
      isOnMarket == .no
      ? []
      : [
        "The model is or may be on the market: as long as it is, its technical documentation is kept "
          + "up to date (Art. 53(1)(a)), whatever the periods of keeping say."
      ]
  }
}

extension DocketClock {
  /// Until when a record is kept.
  public mutating func retention(of state: RecordState) -> Retention {
    let kind = state.id.kind
    let facts = DocketFacts(state, kind: kind, related, today: today, portfolio: portfolio)
    let wanted = RecordKind.named(kind)?.retention.map(\.rule) ?? []
    let standing = Set((keeping[kind] ?? []).compactMap(\.clock.rule))
    // A rule that does not stand on the law's day is no reason to erase, unless it is a house rule that is off.
    let absent = wanted.filter { id in
      !standing.contains(id) && law.rule(id)?.force != .house
    }
    return Retention(
      retention(of: facts, kind: kind), missingRules: absent,
      isOnMarket: wanted.isEmpty ? .no : facts.isOnMarket)
  }

  /// The ends of retention as not-before dates, which the docket lists only when asked.
  public mutating func retentionDeadlines(of state: RecordState) -> [Deadline] {
    retention(of: state).lines.filter { $0.status != .notApplicable }
  }
}
