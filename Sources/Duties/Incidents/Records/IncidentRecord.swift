public import Ground
public import Rulebook

/// What the record of an incident says to the legal test and to the clocks.
public enum IncidentRecord {
  /// The events that date it, by what they date.
  static let dating: [(IncidentMoment, String)] = [
    (.occurred, "incident-occurred"), (.firstReport, "incident-received"),
    (.deployerAware, "deployer-aware"), (.awareOfIncident, "incident-known"),
    (.awareOfInvolvement, "involvement-known"), (.resolved, "incident-resolved"),
  ]

  /// The fields that hold answers.
  private static let names =
    IncidentQuestion.allCases.map(\.rawValue) + IncidentCategory.inAnswer.map(\.rawValue)

  /// The answers as they are today.
  public static func facts(_ state: RecordState) -> IncidentFacts {
    var facts = IncidentFacts()
    for name in names {
      guard let answer = state.fields[name] else { continue }
      // The field took only what the question takes.
      try? facts.take(name, answer)
    }
    if state.happened["involvement-known"] != nil { facts[.modelInvolved] = true }
    return facts
  }

  /// Its dates: the earliest of an event that was written twice, unless it was corrected.
  public static func times(_ state: RecordState) -> IncidentTimes {
    var times = IncidentTimes()
    for (moment, event) in dating {
      let earliest = state.times(event).min { instant($0) < instant($1) }
      times[moment] = earliest.map(instant)
      if case .day? = earliest { times.knowDayOnly(of: moment) }
    }
    // What reached the provider was known to it at the latest then, unless it had found it itself.
    if times[.awareOfIncident] == nil, let reported = times[.firstReport],
      reported <= times[.awareOfInvolvement] ?? reported
    {
      times[.awareOfIncident] = reported
      times.latest[.awareOfIncident] = times.latest[.firstReport]
    }
    times[.documented] = state.changed
    times.considered = state.times("incident-considered").map(instant).min()
    times.reports = ReportType.allCases.flatMap { type in
      state.times(type.event).map { SubmittedReport(type: type, at: instant($0)) }
    }.sorted { $0.at < $1.at }
    let facts = facts(state)
    for category in IncidentCategory.allCases where facts.harm(category) == .yes {
      times.learned[category] = learned(category, state)
    }
    times.told = told(state)?.mapValues(instant)
    return times
  }

  /// What the test, the clocks and the words say of it.
  public static func assessment(_ state: RecordState, law: Law) -> IncidentAssessment {
    IncidentAssessment(
      facts: facts(state), times: times(state), narrative: state.text("narrative") ?? "", law: law)
  }

  /// The last day on which it happened, as far as that is known: else the day on which it reached the provider.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 9.4.
  public static func lastDay(_ state: RecordState) -> Day {
    let written = ["began", "ended"].compactMap { name in
      state.text(name).flatMap { DayRange(iso: $0) }?.last
    }
    let told = ["incident-occurred", "incident-received"].compactMap { state.day($0) }
    return (written + told).max() ?? state.begun.day
  }

  /// What a person considered it to be.
  public static func outcome(_ state: RecordState) -> IncidentOutcome? {
    state.text("outcome").flatMap(IncidentOutcome.init)
  }

  /// The incident into which one was merged or with which it is reported.
  public static func holder(_ state: RecordState) -> RecordID? {
    (state.text("merged_into") ?? state.text("bundled_with")).flatMap { RecordID($0) }
  }

  /// Whether the deadlines of one incident hold for another: it was known no later, and has every harm of the other.
  public static func holds(_ holder: RecordState, _ other: RecordState) -> Bool {
    isKnownFirst(holder, other) && lacking(holder, other).isEmpty
  }

  /// Whether the involvement of the model was known for the first of two incidents no later than for the other.
  public static func isKnownFirst(_ first: RecordState, _ other: RecordState) -> Bool {
    guard let known = awareness(other) else { return true }
    return awareness(first).map { $0 <= known } ?? false
  }

  /// The harms that one incident surely has and another not.
  public static func lacking(_ holder: RecordState, _ other: RecordState) -> [IncidentCategory] {
    let (theirs, own) = (facts(holder), facts(other))
    return IncidentCategory.byUrgency.filter { own.harm($0) == .yes && theirs.harm($0) != .yes }
  }

  private static func awareness(_ state: RecordState) -> Instant? {
    state.times("involvement-known").map(instant).min()
  }

  /// When a report first told of each category; nil where the reports that were sent do not say of what they told.
  public static func told(_ state: RecordState) -> [IncidentCategory: Effective]? {
    guard case .object(let members)? = state.fields["told"] else { return nil }
    return members.reduce(into: [:]) { told, member in
      guard let category = IncidentCategory(rawValue: member.0),
        let at = member.1.asText.flatMap({ Effective($0) })
      else { return }
      told[category] = at
    }
  }

  /// The same as the field that holds it.
  public static func json(told: [IncidentCategory: Effective]) -> JSON {
    .object(
      told.sorted { $0.key.rawValue < $1.key.rawValue }.map { category, at in
        (category.rawValue, .string(at.text))
      })
  }

  /// Whether a report may follow those that were sent; a harm that none told of may be told after the final one.
  ///
  /// - Throws: `duties.report-*`, see `ReportOrder`.
  public static func checkOrder(
    _ next: SubmittedReport, of incident: RecordState
  ) throws(Problem) {
    let times = times(incident)
    let isNew = !untold(incident).isEmpty
    try ReportOrder.check(
      next, after: times.reports, resolved: times[.resolved],
      learned: Array(times.learned.values) + (isNew ? [next.at] : []))
  }

  /// Harms of which no report has told yet, though the first report was sent.
  public static func untold(_ state: RecordState) -> [IncidentCategory] {
    guard let told = told(state) else { return [] }
    let facts = facts(state)
    return IncidentCategory.byUrgency.filter { facts.harm($0) == .yes && told[$0] == nil }
  }

  /// The day since which the answers make a category, where they were given after the first report.
  private static func learned(_ category: IncidentCategory, _ state: RecordState) -> Instant? {
    let names = IncidentQuestion.deciding(category).map(\.rawValue) + [category.rawValue]
    let days = names.compactMap { state.text($0) == "yes" ? state.since[$0] : nil }
    return days.max().map { Instant(startOf: $0) }
  }

  private static func instant(_ effective: Effective) -> Instant {
    switch effective {
    case .moment(let moment): moment
    case .day(let day): Instant(startOf: day)
    }
  }
}

extension ReportType {
  /// Its name at the beginning of a title.
  public var title: String {
    switch self {
    case .initial: "Initial"
    case .intermediate: "Intermediate"
    case .final: "Final"
    }
  }

  /// The event of the incident that says that it was sent.
  public var event: String { rawValue + "-report-sent" }

  /// The events of all types.
  static let events = allCases.map(\.event)
}

/// What the clocks of an incident ask of its record, answered once: a docket of many asks each several times.
struct IncidentStanding {
  /// Whether the initial report of each category is due because of it.
  private let counted: [IncidentCategory: Answer]
  /// Whether a report is owed at all.
  let isSerious: Answer
  private let facts: IncidentFacts
  private let told: [IncidentCategory: Effective]?
  private let decision: Decision

  /// Whether a person decided that no report is owed, and whether another one confirmed it.
  private enum Decision { case none, unconfirmed, confirmed }

  init(_ state: RecordState, isSettled: Bool) {
    facts = IncidentRecord.facts(state)
    told = IncidentRecord.told(state)
    let outcome = IncidentRecord.outcome(state)
    let isAgainst = outcome.map { $0 != .serious } ?? false
    decision = isAgainst ? (isSettled ? .confirmed : .unconfirmed) : .none
    counted = IncidentStanding.counted(facts)
    let any = IncidentStanding.any(of: IncidentCategory.allCases, counted, decision)
    isSerious = any == .no && outcome == .serious ? .yes : any
  }

  /// Whether its initial report is due because of one of the categories.
  func any(of categories: [IncidentCategory]) -> Answer {
    IncidentStanding.any(of: categories, counted, decision)
  }

  /// When reports had told of all harms among some categories that are known; `.some(nil)` while they have not, and nil
  /// where none of these harms is known, or it is not on the record of what was told.
  func told(of categories: [IncidentCategory]) -> Effective?? {
    guard let told else { return nil }
    let known = categories.filter { facts.harm($0) == .yes }
    guard !known.isEmpty else { return nil }
    let times = known.compactMap { told[$0] }
    guard times.count == known.count else { return .some(nil) }
    return .some(times.max { $0.day < $1.day })
  }

  /// The same on the track of an own high-risk system.
  func ofSystem(_ categories: [IncidentCategory], orWidespread: Bool = false) -> Answer {
    let own = Answer(facts[.highRiskSystem], fact: IncidentQuestion.highRiskSystem.rawValue)
    guard facts[.highRiskSystem] == true else { return own == .no ? .no : own }
    let harm = categories.reduce(Answer.no) { $0 || facts.harm($1) }
    return orWidespread ? harm || Answer(facts[.widespreadInfringement] == true) : harm
  }

  /// A view that it is not serious, confirmed by a second person, settles what the answers leave open, and nothing that
  /// they say.
  private static func any(
    of categories: [IncidentCategory], _ counted: [IncidentCategory: Answer], _ decision: Decision
  ) -> Answer {
    let answer = categories.reduce(Answer.no) { $0 || counted[$1] ?? .no }
    guard !answer.isDecided else { return answer }
    return switch decision {
    case .none: answer
    case .unconfirmed: answer && .undetermined(["non-report-confirmed"])
    case .confirmed: .no
    }
  }

  /// While the link is open a known harm counts; for a breach of the model no link is asked.
  private static func counted(_ facts: IncidentFacts) -> [IncidentCategory: Answer] {
    let isExcluded = facts.link == .no
    var counted: [IncidentCategory: Answer] = [:]
    for category in IncidentCategory.allCases {
      let isLinkAsked = category != .cyberBreach || facts.breachOfModel == .no
      counted[category] = isLinkAsked && isExcluded ? .no : facts.harm(category)
    }
    return counted
  }
}
