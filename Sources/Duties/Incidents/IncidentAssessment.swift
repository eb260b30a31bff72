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
  /// What the words of messages suggest that came after the report.
  public let added: Set<IncidentCategory>
  /// The score for triage.
  public let score: IncidentScore

  /// Assesses what is known by the law of a day.
  ///
  /// A moment of awareness of the model's involvement says that the model is involved.
  /// - Parameters:
  ///   - narrative: the words of the report.
  ///   - added: categories that the words of later messages suggest: they are asked about first, like those of the report.
  public init(
    facts: IncidentFacts, times: IncidentTimes, narrative: String = "",
    added: Set<IncidentCategory> = [], law: Law
  ) {
    var facts = facts
    if times[.awareOfInvolvement] != nil { facts[.modelInvolved] = true }
    self.facts = facts
    self.times = times
    clocks = IncidentClocks(facts: facts, times: times, law: law)
    (suggestions, setAside) = CategorySuggestion.read(narrative)
    self.added = added
    score = IncidentScore(facts)
  }

  /// What would decide it or date it, in the order in which it is asked for.
  public var missing: [String] {
    guard facts.serious != .no else { return missingOfSystem }
    let suggested = added.union(suggestions.lazy.map(\.category))
    var names = facts.missing(suggested: suggested).map(\.rawValue)
    if times[.awareOfInvolvement] == nil {
      // Where the harm is known only the start of its clock is missing.
      let isKnown = facts.serious == .yes
      names.insert(IncidentMoment.awareOfInvolvement.rawValue, at: isKnown ? 0 : names.count)
    }
    if facts[.highRiskSystem] == nil { names.append(IncidentQuestion.highRiskSystem.rawValue) }
    return names + missingStart
  }

  /// What is asked where nothing is owed for the model: an own high-risk system is a question of its own.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 73(1), Art. 75(1a).
  private var missingOfSystem: [String] {
    guard facts.systemHarm != .no, facts[.highRiskSystem] != false else { return [] }
    guard facts[.highRiskSystem] == true else { return [IncidentQuestion.highRiskSystem.rawValue] }
    return facts.systemHarm.missing + missingStart
  }

  /// The start of the clocks of an own high-risk system, where nothing dates it.
  private var missingStart: [String] {
    let starts: [IncidentMoment] = [.awareOfIncident, .deployerAware, .firstReport]
    return facts[.highRiskSystem] == true && starts.allSatisfy({ times[$0] == nil })
      ? [IncidentMoment.awareOfIncident.rawValue] : []
  }

  /// Why there is no clock at all, where that is so.
  public var notes: [String] {
    guard clocks.all.isEmpty else { return [] }
    if let day = clocks.dutyBegins, clocks.law.day < day,
      let words = IncidentClocks.application(clocks.law)
    {
      return ["No clock runs by the law of \(clocks.law.day.iso): \(words)."]
    }
    guard facts.serious == .no else { return [] }
    let isAsked = missingOfSystem.contains(IncidentQuestion.highRiskSystem.rawValue)
    let article = isAsked ? clocks.law.citation("ai-act/73/1") : nil
    return [
      "By the answers it is no serious incident of the model: no report on the model is owed."
    ]
      + (article.map {
        ["Whether a report on a high-risk system of one's own is owed is open (\($0.text))."]
      } ?? [])
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
