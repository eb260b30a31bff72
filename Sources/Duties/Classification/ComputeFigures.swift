public import Compute
internal import Ground

/// The amounts of compute that follow from the facts, by method.
public struct ComputeFigures: Sendable {
  /// Six operations for each parameter and token.
  public var sixND: Estimate?
  /// From chips, hours, peak and utilisation.
  public var hardware: Estimate?
  /// As stated.
  public var published: Estimate?
  /// As the run's own log tells.
  public var measured: Estimate?
  /// Facts that each incomplete method lacks.
  public var missing: [String] = []
  /// Calculations that cannot be done.
  public var problems: [FactProblem] = []

  /// The figure of this training: published, else its log's, else hardware, else 6ND.
  public var training: Estimate? { published ?? measured ?? hardware ?? sixND }

  /// Every complete method, the reported one first.
  public var complete: [Estimate] { [published, measured, hardware, sixND].compactMap { $0 } }

  /// Calculates all methods for which the facts are there.
  public init(_ facts: ModelFacts) {
    published = facts.published.map { Estimator.stated($0, method: .published) }
    hardware = hardware(facts)
    sixND = sixND(facts)
    if training == nil, missing.isEmpty { missing = ["published_flop", "params_total", "tokens"] }
    if training != nil { missing = [] }
  }

  private mutating func sixND(_ facts: ModelFacts) -> Estimate? {
    // The total never stands in for active parameters that were given but cannot be read.
    guard !facts.unreadable.contains(.parametersActive) else {
      missing.append("params_active")
      return nil
    }
    let parameters = facts.parametersActive ?? facts.parametersTotal
    guard let parameters, let tokens = facts.tokens else {
      if parameters != nil { missing.append("tokens") }
      if facts.tokens != nil { missing.append("params_total") }
      return nil
    }
    do {
      return try Estimator.sixND(
        parameters: parameters, tokens: tokens, isActive: facts.parametersActive != nil)
    } catch {
      problems.append(FactProblem(column: "tokens", reason: error.what, remedy: error.mend))
      return nil
    }
  }

  private mutating func hardware(_ facts: ModelFacts) -> Estimate? {
    let chip = HardwareCatalogue.embedded.chip(named: facts.hardware)
    let catalogued = facts.unreadable.contains(.peak) ? nil : chip?.peak(.bf16)
    let peak = facts.peak ?? catalogued
    let chipHours = facts.chipHours ?? product(facts.chips, facts.hours)
    let isStarted = facts.utilisation != nil || chipHours != nil || facts.chips != nil
    guard let peak, let chipHours, let utilisation = facts.utilisation else {
      guard isStarted, facts.published == nil else { return nil }
      if peak == nil { missing.append(facts.hardware.isEmpty ? "hardware" : "peak_flop_per_s") }
      if chipHours == nil {
        missing += facts.chips == nil ? ["chip_hours"] : ["hours"]
      }
      if facts.utilisation == nil { missing.append("utilisation") }
      return nil
    }
    let notes = facts.peak == nil ? ["peak_dense_bf16"] : []
    do {
      return try Estimator.hardware([
        HardwarePeriod(chipHours: chipHours, peak: peak, utilisation: utilisation, notes: notes)
      ])
    } catch {
      problems.append(FactProblem(column: "chip_hours", reason: error.what, remedy: error.mend))
      return nil
    }
  }

  private func product(_ chips: Quantity?, _ hours: Quantity?) -> Quantity? {
    guard let chips, let hours else { return nil }
    let (value, overflow) = chips.coefficient.multipliedReportingOverflow(by: hours.coefficient)
    return overflow ? nil : Quantity(value, exponent: chips.exponent + hours.exponent)
  }
}
