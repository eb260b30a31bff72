public import Ground
public import Rulebook

/// What the decision table, the clocks and the words of a report say about one incident.
public struct IncidentAssessment: Sendable {
  /// What is known.
  public let facts: IncidentFacts
  /// When it was.
  public let times: IncidentTimes
  /// The time limits.
  public let clocks: IncidentClocks
  /// What the words of the report suggest.
  public let suggestions: [CategorySuggestion]
  /// What the report mentions in the negative only.
  public let setAside: [CategorySuggestion]
  /// The score for triage.
  public let score: IncidentScore

  /// Assesses what is known by the law of a day.
  ///
  /// A moment of awareness of the model's involvement says that the model is involved.
  public init(facts: IncidentFacts, times: IncidentTimes, narrative: String = "", law: Law) {
    var facts = facts
    if times[.awareOfInvolvement] != nil { facts[.modelInvolved] = true }
    self.facts = facts
    self.times = times
    clocks = IncidentClocks(facts: facts, times: times, law: law)
    (suggestions, setAside) = CategorySuggestion.read(narrative)
    score = IncidentScore(facts)
  }

  /// What would decide it or date it, in the order in which it is asked for.
  public var missing: [String] {
    guard facts.serious != .no else { return [] }
    let suggested = Set(suggestions.map(\.category))
    var names = facts.missing(suggested: suggested).map(\.rawValue)
    if times[.awareOfInvolvement] == nil {
      // Where the harm is known only the start of its clock is missing.
      let isKnown = facts.serious == .yes
      names.insert(IncidentMoment.awareOfInvolvement.rawValue, at: isKnown ? 0 : names.count)
    }
    if facts[.highRiskSystem] == nil { names.append(IncidentQuestion.highRiskSystem.rawValue) }
    return names
  }

  /// Categories with what decided them.
  public var reasons: [(category: IncidentCategory, answer: Answer, reason: String)] {
    IncidentCategory.allCases.map { category in
      let answer = facts.harm(category)
      return (category, answer, reason(category, answer))
    }
  }

  private func reason(_ category: IncidentCategory, _ answer: Answer) -> String {
    let given = IncidentQuestion.deciding(category).compactMap { question in
      facts[question].map { "\(question.rawValue): \(Answer($0).word)" }
    }
    let whole = facts[whole: category].map {
      ["\(category.rawValue) as a whole: \(Answer($0).word)"]
    }
    let known = given + (whole ?? [])
    if known.isEmpty { return "nothing is known yet" }
    return known.joined(separator: ", ")
  }
}
