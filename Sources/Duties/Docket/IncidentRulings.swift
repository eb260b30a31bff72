internal import Ground

/// What the rules say of incidents that give them the same facts; of many incidents few give others than all others.
///
/// Only the times differ then: when something was known, sent and resolved.
final class IncidentRulings: Sendable {
  /// What the rules ask of an incident: its answers, its model, and whether other incidents hold its deadlines.
  struct Key: Hashable {
    let standing: IncidentStanding.Key
    let model: RecordID?
    let isNotMoved: Bool

    init(_ facts: DocketFacts) {
      standing = IncidentStanding.Key(facts.record.state, isSettled: facts.isSettled)
      model = facts.modelName
      isNotMoved = facts.isNotMoved
    }
  }

  /// What follows from its answers.
  let answers: IncidentStanding.Answers
  /// Whether its model was placed before Chapter V applied.
  let isLegacy: Answer
  /// Whether its model was given up.
  let isGivenUp: Bool
  /// Of each clock that may run.
  let rulings: [PreparedClock.Ruling]

  init(_ clocks: [PreparedClock], _ facts: DocketFacts, _ key: Key) {
    answers = IncidentStanding.Answers(key.standing)
    isLegacy = facts.isLegacy
    isGivenUp = facts.isGivenUp
    // No clock of an incident starts with an act that shows systemic risk, so that its start says nothing here.
    rulings = clocks.map { $0.ruling(facts, hasStarted: false) }
      .filter { $0.applies != .no || $0.isExcluded }
  }
}
