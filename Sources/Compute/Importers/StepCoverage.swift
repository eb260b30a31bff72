/// Whether the step lines of a log follow each other without a gap, and where it went back.
///
/// A line at step i stands for the steps since the line before it, so a log with a constant interval
/// k is complete when its first line is the k-th step.
struct StepCoverage {
  /// What a step is in relation to the one before.
  enum Move { case onward, again, back }

  private(set) var highest: Int?
  private(set) var lines = 0
  /// Steps done twice, because a restart went back behind them; at least.
  private(set) var repeated = 0
  private(set) var restarts = 0
  private(set) var interval: Int?
  private(set) var first: Int?
  private var last: Int?
  private var isRegular = true
  private var firstRestarts: [String] = []

  /// What follows is another run: it neither goes on nor back.
  mutating func beginAnotherRun() {
    last = nil
    isRegular = false
  }

  /// How a step would stand to the one before it.
  func move(to step: Int) -> Move {
    guard let last else { return .onward }
    return step > last ? .onward : step == last ? .again : .back
  }

  /// Counts a step line; steps are at most 10^15.
  ///
  /// A step that does not go on is a restart.
  mutating func add(_ step: Int, line: Int) {
    lines += 1
    highest = max(highest ?? step, step)
    defer { last = step }
    guard let last else {
      first = first ?? step
      return
    }
    if step > last {
      if interval == nil { interval = step - last }
      if interval != step - last { isRegular = false }
      return
    }
    // With an interval above 1 the steps between the last line and the stop are not in the log.
    if interval != 1 { isRegular = false }
    let again = last - step + (isRegular ? interval ?? 1 : 1)
    repeated = repeated > 1 << 60 ? repeated : repeated + again
    restarts += 1
    if firstRestarts.count < 5 {
      firstRestarts.append("line \(line): from \(last) back to \(step), at least \(again) again")
    }
  }

  /// The interval k when every step from the first is covered, counted from `origin`; else nil.
  func complete(from origin: Int) -> Int? {
    guard isRegular, let first else { return nil }
    let interval = interval ?? 1
    return first - origin + 1 == interval ? interval : nil
  }

  /// Why time cannot be summed, in words.
  func gap(from origin: Int) -> String {
    guard let first else { return "there is no step line" }
    if first - origin + 1 != interval ?? 1 { return "the log begins at step \(first)" }
    return restarts > 0
      ? "steps before a restart are not all in the log" : "steps are missing between the lines"
  }

  /// What a reader should know of restarts; nil when there was none.
  var restartWarning: String? {
    guard restarts > 0 else { return nil }
    let list = firstRestarts.joined(separator: "; ")
    let more = restarts > firstRestarts.count ? "; \(restarts - firstRestarts.count) more" : ""
    return "the step counter goes back \(restarts) time(s) after a restart (\(list)\(more)): "
      + "at least \(repeated) steps were trained twice; the counters of steps and tokens hold them "
      + "once, although the compute was spent twice"
  }
}
