import Ground

/// Reads `main.log` of llm.c and what it prints.
///
/// Read are `s:N trl:…` (training steps from 0; `tel:` and `eval:` do not count), and of the printed
/// lines `step N/M | loss … | … ms | … MFU | … tok/s` (steps from 1), `num_parameters: N` and
/// `num_processes=N and total_batch_size=N`.
/// Source: llm.c, llmc/logger.h and train_gpt2.cu.
struct LlmcLog {
  private var log = StepCoverage()
  private var printed = StepCoverage()
  private var seconds = 0.0
  private var timed = 0
  private var shares = (sum: 0.0, count: 0)

  /// Whether a line is one of llm.c.
  static func recognises(_ line: UnsafeRawBufferPointer) -> Bool {
    if let (_, rest) = logStep(line) {
      return rest.has("trl:") || rest.has("tel:") || rest.has("eval:")
    }
    return printedStep(line) != nil
  }

  /// Reads all lines and puts what they tell into the run.
  ///
  /// - Throws: `compute.import-wrong-kind` when there is no step line; `ground.file-unreadable`.
  static func read(_ lines: ByteLines, into run: inout ImportedRun) throws(Problem) {
    var log = LlmcLog()
    while let line = try lines.next() {
      if line.has("s:") {
        log.addLogged(line, lines.line, into: &run)
      } else if line.has("step ") {
        log.addPrinted(line, lines.line, into: &run)
      } else {
        LlmcLog.readSetting(line, into: &run)
      }
    }
    guard log.log.lines + log.printed.lines + run.problemCount > 0 else {
      throw .importWrongKind(run.file, .llmc, understood: "lines such as \"s:0 trl:11.0091 lr:…\"")
    }
    log.conclude(into: &run)
  }

  private mutating func addLogged(
    _ line: UnsafeRawBufferPointer, _ number: Int, into run: inout ImportedRun
  ) {
    guard let (step, rest) = LlmcLog.logStep(line) else {
      return run.badRow(number, "\(LogBytes.excerpt(line)) has no step")
    }
    if rest.has("tel:") || rest.has("eval:") { return }
    guard rest.has("trl:"),
      LogNumber.prefix(LogBytes.rest(rest, from: 4)) != nil
        || rest.has("nan", at: 4) || rest.has("-nan", at: 4) || rest.has("inf", at: 4)
    else { return run.badRow(number, "\(LogBytes.excerpt(line)) is cut off") }
    log.add(step, line: number)
  }

  private mutating func addPrinted(
    _ line: UnsafeRawBufferPointer, _ number: Int, into run: inout ImportedRun
  ) {
    guard let (step, start) = LlmcLog.printedStep(line) else { return }
    var hasTime = false
    var from = start
    while from < line.count {
      let stop = line.offset(of: 0x7C, from: from) ?? line.count
      let field = LogBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[from..<stop]))
      from = stop + 1
      guard let (value, length) = LogNumber.prefix(field) else { continue }
      let unit = LogBytes.rest(field, from: length)
      if unit.has("ms"), let amount = value.amount {
        seconds += amount / 1000
        hasTime = true
      } else if unit.first == 0x25, unit.offset(of: "MFU") != nil, let share = value.amount {
        shares = (shares.sum + share / 100, shares.count + 1)
      }
    }
    guard hasTime else { return run.badRow(number, "the step line of step \(step) is cut off") }
    timed += 1
    printed.add(step, line: number)
  }

  private static func readSetting(_ line: UnsafeRawBufferPointer, into run: inout ImportedRun) {
    guard let first = line.first, first == 0x6E || first == 0x62 else { return }
    if line.has("num_parameters: ") {
      run.params = LogNumber.prefix(LogBytes.rest(line, from: 15))?.0.whole
    } else if line.has("batch_size B=") {
      if let found = line.offset(of: "total_batch_size=") {
        run.tokensPerStep = LogNumber.prefix(LogBytes.rest(line, from: found + 17))?.0.whole
      }
      if let found = line.offset(of: "num_processes=") {
        run.gpus = LogNumber.prefix(LogBytes.rest(line, from: found + 14))?.0.count
      }
    }
  }

  private func conclude(into run: inout ImportedRun) {
    let logged = log.highest.map { $0 + 1 }
    run.steps = [logged, printed.highest].compactMap { $0 }.max()
    if let first = log.first, first > 0, printed.lines == 0 {
      run.warn("the log begins at step \(first); earlier steps are counted by number only")
    }
    for warning in [log.restartWarning ?? printed.restartWarning].compactMap({ $0 }) {
      run.warn(warning)
    }
    if shares.count > 0 {
      run.utilisation = shares.sum / Double(shares.count)
      run.warn("utilisation is the mean of the printed MFU, relative to the peak llm.c assumes")
    }
    guard printed.lines > 0 else { return }
    if printed.complete(from: 1) == 1, run.problemCount == 0 {
      run.trainTimeSeconds = seconds
    } else {
      run.warn("training time is not summed: " + printed.gap(from: 1))
    }
  }

  /// `s:N ` and what follows.
  private static func logStep(_ line: UnsafeRawBufferPointer) -> (Int, UnsafeRawBufferPointer)? {
    guard line.has("s:") else { return nil }
    let text = UnsafeRawBufferPointer(rebasing: line[2...])
    guard let (number, length) = LogNumber.prefix(text), let step = number.count,
      number.exponent == 0, length < text.count, text[length] == 0x20
    else { return nil }
    return (step, LogBytes.rest(text, from: length))
  }

  /// `step N/M |` and where the fields begin.
  private static func printedStep(_ line: UnsafeRawBufferPointer) -> (Int, Int)? {
    guard line.has("step ") else { return nil }
    var text = LogBytes.rest(line, from: 5)
    guard let (number, length) = LogNumber.prefix(text), let step = number.count,
      number.exponent == 0, step > 0, length < text.count, text[length] == 0x2F
    else { return nil }
    text = LogBytes.rest(text, from: length + 1)
    guard let (_, size) = LogNumber.prefix(text) else { return nil }
    text = LogBytes.rest(text, from: size)
    guard text.first == 0x7C, LogBytes.rest(text, from: 1).has("loss") else { return nil }
    return (step, line.count - text.count + 1)
  }
}
