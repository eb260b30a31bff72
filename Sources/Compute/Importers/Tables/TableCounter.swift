import Ground

extension TableTotals {
  /// A column that should hold a running total.
  ///
  /// One that does not rise from row to row cannot be one: it holds the amount of each row, and is
  /// added up.
  struct Counter<Value: Comparable & Sendable>: Sendable {
    private var highest: Value?
    private var last: Value?
    private var total: Value?
    private var overflows = false
    private var rises = 0
    private var stays = 0
    private var falls = 0
    private var restarts = 0

    mutating func add(_ value: Value, isRestart: Bool, sum: (Value, Value) -> Value?) {
      if let last, !isRestart {
        if value > last { rises += 1 }
        if value == last { stays += 1 }
        if value < last { falls += 1 }
      }
      if let last, isRestart, value < last { restarts += 1 }
      last = value
      highest = highest.map { max($0, value) } ?? value
      guard let total else {
        total = value
        return
      }
      if let next = sum(total, value) { self.total = next } else { overflows = true }
    }

    /// Whether it holds amounts of single rows: a running total seldom stays, and falls at restarts only.
    private var isPerRow: Bool { stays + falls > rises || falls * 4 > rises + stays + falls }

    /// The running total at its highest, or the sum of the rows; nil when there is nothing.
    func value(_ name: String, _ run: inout ImportedRun) -> Value? {
      if isPerRow {
        run.warn(
          "the column \(name) does not rise from row to row: it was read as the amount of each row, and added up"
        )
        return overflows ? nil : total
      }
      if falls + restarts > 0 {
        run.warn(
          "the running total \(name) goes back in \(falls + restarts) row(s); the highest value is given"
        )
      }
      return highest
    }
  }
}
