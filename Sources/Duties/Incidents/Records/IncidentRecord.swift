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
      times[moment] = state.times(event).map(instant).min()
    }
    // What reached the provider was known to it at the latest then.
    if times[.awareOfIncident] == nil { times[.awareOfIncident] = times[.firstReport] }
    times[.documented] = state.changed
    times.reports = ReportType.allCases.flatMap { type in
      state.times(type.event).map { SubmittedReport(type: type, at: instant($0)) }
    }.sorted { $0.at < $1.at }
    let facts = facts(state)
    for category in IncidentCategory.allCases where facts.harm(category) == .yes {
      times.learned[category] = learned(category, state)
    }
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
}

/// What the clocks of an incident ask of its record, answered once.
struct IncidentStanding {
  private let facts: IncidentFacts
  private let outcome: IncidentOutcome?
  private let isDecidedAgainst: Bool

  init(_ state: RecordState) {
    facts = IncidentRecord.facts(state)
    outcome = IncidentRecord.outcome(state)
    isDecidedAgainst = outcome.map { $0 != .serious } ?? false
  }

  /// Whether its initial report is due because of one of the categories.
  ///
  /// A person's view that it is not serious settles what the answers leave open, and nothing that they say.
  func any(of categories: [IncidentCategory]) -> Answer {
    let answer = categories.reduce(Answer.no) { $0 || (facts.harm($1) && counts($1)) }
    guard !answer.isDecided, isDecidedAgainst else { return answer }
    return .no
  }

  /// Whether a report is owed at all.
  var isSerious: Answer {
    let answer = any(of: IncidentCategory.allCases)
    return answer == .no && outcome == .serious ? .yes : answer
  }

  /// The same on the track of an own high-risk system.
  func ofSystem(_ categories: [IncidentCategory], orWidespread: Bool = false) -> Answer {
    let own = Answer(facts[.highRiskSystem], fact: IncidentQuestion.highRiskSystem.rawValue)
    guard facts[.highRiskSystem] == true else { return own == .no ? .no : own }
    let harm = categories.reduce(Answer.no) { $0 || facts.harm($1) }
    return orWidespread ? harm || Answer(facts[.widespreadInfringement] == true) : harm
  }

  /// While the link is open a known harm counts; for a breach of the model no link is asked.
  private func counts(_ category: IncidentCategory) -> Answer {
    if category == .cyberBreach, facts.breachOfModel != .no { return .yes }
    return facts.link == .no ? .no : .yes
  }
}
