import Ground

/// The conclusions that are the same for every kind of log.
extension ImportedRun {
  /// Draws from the file and the hints together what follows from them, and lists what is missing.
  mutating func settle(_ hints: ImportHints) {
    settleCounts(hints)
    settleTime(hints)
    settleFLOP(hints)
    settleEnergy(hints)
    settleMissing(hints)
    if problemCount > problems.count {
      warn(
        "\(problemCount) rows could not be read; the first \(problems.count) are listed, "
          + "\(problemCount - problems.count) more are not")
    } else if problemCount > 0 {
      warn("\(problemCount) row(s) could not be read, or not in whole")
    }
    for problem in problems.prefix(10) {
      warn(problem.what)
    }
  }

  private mutating func settleCounts(_ hints: ImportHints) {
    if let known = gpus, let hint = hints.gpus, known != hint {
      warn("the file says \(known) GPUs, the hint \(hint); the file is followed")
    }
    gpus = gpus ?? hints.gpus
    if let known = tokensPerStep, let hint = hints.tokensPerStep, known != hint {
      warn("the file says \(known) tokens per step, the hint \(hint); the hint is followed")
    }
    tokensPerStep = hints.tokensPerStep ?? tokensPerStep
    guard tokens == nil, !isSeveralRuns, stepsAreOptimizerSteps, let steps, let tokensPerStep,
      let count = UInt128(exactly: steps)
    else { return }
    let (product, overflow) = count.multipliedReportingOverflow(by: tokensPerStep)
    if overflow {
      warn("steps × tokens per step does not fit 128 bits; tokens are not given")
    } else {
      tokens = product
    }
  }

  private mutating func settleTime(_ hints: ImportHints) {
    trainTimeSeconds = trainTimeSeconds.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    if gpuHours == nil, let gpus, let trainTimeSeconds {
      gpuHours = Double(gpus) * trainTimeSeconds / 3600
    }
    guard let share = utilisation else { return }
    if !share.isFinite || share < 0 || share > 1 {
      warn("a utilisation of \(share) is refused: it must lie between 0 and 1; check the peak")
      utilisation = nil
    }
  }

  private mutating func settleFLOP(_ hints: ImportHints) {
    guard flop == nil, !isSeveralRuns else { return }
    if statedGoesFirst, let stated {
      compare(stated.flop, hints)
      (flop, method) = (stated.flop, stated.method)
      return
    }
    if let params = hints.params ?? params, let tokens, tokens > 0 {
      guard let amount = FLOP(6).times(params)?.times(tokens) else {
        warn("6 × parameters × tokens does not fit 128 bits; compute is not given")
        return
      }
      (flop, method) = (amount, "6 × parameters × tokens")
    } else if let stated {
      (flop, method) = (stated.flop, stated.method)
    } else {
      settleFLOPFromHardware(hints)
    }
  }

  /// The log's own amount stands; a very different 6 × parameters × tokens is worth a word.
  private mutating func compare(_ own: FLOP, _ hints: ImportHints) {
    guard let params = hints.params, let tokens,
      let product = FLOP(6).times(params)?.times(tokens), product.count > 0
    else { return }
    let ratio = own.approximate / product.approximate
    if ratio < 0.9 || ratio > 1.1 {
      warn(
        "the file's own compute \(own.figures(3)) is followed; 6 × parameters × tokens would be "
          + product.figures(3))
    }
  }

  /// GPU time × peak × utilisation, when all are known.
  ///
  /// Source: Guidelines C(2025) 7719, Annex A.2 (hardware-based estimate C = N · L · H · U).
  private mutating func settleFLOPFromHardware(_ hints: ImportHints) {
    guard let gpuHours, gpuHours > 0, let utilisation, utilisation > 0,
      let peak = hints.peakFLOPPerSecond,
      let amount = ImportedRun.product([gpuHours, 3600, utilisation], times: peak)
    else { return }
    (flop, method) = (amount, "GPU hours × 3600 × peak FLOP per second × utilisation")
    warn("compute was estimated from hardware: GPU hours × 3600 × peak × utilisation")
  }

  /// The product without intermediate rounding; nil when it is zero or does not fit.
  static func product(_ factors: [Double], times peak: Quantity) -> FLOP? {
    var product = ExactProduct()
    product.multiply(by: peak)
    for factor in factors {
      guard let quantity = try? Quantity.read(String(factor)) else { return nil }
      product.multiply(by: quantity)
    }
    return product.flop.flatMap { $0.count > 0 ? $0 : nil }
  }

  private mutating func settleEnergy(_ hints: ImportHints) {
    energyMWh = energyMWh.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    energyIsMeasured = energyMWh != nil
    guard energyMWh == nil, let power = hints.chipPowerWatts, let pue = hints.pue, let gpuHours
    else { return }
    let energy = power * gpuHours * pue / 1e6
    guard energy.isFinite else { return }
    energyMWh = energy
    warn("energy is estimated, not measured: chip power × GPU hours × PUE")
  }

  private mutating func settleMissing(_ hints: ImportHints) {
    if tokens == nil {
      let needsStepSize = steps != nil && stepsAreOptimizerSteps && tokensPerStep == nil
      miss(needsStepSize ? "tokens_per_step" : "tokens")
    }
    if flop == nil, hints.params ?? params == nil { miss("params") }
    if gpus == nil { miss("gpus") }
    if trainTimeSeconds == nil { miss("train_time") }
    if flop == nil {
      if hints.peakFLOPPerSecond == nil { miss("hardware") }
      if utilisation == nil { miss("utilisation") }
    }
  }
}
