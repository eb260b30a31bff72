import Ground

/// Reads what Megatron-LM and Megatron-DeepSpeed print; other lines of the log are passed over.
///
/// Besides step lines (`MegatronLine`), these lines of the list of arguments are read when they are
/// there: `world_size`, `seq_length`, `checkpoint_activations`, `recompute_granularity`, and
/// `using world size: N`.
struct MegatronLog {
  private var coverage = StepCoverage()
  private var totals: [Int] = []
  private var lastTotal: Int?
  private var tokens: UInt128?
  private var samples: UInt128?
  private var elapsed = 0.0
  private var teraFLOPSeconds = 0.0
  private var secondsWithFLOP = 0.0
  private var linesWithFLOP = 0
  private var hardwareFLOPLines = 0
  private var previous: (elapsed: Double?, samples: UInt128?) = (nil, nil)
  private var duplicates = 0
  private var worldSize: Int?
  private var sequenceLength: UInt128?
  private var recomputes: Bool?

  /// Reads all lines and puts what they tell into the run.
  ///
  /// - Throws: `compute.import-wrong-kind` when there is no step line; `ground.file-unreadable`.
  static func read(_ lines: ByteLines, _ hints: ImportHints, into run: inout ImportedRun)
    throws(Problem)
  {
    var log = MegatronLog()
    while let line = try lines.next() {
      if let step = MegatronLine(line) {
        log.add(step, lines.line, into: &run)
      } else {
        log.readArgument(line)
      }
    }
    guard log.coverage.lines > 0 || run.problemCount > 0 else {
      throw .importWrongKind(
        run.file, .megatron, understood: "lines such as \"iteration 10/ 100 | consumed samples: …\""
      )
    }
    log.conclude(hints, into: &run)
  }

  private mutating func add(_ step: MegatronLine, _ line: Int, into run: inout ImportedRun) {
    if let field = step.badField {
      run.badRow(line, "the field \(field) holds no number")
    } else if step.isCut || step.elapsedSeconds == nil {
      run.badRow(line, "the step line of iteration \(step.step) is cut off")
    }
    guard let seconds = step.elapsedSeconds else { return }
    if coverage.move(to: step.step) == .again, previous.elapsed == seconds,
      previous.samples == step.samples
    {
      duplicates += 1
      return
    }
    if let total = step.total {
      // Going back with another total is another run, not a restart.
      if let before = lastTotal, before != total { coverage.beginAnotherRun() }
      if !totals.contains(total), totals.count < 10 { totals.append(total) }
      lastTotal = total
    }
    previous = (seconds, step.samples)
    coverage.add(step.step, line: line)
    elapsed += seconds
    if let rate = step.teraFLOP {
      linesWithFLOP += 1
      if !step.isModelFLOP { hardwareFLOPLines += 1 }
      teraFLOPSeconds += rate * seconds
      secondsWithFLOP += seconds
    }
    if let count = step.tokens { tokens = max(tokens ?? 0, count) }
    if let count = step.samples { samples = max(samples ?? 0, count) }
  }

  /// Reads `name ........ value` of the arguments and `using world size: N`.
  private mutating func readArgument(_ line: UnsafeRawBufferPointer) {
    if let found = line.offset(of: "using world size:") {
      let text = LogBytes.rest(line, from: found + 17)
      worldSize = LogNumber.prefix(text)?.0.count ?? worldSize
    }
    guard let dots = line.offset(of: " ....") else { return }
    var name = LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[..<dots]))
    if let colon = name.offset(of: 0x3A) { name = LogBytes.rest(name, from: colon + 1) }
    var value = LogBytes.rest(line, from: dots)
    while value.first == 0x2E { value = UnsafeRawBufferPointer(rebasing: value.dropFirst()) }
    value = LogBytes.trimmed(value)
    switch name.count {
    case 10 where name.has("world_size"): worldSize = LogNumber.prefix(value)?.0.count ?? worldSize
    case 10 where name.has("seq_length"):
      sequenceLength = LogNumber.prefix(value)?.0.whole ?? sequenceLength
    case 22 where name.has("checkpoint_activations"): recomputes = value.has("True")
    case 21 where name.has("recompute_granularity"):
      if value.has("full") { recomputes = true }
      if value.has("None") { recomputes = recomputes ?? false }
    default: break
    }
  }

  private func conclude(_ hints: ImportHints, into run: inout ImportedRun) {
    run.steps = coverage.highest
    run.gpus = worldSize.flatMap { $0 > 0 ? $0 : nil }
    if totals.count > 1 {
      run.warn(
        "the lines give different totals of iterations ("
          + totals.map(String.init).joined(separator: ", ")
          + "): the log holds several runs, or the plan was changed; the highest counters are "
          + "given, nothing is added together")
    }
    if let warning = coverage.restartWarning { run.warn(warning) }
    if duplicates > 0 { run.warn("\(duplicates) step line(s) printed twice were counted once") }
    concludeTokens(hints, into: &run)
    concludeTime(hints, into: &run)
  }

  private func concludeTokens(_ hints: ImportHints, into run: inout ImportedRun) {
    run.tokens = tokens.flatMap { $0 > 0 ? $0 : nil }
    if run.tokens != nil { return }
    if let samples, let sequenceLength, samples > 0, sequenceLength > 0 {
      let (product, overflow) = samples.multipliedReportingOverflow(by: sequenceLength)
      if !overflow {
        run.tokens = product
        run.warn("tokens are consumed samples × seq_length \(sequenceLength) of the arguments")
        return
      }
    }
    if hints.tokensPerStep == nil {
      run.warn(
        "the log counts samples, not tokens, and does not state the sequence length; "
          + "give the tokens per step (global batch size × sequence length)")
    } else {
      run.warn(
        "tokens are iterations × tokens per step of the hint; with a batch size that grew during "
          + "training this is too much")
    }
  }

  private func concludeTime(_ hints: ImportHints, into run: inout ImportedRun) {
    let interval = totals.count > 1 ? nil : coverage.complete(from: 1)
    if let interval, !hasHoles(run) {
      run.trainTimeSeconds = elapsed * Double(interval)
    } else if coverage.lines > 0 {
      let why =
        totals.count > 1
        ? "there are several totals"
        : hasHoles(run) ? "rows could not be read" : coverage.gap(from: 1)
      run.warn("training time is not summed: \(why)")
    }
    concludeRate(interval, hints, into: &run)
  }

  private func concludeRate(_ interval: Int?, _ hints: ImportHints, into run: inout ImportedRun) {
    guard linesWithFLOP > 0, secondsWithFLOP > 0 else { return }
    guard hardwareFLOPLines == 0 || hardwareFLOPLines == linesWithFLOP else {
      run.warn("the log mixes TFLOPs and throughput per GPU; neither is used")
      return
    }
    let isCorrected = hardwareFLOPLines > 0 && recomputes != false
    let factor = isCorrected ? 0.75 : 1
    let isAll = linesWithFLOP == coverage.lines
    if let peak = hints.peakFLOPPerSecond {
      run.utilisation = teraFLOPSeconds / secondsWithFLOP * factor * 1e12 / peak.approximate
      if !isAll {
        run.warn("utilisation is the mean of \(linesWithFLOP) of \(coverage.lines) step lines")
      }
    }
    if let time = run.trainTimeSeconds, time > 0, isAll, let gpus = run.gpus ?? hints.gpus,
      let interval,
      let amount = ImportedRun.product(
        [teraFLOPSeconds, Double(interval), Double(gpus), factor], times: Quantity(1, exponent: 12))
    {
      run.stated = (
        amount, "TFLOP per second and GPU × GPUs × time" + (isCorrected ? " × 6/8" : "")
      )
    }
    warnOfFactor(&run)
  }

  /// Says what was done about activation recomputation.
  ///
  /// Source: Guidelines C(2025) 7719, Annex A.1 (recomputation is not counted); Narayanan et al.
  /// 2021, arXiv:2104.04473, Eq. 3 (8 instead of 6 with recomputation).
  private func warnOfFactor(_ run: inout ImportedRun) {
    guard hardwareFLOPLines > 0 else { return }
    switch recomputes {
    case true?:
      run.warn(
        "the printed TFLOPs count activation recomputation (factor 8 instead of 6): they are "
          + "corrected by 6/8; with partial recomputation give the parameters instead")
    case false?: break
    case nil:
      run.warn(
        "the printed TFLOPs are corrected by 6/8 for activation recomputation, which "
          + "Megatron-DeepSpeed counts when it is on; the log does not say whether it was: if not, "
          + "what is taken from them is 8/6 of the value given; give the parameters to be sure")
    }
  }

  private func hasHoles(_ run: ImportedRun) -> Bool { run.problemCount > 0 }
}
