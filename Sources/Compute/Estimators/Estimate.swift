public import Ground

/// How an amount of training compute was found.
public enum Method: String, Sendable, CaseIterable {
  /// Stated by the provider or a source it names.
  case published
  /// From chips, hours, peak performance and utilisation.
  case hardware
  /// Six operations for each parameter and token.
  case sixND = "six_nd"
  /// As `sixND`, with the attention of long contexts.
  case sixNDAttention = "six_nd_attention"
  /// Encoder and decoder counted apart.
  case encoderDecoder = "encoder_decoder"
  /// Measured operations of one step, times steps.
  case perStep = "per_step"
  /// Measured by a profiler or a training log.
  case measured
  /// The sum of the runs in the compute ledger.
  case ledger
}

/// An amount of compute with all one needs to defend it.
public struct Estimate: Sendable, Equatable {
  /// How it was found.
  public var method: Method
  /// The amount.
  public var flop: FLOP
  /// What went in: names and values as given.
  public var inputs: [Input]
  /// What was assumed.
  public var assumptions: [String]
  /// Relative error margin, such as 0.30 for 30 %.
  public var margin: Double
  /// Ids of the rules that allow the method.
  public var allowedBy: [String]

  /// One input of an estimate.
  public struct Input: Sendable, Equatable {
    /// Name with its unit, such as `tokens`.
    public var name: String
    /// The value as given.
    public var value: String
  }

  /// The overall error margin that an estimate may have, relative to the reported figure.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 120 to 130 (30 %, best judgement).
  public static let guidelineMargin = 0.30

  /// For records: exact digits, two significant figures, method, inputs, range, assumptions, legal basis.
  public var json: JSON {
    .object([
      ("method", .string(method.rawValue)), ("flop", .string(flop.digits)),
      ("flop_2_significant_figures", .string(flop.figures())),
      ("low", .string(scaled(1 - margin).digits)), ("high", .string(scaled(1 + margin).digits)),
      ("margin", .number(margin)),
      ("inputs", .object(inputs.map { ($0.name, .string($0.value)) })),
      ("assumptions", JSON(assumptions)), ("allowed_by", JSON(allowedBy)),
    ])
  }

  /// The amount times a factor, to the percent; for ranges, not for decisions.
  public func scaled(_ factor: Double) -> FLOP {
    let percent = UInt128(max(0, (factor * 100).rounded()))
    return FLOP(flop.count / 100 * percent + flop.count % 100 * percent / 100)
  }
}

/// The ways to estimate training compute that the Guidelines allow, or that engineering adds.
public enum Estimator {
  /// Dense transformer: `C = 6 · P · D`.
  ///
  /// Two operations forward and four backward for each parameter and token; valid when the parameters far outnumber a twelfth
  /// of the context's tokens. With active parameters it serves mixtures of experts (engineering, not Commission text).
  /// Source: Guidelines C(2025) 7719, ¶ 127 to 129; Kaplan et al. 2020, arXiv:2001.08361, section 2.1.
  /// - Throws: `compute.too-large` above 128 bits.
  public static func sixND(
    parameters: UInt128, tokens: UInt128, isActive: Bool, margin: Double = Estimate.guidelineMargin
  ) throws(Problem) -> Estimate {
    guard let flop = FLOP(6).times(parameters)?.times(tokens) else {
      throw .tooLarge("6 × \(parameters) × \(tokens)")
    }
    return Estimate(
      method: .sixND, flop: flop,
      inputs: [
        .init(name: isActive ? "params_active" : "params_total", value: String(parameters)),
        .init(name: "tokens", value: String(tokens)),
      ], assumptions: isActive ? ["active_parameters"] : ["dense"], margin: margin,
      allowedBy: ["guidelines/120", "guidelines/129"])
  }

  /// Dense transformer with attention: `C = (6 · P + 12 · layers · width · context) · D`.
  ///
  /// Source: Chowdhery et al. 2022 (PaLM), arXiv:2204.02311, appendix B; attention over the whole context, no causal saving.
  /// - Throws: `compute.too-large` above 128 bits.
  public static func sixNDAttention(
    parameters: UInt128, tokens: UInt128, layers: UInt128, width: UInt128, context: UInt128,
    isActive: Bool, margin: Double = Estimate.guidelineMargin
  ) throws(Problem) -> Estimate {
    guard let dense = FLOP(6).times(parameters),
      let attention = FLOP(12).times(layers)?.times(width)?.times(context),
      let flop = dense.adding(attention)?.times(tokens)
    else { throw .tooLarge("the product with attention") }
    return Estimate(
      method: .sixNDAttention, flop: flop,
      inputs: [
        .init(name: isActive ? "params_active" : "params_total", value: String(parameters)),
        .init(name: "tokens", value: String(tokens)), .init(name: "layers", value: String(layers)),
        .init(name: "width", value: String(width)), .init(name: "context", value: String(context)),
      ], assumptions: [isActive ? "active_parameters" : "dense", "full_attention"], margin: margin,
      allowedBy: ["guidelines/120", "guidelines/129"])
  }

  /// Encoder-decoder transformer: `C = 6 · (P_e · D_e + P_d · D_d)`, each part over the tokens that pass through it.
  ///
  /// Source: Kaplan et al. 2020, arXiv:2001.08361, section 2.1, applied to each part; engineering, not Commission text.
  /// - Throws: `compute.too-large` above 128 bits.
  public static func encoderDecoder(
    encoderParameters: UInt128, encoderTokens: UInt128, decoderParameters: UInt128,
    decoderTokens: UInt128, margin: Double = Estimate.guidelineMargin
  ) throws(Problem) -> Estimate {
    guard let encoder = FLOP(6).times(encoderParameters)?.times(encoderTokens),
      let decoder = FLOP(6).times(decoderParameters)?.times(decoderTokens),
      let flop = encoder.adding(decoder)
    else { throw .tooLarge("the sum of encoder and decoder") }
    return Estimate(
      method: .encoderDecoder, flop: flop,
      inputs: [
        .init(name: "encoder_params", value: String(encoderParameters)),
        .init(name: "encoder_tokens", value: String(encoderTokens)),
        .init(name: "decoder_params", value: String(decoderParameters)),
        .init(name: "decoder_tokens", value: String(decoderTokens)),
      ], assumptions: ["cross_attention_left_out"], margin: margin,
      allowedBy: ["guidelines/120", "guidelines/129"])
  }

  /// Any architecture: operations of one training step as measured, times steps (diffusion and others).
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 128 (passes times operations of a pass).
  /// - Throws: `compute.too-large` above 128 bits.
  public static func perStep(
    flopPerStep: FLOP, steps: UInt128, margin: Double = Estimate.guidelineMargin
  ) throws(Problem) -> Estimate {
    guard let flop = flopPerStep.times(steps) else { throw .tooLarge("operations × steps") }
    return Estimate(
      method: .perStep, flop: flop,
      inputs: [
        .init(name: "flop_per_step", value: flopPerStep.digits),
        .init(name: "steps", value: String(steps)),
      ], assumptions: ["steps_alike"], margin: margin,
      allowedBy: ["guidelines/120", "guidelines/129"])
  }

  /// A figure that was measured or published, taken as it is.
  public static func stated(
    _ flop: FLOP, method: Method, margin: Double = Estimate.guidelineMargin
  ) -> Estimate {
    Estimate(
      method: method, flop: flop,
      inputs: [.init(name: method == .published ? "published_flop" : "flop", value: flop.digits)],
      assumptions: [], margin: margin, allowedBy: ["guidelines/120"])
  }

  /// Hardware: `C = Σ N · L · H · U` over periods in which the number of chips is constant.
  ///
  /// The product is held exactly and rounded up to a whole operation once.
  /// Source: Guidelines C(2025) 7719, ¶ 123 to 125.
  /// - Throws: `compute.too-large` above 128 bits; `compute.no-periods`.
  public static func hardware(
    _ periods: [HardwarePeriod], margin: Double = Estimate.guidelineMargin
  ) throws(Problem) -> Estimate {
    var total = FLOP(0)
    for period in periods {
      var product = ExactProduct()
      product.multiply(by: period.chipHours)
      product.multiply(by: 3600)
      product.multiply(by: period.peak)
      product.multiply(by: period.utilisation)
      guard let flop = product.flop, let sum = total.adding(flop) else {
        throw .tooLarge("chips × hours × peak × utilisation")
      }
      total = sum
    }
    guard !periods.isEmpty else {
      throw Problem(
        "compute.no-periods", what: "no period of hardware use is given",
        why: "the hardware method sums periods in which the number of chips is constant",
        mend: "give chips, hours, peak and utilisation")
    }
    let inputs = periods.flatMap(\.inputs)
    let notes = Set(periods.flatMap(\.notes)).sorted()
    return Estimate(
      method: .hardware, flop: total, inputs: inputs, assumptions: notes, margin: margin,
      allowedBy: ["guidelines/120", "guidelines/124"])
  }
}

/// A period of training on a constant number of chips.
public struct HardwarePeriod: Sendable {
  /// Chips times wall-clock hours.
  public var chipHours: Quantity
  /// Peak dense performance of one chip, FLOP/s.
  public var peak: Quantity
  /// Model FLOP utilisation, in (0, 1].
  public var utilisation: Quantity
  /// What was assumed, as identifiers.
  public var notes: [String]

  /// A period; the utilisation must lie in (0, 1].
  public init(chipHours: Quantity, peak: Quantity, utilisation: Quantity, notes: [String] = []) {
    self.chipHours = chipHours
    self.peak = peak
    self.utilisation = utilisation
    self.notes = notes
  }

  var inputs: [Estimate.Input] {
    [
      .init(name: "chip_hours", value: chipHours.decimal),
      .init(name: "peak_flop_per_s", value: peak.decimal),
      .init(name: "utilisation", value: utilisation.decimal),
    ]
  }

  /// Corrects a hardware FLOP utilisation (HFU) for activation recomputation, which the Guidelines do not count: six of the
  /// eight operations a full recomputation performs are model operations.
  ///
  /// Source: Guidelines C(2025) 7719, ¶ 119 (recomputation excluded); Korthikanti et al. 2022, arXiv:2205.05198, section 4.
  public static func modelUtilisation(hardwareUtilisation: Quantity) -> Quantity {
    Quantity(
      hardwareUtilisation.coefficient * 75, exponent: hardwareUtilisation.exponent - 2,
      hasScale: false)
  }
}
