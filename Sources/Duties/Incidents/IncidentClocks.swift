internal import Ground
internal import RuleFile
public import Rulebook

/// Every time limit of an incident at once, on all tracks.
///
/// Periods are asked of the rules; this holds no number of days.
public struct IncidentClocks: Sendable {
  /// The clocks, the model's first, then an own high-risk system's, then house practice.
  public private(set) var all: [IncidentClock] = []
  let facts: IncidentFacts
  let times: IncidentTimes
  let law: Law
  /// What the facts lead to, worked out once.
  let harms: [IncidentCategory: Answer]
  let link: Answer
  let breachOfModel: Answer
  /// The state of what follows from the incident being serious at all.
  let whole: IncidentClock.State
  let calendar: HolidayCalendar?

  /// The clocks that follow from facts and times by the law of a day.
  public init(facts: IncidentFacts, times: IncidentTimes, law: Law, calendar: String = "commission")
  {
    self.facts = facts
    self.times = times
    self.law = law
    self.calendar = law.calendar(calendar)
    harms = Dictionary(
      IncidentCategory.allCases.map { ($0, facts.harm($0)) },
      uniquingKeysWith: { first, _ in first })
    link = facts.link
    breachOfModel = facts.breachOfModel
    let serious = facts.serious
    // A harm that the model did not cause makes nothing of the model's run.
    let isBreachOpen = breachOfModel != .no && harms[.cyberBreach] == .yes
    let isHarmOpen = link != .no && harms.values.contains(.yes)
    whole = serious == .yes || isBreachOpen || isHarmOpen ? .running : .possible
    all = ((serious == .no ? [] : model) + system + (serious == .no ? [] : house)).compactMap { $0 }
  }

  /// Id of the clock that governs the next report on the model: the earliest that runs.
  ///
  /// Until the initial report is sent its clocks govern, where one is dated: no other report may be sent before it. Behind
  /// it, also the clock of a category that it did not know yet. House practice does not govern.
  public var governs: String? {
    let first =
      times.submitted(.initial) == nil
      ? earliest(.model, states: [.running], [.initial]) : nil
    return first ?? earliest(.model, states: [.running], [.initial, .intermediate, .final])
  }

  /// Id of the clock that would govern if everything still open turned out so.
  public var earliestPossible: String? {
    earliest(.model, states: [.running, .possible], [.initial, .intermediate, .final])
  }

  /// Id of the clock that governs the report on an own high-risk system.
  public var governsSystem: String? {
    earliest(.highRiskSystem, states: [.running], [.initial])
  }

  private func earliest(
    _ track: IncidentClock.Track, states: [IncidentClock.State], _ tasks: [IncidentClock.Task]
  ) -> String? {
    let running = all.compactMap { clock in
      clock.track == track && states.contains(clock.state) && tasks.contains(clock.task)
        ? clock.due.map { (end: $0.alarm, id: clock.id) } : nil
    }
    return running.min { $0.end < $1.end }?.id
  }

  /// A clock of a rule from a start, or without one; nil where the rule does not stand on the law's day.
  func clock(
    _ id: String, _ track: IncidentClock.Track, _ task: IncidentClock.Task, _ start: Start,
    state: IncidentClock.State, categories: [IncidentCategory] = []
  ) -> IncidentClock? {
    guard let provision = law.provision(id) else { return nil }
    var clock = IncidentClock(
      id: id, provision: provision, track: track, task: task, state: state, categories: categories,
      from: start.at, period: provision.version.period)
    guard let from = start.at else {
      clock.state = .waiting
      clock.missing = start.names
      return clock
    }
    clock.isFromAtTheLatest = start.isBound
    if start.isBound {
      clock.missing = start.names
      clock.notes.append(
        "Its own start is not known. It began at the latest on \(from.day.iso), and may end earlier than shown."
      )
    }
    guard let version = provision.rule.version(on: from.day), track != .model || binds(from.day)
    else {
      clock.state = .notInForce
      clock.notes.append(notYet(provision, track, on: from.day))
      return clock
    }
    if track == .model, task != .retention, isInTransition(from.day) {
      clock.notes.append(DutyTable.reportInTransition(law.citation("ai-act/111/3")))
    }
    clock.period = law.day < from.day ? clock.period : version.period
    guard let period = clock.period, let calendar else { return clock }
    clock.due = DueDate.count(period, from: from, calendar: calendar)
    return clock
  }

  /// Whether the model was placed on the market before Chapter V applied, and a day lies before its transition ends.
  private func isInTransition(_ day: Day) -> Bool {
    guard let placed = times[.placedOnMarket] else { return false }
    return placed.day < DutyTable.chapterFive && day < DutyTable.transitionEnd
  }

  /// Whether the duty that the periods of the Code carry out applied on a day: the Code was published earlier.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 55(1)(c), Art. 113, third paragraph, point (b).
  private func binds(_ day: Day) -> Bool {
    law.rule(IncidentClocks.duty)?.version(on: day) != nil
  }

  /// The duty behind every clock of the model.
  static let duty = "ai-act/55/1/c"

  /// The first day of that duty.
  var dutyBegins: Day? { law.citation(IncidentClocks.duty)?.from }

  /// Why a clock does not run: what did not apply yet, from when it does, and by which provision.
  private func notYet(_ provision: Provision, _ track: IncidentClock.Track, on day: Day) -> String {
    if track == .model, !binds(day), let words = IncidentClocks.application(law) {
      return "The duty to report did not apply yet on \(day.iso): \(words)."
    }
    let from = provision.rule.versions.first.map { " It applies from \($0.from.iso)." } ?? ""
    return "\(provision.citation.text) did not apply yet on \(day.iso)." + from
  }

  /// Of an incident that was known before the duty applied: that what follows its report may not be owed.
  ///
  /// The sources do not say whether the duty reaches it; its initial report was not owed when its time ran.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 113, third paragraph, point (b).
  var knownBefore: String? {
    guard let aware = times[.awareOfInvolvement], !binds(aware.day),
      let words = IncidentClocks.application(law)
    else { return nil }
    return "Whether it is owed is not settled: the involvement of the model was known on "
      + "\(aware.day.iso), and \(words)."
  }

  /// From when the duty to report applies, with the provision that says so.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 113, third paragraph, point (b).
  static func application(_ law: Law) -> String? {
    guard let duty = law.citation(duty), let stage = law.citation("ai-act/113/chapter-v") else {
      return nil
    }
    return "\(duty.text) applies from \(duty.from.iso) (\(stage.text))"
  }

  /// From when a clock runs.
  struct Start {
    var at: Instant?
    /// What would date it, or date it better.
    var names: [String]
    /// Whether it is only known that it began no later.
    var isBound = false
  }

  /// The first moment of the list that is known; any but the first is a bound.
  func start(_ moments: IncidentMoment...) -> Start {
    let names = moments.prefix(1).map(\.rawValue)
    for (index, moment) in moments.enumerated() {
      if let at = times[moment] { return Start(at: at, names: names, isBound: index > 0) }
    }
    return Start(at: nil, names: names)
  }
}
