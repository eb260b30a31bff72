public import Ground

/// The score by which reports are put in order for triage: house practice that decides nothing.
///
/// Source: house practice, rule house/incident-score.
public struct IncidentScore: Sendable {
  /// One part, of at most four points; a range while something is unknown.
  public struct Part: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Fewest and most points.
    public var points: ClosedRange<Int>
    /// Questions that would narrow it.
    public var missing: [String]
  }
  /// The most points of a part.
  public static let most = 4

  /// The parts.
  public let parts: [Part]

  /// Fewest and most points in all.
  public var points: ClosedRange<Int> {
    let low = parts.reduce(0) { $0 + $1.points.lowerBound }
    let high = parts.reduce(0) { $0 + $1.points.upperBound }
    return low...max(low, high)
  }

  /// The score of what is known.
  public init(_ facts: IncidentFacts) {
    parts = [
      IncidentScore.severity(facts),
      IncidentScore.part("reach", facts, .manyAffected, yes: 4, no: 1),
      IncidentScore.reversibility(facts),
      IncidentScore.part("vulnerable_persons", facts, .vulnerablePersons, yes: 4, no: 0),
      IncidentScore.part("propagation", facts, .spreading, yes: 4, no: 0),
      IncidentScore.confidence(facts),
    ]
  }

  private static func part(
    _ name: String, _ facts: IncidentFacts, _ question: IncidentQuestion, yes: Int, no: Int
  ) -> Part {
    guard let known = facts[question] else {
      return Part(name: name, points: min(yes, no)...max(yes, no), missing: [question.rawValue])
    }
    let points = known ? yes : no
    return Part(name: name, points: points...points, missing: [])
  }

  private static func severity(_ facts: IncidentFacts) -> Part {
    func points(_ category: IncidentCategory) -> Int {
      category == .death || category == .infrastructure ? 4 : 3
    }
    let harmed = facts[.healthHarmed] == true ? 1 : 0
    let certain = IncidentCategory.allCases.filter { facts.harm($0) == .yes }
    let open = IncidentCategory.allCases.filter { !facts.harm($0).isDecided }
    let low = certain.map(points).max() ?? harmed
    let mayBeHarmed = facts[.healthHarmed] == false ? 0 : 1
    let high = max(low, mayBeHarmed, open.map(points).max() ?? 0)
    let narrowing = open.filter { points($0) > low }
    return Part(
      name: "severity", points: low...high,
      missing: narrowing.flatMap { facts.harm($0).missing })
  }

  private static func reversibility(_ facts: IncidentFacts) -> Part {
    let final: [IncidentQuestion] = [.death, .infrastructureIrreversible]
    if final.contains(where: { facts[$0] == true }) {
      return Part(name: "reversibility", points: 4...4, missing: [])
    }
    var part = IncidentScore.part("reversibility", facts, .reversible, yes: 1, no: 4)
    let open = final.filter { facts[$0] == nil }.map(\.rawValue)
    if !open.isEmpty {
      part.points = part.points.lowerBound...4
      part.missing += open
    }
    return part
  }

  private static func confidence(_ facts: IncidentFacts) -> Part {
    func part(_ points: ClosedRange<Int>, _ missing: [String] = []) -> Part {
      Part(name: "confidence", points: points, missing: missing)
    }
    let breach = facts.breachOfModel
    if breach == .yes { return part(4...4) }
    return switch facts.linkWord {
    case "established": part(4...4)
    case "suspected": part(3...(breach == .no ? 3 : 4), breach.missing)
    case "excluded": part(0...(breach == .no ? 0 : 4), breach.missing)
    default: part(0...4, facts.link.missing)
    }
  }

  /// `{lowest, highest, of, force, parts: [{name, lowest, highest, missing}]}`.
  public var json: JSON {
    .object([
      ("lowest", .int(points.lowerBound)), ("highest", .int(points.upperBound)),
      ("of", .int(parts.count * IncidentScore.most)), ("force", .string(Force.house.rawValue)),
      (
        "parts",
        .array(
          parts.map {
            .object([
              ("name", .string($0.name)), ("lowest", .int($0.points.lowerBound)),
              ("highest", .int($0.points.upperBound)), ("missing", JSON($0.missing)),
            ])
          })
      ),
    ])
  }
}
