import Ground

/// Where the columns of a Weights & Biases export stand.
///
/// A header is `Step`, or `<run> - <metric>`, or the metric alone; `__MIN` and `__MAX` columns are
/// ignored. Read are, with or without `train/`: `global_step`; `Step` or `_step`;
/// `num_input_tokens_seen`, `num_tokens`, `tokens`, `tokens_seen`, `total_tokens` (all cumulative);
/// `total_flos`; `train_runtime`; `_runtime`, `Runtime`, `Relative Time (Process)`; `_timestamp`.
struct WandbColumns {
  enum Metric { case globalStep, step, tokens, flop, trainRuntime, runtime, timestamp }

  private(set) var known: [(index: Int, metric: Metric)] = []
  private(set) var runs: [String] = []
  /// Whether it is a table of runs, a row each, rather than one run's history.
  let isRunsTable: Bool

  init(_ header: [String]) {
    isRunsTable =
      header.contains("Name") && (header.contains("State") || header.contains("Runtime"))
    for (index, cell) in header.enumerated() {
      if cell.hasSuffix("__MIN") || cell.hasSuffix("__MAX") { continue }
      var name = cell
      if let cut = WandbColumns.separator(cell) {
        let run = String(cell[..<cut])
        if !runs.contains(run), runs.count < 1000 { runs.append(run) }
        name = String(cell[cell.index(cut, offsetBy: 3)...])
      }
      if let metric = WandbColumns.metric(name) { known.append((index, metric)) }
    }
  }

  /// Whether a header is that of a Weights & Biases export.
  static func recognise(_ header: [String]) -> Bool {
    let names = header.map { $0.hasPrefix(" ") ? String($0.dropFirst()) : $0 }
    return names.contains("Name") && names.contains("State") && names.contains("Runtime")
      || names.contains { ["_step", "_runtime", "_timestamp"].contains($0) }
      || names.contains("Step") && names.contains { separator($0) != nil || $0.contains("/") }
      || names.contains { $0.hasSuffix("__MIN") || $0.hasSuffix("__MAX") }
      || names.contains { $0.hasPrefix("train/") || $0.hasPrefix("Relative Time (") }
  }

  /// Where the last ` - ` begins.
  private static func separator(_ cell: String) -> String.Index? {
    let bytes = Array(cell.utf8)
    guard bytes.count >= 3 else { return nil }
    for index in stride(from: bytes.count - 3, through: 0, by: -1)
    where bytes[index] == 0x20 && bytes[index + 1] == 0x2D && bytes[index + 2] == 0x20 {
      let position = cell.utf8.index(cell.utf8.startIndex, offsetBy: index)
      // A combining mark behind the space would make the cut fall inside a character.
      return cell[position...].hasPrefix(" - ") ? position : nil
    }
    return nil
  }

  private static func metric(_ name: String) -> Metric? {
    let plain = LogName.plain(name)
    switch plain.hasPrefix("train/") ? String(plain.dropFirst(6)) : plain {
    case "global_step", "trainer/global_step": return .globalStep
    case "step" where plain == "step", "_step": return .step
    case "num_input_tokens_seen", "num_tokens", "tokens", "tokens_seen", "total_tokens":
      return .tokens
    case "total_flos": return .flop
    case "train_runtime": return .trainRuntime
    case "_runtime", "runtime", "relative time (process)": return .runtime
    case "_timestamp": return .timestamp
    default: return nil
    }
  }
}

/// Reads a CSV export of Weights & Biases; the columns stand in `WandbColumns`.
///
/// Every counter is cumulative, so its highest value counts. Exports of charts are samples, which may
/// leave out the last rows.
struct WandbLog {
  private var globalStep: Int?
  private var step: Int?
  private var tokens: UInt128?
  private var flop: UInt128?
  private var trainRuntime: Double?
  private var runtime: Double?
  private var times: (first: Double, last: Double)?

  /// Reads all rows and puts what they tell into the run.
  ///
  /// - Throws: `compute.import-wrong-kind` when no column is known; `ground.file-unreadable`.
  static func read(_ lines: ByteLines, into run: inout ImportedRun) throws(Problem) {
    let records = CSVRecords(lines)
    let header = try TableLog.nextRow(records, &run)
    let columns = WandbColumns(header.map { row in (0..<row.count).map { row.text($0) } } ?? [])
    guard !columns.known.isEmpty else {
      throw .importWrongKind(
        run.file, .wandb,
        understood: "Step, _runtime, _timestamp, train/global_step, "
          + "train/num_input_tokens_seen, tokens, train/total_flos")
    }
    if columns.runs.count > 1 { refuse(columns.runs, &run) }
    var log = WandbLog()
    var rows = 0
    while let row = try TableLog.nextRow(records, &run) {
      rows += 1
      guard row.count > columns.known.last?.index ?? 0 else {
        run.badRow(row.line, "it has \(row.count) fields only")
        continue
      }
      for (index, metric) in columns.known where !log.take(metric, row[index]) {
        run.badRow(row.line, "\(LogBytes.excerpt(row[index])) is no such number")
      }
    }
    if columns.isRunsTable, rows > 1 { refuse((1...rows).map { "row \($0)" }, &run) }
    if !run.isSeveralRuns { log.conclude(&run) }
  }

  private static func refuse(_ runs: [String], _ run: inout ImportedRun) {
    run.isSeveralRuns = true
    run.stepsAreOptimizerSteps = false
    run.warn(
      "the export holds \(runs.count) runs ("
        + runs.prefix(5).joined(separator: ", ") + (runs.count > 5 ? ", …" : "")
        + "); they are not added together: export each run by itself")
  }

  /// Takes a cell; false when it cannot be read.
  private mutating func take(_ metric: WandbColumns.Metric, _ cell: UnsafeRawBufferPointer) -> Bool
  {
    switch LogNumber.read(cell) {
    case .blank, .notFinite: return true
    case .malformed: return false
    case .number(let number):
      switch metric {
      case .globalStep: return WandbLog.raise(&globalStep, number.count)
      case .step: return WandbLog.raise(&step, number.count)
      case .tokens: return WandbLog.raise(&tokens, number.whole)
      case .flop: return WandbLog.raise(&flop, number.whole)
      case .trainRuntime:
        trainRuntime = number.amount ?? trainRuntime
        return number.amount != nil
      case .runtime: return WandbLog.raise(&runtime, number.amount)
      case .timestamp:
        guard let time = number.amount else { return false }
        times = (min(times?.first ?? time, time), max(times?.last ?? time, time))
        return true
      }
    }
  }

  private static func raise<Value: Comparable>(_ highest: inout Value?, _ value: Value?) -> Bool {
    guard let value else { return false }
    highest = highest.map { max($0, value) } ?? value
    return true
  }

  private func conclude(_ run: inout ImportedRun) {
    run.steps = globalStep ?? step
    if globalStep == nil, step != nil {
      run.stepsAreOptimizerSteps = false
      run.warn(
        "steps are the counter of Weights & Biases, which counts calls of log(); they are not "
          + "multiplied by tokens per step")
    }
    run.tokens = tokens.flatMap { $0 > 0 ? $0 : nil }
    if let flop, flop > 0 {
      run.stated = (FLOP(flop), "total_flos")
      run.warn(
        "total_flos is the Trainer's estimate; it counts passes over frozen parameters (LoRA) too")
    }
    if let trainRuntime {
      run.trainTimeSeconds = trainRuntime
    } else if let runtime {
      run.trainTimeSeconds = runtime
      run.warn("training time is the time of the whole run, set-up and evaluation included")
    } else if let times, times.last > times.first {
      run.trainTimeSeconds = times.last - times.first
      run.warn("training time is the span of _timestamp, set-up and pauses included")
    }
  }
}
