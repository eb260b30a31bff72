internal import Compute
internal import Duties
internal import Ground
internal import RuleFile

/// The short members that dashboards and registers commonly hold about a model.
struct OpinionSummary {
  let opinion: Opinion

  init(_ opinion: Opinion) { self.opinion = opinion }

  private var classification: Classification { opinion.classification }

  /// Tier, compute, threshold and what follows.
  var summary: JSON {
    .object([
      ("tier", .string(tier)), ("cumulative_flops", JSON(classification.cumulative?.figures())),
      ("threshold_flops", .string(FLOP.presumption.figures())),
      ("ratio_to_threshold", JSON(classification.cumulative?.ratioToPresumption)),
      ("above_threshold", .string(classification.exceeds.word)),
      ("commission_designated", .string(designated)),
      ("notification_required", .string(notification)),
      ("applicable_articles", JSON(articles)),
    ])
  }

  private var tier: String {
    let isGeneral = answer("general-purpose") ?? classification.isIndicated
    return switch (opinion.verdict.isSystemic, isGeneral) {
    case (.yes, _): "systemic_risk_gpai"
    case (.undetermined, _): "undetermined"
    case (.no, .yes): "general_gpai"
    case (.no, .no): "not_gpai"
    case (.no, .undetermined): "undetermined"
    }
  }

  private var designated: String {
    answer("designated")?.word ?? "undetermined"
  }

  private func answer(_ question: String) -> Answer? {
    opinion.questions.first { $0.id == question }?.answer
  }

  /// Whether the Commission must be notified.
  ///
  /// Source: Regulation (EU) 2024/1689, Art. 52(1).
  private var notification: String {
    if let duty = opinion.duties.first(where: { $0.entry.id == "ai-act/52/1" }) {
      return duty.applies.word
    }
    return opinion.verdict.isSystemic.isDecided ? "no" : "undetermined"
  }

  /// `Article 53` and so on, of duties that surely apply.
  private var articles: [String] {
    var names: [String] = []
    for duty in opinion.duties where duty.applies == .yes {
      let steps = duty.entry.id.split(separator: "/")
      guard steps.count > 1 else { continue }
      let name = "Article " + String(steps[1])
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// Runs, total and notification as compliance registers ask for them.
  var complianceReport: JSON {
    .object([
      ("total_training_runs", .int(runs.count)),
      ("cumulative_flops", JSON(classification.cumulative?.digits)),
      ("systemic_risk_threshold", .string(FLOP.presumption.digits)),
      ("threshold_crossed", .string(classification.exceeds.word)),
      ("notification_sent", JSON(fact("notification_sent"))),
      ("notification_date", JSON(fact("notification_date"))), ("runs", .array(runs)),
    ])
  }

  private func fact(_ id: String) -> String? { opinion.facts.first { $0.id == id }?.value }

  /// Lines of the ledger that count or may count; without a ledger the one training that is known.
  private var runs: [JSON] {
    if opinion.ledger.isEmpty {
      return classification.training.map {
        [run("training", start: nil, end: nil, $0)]
      } ?? []
    }
    return opinion.ledger.filter { $0.counts.cumulative != .notCounted }
      .map { run($0.id, start: $0.start, end: $0.end, $0.estimate) }
  }

  private func run(_ id: String, start: Day?, end: Day?, _ estimate: Estimate?) -> JSON {
    let hardware = classification.facts.hardware
    return .object([
      ("run_id", .string(id)),
      ("dates", .object([("start", JSON(start?.iso)), ("end", JSON(end?.iso))])),
      ("params", JSON(input(estimate, ["params_active", "params_total"]))),
      ("tokens", JSON(input(estimate, ["tokens"]))), ("flops", JSON(estimate?.flop.digits)),
      ("hardware", JSON(hardware.isEmpty ? nil : hardware)),
    ])
  }

  private func input(_ estimate: Estimate?, _ names: [String]) -> String? {
    for name in names {
      if let input = estimate?.inputs.first(where: { $0.name == name }) { return input.value }
    }
    return nil
  }
}
