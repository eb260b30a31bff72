internal import Ground

/// What the clocks of an incident ask of its record, answered once: a docket of many asks each several times.
struct IncidentStanding {
  /// Whether the initial report of each category is due because of it, in the order of all categories.
  private let counted: [Answer]
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
    of categories: [IncidentCategory], _ counted: [Answer], _ decision: Decision
  ) -> Answer {
    let answer = categories.reduce(Answer.no) { $0 || counted[$1.place] }
    guard !answer.isDecided else { return answer }
    return switch decision {
    case .none: answer
    case .unconfirmed: answer && .undetermined(["non-report-confirmed"])
    case .confirmed: .no
    }
  }

  /// While the link is open a known harm counts; for a breach of the model no link is asked.
  private static func counted(_ facts: IncidentFacts) -> [Answer] {
    let isExcluded = facts.link == .no
    return IncidentCategory.allCases.map { category in
      let isLinkAsked = isExcluded && (category != .cyberBreach || facts.breachOfModel == .no)
      return isLinkAsked ? .no : facts.harm(category)
    }
  }
}
