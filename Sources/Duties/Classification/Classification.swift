public import Compute
public import Ground

/// What follows for a model from its compute: the answers of one row.
public struct Classification: Sendable {
  /// The facts it was made from.
  public var facts: ModelFacts
  /// The amounts by method.
  public var figures: ComputeFigures
  /// The compute of this training or modification.
  public var training: Estimate?
  /// Training plus what the model starts from; nil when a part is unknown.
  public var cumulative: FLOP?
  /// Whether the indication of a general-purpose model is met.
  public var isIndicated: Answer
  /// Whether cumulative compute is strictly greater than 10^25.
  public var exceeds: Answer
  /// Whether high-impact capabilities are presumed; nil where the question does not arise.
  public var isPresumed: Answer?
  /// Whether a modifier of another's model becomes its provider; nil where the question does not arise.
  public var isModifierProvider: Answer?
  /// Whether 10^25 lies in the error band around the cumulative figure; nil when that is unknown.
  public var isNear: Bool?
  /// What was assumed, as identifiers.
  public var assumptions: [String]
  /// Facts that would decide what is undetermined.
  public var missing: [String]
  /// Values that cannot be trusted.
  public var problems: [FactProblem]

  /// Decides from the facts alone.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 51(2); Guidelines C(2025) 7719, ¶ 17, 60, 61, 115 to 119.
  public static func decide(_ facts: ModelFacts, problems: [FactProblem] = []) -> Classification {
    let figures = ComputeFigures(facts)
    let own = OwnCompute(figures.training?.flop)
    return decide(
      facts, figures: figures, training: figures.training, own: own,
      problems: problems + figures.problems)
  }

  /// Decides with a ledger: training compute and own cumulative compute may differ.
  static func decide(
    _ facts: ModelFacts, figures: ComputeFigures, training: Estimate?, own: OwnCompute,
    problems: [FactProblem]
  ) -> Classification {
    var decision = Decision(facts: facts, figures: figures, training: training, own: own)
    let exceeds = decision.exceeds()
    let indicated = decision.indicated()
    let modifier = decision.modifier()
    let presumed = decision.presumed(exceeds, indicated, modifier)
    let lacks = training == nil && own.missing.isEmpty ? figures.missing : []
    let missing = lacks + decision.missing
    return Classification(
      facts: facts, figures: figures, training: training, cumulative: decision.cumulative,
      isIndicated: indicated, exceeds: exceeds, isPresumed: presumed,
      isModifierProvider: modifier, isNear: decision.cumulative?.isNearPresumption,
      assumptions: Decision.unique(
        (training.map { [$0] } ?? []) + figures.complete, decision.assumptions),
      missing: missing.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
      problems: problems + decision.overflow)
  }
}

/// Own compute that counts cumulatively, without what the model starts from.
struct OwnCompute {
  /// The amount; nil when unknown.
  var flop: FLOP?
  /// The least it can be.
  var atLeast: FLOP
  /// The most it can be; nil when unbounded.
  var atMost: FLOP?
  /// Facts that would settle it.
  var missing: [String] = []

  init(_ flop: FLOP?) {
    self.flop = flop
    atLeast = flop ?? FLOP(0)
    atMost = flop
  }
}

/// The reasoning behind one classification.
struct Decision {
  let facts: ModelFacts
  let figures: ComputeFigures
  let training: Estimate?
  let own: OwnCompute
  let cumulative: FLOP?
  var missing: [String] = []
  var assumptions: [String] = []

  init(facts: ModelFacts, figures: ComputeFigures, training: Estimate?, own: OwnCompute) {
    self.facts = facts
    self.figures = figures
    self.training = training
    self.own = own
    missing = own.missing
    if facts.hasBase {
      cumulative = own.flop.flatMap { own in facts.base.flatMap { own.adding($0) } }
      if facts.base == nil { missing.append("base_flop") }
    } else {
      cumulative = own.flop
    }
  }

  /// What any of the estimates assumes, each once.
  static func unique(_ estimates: [Estimate], _ further: [String]) -> [String] {
    (estimates.flatMap(\.assumptions) + further).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// A sum above 128 bits is a problem, not a silence.
  var overflow: [FactProblem] {
    guard let own = own.flop, let base = facts.base, own.adding(base) == nil else { return [] }
    return [
      FactProblem(
        column: ModelFacts.Column.base.rawValue,
        reason: "training and base together are too large to be held exactly",
        remedy: "check both powers of ten")
    ]
  }

  /// The least the cumulative compute can be.
  private var atLeast: FLOP {
    let base = facts.base ?? FLOP(0)
    return own.atLeast.adding(base) ?? max(own.atLeast, base)
  }

  /// Compute of direct parameter updates with the base's, which is what the indication asks (Guidelines, ¶ 17, 115).
  private var direct: FLOP {
    let base = facts.base ?? FLOP(0)
    let own = training?.flop ?? FLOP(0)
    return own.adding(base) ?? max(own, base)
  }

  /// The most it can be; nil when unbounded.
  private var atMost: FLOP? {
    let base = facts.hasBase ? facts.base : FLOP(0)
    return own.atMost.flatMap { most in base.flatMap { most.adding($0) } }
  }

  /// The facts without which the amount cannot be told.
  private var open: [String] {
    if own.flop == nil { return own.missing.isEmpty ? figures.missing : own.missing }
    return ["base_flop"]
  }

  /// Strictly greater than 10^25, by every complete method.
  mutating func exceeds() -> Answer {
    if facts.unreadable.contains(.published) {
      missing.append("published_flop")
      return .undetermined(["published_flop"])
    }
    let base = facts.base ?? FLOP(0)
    let sides = Set(
      figures.complete.map { ($0.flop.adding(base) ?? $0.flop) > .presumption }
        + (own.flop.map { [($0.adding(base) ?? $0) > .presumption] } ?? []))
    let isOpen =
      own.flop != nil && atLeast <= .presumption && (atMost.map { $0 > .presumption } ?? false)
    if sides.count > 1 || isOpen {
      missing.append("reconciliation")
      return .undetermined(["reconciliation"])
    }
    if atLeast > .presumption { return .yes }
    if let atMost, atMost <= .presumption { return .no }
    return .undetermined(open)
  }

  /// More than 10^23 and an output the Guidelines name.
  mutating func indicated() -> Answer {
    let modality = facts.modality?.isIndicative ?? .undetermined(["modality"])
    let compute: Answer
    if facts.unreadable.contains(.published) {
      compute = .undetermined(["published_flop"])
    } else if direct > .indication {
      compute = .yes
    } else if training != nil, !facts.hasBase || facts.base != nil {
      compute = .no
    } else {
      compute = .undetermined(open)
    }
    let answer = compute && modality
    missing += answer.missing
    if Set(figures.complete.map { $0.flop > .indication }).count > 1 {
      assumptions.append("methods_differ_at_1e23")
    }
    return answer
  }

  /// Whether the modification exceeds one third of the original's training compute.
  mutating func modifier() -> Answer? {
    guard facts.hasBase, facts.baseSameProvider != true else { return nil }
    guard facts.baseSameProvider != nil else {
      missing.append("base_same_provider")
      return .undetermined(["base_same_provider"])
    }
    let answer = aboveOneThird
    if facts.base == nil, !facts.unreadable.contains(.base), answer.isDecided {
      assumptions.append("base_compute_unknown_fallback")
    }
    missing += answer.missing
    return answer
  }

  /// More than one third; where the original's compute is unknown, the two fallbacks as far as they agree.
  private var aboveOneThird: Answer {
    // Direct parameter updates, or cumulative compute where the original has systemic risk (Guidelines, ¶ 115).
    let isOriginalSystemic = facts.base.map { $0 > .presumption } ?? false
    guard let own = isOriginalSystemic ? own.flop : training?.flop else {
      return .undetermined(open.isEmpty ? ["published_flop"] : open)
    }
    if facts.unreadable.contains(.published) { return .undetermined(["published_flop"]) }
    if let base = facts.base { return Answer(own.isAboveOneThird(of: base)) }
    if facts.unreadable.contains(.base) { return .undetermined(["base_flop"]) }
    let systemic = own.isAboveOneThird(of: .presumption)
    let other = own.isAboveOneThird(of: .indication)
    return systemic == other ? Answer(systemic) : .undetermined(["base_flop"])
  }

  mutating func presumed(_ exceeds: Answer, _ indicated: Answer, _ modifier: Answer?) -> Answer? {
    if modifier == .no { return nil }
    var responsible = Answer.yes
    if facts.hasBase, facts.baseSameProvider != true {
      responsible = facts.baseSameProvider == nil && aboveOneThird == .yes ? .yes : modifier ?? .yes
    }
    return exceeds && indicated && responsible
  }
}
