internal import Compute
internal import Duties
internal import Ground
internal import RuleFile
internal import Rulebook

/// How opinions speak of identifiers: one wording for all renditions.
enum OpinionWords {
  /// The name of the model, or what stands for it.
  static func model(_ facts: ModelFacts) -> String {
    facts.model.isEmpty ? "Model without a name" : facts.model
  }

  /// A value that may be missing.
  static func stated(_ text: String) -> String { text.isEmpty ? "not stated" : text }

  /// What the verdict answers.
  static let verdictQuestion = "General-purpose AI model with systemic risk?"

  /// How an amount was found.
  static func method(_ method: Method) -> String {
    switch method {
    case .published: "as published or stated"
    case .hardware: "from hardware: chips, hours, peak performance and utilisation"
    case .sixND: "6 × parameters × tokens"
    case .sixNDAttention: "6 × parameters × tokens, with attention over the context"
    case .encoderDecoder: "6 × parameters × tokens, encoder and decoder apart"
    case .perStep: "operations of one training step × steps"
    case .measured: "measured"
    case .ledger: "sum of the runs in the compute ledger"
    }
  }

  /// Where a figure comes from: a method by its words, anything else as it is.
  static func source(_ text: String) -> String {
    Method(rawValue: text).map { method($0) } ?? stated(text)
  }

  /// What was assumed.
  static func assumption(_ id: String) -> String {
    switch id {
    case "active_parameters":
      "Only the parameters active for a token are counted (mixture of experts); an engineering "
        + "reading, not a text of the Commission."
    case "dense": "All parameters are taken to be active for each token."
    case "full_attention":
      "Attention is counted over the whole context, without the saving of causal masks."
    case "cross_attention_left_out":
      "Attention between encoder and decoder is left out as small."
    case "steps_alike":
      "Every training step is taken to need as many operations as the measured one."
    case "peak_dense_bf16":
      "The chip's peak is the dense BF16 figure of the hardware catalogue, because the facts state none."
    case "methods_differ_at_1e23":
      "The methods of estimation lie on different sides of 10^23; the reported figure decides."
    case "base_compute_unknown_fallback":
      "The compute of the original model is unknown; the fallback of the Guidelines is used, and "
        + "both of its thresholds give the same answer."
    default: readable(id)
    }
  }

  /// A fact by its name in words.
  static func fact(_ id: String) -> String {
    names[id] ?? readable(id)
  }

  private static let names: [String: String] = [
    "model": "Model", "provider": "Provider", "base_model": "Original model",
    "released": "Placed on the Union market", "modality": "What it generates",
    "open_weights": "Open weights", "base_same_provider": "Original model by the same provider",
    "params_total": "Parameters", "params_active": "Parameters active for a token",
    "tokens": "Training tokens", "hardware": "Chip", "chips": "Number of chips",
    "hours": "Wall-clock hours", "chip_hours": "Chip hours",
    "peak_flop_per_s": "Peak of one chip in FLOP/s", "utilisation": "Model FLOP utilisation",
    "published_flop": "Stated compute of this training",
    "base_flop": "Compute of the original model",
    "known_since": "Known that the threshold will be met",
    "capabilities_met_on": "High-impact capabilities found",
    "capabilities_known_since": "Known that it will have high-impact capabilities",
    "established_in_union": "Provider established in the Union",
    "open_source_conditions": "Conditions of the open-source exception",
    "reconciliation": "Which of the differing estimates holds",
    "notification_sent": "Notification sent", "notification_date": "Day of notification",
    "designated": "Designated by the Commission", "runs": "Runs",
  ]

  private static func readable(_ id: String) -> String {
    Typography.sentence(id.map { $0 == "_" || $0 == "-" ? " " : String($0) }.joined())
  }

  /// What binds, and how far.
  static func force(_ force: Force) -> String {
    switch force {
    case .statute: "binding law"
    case .recital: "helps to interpret the articles, does not bind"
    case .guideline: "the Commission's reading, on which it bases enforcement; does not bind"
    case .code: "voluntary, a way to demonstrate compliance"
    case .template: "a form published by the Commission"
    case .house: "practice of this house, no primary source"
    }
  }

  /// A doubt about a citation; nil when the primary text was read.
  static func doubt(_ confidence: Confidence) -> String? {
    switch confidence {
    case .primary: nil
    case .twoSecondary: "two secondary sources, primary text not read"
    case .oneSecondary: "one secondary source, primary text not read"
    case .unverified: "unverified"
    }
  }

  /// The days on which a citation holds.
  static func validity(_ citation: Citation) -> String {
    let opening = "from " + citation.from.words
    return citation.until.map { opening + " until " + $0.adding(days: -1).words } ?? opening
  }

  /// The same in ISO days.
  static func plainValidity(_ citation: Citation) -> String {
    let opening = "from " + citation.from.iso
    return citation.until.map { opening + " to " + $0.adding(days: -1).iso } ?? opening
  }

  /// When a run took place.
  static func period(_ line: Opinion.LedgerLine) -> String {
    switch (line.start, line.end) {
    case (nil, nil): "days unknown"
    case (let start?, nil): "from " + start.iso
    case (nil, let end?): "until " + end.iso
    case (let start?, let end?): start == end ? start.iso : start.iso + " to " + end.iso
    }
  }

  /// How far a figure is from the threshold, in words; rounding can hide the side.
  static func position(_ flop: FLOP) -> String {
    if flop > .presumption { return "above the threshold" }
    return flop == .presumption
      ? "exactly at the threshold, which is not above it" : "not above the threshold"
  }

  /// The end of a period under one reading, as a moment in Brussels.
  static func end(_ instant: Instant, _ lastDay: Day, _ kind: PeriodRule.Kind) -> String {
    let (_, second, _) = instant.local
    let weekday = lastDay.weekday.name + " "
    guard second > 0 else {
      return weekday + lastDay.words + (kind == .backward ? ", 00:00" : ", 24:00")
    }
    let time = instant.rfc3339.dropFirst(11).prefix(5)
    return instant.day.weekday.name + " " + instant.day.words + ", " + time
  }

  /// What the end of a period asks for.
  static func asks(_ kind: PeriodRule.Kind) -> String {
    switch kind {
    case .deadline: "to be done by then"
    case .notBefore: "not before then"
    case .backward: "to be done before then"
    }
  }

  /// Which reading of a period is the one to act on.
  static func acted(_ due: DueDate) -> String {
    if due.plain == due.regulation { return "both readings agree" }
    return due.alarm == due.plain ? "plain calendar" : "Regulation 1182/71"
  }
}
