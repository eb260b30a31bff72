import Ground

/// Adds up the rows of a plain table.
struct TableTotals {
  private var row = Row()
  private var time: Double?
  private(set) var seen = 0
  private(set) var rows = 0

  private var steps = StepCoverage()
  private var lastStep: Int?
  private var tokens = Counter<UInt128>()
  private var stepTokens = Sum()
  private var flop = Counter<UInt128>()
  private var stepFLOP = Sum()
  private var gpus: Int?
  private var seconds = Counter<Double>()
  private var stepSeconds: Double?
  private var times: (first: Double, last: Double)?
  private var clock: Double?
  private var power: Double?
  private var wattSeconds = 0.0
  private var spans = 0
  private var energy = Counter<Double>()
  private var stepEnergy: Double?
  private var shares = (sum: 0.0, count: 0)
  private var hasPowerGap = false

  /// The cells of the current row.
  private struct Row {
    var step: Int?
    var tokens: UInt128?
    var stepTokens: UInt128?
    var flop: UInt128?
    var stepFLOP: UInt128?
    var gpus: Int?
    var seconds: Double?
    var stepSeconds: Double?
    var power: Double?
    var energy: Double?
    var stepEnergy: Double?
    var share: Double?

    /// Takes a number; false when it cannot stand in the column.
    mutating func set(_ column: TableColumn, _ number: LogNumber) -> Bool {
      switch column {
      case .step: Row.put(number.count, &step)
      case .tokens: Row.put(number.whole, &tokens)
      case .stepTokens: Row.put(number.whole, &stepTokens)
      case .flop: Row.put(number.whole, &flop)
      case .stepFLOP: Row.put(number.whole, &stepFLOP)
      case .gpus: Row.put(number.count, &gpus)
      case .seconds: Row.put(number.amount, &seconds)
      case .stepSeconds: Row.put(number.amount, &stepSeconds)
      case .power: Row.put(number.amount, &power)
      case .energy: Row.put(number.amount, &energy)
      case .stepEnergy: Row.put(number.amount, &stepEnergy)
      case .utilisation: Row.put(number.amount.flatMap { $0 <= 1 ? $0 : nil }, &share)
      case .timestamp: true
      }
    }

    private static func put<Value>(_ value: Value?, _ cell: inout Value?) -> Bool {
      cell = value
      return value != nil
    }
  }

  /// A sum of whole numbers, with what is needed to judge it.
  struct Sum {
    var value: UInt128?
    var rows = 0
    var constant: UInt128?
    var isConstant = true
    var overflows = false

    mutating func add(_ amount: UInt128) {
      rows += 1
      isConstant = isConstant && (constant ?? amount) == amount
      constant = amount
      let (sum, overflow) = (value ?? 0).addingReportingOverflow(amount)
      overflows = overflows || overflow
      value = sum
    }
  }

  /// Takes a cell of the current row; false when it cannot stand in the column.
  mutating func set(_ column: TableColumn, _ cell: UnsafeRawBufferPointer) -> Bool {
    seen |= 1 << column.rawValue
    if column == .timestamp {
      let text = LogBytes.trimmed(cell)
      if text.isEmpty { return true }
      time = LogTime.instant(text)
      return time != nil
    }
    switch LogNumber.read(cell) {
    case .blank, .notFinite: return true
    case .malformed: return false
    case .number(let number): return row.set(column, number)
    }
  }

  /// Forgets the cells of a row that turned out to be bad.
  mutating func dropRow() {
    row = Row()
    time = nil
  }

  /// Adds the cells of the current row.
  mutating func endRow(_ line: Int) {
    rows += 1
    defer { dropRow() }
    // Where the step falls too, a running total falls because the run was taken up again.
    let isRestart = row.step.map { step in lastStep.map { step <= $0 } ?? false } ?? false
    if let step = row.step {
      steps.add(step, line: line)
      lastStep = step
    }
    if let count = row.tokens { tokens.add(count, isRestart: isRestart, sum: TableTotals.sum) }
    if let count = row.stepTokens { stepTokens.add(count) }
    if let count = row.flop { flop.add(count, isRestart: isRestart, sum: TableTotals.sum) }
    if let count = row.stepFLOP { stepFLOP.add(count) }
    if let count = row.gpus { gpus = max(gpus ?? 0, count) }
    if let amount = row.seconds { seconds.add(amount, isRestart: isRestart) { $0 + $1 } }
    if let amount = row.stepSeconds { stepSeconds = (stepSeconds ?? 0) + amount }
    if let amount = row.energy { energy.add(amount, isRestart: isRestart) { $0 + $1 } }
    if let amount = row.stepEnergy { stepEnergy = (stepEnergy ?? 0) + amount }
    if let share = row.share { shares = (shares.sum + share, shares.count + 1) }
    if let time {
      times = (min(times?.first ?? time, time), max(times?.last ?? time, time))
    }
    if let watts = row.power { addPower(watts, time ?? row.seconds) }
  }

  private static func sum(_ left: UInt128, _ right: UInt128) -> UInt128? {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : sum
  }

  private mutating func addPower(_ watts: Double, _ moment: Double?) {
    if let moment, let clock, let power {
      let span = moment - clock
      if span < 0 || span > GPUTelemetry.longestGapSeconds {
        hasPowerGap = true
      } else if span > 0 {
        wattSeconds += (watts + power) / 2 * span
        spans += 1
      }
    }
    (clock, power) = (moment, watts)
  }
}

extension TableTotals {
  /// Puts the sums into the run.
  func conclude(into run: inout ImportedRun) {
    run.steps = steps.highest
    if let warning = steps.restartWarning { run.warn(warning) }
    run.tokens = tokens.value("tokens", &run) ?? summedTokens(&run)
    if let flop = flop.value("flop", &run), flop > 0 {
      (run.stated, run.statedGoesFirst) = ((FLOP(flop), "the column flop"), true)
    } else if stepFLOP.rows > 0 {
      if let sum = whole(stepFLOP, "step_flop", &run), sum > 0 {
        (run.stated, run.statedGoesFirst) = ((FLOP(sum), "the sum of step_flop"), true)
      }
    }
    run.gpus = gpus.flatMap { $0 > 0 ? $0 : nil }
    concludeTime(&run)
    concludeEnergy(&run)
    if shares.count > 0 { run.utilisation = shares.sum / Double(shares.count) }
  }

  /// Tokens of single steps: a plain sum when no step is left out, or steps × a constant.
  private func summedTokens(_ run: inout ImportedRun) -> UInt128? {
    guard stepTokens.rows > 0 else { return nil }
    if steps.lines == 0 || isEveryStep, stepTokens.rows == rows, run.problemCount == 0 {
      return whole(stepTokens, "tokens per step", &run)
    }
    if stepTokens.isConstant, steps.lines > 0 {
      run.tokensPerStep = stepTokens.constant
    } else {
      run.warn("tokens per step are not summed: steps are missing between the rows")
      run.stepsAreOptimizerSteps = false
    }
    return nil
  }

  private var isEveryStep: Bool {
    steps.restarts == 0 && (steps.complete(from: 0) == 1 || steps.complete(from: 1) == 1)
  }

  private func whole(_ sum: Sum, _ name: String, _ run: inout ImportedRun) -> UInt128? {
    if steps.restarts > 0 { run.warn("the sum of \(name) holds the steps trained twice") }
    if !sum.overflows { return sum.value }
    run.warn("the sum of \(name) does not fit 128 bits")
    return nil
  }

  private func concludeTime(_ run: inout ImportedRun) {
    if let seconds = seconds.value("seconds", &run) {
      run.trainTimeSeconds = seconds
    } else if let stepSeconds {
      if steps.lines == 0 || isEveryStep, run.problemCount == 0 {
        run.trainTimeSeconds = stepSeconds
      } else {
        run.warn("step_seconds are not summed: steps are missing between the rows")
      }
    } else if let times, times.last > times.first {
      run.trainTimeSeconds = times.last - times.first
      run.warn("training time is the span of the timestamps, pauses included")
    }
  }

  private func concludeEnergy(_ run: inout ImportedRun) {
    if let energy = energy.value("energy_wh", &run) {
      run.energyMWh = energy / 1e6
    } else if let stepEnergy {
      run.energyMWh = stepEnergy / 1e6
    } else if hasPowerGap {
      run.warn("energy is not given: power has gaps above ten minutes, or time goes backwards")
    } else if spans > 0 {
      run.energyMWh = wattSeconds / 3.6e9
    }
  }
}
