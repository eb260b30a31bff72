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
    return decide(
      facts, figures: figures, training: figures.training, problems: problems + figures.problems)
  }

  static func decide(
    _ facts: ModelFacts, figures: ComputeFigures, training: Estimate?, problems: [FactProblem]
  ) -> Classification {
    var decision = Decision(facts: facts, figures: figures, training: training)
    let exceeds = decision.exceeds()
    let indicated = decision.indicated()
    let modifier = decision.modifier()
    let presumed = decision.presumed(exceeds, indicated, modifier)
    let missing = (training == nil ? figures.missing : []) + decision.missing
    return Classification(
      facts: facts, figures: figures, training: training, cumulative: decision.cumulative,
      isIndicated: indicated, exceeds: exceeds, isPresumed: presumed,
      isModifierProvider: modifier, isNear: decision.cumulative?.isNearPresumption,
      assumptions: Decision.unique(
        (training.map { [$0] } ?? []) + figures.complete, decision.assumptions),
      missing: missing.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
      problems: problems)
  }
}

/// The reasoning behind one classification.
struct Decision {
  let facts: ModelFacts
  let figures: ComputeFigures
  let training: Estimate?
  let cumulative: FLOP?
  var missing: [String] = []
  var assumptions: [String] = []

  init(facts: ModelFacts, figures: ComputeFigures, training: Estimate?) {
    self.facts = facts
    self.figures = figures
    self.training = training
    if facts.hasBase {
      cumulative = training.flatMap { own in facts.base.flatMap { own.flop.adding($0) } }
      if facts.base == nil { missing.append("base_flop") }
    } else {
      cumulative = training?.flop
    }
  }

  /// What any of the estimates assumes, each once.
  static func unique(_ estimates: [Estimate], _ further: [String]) -> [String] {
    (estimates.flatMap(\.assumptions) + further).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// The least the cumulative compute can be.
  private var atLeast: FLOP {
    max(training?.flop ?? FLOP(0), facts.base ?? FLOP(0), cumulative ?? FLOP(0))
  }

  /// Strictly greater than 10^25, by every complete method.
  mutating func exceeds() -> Answer {
    let distrusted = [ModelFacts.Column.published, .base].filter(facts.unreadable.contains)
    if !distrusted.isEmpty {
      missing += distrusted.map(\.rawValue)
      return .undetermined(distrusted.map(\.rawValue))
    }
    let base = facts.base ?? FLOP(0)
    let sides = Set(
      figures.complete.map { ($0.flop.adding(base) ?? $0.flop) > .presumption }
        + (training.map { [($0.flop.adding(base) ?? $0.flop) > .presumption] } ?? []))
    if sides.count > 1 {
      missing.append("reconciliation")
      return .undetermined(["reconciliation"])
    }
    if atLeast > .presumption { return .yes }
    if cumulative != nil { return .no }
    return .undetermined(training == nil ? figures.missing : ["base_flop"])
  }

  /// More than 10^23 and an output the Guidelines name.
  mutating func indicated() -> Answer {
    let modality = facts.modality?.isIndicative ?? .undetermined(["modality"])
    let compute: Answer
    if !facts.unreadable.allSatisfy({ $0 != .published && $0 != .base }) {
      compute = .undetermined(facts.unreadable.map(\.rawValue))
    } else if atLeast > .indication {
      compute = .yes
    } else if cumulative != nil {
      compute = .no
    } else {
      compute = .undetermined(training == nil ? figures.missing : ["base_flop"])
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
    guard let own = training?.flop else {
      return .undetermined(figures.missing.isEmpty ? ["published_flop"] : figures.missing)
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
