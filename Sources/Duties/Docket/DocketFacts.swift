internal import Ground
internal import RuleFile

/// The facts that the conditions of clocks ask of one record, answered once each.
final class DocketFacts {
  /// The record whose deadlines are asked.
  let record: SharedRecord
  /// The records on which its deadlines depend.
  let related: SharedRecords
  let today: Day
  private let kind: String
  /// What the provider's models have in common; asked by records of the provider, and by incidents that name no model.
  let portfolio: Portfolio
  /// The name of the model it is or belongs to, whether or not that can be read.
  let modelName: RecordID?

  /// What the provider's models have in common.
  struct Portfolio: Sendable {
    /// Whether any has systemic risk.
    var isAnySystemic = Answer.undetermined(["systemic_risk"])
    /// How many are surely on the market with systemic risk.
    var systemicOnMarket = 0
    /// Whether any other could be.
    var isComplete = true
  }

  init(
    _ state: RecordState, kind: String, _ related: SharedRecords, today: Day, portfolio: Portfolio
  ) {
    record = SharedRecord(state)
    self.kind = kind
    self.related = related
    self.today = today
    self.portfolio = portfolio
    modelName = kind == "model" ? state.id : state.text("model").flatMap { RecordID($0) }
  }

  /// The model it is or belongs to.
  private(set) lazy var model: SharedRecord? =
    kind == "model" ? record : modelName.flatMap { related.models[$0] }

  private(set) lazy var standing: ModelStanding? = modelName.flatMap { related.standings[$0] }

  var provider: SharedRecord? { kind == "provider" ? record : related.provider }

  /// Whether a second person confirmed that no report on this incident is owed.
  var isSettled: Bool { isIncident && related.settled.contains(record.state.id) }

  private var isIncident: Bool { kind == RecordKind.incident.name }

  /// What all deadlines of the record share.
  private(set) lazy var subject = Deadline.Subject(record.state, isEvidence: kind == "evidence")

  /// The placing on the market: its day, and whether it happened or is planned.
  struct Placement {
    var day: Day
    var hasHappened: Bool
    var fact: Clock.Fact
  }

  private(set) lazy var placement: Placement? = {
    guard let model else { return nil }
    if let placed = model.state.happened["placed-on-market"] {
      return Placement(day: placed.day, hasHappened: true, fact: .placed)
    }
    guard model.state.happened["model-abandoned"] == nil else { return nil }
    if let planned = model.state.happened["placement-planned"] {
      return Placement(day: planned.day, hasHappened: false, fact: .planned)
    }
    // The field says when a model was or will be placed: a day that has passed says that it was.
    return released?.exact.map { day in
      Placement(day: day, hasHappened: day <= today, fact: .released)
    }
  }()

  private(set) lazy var released: DayRange? = model?.state.text("released").flatMap {
    DayRange(iso: $0)
  }

  /// Whether it was placed before Chapter V applied.
  private(set) lazy var isLegacy: Answer = {
    if let placement {
      return Answer(placement.day < DutyTable.chapterFive)
    }
    return released?.isBefore(DutyTable.chapterFive, fact: "released") ?? .no
  }()

  /// Whether it is supplied, or used so that it counts as supplied, on the Union market.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 3(63), recital 97; Guidelines C(2025) 7719, ¶ 51.
  private(set) lazy var isInScope: Answer = {
    guard let model else {
      guard isOfUnnamedModel else { return Unknown.placed }
      return portfolio.systemicOnMarket > 0 ? .yes : Unknown.model
    }
    if model.state.happened["placed-on-market"] != nil || flag("placed_on_market") == true {
      return .yes
    }
    if flag("research_only") == true { return .no }
    if flag("internal_use_only") == true {
      let counts =
        Answer(flag("internal_use_essential"), fact: "internal_use_essential")
        || Answer(flag("affects_rights"), fact: "affects_rights")
      return counts == .no && isSystemic != .no ? Unknown.internalUse : counts
    }
    return placement == nil && released == nil ? Unknown.placed : .yes
  }()

  private(set) lazy var isOnMarket: Answer = {
    guard let model, let placement else { return .no }
    if model.state.happened["withdrawn"] != nil { return .no }
    if placement.hasHappened { return .yes }
    return placement.day > today ? .no : .undetermined(["placed-on-market"])
  }()

  /// Whether the provider must have notified it: capabilities presumed or found, not a designation.
  private(set) lazy var isPresumed: Answer = {
    guard let model else { return Unknown.systemic }
    if model.state.text("generality") == "narrow" { return .no }
    if DocketFacts.triggers.contains(where: { model.state.happened[$0] != nil })
      || DocketFacts.triggerFields.contains(where: { model.state.fields[$0] != nil })
      || standing?.thresholdMet != nil || standing?.thresholdKnown != nil
    {
      return .yes
    }
    // A model that the Commission designated may have systemic risk for that reason alone.
    guard isDesignated != .yes else { return Unknown.threshold }
    return standing?.isSystemic ?? Unknown.systemic
  }()

  /// Whether the record says that the threshold was met, known or notified, and the classification of its facts does not.
  private(set) lazy var isContradicted: Bool =
    standing?.isSystemic == .no && isPresumed == .yes && isDesignated != .yes
    && model?.state.happened["arguments-accepted"] == nil

  private(set) lazy var isDesignated: Answer = {
    guard let model else { return Unknown.designated }
    if hasDesignationEnded { return .no }
    if model.state.happened["designated"] != nil { return .yes }
    return Answer(flag("designated"), fact: "designated")
  }()

  private(set) lazy var isSystemic: Answer = {
    guard let model else {
      if isOfUnnamedModel { return portfolio.isAnySystemic == .yes ? .yes : Unknown.model }
      return kind == "provider" ? portfolio.isAnySystemic : Unknown.systemic
    }
    if isDesignated == .yes { return .yes }
    if model.state.happened["arguments-accepted"] != nil { return .no }
    return isPresumed
  }()

  /// Whether it is an incident of which nobody said yet which model is involved: while any model of the provider has
  /// systemic risk, its time limits run.
  private var isOfUnnamedModel: Bool { isIncident && modelName == nil }

  private(set) lazy var isGeneralPurpose: Answer = {
    guard let model else { return .yes }
    if isDesignated == .yes { return .yes }
    if model.state.text("generality") == "narrow" { return .no }
    if isSystemic == .yes { return .yes }
    // Who registers a model here says that it is a general-purpose one; a classification may say otherwise.
    return standing?.isGeneralPurpose ?? .yes
  }()

  /// Whether the workspace's provider is the provider of this model, which a modifier need not be.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 59 and 60.
  private(set) lazy var isProvider: Answer = {
    guard let model else { return .yes }
    if isInScope == .no, isDesignated != .yes { return .no }
    if let standing { return standing.isProvider }
    let isOthers = model.state.fields["base_model"] != nil && flag("base_same_provider") != true
    return isOthers ? .undetermined(["modifier_is_provider"]) : .yes
  }()

  private(set) lazy var isOpenSource: Answer = {
    guard let model else { return Unknown.openSource }
    if flag("open_weights") == false { return .no }
    if let standing { return standing.isOpenSource }
    guard case .object(let tests)? = model.state.fields["open_source"] else {
      return Unknown.openSource
    }
    var dossier = Dossier()
    for (name, value) in tests {
      if let test = Dossier.OpenSourceTest(rawValue: name), case .bool(let answer) = value {
        dossier.openSource[test] = answer
      }
    }
    return dossier.isOpenSource
  }()

  private(set) lazy var isSignatory = stated("signatory")
  private(set) lazy var isInUnion = stated("established_in_union")

  /// Only the provider's most capable models are brought up to date by rhythm; a single one is the most capable.
  ///
  /// Source: Code of Practice, Safety and Security, Measure 7.6, third paragraph.
  private(set) lazy var isMostCapable: Answer = {
    if let stated = flag("most_capable") { return Answer(stated) }
    let isAlone = portfolio.systemicOnMarket == 1 && portfolio.isComplete
    return isAlone && isOnMarket == .yes && isSystemic == .yes
      ? .yes : .undetermined(["most_capable"])
  }()

  /// Whether the Commission ended the designation, and made none since.
  private var hasDesignationEnded: Bool {
    guard let state = model?.state, let ended = state.day("designation-ended") else { return false }
    return state.day("designated").map { $0 <= ended } ?? true
  }

  private var isDesignatedOnCriteria: Answer {
    if hasDesignationEnded { return .no }
    return switch model?.state.text("designated_under") {
    case "52(4)": .yes
    case nil: .undetermined(["designated_under"])
    default: .no
    }
  }

  /// What the model says, else the provider; when they differ it is open.
  private func stated(_ field: String) -> Answer {
    let own = flag(field)
    let general = DocketFacts.flag(provider?.state.fields[field])
    guard let answer = own ?? general else { return .undetermined([field]) }
    if let general, general != answer {
      return .undetermined([field + " (the model and the provider differ)"])
    }
    return Answer(answer)
  }

  private func flag(_ field: String) -> Bool? {
    DocketFacts.flag(model?.state.fields[field])
  }

  private static func flag(_ value: JSON?) -> Bool? {
    if case .bool(let answer)? = value { answer } else { nil }
  }

  private static let triggers = [
    "threshold-met", "threshold-known", "capabilities-found", "capabilities-expected",
    "commission-notified",
  ]
  private static let triggerFields = [
    "met_on", "known_since", "capabilities_met_on", "capabilities_known_since",
    "notification_sent",
  ]

  /// Answers that need no new array each time.
  private enum Unknown {
    static let systemic = Answer.undetermined(["systemic_risk"])
    static let threshold = Answer.undetermined(["threshold-met", "threshold-known"])
    static let openSource = Answer.undetermined(["open_source_conditions"])
    static let placed = Answer.undetermined(["placed_on_market"])
    static let internalUse = Answer.undetermined(["counsel_review_of_internal_use"])
    static let designated = Answer.undetermined(["designated"])
    static let model = Answer.undetermined(["model"])
  }

  /// Facts without which there is no such duty: while they are open, a deadline is not listed.
  static let founding: Set<Name> = [.systemic, .presumed, .placed]

  /// The facts that rules and clocks ask; those of rules by the names that conditions use.
  enum Name: String, Sendable {
    case systemic = "is-systemic"
    case signatory = "is-signatory"
    case provider = "is-provider"
    case generalPurpose = "is-gpai"
    case openSource = "open-source-exception"
    case inUnion = "established-in-union"
    case placed = "placed-on-market"
    case placedEarlier = "placed-before-2025-08-02"
    case ownSystem = "own-system"
    case presumed, onMarket, mostCapable, designatedOnCriteria, notGivenUp
    case notSignatory, notMoved, seriousIncident, urgentHarm
    case infrastructureHarm, cyberHarm, deathHarm, otherHarm
    case systemUrgent, systemDeath, systemHarm, highRiskRules
  }

  /// The answer to a fact of a rule's condition, or of a clock's own.
  func answer(_ fact: Name) -> Answer {
    switch fact {
    case .systemic: isSystemic
    case .signatory: isSignatory
    case .provider: isProvider
    case .generalPurpose: isGeneralPurpose
    case .openSource: isOpenSource
    case .inUnion: isInUnion
    case .placed: isInScope
    case .placedEarlier: isLegacy
    case .presumed: isPresumed
    case .onMarket: isOnMarket
    case .mostCapable: isMostCapable
    case .designatedOnCriteria: isDesignatedOnCriteria
    case .notGivenUp: Answer(!isGivenUp)
    // Whoever did not say whether they signed is bound by the same period either way.
    case .notSignatory: Answer(isSignatory != .yes)
    case .notMoved: Answer(isNotMoved)
    case .seriousIncident: incident.answers.isSerious
    case .urgentHarm: incident.answers.isUrgent
    case .infrastructureHarm: incident.answers.infrastructure
    case .cyberHarm: incident.answers.cyber
    case .deathHarm: incident.answers.death
    case .otherHarm: incident.answers.other
    case .ownSystem: incident.answers.ownSystem
    case .systemUrgent: incident.answers.systemUrgent
    case .systemDeath: incident.answers.systemDeath
    case .systemHarm: incident.answers.systemHarm
    case .highRiskRules:
      today < DutyTable.highRiskRules
        ? .undetermined(["the rules on high-risk systems, which apply later"]) : .yes
    }
  }

  /// What an incident's answers say to its clocks.
  private(set) lazy var incident = IncidentStanding(record.state, isSettled: isSettled)

  /// Takes what was worked out for an incident that gives the rules the same facts.
  func take(_ known: IncidentRulings) {
    incident = IncidentStanding(record.state, known.answers)
    isLegacy = known.isLegacy
    isGivenUp = known.isGivenUp
  }

  private(set) lazy var isNotMoved = IncidentRecord.hasOwnDeadlines(record.state) {
    related.holders[$0]?.state
  }

  /// Whether it was given up before it was placed on the market.
  private(set) lazy var isGivenUp =
    model?.state.happened["model-abandoned"] != nil
    && model?.state.happened["placed-on-market"] == nil
}
