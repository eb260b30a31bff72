import Ground

/// Reads `trainer_state.json` of the Hugging Face Trainer, as a stream of any length.
///
/// Read are `global_step`, `num_input_tokens_seen` and `total_flos` of the state, and in
/// `log_history` `step`, `num_input_tokens_seen`, `num_tokens` (TRL), `total_flos` and
/// `train_runtime`.
/// Source: transformers, trainer_callback.py (TrainerState), modeling_utils.py
/// (floating_point_ops: 6 × tokens × parameters without embeddings).
struct TrainerStateLog {
  private enum Key { case step, globalStep, tokens, historyTokens, flop, runtime }

  private var globalStep: Int?
  private var highestStep: Int?
  private var stateTokens: UInt128?
  private var historyTokens: UInt128?
  private var stateFLOP: UInt128?
  private var historyFLOP: UInt128?
  private var resumptions = 0
  private var runtime: Double?
  private var isState = false

  /// Reads the file and puts what it tells into the run.
  ///
  /// - Throws: `compute.import-not-json`, `compute.import-wrong-kind`, `ground.file-unreadable`.
  static func read(_ lines: ByteLines, _ hints: ImportHints, into run: inout ImportedRun)
    throws(Problem)
  {
    var log = TrainerStateLog()
    var tokens = JSONTokens(lines)
    var key: Key?
    var isHistory = false
    while true {
      guard let token = try tokens.next() else {
        throw notJSON(run.file, line: tokens.lineBreaks + 1)
      }
      switch token {
      case .end:
        guard log.isState else {
          throw .importWrongKind(
            run.file, .hfTrainer, understood: "an object with global_step and log_history")
        }
        return log.conclude(hints, into: &run)
      case .key:
        if tokens.depth == 1 { isHistory = tokens.text.elementsEqual("log_history".utf8) }
        key = log.key(tokens, isHistory: isHistory)
      case .number, .string, .literal:
        if let key, token != .string {
          log.take(key, tokens, isHistory: isHistory, line: tokens.lineBreaks + 1, into: &run)
        }
        key = nil
      case .beginObject, .beginArray, .endObject, .endArray: key = nil
      }
    }
  }

  private mutating func key(_ tokens: JSONTokens, isHistory: Bool) -> Key? {
    guard tokens.depth == 1 || tokens.depth == 3 && isHistory else { return nil }
    let text = String(decoding: tokens.text.prefix(32), as: UTF8.self)
    if tokens.depth == 1, text == "global_step" || text == "log_history" { isState = true }
    switch (text, tokens.depth) {
    case ("global_step", 1): return .globalStep
    case ("step", 3): return .step
    case ("num_input_tokens_seen", _): return tokens.depth == 1 ? .tokens : .historyTokens
    case ("num_tokens", 3): return .historyTokens
    case ("total_flos", _): return .flop
    case ("train_runtime", 3): return .runtime
    default: return nil
    }
  }

  private mutating func take(
    _ key: Key, _ tokens: JSONTokens, isHistory: Bool, line: Int, into run: inout ImportedRun
  ) {
    let reading = tokens.text.withUnsafeBytes { LogNumber.read($0) }
    guard case .number(let number) = reading else {
      if case .malformed = reading {
        run.badRow(
          line, "a counter holds \(String(decoding: tokens.text.prefix(40), as: UTF8.self))")
      }
      return
    }
    if key == .runtime {
      guard let seconds = number.amount else {
        return run.badRow(line, "train_runtime is negative")
      }
      // With token counting on, every row states the time so far: only a fall tells a resumption.
      if let runtime, seconds < runtime { resumptions += 1 }
      runtime = seconds
      return
    }
    guard let whole = number.whole else {
      return run.badRow(line, "a counter is not a whole number of at most 128 bits")
    }
    switch key {
    case .globalStep: globalStep = number.count
    case .step: highestStep = number.count.map { max($0, highestStep ?? 0) } ?? highestStep
    case .tokens: stateTokens = whole
    case .historyTokens: historyTokens = max(whole, historyTokens ?? 0)
    case .flop:
      if isHistory { historyFLOP = max(whole, historyFLOP ?? 0) } else { stateFLOP = whole }
    case .runtime: break
    }
  }

  private func conclude(_ hints: ImportHints, into run: inout ImportedRun) {
    run.steps = globalStep ?? highestStep
    if let globalStep, let highestStep, highestStep > globalStep {
      run.warn("log_history goes to step \(highestStep), global_step is \(globalStep)")
    }
    run.tokens = [stateTokens, historyTokens].compactMap { $0 }.first { $0 > 0 }
    if run.tokens != nil, (stateTokens ?? 0) == 0 {
      run.warn("tokens are the largest counter in log_history; the state itself has none")
    }
    run.trainTimeSeconds = runtime
    if resumptions > 0 {
      run.warn(
        "train_runtime starts again \(resumptions) time(s): the run was resumed; the last is given, "
          + "and the time of the earlier parts is not in it")
    }
    concludeFLOP(hints, into: &run)
  }

  private func concludeFLOP(_ hints: ImportHints, into run: inout ImportedRun) {
    guard let flop = [stateFLOP, historyFLOP].compactMap({ $0 }).first(where: { $0 > 0 }) else {
      return
    }
    run.stated = (FLOP(flop), "total_flos")
    guard let params = hints.params, let tokens = run.tokens,
      let sixTokens = FLOP(6).times(tokens), sixTokens.count > 0
    else {
      run.warn(
        "total_flos is the Trainer's estimate, 6 × tokens × parameters without embeddings: it counts "
          + "forward and backward passes over frozen parameters too (LoRA), and padding")
      return
    }
    let implied = FLOP(flop).approximate / sixTokens.approximate
    if implied > 1.2 * FLOP(params).approximate {
      run.warn(
        "total_flos corresponds to \(FLOP(UInt128(implied)).figures(2)) parameters, the hint is "
          + "\(FLOP(params).figures(2)): the Trainer counts frozen parameters (LoRA) too; the "
          + "parameters must be all that take part in a pass, not only the trained ones")
    }
  }

  private static func notJSON(_ file: String, line: Int) -> Problem {
    Problem(
      "compute.import-not-json", what: "\"\(file)\" is not JSON from line \(line) on",
      why: "a trainer state is read only when it is whole",
      mend: "take trainer_state.json of the last complete checkpoint",
      places: [Place(file, line: line)])
  }
}
