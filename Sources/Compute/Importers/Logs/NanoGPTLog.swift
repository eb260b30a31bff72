import Ground

/// Reads what nanoGPT prints.
///
/// Read are `iter N: loss …, time …ms, mfu …%` (iterations from 0; each time is that of one
/// iteration), `step N: train loss …, val loss …`, `tokens per iteration will be: 491,520` and
/// `number of parameters: 123.59M`.
/// Source: nanoGPT, train.py and model.py.
struct NanoGPTLog {
  private var coverage = StepCoverage()
  private var evaluated: Int?
  private var seconds = 0.0
  private var shares = (sum: 0.0, count: 0)

  /// The peak against which nanoGPT states its utilisation: A100, bfloat16, FLOP per second.
  ///
  /// Source: nanoGPT, model.py, estimate_mfu.
  static let assumedPeak = 312e12

  /// Whether a line is one of nanoGPT.
  static func recognises(_ line: UnsafeRawBufferPointer) -> Bool {
    if line.has("tokens per iteration will be:") { return true }
    if let (_, rest) = counter(line, "iter ") { return rest.has("loss ") }
    return counter(line, "step ")?.1.has("train loss ") ?? false
  }

  /// Reads all lines and puts what they tell into the run.
  ///
  /// - Throws: `compute.import-wrong-kind` when there is no iteration; `ground.file-unreadable`.
  static func read(_ lines: ByteLines, _ hints: ImportHints, into run: inout ImportedRun)
    throws(Problem)
  {
    var log = NanoGPTLog()
    while let line = try lines.next() {
      if line.has("iter ") {
        log.addIteration(line, lines.line, into: &run)
      } else if let (step, rest) = counter(line, "step "), rest.has("train loss ") {
        log.evaluated = max(log.evaluated ?? 0, step)
      } else {
        readSetting(line, into: &run)
      }
    }
    guard log.coverage.lines > 0 || log.evaluated != nil || run.problemCount > 0 else {
      throw .importWrongKind(
        run.file, .nanogpt, understood: "lines such as \"iter 0: loss 10.99, time 210.1ms, mfu …\"")
    }
    log.conclude(hints, into: &run)
  }

  private mutating func addIteration(
    _ line: UnsafeRawBufferPointer, _ number: Int, into run: inout ImportedRun
  ) {
    guard let (step, rest) = NanoGPTLog.counter(line, "iter "), rest.has("loss "),
      let time = rest.offset(of: ", time "),
      let (value, length) = LogNumber.prefix(LogBytes.rest(rest, from: time + 7)),
      LogBytes.rest(rest, from: time + 7 + length).has("ms"), let milliseconds = value.amount
    else { return run.badRow(number, "\(LogBytes.excerpt(line)) is cut off") }
    coverage.add(step, line: number)
    seconds += milliseconds / 1000
    guard let found = rest.offset(of: ", mfu ", from: time + 7),
      let (share, _) = LogNumber.prefix(LogBytes.rest(rest, from: found + 6)),
      let percent = share.amount
    else { return }
    shares = (shares.sum + percent / 100, shares.count + 1)
  }

  private static func readSetting(_ line: UnsafeRawBufferPointer, into run: inout ImportedRun) {
    if line.has("tokens per iteration will be:") {
      run.tokensPerStep = LogBytes.grouped(LogBytes.rest(line, from: 29))
    } else if line.has("number of parameters:") {
      let text = LogBytes.rest(line, from: 21)
      guard let (number, length) = LogNumber.prefix(text), length < text.count,
        text[length] == 0x4D, !number.isNegative, abs(number.exponent) < 30
      else { return }
      let params = Quantity(number.coefficient, exponent: number.exponent + 6).integer
      run.params = params.flatMap { $0 > 0 ? $0 : nil }
    }
  }

  private func conclude(_ hints: ImportHints, into run: inout ImportedRun) {
    run.steps = [coverage.highest.map { $0 + 1 }, evaluated].compactMap { $0 }.max()
    if let warning = coverage.restartWarning { run.warn(warning) }
    if run.params != nil, hints.params == nil {
      run.warn(
        "the number of parameters is the printed one: rounded to 0.01 million, and without "
          + "position embeddings")
    }
    if coverage.lines > 0 {
      if coverage.complete(from: 0) == 1, run.problemCount == 0 {
        run.trainTimeSeconds = seconds
      } else {
        let isSampled = (coverage.interval ?? 1) > 1
        let why =
          isSampled ? "a line gives the time of one iteration only" : coverage.gap(from: 0)
        run.warn("training time is not summed: \(why)")
      }
    }
    guard shares.count > 0 else { return }
    let mean = shares.sum / Double(shares.count)
    if let peak = hints.peakFLOPPerSecond {
      run.utilisation = mean * NanoGPTLog.assumedPeak / peak.approximate
      run.warn("nanoGPT's MFU, relative to 312 TFLOP/s (A100), was turned to the peak of the hint")
    } else {
      run.utilisation = mean
      run.warn("nanoGPT's MFU is relative to 312 TFLOP/s (A100, bfloat16), whatever the GPU was")
    }
  }

  /// `iter N: ` or `step N: ` and what follows.
  private static func counter(_ line: UnsafeRawBufferPointer, _ word: StaticString)
    -> (Int, UnsafeRawBufferPointer)?
  {
    guard line.has(word) else { return nil }
    let text = LogBytes.rest(line, from: word.utf8CodeUnitCount)
    guard let (number, length) = LogNumber.prefix(text), let step = number.count,
      number.exponent == 0, length < text.count, text[length] == 0x3A
    else { return nil }
    return (step, LogBytes.rest(text, from: length + 1))
  }
}
