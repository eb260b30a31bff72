public import Ground
public import Rulebook

/// Everything a notification is composed of; records as they stand, the law of the package's day.
public struct NotificationSources: Sendable {
  /// The model.
  public let model: RecordState
  /// Its runs.
  public let runs: [RecordState]
  /// The version of the compute ledger.
  public let ledgerVersion: Int
  /// The classification of the package's day.
  public let opinion: Opinion
  /// The provider.
  public let provider: RecordState?
  /// The registered versions of the model.
  public let versions: [RecordState]
  /// The mandate in force for the model.
  public let mandate: RecordState?
  /// Evidence that the draft names, and that may be read.
  public let evidence: [RecordState]
  /// What people wrote in the draft.
  public let fields: [String: JSON]
  /// The law of the day.
  public let law: Law

  /// The sources of a package.
  public init(
    model: RecordState, runs: [RecordState], ledgerVersion: Int, opinion: Opinion,
    provider: RecordState?, versions: [RecordState] = [], mandate: RecordState?,
    evidence: [RecordState], fields: [String: JSON], law: Law
  ) {
    self.model = model
    self.runs = runs
    self.ledgerVersion = ledgerVersion
    self.opinion = opinion
    self.provider = provider
    self.versions = versions
    self.mandate = mandate
    self.evidence = evidence
    self.fields = fields
    self.law = law
  }

  /// What people wrote in a field; nil when it is empty.
  func written(_ field: String) -> String? {
    guard case .string(let text)? = fields[field],
      text.contains(where: { !$0.isWhitespace })
    else { return nil }
    return text
  }

  /// The registered version that the draft names; nil where none bears that name.
  var version: RecordState? {
    written("model_version").flatMap { name in versions.first { $0.title == name } }
  }

  /// Whether the provider of this model is established in the Union: the model's own fact, else the provider's.
  ///
  /// Where both speak and differ, it is open.
  var isInUnion: Answer {
    func flag(_ state: RecordState?) -> Bool? {
      if case .bool(let answer)? = state?.fields["established_in_union"] { answer } else { nil }
    }
    let (own, general) = (flag(model), flag(provider))
    guard let answer = own ?? general else { return .undetermined(["established_in_union"]) }
    if let general, general != answer {
      return .undetermined(["established_in_union (the model and the provider differ)"])
    }
    return Answer(answer)
  }

  /// The reported amount: cumulative compute.
  var compute: ReportedCompute? { opinion.classification.cumulative.map { ReportedCompute($0) } }

  /// Placing on the market: its day as precisely as known, and whether it happened.
  var placement: (day: String, hasHappened: Bool)? {
    if let day = model.day("placed-on-market") { return (day.iso, true) }
    if let day = model.day("placement-planned") { return (day.iso, false) }
    guard let released = model.text("released").flatMap({ DayRange(iso: $0) }) else { return nil }
    return (released.iso, released.last <= law.day)
  }
}
