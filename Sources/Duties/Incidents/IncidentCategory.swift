/// A category of harm that makes an incident serious.
///
/// Source: Regulation (EU) 2024/1689, Art. 3(49)(a) to (d); Guidelines C(2025) 7719, ¶ 100; Code of Practice, Safety
/// and Security, Measure 9.3, points (1) to (4).
public enum IncidentCategory: String, Sendable, CaseIterable {
  case death, health, infrastructure, rights
  case propertyEnvironment = "property_environment"
  case cyberBreach = "cyber_breach"

  /// The order in which questions are asked: the shortest time for the report first.
  public static let byUrgency: [IncidentCategory] = [
    .infrastructure, .cyberBreach, .death, .health, .rights, .propertyEnvironment,
  ]

  /// By its place: the text would be hashed otherwise, many times for each incident of a docket.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }

  /// Its place among all categories.
  var place: Int {
    switch self {
    case .death: 0
    case .health: 1
    case .infrastructure: 2
    case .rights: 3
    case .propertyEnvironment: 4
    case .cyberBreach: 5
    }
  }

  /// A short name.
  public var title: String {
    switch self {
    case .death: "death of a person"
    case .health: "serious harm to health"
    case .infrastructure: "serious and irreversible disruption of critical infrastructure"
    case .rights: "infringement of obligations protecting fundamental rights"
    case .propertyEnvironment: "serious harm to property or the environment"
    case .cyberBreach: "serious cybersecurity breach"
    }
  }

  /// Id of the rule that makes it serious.
  public var rule: String {
    switch self {
    case .death, .health: "ai-act/3/49/a"
    case .infrastructure: "ai-act/3/49/b"
    case .rights: "ai-act/3/49/c"
    case .propertyEnvironment: "ai-act/3/49/d"
    case .cyberBreach: "guidelines/100/cyber-breach"
    }
  }

  /// Id of the rule that says when the initial report on a model is due.
  public var period: String {
    switch self {
    case .infrastructure: "cop/safety/9.3/infrastructure"
    case .cyberBreach: "cop/safety/9.3/cyber"
    case .death: "cop/safety/9.3/death"
    case .health, .rights, .propertyEnvironment: "cop/safety/9.3/harm"
    }
  }

  /// Id of the rule that says when the report on an own high-risk system is due.
  ///
  /// Nil for a breach of cybersecurity, which Art. 3(49) does not name.
  public var systemPeriod: String? {
    switch self {
    case .infrastructure: "ai-act/73/3"
    case .death: "ai-act/73/4"
    case .health, .rights, .propertyEnvironment: "ai-act/73/2"
    case .cyberBreach: nil
    }
  }
}
