public import Ground

/// What a classification says of a model, where the records alone do not tell it.
public struct ModelStanding: Sendable, Hashable {
  /// Whether it is a general-purpose AI model.
  public var isGeneralPurpose: Answer
  /// Whether it has systemic risk.
  public var isSystemic: Answer
  /// Whether the conditions of the open-source exception are met.
  public var isOpenSource: Answer
  /// Whether who keeps the workspace is its provider.
  public var isProvider: Answer
  /// The day on which the ledger passes the threshold.
  public var thresholdMet: Day?
  /// The day from which the ledger shows that it will.
  public var thresholdKnown: Day?

  /// A standing; what is not given is unknown.
  public init(
    isGeneralPurpose: Answer = .undetermined(["general_purpose"]),
    isSystemic: Answer = .undetermined(["systemic_risk"]),
    isOpenSource: Answer = .undetermined(["open_source_conditions"]),
    isProvider: Answer = .undetermined(["modifier_is_provider"]),
    thresholdMet: Day? = nil, thresholdKnown: Day? = nil
  ) {
    self.isGeneralPurpose = isGeneralPurpose
    self.isSystemic = isSystemic
    self.isOpenSource = isOpenSource
    self.isProvider = isProvider
    self.thresholdMet = thresholdMet
    self.thresholdKnown = thresholdKnown
  }
}

/// The records on which deadlines of other records depend.
public struct DocketRecords: Sendable {
  /// The provider of the workspace.
  public var provider: RecordState?
  /// Its models.
  public var models: [RecordID: RecordState]
  /// What classifications say of models, where they were made.
  public var standings: [RecordID: ModelStanding]
  /// Who looks after which deadline.
  public var assignments: [RecordState]
  /// The day of each serious incident; with several, its last.
  public var incidentDays: [RecordID: Day]
  /// Incidents into which others were merged or with which they are reported.
  public var holders: [RecordID: RecordState] = [:]
  /// Incidents of which a second person confirmed that no report is owed.
  public var settled: Set<RecordID> = []

  /// The records of a workspace, as far as the actor may see them.
  public init(
    provider: RecordState? = nil, models: [RecordState] = [],
    standings: [RecordID: ModelStanding] = [:], assignments: [RecordState] = [],
    incidentDays: [RecordID: Day] = [:]
  ) {
    self.provider = provider
    self.models = Dictionary(models.map { ($0.id, $0) }) { $1 }
    self.standings = standings
    self.assignments = assignments
    self.incidentDays = incidentDays
  }
}

/// A record that many deadlines share, so that it is not copied for each.
final class SharedRecord: Sendable {
  let state: RecordState

  init(_ state: RecordState) { self.state = state }
}

/// The records on which deadlines depend, shared.
final class SharedRecords: Sendable {
  let provider: SharedRecord?
  let models: [RecordID: SharedRecord]
  let standings: [RecordID: ModelStanding]
  let incidentDays: [RecordID: Day]
  let holders: [RecordID: SharedRecord]
  let settled: Set<RecordID>

  init(_ records: DocketRecords) {
    provider = records.provider.map { SharedRecord($0) }
    models = records.models.mapValues { SharedRecord($0) }
    standings = records.standings
    incidentDays = records.incidentDays
    holders = records.holders.mapValues { SharedRecord($0) }
    settled = records.settled
  }

  /// The same records, for another core.
  init(apartFrom other: SharedRecords) {
    provider = other.provider.map { SharedRecord($0.state) }
    models = other.models.mapValues { SharedRecord($0.state) }
    standings = other.standings
    incidentDays = other.incidentDays
    holders = other.holders.mapValues { SharedRecord($0.state) }
    settled = other.settled
  }
}
