public import Ground

/// What one log tells of a training run; nil where it cannot tell.
///
/// Nothing is guessed.
public struct ImportedRun: Sendable {
  /// How many bad rows are reported one by one.
  public static let reportedProblems = 50

  /// The file as it was named.
  public var file: String
  /// The kind of log as which it was read.
  public let kind: LogKind
  /// Optimizer steps done, as the highest counter tells.
  public var steps: Int?
  /// Tokens trained on.
  public var tokens: UInt128?
  /// Training compute.
  public var flop: FLOP?
  /// How `flop` was obtained, in words.
  public var method: String?
  /// GPUs, the largest number at one time.
  public var gpus: Int?
  /// GPU hours.
  public var gpuHours: Double?
  /// Training time in seconds; for `sacct` the sum over jobs.
  public var trainTimeSeconds: Double?
  /// Energy in megawatt-hours.
  public var energyMWh: Double?
  /// Whether the energy was measured; false also when there is none.
  public var energyIsMeasured = false
  /// Model FLOP utilisation, 0 to 1.
  public var utilisation: Double?
  /// Facts that would tell more: `params`, `tokens`, `tokens_per_step`, `gpus`, `hardware`,
  /// `train_time`, `utilisation`.
  public private(set) var missing: [String] = []
  /// What to know before relying on the values.
  public private(set) var warnings: [String] = []
  /// Rows that could not be read, at most `reportedProblems`.
  public private(set) var problems: [Problem] = []
  /// How many rows could not be read, those beyond the reported ones included.
  public private(set) var problemCount = 0

  /// Compute that the log itself states, used when parameters and tokens are not known.
  var stated: (flop: FLOP, method: String)?
  /// The log's own count of compute, which goes before 6 × parameters × tokens.
  var statedGoesFirst = false
  /// Parameters that the log itself states.
  var params: UInt128?
  /// Whether steps may be multiplied by tokens per step.
  var stepsAreOptimizerSteps = true
  /// Tokens per step that the log itself states.
  var tokensPerStep: UInt128?
  /// The log holds several runs: nothing is taken together.
  var isSeveralRuns = false

  init(file: String, kind: LogKind) {
    self.file = file
    self.kind = kind
  }

  mutating func miss(_ fact: String) {
    if !missing.contains(fact) { missing.append(fact) }
  }

  mutating func warn(_ text: String) {
    if warnings.count < ImportedRun.reportedProblems, !warnings.contains(text) {
      warnings.append(text)
    }
  }

  mutating func report(_ problem: Problem) {
    problemCount += 1
    if problems.count < ImportedRun.reportedProblems { problems.append(problem) }
  }

  /// Reports a row that cannot be read; the text is made only when it will be kept.
  mutating func badRow(_ line: Int, _ what: @autoclosure () -> String) {
    problemCount += 1
    guard problems.count < ImportedRun.reportedProblems else { return }
    problems.append(
      Problem(
        "compute.import-bad-row", what: "line \(line): " + what(),
        why: "a \(kind.title) does not have such a row; what could not be read was left out",
        mend: "restore the line from the original log", places: [Place(file, line: line)]))
  }
}

extension ImportedRun {
  /// The run as JSON: `file, kind, steps, tokens, flop, gpus, gpu_hours, train_time_s, energy_mwh,
  /// utilisation, missing, warnings`, in that order.
  ///
  /// `flop` is a decimal string; `tokens` is one too when it is above 2^63 − 1.
  public var json: JSON {
    .object([
      ("file", .string(file)),
      ("kind", .string(kind.rawValue)),
      ("steps", JSON(steps)),
      ("tokens", tokens.map { Int(exactly: $0).map { .int($0) } ?? .string(String($0)) } ?? .null),
      ("flop", JSON(flop?.digits)),
      ("gpus", JSON(gpus)),
      ("gpu_hours", JSON(gpuHours)),
      ("train_time_s", JSON(trainTimeSeconds)),
      ("energy_mwh", JSON(energyMWh)),
      ("utilisation", JSON(utilisation)),
      ("missing", JSON(missing)),
      ("warnings", JSON(warnings)),
    ])
  }
}
