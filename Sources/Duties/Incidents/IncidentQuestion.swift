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

  /// By its place: the text would be hashed otherwise, many times for each incident of a docket.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }

  /// Its place among all questions.
  var place: Int {
    switch self {
    case .modelInvolved: 0
    case .causalLink: 1
    case .causalLinkSuspected: 2
    case .infrastructureDisrupted: 3
    case .infrastructureCritical: 4
    case .infrastructureSerious: 5
    case .infrastructureIrreversible: 6
    case .weightsExfiltrated: 7
    case .modelBreached: 8
    case .othersBreached: 9
    case .breachSerious: 10
    case .death: 11
    case .healthHarmed: 12
    case .healthSerious: 13
    case .rights: 14
    case .propertySeriousHarm: 15
    case .environmentSeriousHarm: 16
    case .highRiskSystem: 17
    case .widespreadInfringement: 18
    case .eventHappened: 19
    case .couldHaveBeenSerious: 20
    case .manyAffected: 21
    case .vulnerablePersons: 22
    case .reversible: 23
    case .spreading: 24
    }
  }

  /// The question of a name.
  static func named(_ name: String) -> IncidentQuestion? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

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
