public import Ground
internal import RuleFile
public import Rulebook

/// The docket of a day, prepared once: rules looked up, periods counted once for each start.
public struct DocketClock: Sendable {
  /// The law that is asked.
  public let law: Law
  /// The day on which deadlines are open, overdue or met.
  public let today: Day
  /// Days before the cautious day from which a deadline is due soon: practice of this program, no law.
  public static let soonDays = 30

  private(set) var related: SharedRecords
  private(set) var clocks: [String: [PreparedClock]]
  let keeping: [String: [PreparedClock]]
  private(set) var portfolio: DocketFacts.Portfolio
  private let calendar: HolidayCalendar?
  private var people: [RecordID: [String: String]]
  private var counts: [CountKey: DeadlineCount] = [:]
  private var incidents: [IncidentRulings.Key: IncidentRulings] = [:]
  /// Most kinds of incidents that are kept.
  private static let mostIncidents = 4096

  private struct CountKey: Hashable {
    let clock: ObjectIdentifier
    let start: Int
    let isShortened: Bool
  }

  /// The docket of a day.
  public init(law: Law, today: Day, related: DocketRecords = DocketRecords()) {
    self.init(law: law, today: today, related: related, table: Clock.all)
  }

  init(law: Law, today: Day, related: DocketRecords, table: [Clock]) {
    self.law = law
    self.today = today
    let shared = SharedRecords(related)
    self.related = shared
    calendar = law.calendar("commission")
    clocks = Dictionary(grouping: table.compactMap { PreparedClock($0, law: law) }) {
      $0.clock.kind
    }
    keeping = Dictionary(
      RecordKind.all.map { kind in
        (kind.name, Clock.retention(of: kind).compactMap { PreparedClock($0, law: law) })
      }, uniquingKeysWith: { first, _ in first })
    portfolio = DocketClock.portfolio(shared, today)
    people = DocketClock.people(related.assignments)
  }

  /// Takes other related records, with what all models have in common, so that rules need not be prepared again.
  public mutating func relate(_ records: DocketRecords, portfolio shares: PortfolioShares) {
    related = SharedRecords(records)
    people = DocketClock.people(records.assignments)
    portfolio = shares.portfolio
    incidents = [:]
  }

  /// What a model adds to what all models of the provider have in common.
  public func share(of model: RecordState, _ standing: ModelStanding?) -> PortfolioShare {
    let records = DocketRecords(models: [model], standings: standing.map { [model.id: $0] } ?? [:])
    return PortfolioShare(
      DocketFacts(
        model, kind: "model", SharedRecords(records), today: today,
        portfolio: DocketFacts.Portfolio()))
  }

  /// The deadlines of a record, the earliest first; those that surely do not concern it are left out.
  public mutating func deadlines(of state: RecordState) -> [Deadline] {
    var found: [Deadline] = []
    collect(state, into: &found)
    return Docket.inOrder(found)
  }

  /// The deadlines of many records, the earliest first.
  public mutating func deadlines(of states: some Sequence<RecordState>) -> [Deadline] {
    var found: [Deadline] = []
    for state in states { collect(state, into: &found) }
    return Docket.inOrder(found)
  }

  /// The same on two cores, where there are many, as far as they are wanted.
  public func deadlines(
    ofMany states: [RecordState], where isWanted: @escaping @Sendable (Deadline) -> Bool
  ) async -> [Deadline] {
    let isInOrder = zip(states, states.dropFirst()).allSatisfy { $0.id < $1.id }
    let states = isInOrder ? states : states.sorted { $0.id < $1.id }
    guard states.count >= DocketClock.many else {
      var run = found(states[...], isWanted)
      return run.inOrder()
    }
    let middle = states.count / 2
    async let second = apart.found(states[middle...], isWanted)
    var first = found(states[..<middle], isWanted)
    return first.merged(with: await second)
  }

  private func found(
    _ states: ArraySlice<RecordState>, _ isWanted: (Deadline) -> Bool
  ) -> DeadlineRun {
    var (clock, own) = (self, [Deadline]())
    var run = DeadlineRun(capacity: states.count * DocketClock.usual)
    for state in states {
      clock.collect(state, into: &own)
      for deadline in own where isWanted(deadline) { run.append(deadline) }
      own.removeAll(keepingCapacity: true)
    }
    run.sort()
    return run
  }

  /// The same for another core, sharing nothing that is counted: two that count references to the same things wait for
  /// each other.
  private var apart: DocketClock {
    var other = self
    other.related = SharedRecords(apartFrom: related)
    other.clocks = clocks.mapValues { $0.compactMap { PreparedClock($0.clock.apart, law: law) } }
    (other.counts, other.incidents) = ([:], [:])
    return other
  }

  private static let many = 500
  /// Deadlines that a record usually has, open and ended ones together.
  private static let usual = 8

  private mutating func collect(_ state: RecordState, into found: inout [Deadline]) {
    let kind = state.id.kind
    guard let clocks = clocks[kind] else { return }
    let facts = DocketFacts(state, kind: kind, related, today: today, portfolio: portfolio)
    let first = found.count
    if kind == RecordKind.incident.name {
      for ruling in rulings(clocks, facts) {
        collect(ruling, ClockStart.find(ruling.prepared.clock, facts), facts, into: &found)
      }
    } else {
      for prepared in clocks { collect(prepared, facts, into: &found) }
    }
    if found.count > first + 1 { Docket.govern(&found[first...]) }
  }

  /// What the rules say of an incident: worked out once for all that give them the same facts.
  private mutating func rulings(
    _ clocks: [PreparedClock], _ facts: DocketFacts
  ) -> [PreparedClock.Ruling] {
    let key = IncidentRulings.Key(facts)
    let known = incidents[key] ?? IncidentRulings(clocks, facts, key)
    if incidents[key] == nil {
      if incidents.count >= DocketClock.mostIncidents { incidents = [:] }
      incidents[key] = known
    }
    facts.take(known)
    return known.rulings
  }

  /// The deadlines that say until when a record is kept.
  mutating func retention(of facts: DocketFacts, kind: String) -> [Deadline] {
    var found: [Deadline] = []
    for prepared in keeping[kind] ?? [] { collect(prepared, facts, into: &found) }
    return found
  }

  private mutating func collect(
    _ prepared: PreparedClock, _ facts: DocketFacts, into found: inout [Deadline]
  ) {
    let begin = ClockStart.find(prepared.clock, facts)
    guard begin.isBegun else { return }
    collect(prepared.ruling(facts, hasStarted: begin.start != nil), begin, facts, into: &found)
  }

  private mutating func collect(
    _ ruling: PreparedClock.Ruling, _ begin: ClockStart, _ facts: DocketFacts,
    into found: inout [Deadline]
  ) {
    let (prepared, applies) = (ruling.prepared, ruling.applies)
    let isRetention = prepared.clock.isRetention
    guard begin.isBegun,
      applies != .no || isRetention || begin.start != nil && ruling.isExcluded
    else { return }
    if begin.start == nil, !isRetention {
      guard prepared.clock.isListedWithoutStart, applies == .yes else { return }
    } else if !isRetention, !ruling.isFounded {
      return
    }
    collectLate(prepared, facts, applies, into: &found)
    let end = ClockEnd.find(prepared.clock, facts, begin.start)
    var isShortened = false
    repeat {
      var days: DeadlineCount?
      if let start = begin.start {
        days = count(prepared, start, isShortened, begin.notes.contains(.transition))
      }
      found.append(
        deadline(prepared, facts, begin, end, applies, days, isShortened: isShortened))
      isShortened.toggle()
    } while isShortened && prepared.housePeriod != nil
  }

  /// Earlier reports on an incident that came late: what was missed stays in sight.
  ///
  /// Of an incident only, whose own answers decide: whether a duty of a model or a provider applied in an earlier round is
  /// not told by what holds now.
  private mutating func collectLate(
    _ prepared: PreparedClock, _ facts: DocketFacts, _ applies: Answer, into found: inout [Deadline]
  ) {
    guard prepared.clock.isOfIncident, prepared.clock.repeats,
      case .latest(let ends, fromPlacement: false) = prepared.clock.start
    else { return }
    let rounds = ends.flatMap { fact in facts.times(fact).map { (time: $0, fact: fact) } }
      .sorted { $0.time.instant < $1.time.instant }
    for (number, (round, next)) in zip(rounds, rounds.dropFirst()).enumerated() {
      guard let days = count(prepared, round.time, false, false),
        !ClockEnd.isInTime(next.time, days)
      else { continue }
      // What ended it in time without having been met left nothing to be late with.
      let isVoid = prepared.clock.voids.flatMap { facts.times($0) }.contains {
        ClockEnd.follows($0, round.time) && $0.day <= days.statutory
      }
      guard !isVoid else { continue }
      // The number by which it was on the docket while it was open.
      var begin = ClockStart(start: round.time, fact: round.fact, occurrence: number + 2)
      begin.noteTransition(prepared.clock, facts)
      found.append(
        deadline(
          prepared, facts, begin, ClockEnd(ended: next.time), applies, days, isShortened: false))
    }
  }

  private mutating func count(
    _ prepared: PreparedClock, _ start: Effective, _ isShortened: Bool, _ isTransition: Bool
  ) -> DeadlineCount? {
    let inHours = prepared.period?.unit == .hours
    let stamp =
      switch start {
      case .day(let day): day.sinceEpoch * 86_400
      case .moment(let moment): inHours ? moment.seconds : moment.day.sinceEpoch * 86_400
      }
    let key = CountKey(
      clock: ObjectIdentifier(prepared), start: isTransition ? Int.min : stamp,
      isShortened: isShortened)
    if let known = counts[key] { return known }
    let made = made(prepared, start, isShortened, isTransition)
    if let made { counts[key] = made }
    return made
  }

  private func made(
    _ prepared: PreparedClock, _ start: Effective, _ isShortened: Bool, _ isTransition: Bool
  ) -> DeadlineCount? {
    if isTransition {
      return DeadlineCount(
        day: prepared.fixedDay ?? DutyTable.transitionEnd, kind: .deadline,
        basis: ["A fixed day: it does not move to a working day (Reg. 1182/71 Art. 5)."])
    }
    switch prepared.clock.length {
    case .fixedDay: return nil
    case .thatDay:
      let isOwn = prepared.clock.rule == nil
      return DeadlineCount(
        day: start.day, kind: isOwn ? .review : .deadline,
        basis: [isOwn ? "A day that the provider set." : "By the placing on the market itself."])
    case .beforeThatDay:
      return DeadlineCount(
        day: start.day, alarm: start.day.adding(days: -1), kind: .deadline,
        basis: ["Before the placing on the market; the day before is safe."])
    case .period:
      let period = isShortened ? prepared.housePeriod : prepared.period
      guard let period, let calendar, DocketClock.years.contains(start.day.year),
        period.amount <= DocketClock.longestAmount
      else { return nil }
      return DeadlineCount(period, from: start, calendar: calendar)
    }
  }

  /// The years that can be counted, and the longest period.
  private static let years = 1900...8000
  private static let longestAmount = 10_000

  private func deadline(
    _ prepared: PreparedClock, _ facts: DocketFacts, _ begin: ClockStart, _ end: ClockEnd,
    _ applies: Answer, _ count: DeadlineCount?, isShortened: Bool
  ) -> Deadline {
    var (notes, applies) = (begin.notes.union(end.notes(count)), applies)
    if prepared.isBeforeApplication(begin.start) {
      notes.insert(.notYet)
      applies = .no
    } else if prepared.isKnownBefore(facts) {
      notes.insert(.knownBefore)
      applies = applies && .undetermined(["whether what was known earlier is reached"])
    }
    var missing = applies.missing
    if begin.start == nil {
      // What is kept is kept until the period begins, whoever else is bound.
      missing = prepared.clock.isRetention ? begin.missing : missing + begin.missing
    }
    if begin.start != nil, count == nil { missing.append("a start that can be counted from") }
    missing += end.missing
    if facts.isContradicted, prepared.asksSystemicRisk() { notes.insert(.contradicted) }
    var isVoid = end.isVoid
    if isVoid, prepared.clock.isVoidInTimeOnly, let ended = end.ended, let count {
      isVoid = ended.day <= count.statutory
    }
    let found = Deadline.Found(
      subject: facts.subject, prepared: prepared, occurrence: begin.occurrence,
      isShortened: isShortened, start: begin.start, startFact: begin.fact, count: count,
      ended: end.ended, missing: missing, notes: notes,
      assignee: assignee(facts.record.state.id, prepared, begin.occurrence, isShortened))
    return Deadline(core: Deadline.Core(found, status(found, applies, isVoid: isVoid)))
  }

  private func status(_ found: Deadline.Found, _ applies: Answer, isVoid: Bool) -> Deadline.Status {
    if isVoid || applies == .no { return .notApplicable }
    guard let count = found.count, !found.notes.contains(.endWithoutDay) else {
      return .undetermined
    }
    if let ended = found.ended {
      // What was done in time was done in time whether or not it had to be.
      if ClockEnd.isInTime(ended, count) { return .met }
      return applies.isDecided ? .metLate : .undetermined
    }
    guard applies.isDecided else { return .undetermined }
    if count.kind == .notBefore { return today < count.alarm ? .opensLater : .open }
    if today > count.statutory { return .overdue }
    return today.adding(days: DocketClock.soonDays) >= count.alarm ? .dueSoon : .open
  }

  private func assignee(
    _ record: RecordID, _ prepared: PreparedClock, _ occurrence: Int, _ isShortened: Bool
  ) -> String? {
    guard !people.isEmpty, let own = people[record] else { return nil }
    return own[Deadline.id(record, prepared.clock.key, occurrence, isShortened)]
  }

  private static func people(_ assignments: [RecordState]) -> [RecordID: [String: String]] {
    var people: [RecordID: [String: String]] = [:]
    for assignment in assignments {
      guard let deadline = assignment.text("deadline"), let owner = assignment.text("owner"),
        let record = RecordID(String(deadline.prefix { $0 != ":" }))
      else { continue }
      people[record, default: [:]][deadline] = owner
    }
    return people
  }

  private static func portfolio(_ related: SharedRecords, _ today: Day) -> DocketFacts.Portfolio {
    var shares = PortfolioShares()
    for model in related.models.values {
      shares.add(
        PortfolioShare(
          DocketFacts(
            model.state, kind: "model", related, today: today, portfolio: DocketFacts.Portfolio())))
    }
    return shares.portfolio
  }
}
