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
  private static let names = Set(
    IncidentQuestion.allCases.map(\.rawValue) + IncidentCategory.inAnswer.map(\.rawValue))

  /// The answers as they are today.
  public static func facts(_ state: RecordState) -> IncidentFacts {
    var facts = IncidentFacts()
    // In whatever order: of several answers to one question the cautious one counts.
    for (name, answer) in state.fields where names.contains(name) {
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
      let earliest = state.times(event).min { $0.instant < $1.instant }
      times[moment] = earliest.map(\.instant)
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
    times.considered = state.times("incident-considered").map(\.instant).min()
    times.reports = ReportType.allCases.flatMap { type in
      state.times(type.event).map { SubmittedReport(type: type, at: $0.instant) }
    }.sorted { $0.at < $1.at }
    let facts = facts(state)
    for category in IncidentCategory.allCases where facts.harm(category) == .yes {
      times.learned[category] = learned(category, state)
    }
    times.told = told(state)?.mapValues(\.instant)
    return times
  }

  /// What the test, the clocks and the words say of it.
  ///
  /// - Parameter added: categories that the words of messages suggest that came after the report.
  public static func assessment(
    _ state: RecordState, added: Set<IncidentCategory> = [], law: Law
  ) -> IncidentAssessment {
    IncidentAssessment(
      facts: facts(state), times: times(state), narrative: state.text("narrative") ?? "",
      added: added, law: law)
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

  /// Whether an incident has deadlines of its own: it was neither merged into another nor reported with it, or that one
  /// was known later, tells of less or was itself moved into this one, so that a deadline would be lost.
  ///
  /// - Parameter find: finds another incident, as far as it can be read.
  public static func hasOwnDeadlines(
    _ state: RecordState, _ find: (RecordID) -> RecordState?
  ) -> Bool {
    guard let name = holder(state) else { return true }
    guard let first = find(name) else { return false }
    var seen: Set<RecordID> = []
    var next: RecordState? = first
    while let other = next, other.id != state.id, seen.insert(other.id).inserted {
      next = holder(other).flatMap(find)
    }
    return next?.id == state.id || !holds(first, state)
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
    state.times("involvement-known").map(\.instant).min()
  }

  /// Whether a report on the model is owed, by what was answered and considered.
  ///
  /// - Parameter isSettled: whether a second person confirmed that none is, which ends what the answers leave open.
  public static func isReportOwed(_ state: RecordState, isSettled: Bool) -> Answer {
    IncidentStanding(state, isSettled: isSettled).answers.isSerious
  }

  /// The day since which the answers make a category, where they were given after the first report.
  private static func learned(_ category: IncidentCategory, _ state: RecordState) -> Instant? {
    let names = IncidentQuestion.deciding(category).map(\.rawValue) + [category.rawValue]
    let days = names.compactMap { state.text($0) == "yes" ? state.since[$0] : nil }
    return days.max().map { Instant(startOf: $0) }
  }
}
