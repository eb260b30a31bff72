public import Compute
public import Ground
internal import RuleFile

/// Everything a model file states: compute, runs, lineage and the facts behind the legal questions.
public struct Dossier: Sendable {
  /// Facts shared with the table.
  public var facts = ModelFacts()
  /// Values that could not be trusted.
  public var problems: [FactProblem] = []
  /// Training runs and other lines of the compute ledger.
  public var runs: [Run] = []
  /// Models it comes from that are not among the runs.
  public var bases: [BaseModel] = []
  /// Whether the provider is established in the Union.
  public var isInUnion: Bool?
  /// A reasoned departure from the indicative criterion.
  public var generality: Generality?
  /// The reason for it.
  public var generalityReason: String?
  /// Whether it is or will be supplied on the Union market.
  public var isPlaced: Bool?
  /// Whether it serves research, development or prototyping only.
  public var isResearchOnly: Bool?
  /// Whether it is used internally only.
  public var isInternalOnly: Bool?
  /// Whether that use is essential for a product or service to third parties.
  public var isInternalUseEssential: Bool?
  /// Whether that use affects rights of natural persons in the Union.
  public var affectsRights: Bool?
  /// Whether the Commission designated it.
  public var isDesignated: Bool?
  /// The day of that decision.
  public var designatedOn: Day?
  /// Whether the designation rests on Art.
  ///
  /// 52(4), which alone opens reassessment.
  public var isDesignatedOnCriteria: Bool?
  /// Answers to the criteria of Annex XIII, by letter.
  public var annexXIII: [String: String] = [:]
  /// Registered business users established in the Union.
  public var businessUsers: UInt128?
  /// The open-source tests.
  public var openSource: [OpenSourceTest: Bool] = [:]
  /// Name of the licence.
  public var licence: String?
  /// Whether the provider signed the Code of Practice.
  public var isSignatory: Bool?
  /// The day on which the condition was met, if no run shows it.
  public var metOn: Day?
  /// The day on which it became known that the condition will be met.
  public var knownSince: Day?
  /// The day on which an assessment found high-impact capabilities, whatever the compute.
  public var capabilitiesMetOn: Day?
  /// The day on which it became known that it will have them.
  public var capabilitiesKnownSince: Day?
  /// The day on which the Commission was notified.
  public var notifiedOn: Day?
  /// The provider's own error margin.
  public var margin: Double?
  /// Energy used for training.
  public var energy: TrainingEnergy?
  /// Layers, width and context, for the attention term.
  public var attention: (layers: UInt128, width: UInt128, context: UInt128)?
  /// Where facts come from, by key.
  public var sources: [String: String] = [:]

  /// A dossier with nothing known.
  public init() {}

  /// A reasoned departure from the indicative criterion.
  public enum Generality: String, Sendable, CaseIterable {
    /// Competent at narrow tasks only.
    case narrow
    /// Competent at a wide range of distinct tasks.
    case general
  }

  /// The tests behind the open-source exception.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 53(2); Guidelines C(2025) 7719, ¶ 74 to 89.
  public enum OpenSourceTest: String, Sendable, CaseIterable {
    case access, usage, modification, distribution
    case weightsPublic = "weights_public"
    case architecturePublic = "architecture_public"
    case usagePublic = "usage_public"
    case nonCommercial = "non_commercial"
    case userScaleLimit = "user_scale_limit"
    case commercialLicence = "separate_commercial_licence"
    case monetised

    /// Whether a yes speaks for the exception.
    public var favours: Bool {
      switch self {
      case .nonCommercial, .userScaleLimit, .commercialLicence, .monetised: false
      default: true
      }
    }
  }

  /// A line of the compute ledger.
  public struct Run: Sendable {
    /// Name within the file.
    public var id: String
    /// What was done: an item of the counting table without `count/`.
    public var activity: String
    /// `planned`, `running` or `finished`.
    public var status: Status
    /// First day.
    public var start: Day?
    /// Last day.
    public var end: Day?
    /// Day on which it was decided.
    public var knownSince: Day?
    /// Facts from which its compute follows.
    public var facts: ModelFacts
    /// What it comes from.
    public var from: [(id: String, how: Descent)]
    /// A measured figure from its log.
    public var measured: FLOP?

    /// A run with what is known.
    public init(
      id: String, activity: String, status: Status, start: Day?, end: Day?, knownSince: Day?,
      facts: ModelFacts, from: [(id: String, how: Descent)], measured: FLOP? = nil
    ) {
      self.id = id
      self.activity = activity
      self.status = status
      self.start = start
      self.end = end
      self.knownSince = knownSince
      self.facts = facts
      self.from = from
      self.measured = measured
    }

    /// How far it has come.
    public enum Status: String, Sendable, CaseIterable { case planned, running, finished }
  }

  /// A model that weights come from.
  public struct BaseModel: Sendable {
    /// Name.
    public var id: String
    /// Published or estimated compute; nil when unknown.
    public var flop: FLOP?
    /// Whether it is by the same provider.
    public var isSameProvider: Bool?
    /// Where the figure comes from.
    public var source: String

    /// A base model with its figure.
    public init(id: String, flop: FLOP?, isSameProvider: Bool?, source: String) {
      self.id = id
      self.flop = flop
      self.isSameProvider = isSameProvider
      self.source = source
    }
  }

  /// Whether the provider found, or expects, high-impact capabilities by an assessment of its own.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 51(1)(a).
  public var hasCapabilities: Bool { capabilitiesMetOn != nil || capabilitiesKnownSince != nil }

  /// Whether the open-source conditions are met.
  public var isOpenSource: Answer {
    if facts.openWeights == false { return .no }
    return OpenSourceTest.allCases.reduce(Answer.yes) { answer, test in
      let met = Answer(openSource[test], fact: "open_source." + test.rawValue)
      return answer && (test.favours ? met : !met)
    }
  }
}
