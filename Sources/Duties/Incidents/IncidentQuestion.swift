internal import Compute
public import Ground
public import Rulebook

/// A question of the decision table.
public enum IncidentQuestion: String, Sendable, CaseIterable {
  case modelInvolved = "model_involved"
  case causalLink = "causal_link"
  case causalLinkSuspected = "causal_link_suspected"
  case infrastructureDisrupted = "infrastructure_disrupted"
  case infrastructureCritical = "infrastructure_critical"
  case infrastructureSerious = "infrastructure_serious"
  case infrastructureIrreversible = "infrastructure_irreversible"
  case weightsExfiltrated = "weights_exfiltrated"
  case modelBreached = "model_breached"
  case othersBreached = "others_breached"
  case breachSerious = "breach_serious"
  case death
  case healthHarmed = "health_harmed"
  case healthSerious = "health_serious"
  case rights
  case propertySeriousHarm = "property_serious_harm"
  case environmentSeriousHarm = "environment_serious_harm"
  case highRiskSystem = "high_risk_system"
  case widespreadInfringement = "widespread_infringement"
  case eventHappened = "event_happened"
  case couldHaveBeenSerious = "could_have_been_serious"
  case manyAffected = "many_affected"
  case vulnerablePersons = "vulnerable_persons"
  case reversible
  case spreading

  /// Where it belongs: the name of a category, or `all`, `system`, `status`, `score`.
  public var group: String { row["category"] }

  /// The category that it decides.
  public var category: IncidentCategory? { IncidentCategory(rawValue: group) }

  /// The question in plain words.
  public var words: String { row["question"] }

  /// Ids of the rules behind it.
  public var rules: [String] { row["rules"].split(separator: ";").map(String.init) }

  /// The citations of its rules as they stand on the law's day.
  public func citations(_ law: Law) -> [Citation] { rules.compactMap(law.citation) }

  /// The questions of a category.
  public static func deciding(_ category: IncidentCategory) -> [IncidentQuestion] {
    byCategory[category] ?? []
  }

  private static let byCategory = IncidentCategory.allCases.reduce(
    into: [IncidentCategory: [IncidentQuestion]]()
  ) { lists, category in
    lists[category] = allCases.filter { $0.category == category }
  }

  private var row: Table.Row {
    guard let row = IncidentQuestion.rows[self] else {
      preconditionFailure("the table of questions has a row for \(rawValue)")
    }
    return row
  }

  private static let rows: [IncidentQuestion: Table.Row] = Dictionary(
    Table(tableIncidentQuestions).rows.compactMap { row in
      IncidentQuestion(rawValue: row["id"]).map { ($0, row) }
    }, uniquingKeysWith: { first, _ in first })

  /// `{id, category, question, answers, citations}`.
  public func json(_ law: Law) -> JSON {
    .object([
      ("id", .string(rawValue)), ("category", .string(group)), ("question", .string(words)),
      ("answers", JSON(IncidentFacts.answers(self))),
      ("citations", .array(citations(law).map(\.json))),
    ])
  }
}
