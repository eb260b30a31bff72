public import Compute
internal import Duties
public import Ground
public import Rulebook

/// The use case behind `compute estimate`: one method over values given as text.
public struct EstimateRequest: Sendable {
  /// The methods a person can ask for.
  public enum Kind: String, Sendable, CaseIterable {
    case dense, attention, moe, hardware, measured
    case encoderDecoder = "encoder-decoder"
    case perStep = "per-step"
  }
  /// The method.
  public var kind: Kind
  /// Values by name.
  public var values: [String: String] = [:]
  /// Periods of constant chips, `CHIPSxHOURS`.
  public var periods: [String] = []
  /// Whether the utilisation counts recomputation.
  public var isHardwareUtilisation = false
  /// Number format of the chip's peak.
  public var numberFormat = Chip.Format.bf16

  /// A request for a method.
  public init(kind: Kind) { self.kind = kind }

  /// The estimate.
  ///
  /// - Throws: `workspace.missing-value`, `workspace.moe-total`, `workspace.hfu`, and the codes of the readers.
  public func estimate() throws(Problem) -> Estimate {
    let margin = try margin()
    switch kind {
    case .dense:
      return try Estimator.sixND(
        parameters: try count("params"), tokens: try count("tokens"), isActive: false,
        margin: margin)
    case .moe:
      guard values["params-active"] != nil else {
        throw Problem(
          "workspace.moe-total", what: "the active parameters are missing",
          why:
            "a token passes only through the active experts; the total would overstate the compute",
          mend: "give --params-active, or --method dense if every parameter is active")
      }
      let active = try count("params-active")
      if values["params"] != nil, try count("params") < active {
        throw Problem(
          "workspace.moe-active", what: "more parameters are active than the model has",
          why: "a token passes through some of the experts",
          mend: "correct --params or --params-active")
      }
      return try Estimator.sixND(
        parameters: active, tokens: try count("tokens"), isActive: true, margin: margin)
    case .attention:
      let isActive = values["params-active"] != nil
      return try Estimator.sixNDAttention(
        parameters: try count(isActive ? "params-active" : "params"), tokens: try count("tokens"),
        layers: try positive("layers"), width: try positive("width"),
        context: try positive("context"), isActive: isActive, margin: margin)
    case .encoderDecoder:
      return try Estimator.encoderDecoder(
        encoderParameters: try count("encoder-params"), encoderTokens: try count("encoder-tokens"),
        decoderParameters: try count("decoder-params"), decoderTokens: try count("decoder-tokens"),
        margin: margin)
    case .perStep:
      return try Estimator.perStep(
        flopPerStep: try FLOP(reading: try needed("flop-per-step")), steps: try positive("steps"),
        margin: margin)
    case .measured:
      return Estimator.stated(
        try FLOP(reading: try needed("flop")), method: .measured, margin: margin)
    case .hardware: return try hardware(margin)
    }
  }

  /// The estimate with the text of the rules that allow it, as they stand on the law's day.
  public func json(_ estimate: Estimate, law: Law) -> JSON {
    guard case .object(let members) = estimate.json else { return estimate.json }
    let citations = estimate.allowedBy.compactMap { law.citation($0)?.json }
    return .object(
      members + [
        ("citations", .array(citations)),
        ("above_1e23", .bool(estimate.flop > .indication)),
        ("above_1e25", .bool(estimate.flop > .presumption)),
        ("near_1e25", .bool(estimate.flop.isNearPresumption)),
      ])
  }

  private func hardware(_ margin: Double) throws(Problem) -> Estimate {
    var notes: [String] = []
    let peak: Quantity
    if let text = values["peak"] {
      peak = try Quantity.read(text)
    } else {
      let chip = try Amounts.chip(try needed("hardware"))
      guard let known = chip.peak(numberFormat) else {
        throw Problem(
          "workspace.no-peak",
          what: "the catalogue has no dense \(numberFormat.rawValue) peak of \(chip.name)",
          why: "it knows " + chip.formats.map(\.rawValue).joined(separator: ", "),
          mend: "give --peak, or another --number-format")
      }
      peak = known
      notes.append("peak_dense_" + numberFormat.rawValue)
    }
    var utilisation = try FactReader.margin(try needed("utilisation"))
    if isHardwareUtilisation {
      switch values["recomputation"] {
      case "full":
        utilisation = HardwarePeriod.modelUtilisation(hardwareUtilisation: utilisation)
        notes.append("hfu_corrected_for_full_recomputation")
      case "none": notes.append("hfu_without_recomputation")
      default:
        throw Problem(
          "workspace.hfu", what: "a hardware utilisation counts recomputed activations",
          why: "recomputation does not count as training compute (Guidelines, ¶ 119)",
          mend: "give the model FLOP utilisation, or --recomputation full or none")
      }
    }
    return try Estimator.hardware(
      try chipHours().map {
        HardwarePeriod(chipHours: $0, peak: peak, utilisation: utilisation, notes: notes)
      }, margin: margin)
  }

  private func chipHours() throws(Problem) -> [Quantity] {
    if !periods.isEmpty {
      var result: [Quantity] = []
      for period in periods {
        let parts = period.split(separator: "x").map(String.init)
        guard parts.count == 2 else {
          throw Problem(
            "workspace.bad-period", what: "\"\(period)\" is not CHIPSxHOURS",
            why: "a period has a constant number of chips", mend: "write it like 8192x720")
        }
        result.append(try product(parts[0], parts[1]))
      }
      return result
    }
    if let text = values["chip-hours"] { return [try Quantity.read(text, letters: true)] }
    return [try product(try needed("chips"), try needed("hours"))]
  }

  private func product(_ chips: String, _ hours: String) throws(Problem) -> Quantity {
    let left = try Quantity.read(chips, letters: true)
    let right = try Quantity.read(hours, letters: true)
    let (value, overflow) = left.coefficient.multipliedReportingOverflow(by: right.coefficient)
    if overflow { throw .tooLargeProduct }
    return Quantity(value, exponent: left.exponent + right.exponent)
  }

  private func margin() throws(Problem) -> Double {
    guard let text = values["margin"] else { return Estimate.guidelineMargin }
    do throws(Problem) {
      return try FactReader.margin(text).approximate
    } catch {
      throw Problem(
        "workspace.bad-margin", what: "\"\(text)\" is not an error margin in (0, 1]",
        why: "the Guidelines allow an overall margin of 30 %", mend: "write it like 20% or 0.2")
    }
  }

  private func count(_ name: String) throws(Problem) -> UInt128 {
    try FactReader.count(try needed(name))
  }

  private func positive(_ name: String) throws(Problem) -> UInt128 {
    try Amounts.positive(try needed(name), name)
  }

  private func needed(_ name: String) throws(Problem) -> String {
    if let text = values[name] { return text }
    throw Problem(
      "workspace.missing-value", what: "--\(name) is missing",
      why: "the method \(kind.rawValue) needs it, and nothing is guessed",
      mend: "give --\(name), or choose another method")
  }
}

extension Problem {
  static var tooLargeProduct: Problem {
    Problem(
      "workspace.too-large", what: "chips × hours is too large to be held exactly",
      why: "amounts are exact integers of 128 bits", mend: "check both figures")
  }
}
