import Ground

/// What a person adds to a log: facts that the file itself does not hold.
public struct ImportHints: Sendable {
  /// Parameters of the model, all that take part in a pass.
  public var params: UInt128?
  /// Tokens of one optimizer step over all GPUs.
  public var tokensPerStep: UInt128?
  /// GPUs that took part.
  public var gpus: Int?
  /// Peak FLOP per second of one GPU at the precision used, dense.
  public var peakFLOPPerSecond: Quantity?
  /// Power of one GPU in watts, to estimate energy.
  public var chipPowerWatts: Double?
  /// Power usage effectiveness of the data centre, 1 or more.
  public var pue: Double?

  /// Hints; what is not known stays nil.
  ///
  /// Zero, negative and non-finite values count as not known.
  public init(
    params: UInt128? = nil, tokensPerStep: UInt128? = nil, gpus: Int? = nil,
    peakFLOPPerSecond: Quantity? = nil, chipPowerWatts: Double? = nil, pue: Double? = nil
  ) {
    self.params = params.flatMap { $0 > 0 ? $0 : nil }
    self.tokensPerStep = tokensPerStep.flatMap { $0 > 0 ? $0 : nil }
    self.gpus = gpus.flatMap { $0 > 0 ? $0 : nil }
    self.peakFLOPPerSecond = peakFLOPPerSecond.flatMap { $0.isZero ? nil : $0 }
    self.chipPowerWatts = chipPowerWatts.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    self.pue = pue.flatMap { $0.isFinite && $0 >= 1 ? $0 : nil }
  }
}
