internal import Ground

/// What the clocks of an incident ask of its record, answered once: a docket of many asks each several times.
struct IncidentStanding {
  /// What follows from the answers.
  let answers: Answers
  private let told: [IncidentCategory: Effective]?

  /// What the answers of an incident are, and what a person considered it to be: all that its clocks follow from.
  struct Key: Hashable {
    let facts: IncidentFacts
    fileprivate let decision: Decision
    fileprivate let isCalledSerious: Bool

    init(_ state: RecordState, isSettled: Bool) {
      facts = IncidentRecord.facts(state)
      let outcome = IncidentRecord.outcome(state)
      isCalledSerious = outcome == .serious
      decision = outcome == nil || isCalledSerious ? .none : isSettled ? .confirmed : .unconfirmed
    }
  }

  /// Whether a person decided that no report is owed, and whether another one confirmed it.
  fileprivate enum Decision { case none, unconfirmed, confirmed }

  /// Worked out by itself.
  init(_ state: RecordState, isSettled: Bool) {
    self.init(state, Answers(Key(state, isSettled: isSettled)))
  }

  /// With what was worked out for an incident with the same answers.
  init(_ state: RecordState, _ answers: Answers) {
    self.answers = answers
    told = IncidentRecord.told(state)
  }

  /// When reports had told of all harms among some categories that are known; `.some(nil)` while they have not, and nil
  /// where none of these harms is known, or it is not on the record of what was told.
  func told(of categories: [IncidentCategory]) -> Effective?? {
    guard let told else { return nil }
    let known = categories.filter { answers.facts.harm($0) == .yes }
    guard !known.isEmpty else { return nil }
    let times = known.compactMap { told[$0] }
    guard times.count == known.count else { return .some(nil) }
    return .some(times.max { $0.day < $1.day })
  }
}

extension IncidentStanding {
  /// What follows for the clocks; of many incidents few have other answers than all others.
  final class Answers: Sendable {
    let facts: IncidentFacts
    /// Whether a report is owed at all.
    let isSerious: Answer
    /// Whether the initial report is due because of one of some categories.
    let isUrgent, infrastructure, cyber, death, other: Answer
    /// The same on the track of an own high-risk system.
    let ownSystem, systemUrgent, systemDeath, systemHarm: Answer

    init(_ key: Key) {
      let facts = key.facts
      let counted = Answers.counted(facts)
      func any(_ categories: [IncidentCategory]) -> Answer {
        Answers.any(of: categories, counted, key.decision)
      }
      self.facts = facts
      let all = any(IncidentCategory.allCases)
      isSerious = all == .no && key.isCalledSerious ? .yes : all
      isUrgent = any([.infrastructure, .cyberBreach])
      infrastructure = any([.infrastructure])
      cyber = any([.cyberBreach])
      death = any([.death])
      other = any([.health, .rights, .propertyEnvironment])
      ownSystem = Answers.ofSystem(facts, IncidentCategory.allCases, orWidespread: true)
      systemUrgent = Answers.ofSystem(facts, [.infrastructure], orWidespread: true)
      systemDeath = Answers.ofSystem(facts, [.death])
      systemHarm = Answers.ofSystem(facts, [.health, .rights, .propertyEnvironment])
    }

    private static func ofSystem(
      _ facts: IncidentFacts, _ categories: [IncidentCategory], orWidespread: Bool = false
    ) -> Answer {
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
        let isLinkAsked =
          isExcluded && (category != .cyberBreach || facts.breachOfModel == .no)
        return isLinkAsked ? .no : facts.harm(category)
      }
    }
  }
}
