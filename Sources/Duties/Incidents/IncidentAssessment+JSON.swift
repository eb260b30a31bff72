public import Ground
public import Rulebook

extension IncidentAssessment {
  /// The documented members of an assessment, without those of its row.
  public func members(_ law: Law) -> [(String, JSON)] {
    let reasons = reasons
    return [
      (
        "categories",
        .object(reasons.map { ($0.category.rawValue, .string($0.answer.word)) })
      ),
      ("serious", .string(facts.serious.word)), ("causal_link", .string(facts.linkWord)),
      ("status", JSON(facts.status?.rawValue)),
      ("suggestions", .array(suggestions.map(\.json))),
      ("set_aside", .array(setAside.map(\.json))),
      ("missing", JSON(missing)), ("clocks", .array(clocks.all.map { $0.json(law) })),
      ("governs", JSON(clocks.governs)), ("earliest_possible", JSON(clocks.earliestPossible)),
      ("governs_high_risk_system", JSON(clocks.governsSystem)), ("notes", JSON(notes)),
      (
        "reasons",
        .array(
          reasons.map {
            let citation = law.citation($0.category.rule)
            return .object([
              ("category", .string($0.category.rawValue)), ("reason", .string($0.reason)),
              ("citation", JSON(citation?.text)), ("force", JSON(citation?.force.rawValue)),
            ])
          })
      ),
      ("score", score.json),
    ]
  }
}
