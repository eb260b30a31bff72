public import Ground
internal import Compute
internal import RuleFile
public import Rulebook

/// Writes the opinion on one model from its dossier and the law of a day.
///
/// Pure: no clock, no file, no chance.
public struct OpinionWriter {
  let dossier: Dossier
  let law: Law
  let ledger: Ledger
  let allDivergences: [Divergence]
  let classification: Classification
  let forecast: Opinion.Forecast?
  let calendar: HolidayCalendar?

  /// The opinion on a dossier.
  ///
  /// - Throws: `duties.unknown-activity`, `compute.lineage-*`, `compute.too-large`.
  public static func write(_ dossier: Dossier, law: Law) throws(Problem) -> Opinion {
    try OpinionWriter(dossier, law).opinion()
  }

  init(_ dossier: Dossier, _ law: Law) throws(Problem) {
    self.dossier = dossier
    self.law = law
    ledger = try Ledger(dossier, law: law)
    allDivergences = law.divergences
    calendar = law.calendar("commission")
    classification = try OpinionWriter.classify(dossier, ledger, law)
    forecast = Opinion.Forecast(dossier, ledger, today: law.day)
  }

  private static func classify(
    _ dossier: Dossier, _ ledger: Ledger, _ law: Law
  ) throws(Problem) -> Classification {
    var facts = dossier.facts
    if !dossier.bases.isEmpty {
      let known = dossier.bases.compactMap(\.flop)
      let reached = ledger.cumulative.parts.filter { part in
        dossier.bases.contains { $0.id == part.id }
      }
      let total = reached.reduce(FLOP(0) as FLOP?) { sum, part in
        part.flop.flatMap { sum?.adding($0) }
      }
      facts.base = dossier.runs.isEmpty ? known.first : total
      if facts.baseModel.isEmpty, !reached.isEmpty || dossier.runs.isEmpty {
        facts.baseModel = (reached.map(\.id).first ?? dossier.bases.first?.id) ?? ""
      }
      if facts.baseModel.isEmpty { facts.base = nil }
      if facts.baseSameProvider == nil {
        let answers = Set(dossier.bases.map(\.isSameProvider))
        facts.baseSameProvider = answers.count == 1 ? answers.first ?? nil : nil
      }
    }
    let figures = try attended(ComputeFigures(facts), dossier)
    var result: Classification
    if dossier.runs.isEmpty {
      result = Classification.decide(
        facts, figures: figures, training: figures.training,
        own: OwnCompute(figures.training?.flop), problems: dossier.problems + figures.problems)
    } else {
      var own = OwnCompute(ledger.own)
      own.atLeast = ledger.ownAtLeast
      own.atMost = ledger.ownAtMost
      own.missing = ledger.missing
      let training = ledger.training.map {
        Estimator.stated($0, method: .ledger, margin: dossier.margin ?? Estimate.guidelineMargin)
      }
      result = Classification.decide(
        facts, figures: figures, training: training, own: own,
        problems: dossier.problems + figures.problems)
    }
    return result
  }

  /// Replaces the plain 6ND figure by the one with attention, where its facts are given.
  private static func attended(
    _ figures: ComputeFigures, _ dossier: Dossier
  ) throws(Problem) -> ComputeFigures {
    guard let attention = dossier.attention, let tokens = dossier.facts.tokens,
      let parameters = dossier.facts.parametersActive ?? dossier.facts.parametersTotal
    else { return figures }
    var result = figures
    result.sixND = try Estimator.sixNDAttention(
      parameters: parameters, tokens: tokens, layers: attention.layers, width: attention.width,
      context: attention.context, isActive: dossier.facts.parametersActive != nil)
    return result
  }

  private func opinion() -> Opinion {
    let questions = self.questions()
    let systemic = isSystemic
    let duties = self.duties(systemic)
    var classification = classification
    let arises = isChapterInForce && isInScope != .no && classification.isPresumed != nil
    classification.isPresumed = arises ? presumption : nil
    return Opinion(
      day: law.day, lawChecked: Law.checked, staleness: law.staleness,
      verdict: .init(
        isSystemic: systemic, sentence: sentence(systemic), next: next(systemic)),
      classification: classification, hasCapabilities: isFound, facts: facts, questions: questions,
      ledger: ledger.lines,
      parts: parts, reconciliations: reconciliations, forecast: forecast, clocks: clocks(systemic),
      duties: duties,
      comparables: classification.cumulative.map {
        ComparableModel.nearest(to: $0, count: 8, except: classification.facts.model)
      } ?? [],
      divergences: unique(questions.flatMap(\.divergences)), changes: changes(systemic))
  }

  // MARK: Answers

  /// Whether Chapter V applies on the day.
  var isChapterInForce: Bool { law.provision("ai-act/51/2") != nil }

  /// Whether it is a general-purpose model: the indication, unless reasons for the contrary are given.
  var isGeneralPurpose: Answer {
    if isInScope == .no, dossier.isResearchOnly == true { return .no }
    return switch dossier.generality {
    case .general: .yes
    case .narrow: .no
    case nil: classification.isIndicated
    }
  }

  /// Whether the model is supplied, or used so that it counts as supplied, on the Union market.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 3(63), recital 97; Guidelines C(2025) 7719, ¶ 51.
  var isInScope: Answer {
    if dossier.isPlaced == true { return .yes }
    if dossier.isResearchOnly == true { return .no }
    if dossier.isInternalOnly == true {
      let counts =
        Answer(dossier.isInternalUseEssential, fact: "internal_use_essential")
        || Answer(dossier.affectsRights, fact: "affects_rights")
      // Recital 97 wants models with systemic risk always covered; the definition does not say so: disputed.
      return counts == .no && (classification.exceeds == .yes || dossier.hasCapabilities)
        ? .undetermined(["counsel_review_of_internal_use"]) : counts
    }
    return dossier.facts.released != nil ? .yes : .undetermined(["released"])
  }

  /// High-impact capabilities, presumed or found, or designation, of a model that is general-purpose.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 51(1), (2).
  var isSystemic: Answer {
    guard isChapterInForce else { return .no }
    if dossier.isDesignated == true { return .yes }
    if classification.isModifierProvider == .no || isInScope == .no { return .no }
    return presumption || isFound
  }

  /// Whether a general-purpose model has or will have high-impact capabilities by an assessment of its provider.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 51(1)(a), 52(1).
  var isFound: Answer {
    Answer(dossier.hasCapabilities) && isGeneralPurpose
      && (classification.isModifierProvider ?? .yes)
  }

  /// The presumption with the reasoned answer on generality in place of the indication.
  var presumption: Answer {
    switch dossier.generality {
    case nil: classification.isPresumed ?? .no
    case .narrow: .no
    case .general:
      classification.exceeds && (classification.isModifierProvider ?? .yes)
    }
  }

  private func sentence(_ systemic: Answer) -> String {
    let name = classification.facts.model.isEmpty ? "The model" : classification.facts.model
    guard isChapterInForce else {
      return "On \(law.day.iso) Chapter V does not apply yet; it applies from 2 August 2025."
    }
    if dossier.isDesignated == true {
      return "\(name) has systemic risk: the Commission has designated it."
    }
    if classification.isModifierProvider == .no {
      return "On the indication of the Guidelines, whoever modified \(name) does not become its "
        + "provider: the modification does not exceed one third of the original's training compute "
        + "or of the threshold that replaces it."
    }
    if isInScope == .no {
      return
        "\(name) is not placed on the Union market on the facts given; Chapter V does not bind "
        + "its provider as long as that holds."
    }
    switch systemic {
    case .yes where presumption != .yes:
      let found =
        dossier.capabilitiesMetOn == nil
        ? "will have high-impact capabilities" : "has high-impact capabilities"
      return "\(name) \(found) by its provider's own assessment and counts as a general-purpose "
        + "AI model with systemic risk, whatever its compute, unless the Commission accepts arguments under Art. 52(2)."
    case .yes:
      return "\(name) is presumed to have high-impact capabilities and counts as a general-purpose "
        + "AI model with systemic risk unless the Commission accepts arguments under Art. 52(2): its cumulative training compute is greater than 10^25 FLOP."
    case .no:
      if isGeneralPurpose == .no {
        return "\(name) is not a general-purpose AI model on the facts given; Chapter V does not "
          + "bind its provider."
      }
      return "\(name) is not presumed to have systemic risk: its cumulative training compute is "
        + "not greater than 10^25 FLOP."
    case .undetermined(let missing):
      return "Whether \(name) has systemic risk cannot be determined; these facts would decide it: "
        + missing.joined(separator: ", ") + "."
    }
  }

  /// The notification, or the end of the transition.
  private func next(_ systemic: Answer) -> Opinion.Statement? {
    guard isChapterInForce, isInScope != .no else { return nil }
    if let clock = clocks(systemic).first(where: { $0.rule == "ai-act/52/1" && $0.governs }) {
      let done = dossier.notifiedOn.map { " It was sent on \($0.iso)." } ?? ""
      return .init(
        "The notification to the Commission is due without delay, by \(clock.due.alarmDay.iso) at the "
          + "latest." + done, cite("ai-act/52/1"))
    }
    let isBound = isGeneralPurpose == .yes || systemic == .yes
    let isLegacy =
      classification.facts.released?.isBefore(DutyTable.chapterFive, fact: "released") == .yes
    guard isBound, isLegacy, classification.isModifierProvider != .no else { return nil }
    return .init(
      "It was placed on the market before 2 August 2025: the provider must comply by 2 August 2027.",
      cite("ai-act/111/3"))
  }

  // MARK: Parts

  private var parts: [Opinion.Part] {
    if dossier.runs.isEmpty {
      var parts: [Opinion.Part] = []
      if let training = classification.training {
        parts.append(
          .init(
            id: classification.facts.hasBase ? "this modification" : "this training",
            flop: training.flop, source: training.method.rawValue))
      }
      if classification.facts.hasBase {
        let base = classification.facts.baseModel
        parts.append(
          .init(
            id: base.isEmpty ? "base model" : base, flop: classification.facts.base,
            source: dossier.sources["base_flop"] ?? "not stated"))
      }
      return parts
    }
    let order = dossier.runs.map(\.id) + dossier.bases.map(\.id)
    let reached = ledger.cumulative.parts.sorted {
      (order.firstIndex(of: $0.id) ?? 0) < (order.firstIndex(of: $1.id) ?? 0)
    }
    return reached.map { part in
      let base = dossier.bases.first { $0.id == part.id }
      let line = ledger.lines.first { $0.id == part.id }
      return .init(
        id: part.id, flop: part.flop,
        source: base?.source ?? line?.estimate?.method.rawValue ?? "not stated")
    }
  }

  private var reconciliations: [Reconciliation] {
    var estimates = classification.figures.complete
    if let training = classification.training, training.method == .ledger {
      estimates.insert(training, at: 0)
    }
    let runs = ledger.lines.filter { $0.counts.cumulative != .notCounted }
      .flatMap { line in
        line.methods.dropFirst().map { Reconciliation(reported: line.methods[0], other: $0) }
      }
    guard let reported = estimates.first else { return runs }
    return runs + estimates.dropFirst().map { Reconciliation(reported: reported, other: $0) }
  }

  private var facts: [Opinion.Fact] {
    let given = classification.facts
    var list: [(String, String?)] = [
      ("model", given.model), ("provider", given.provider), ("base_model", given.baseModel),
      ("released", given.released?.iso),
      ("modality", given.modality?.words.joined(separator: ", ")),
      ("open_weights", given.openWeights.map { $0 ? "yes" : "no" }),
      ("base_same_provider", given.baseSameProvider.map { $0 ? "yes" : "no" }),
      ("params_total", given.parametersTotal.map { String($0) }),
      ("params_active", given.parametersActive.map { String($0) }),
      ("tokens", given.tokens.map { String($0) }), ("hardware", given.hardware),
      ("chips", given.chips?.decimal), ("hours", given.hours?.decimal),
      ("chip_hours", given.chipHours?.decimal), ("peak_flop_per_s", given.peak?.decimal),
      ("utilisation", given.utilisation?.decimal),
      ("published_flop", given.published?.digits), ("base_flop", given.base?.digits),
    ]
    list += dossierFacts
    return list.compactMap { id, value in
      guard let value, !value.isEmpty else { return nil }
      return .init(id: id, value: value, source: source(of: id))
    }
  }

  /// Where a fact comes from; energy also says which document asks for it.
  private func source(of id: String) -> String {
    guard id == "training_energy" else { return dossier.sources[id] ?? "not stated" }
    let asked = cite("ai-act/annex-xi/1/2/e").map(\.text).joined()
    let given = dossier.sources["energy_mwh"] ?? dossier.sources["pue"] ?? "not stated"
    return given + " (asked for by " + asked + ")"
  }

  private var dossierFacts: [(String, String?)] {
    func word(_ value: Bool?) -> String? { value.map { $0 ? "yes" : "no" } }
    return [
      ("established_in_union", word(dossier.isInUnion)),
      ("placed_on_market", word(dossier.isPlaced)),
      ("research_only", word(dossier.isResearchOnly)),
      ("internal_use_only", word(dossier.isInternalOnly)),
      ("generality", dossier.generality?.rawValue),
      ("generality_reason", dossier.generalityReason),
      ("designated", word(dossier.isDesignated)),
      ("designated_on", dossier.designatedOn?.iso),
      ("business_users", dossier.businessUsers.map { String($0) }),
      ("licence", dossier.licence), ("signatory", word(dossier.isSignatory)),
      ("met_on", dossier.metOn?.iso), ("known_since", dossier.knownSince?.iso),
      ("capabilities_met_on", dossier.capabilitiesMetOn?.iso),
      ("capabilities_known_since", dossier.capabilitiesKnownSince?.iso),
      ("notification_sent", dossier.notifiedOn?.iso),
      ("training_energy", dossier.energy?.words),
    ]
  }

  func cite(_ ids: String...) -> [Citation] { ids.compactMap { law.citation($0) } }

  func divergences(_ ids: String...) -> [Divergence] {
    allDivergences.filter { divergence in ids.contains { divergence.rules.contains($0) } }
  }

  private func unique(_ list: [Divergence]) -> [Divergence] {
    list.reduce(into: []) { result, next in
      if !result.contains(where: { $0.id == next.id }) { result.append(next) }
    }
  }
}
