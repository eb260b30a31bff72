public import Ground

/// What an import would do to a register, and what stands against it.
public struct ImportReport: Sendable {
  /// Most problems that are kept and shown; all are counted.
  public static let mostProblems = 50
  /// Most planned rows that are kept and shown; all are counted.
  public static let mostRows = 1000

  /// The kind of record.
  public let kind: String
  /// The file as it was named.
  public let file: String
  /// Its form, given or found.
  public internal(set) var form: RegisterForm
  /// Each heading of the file with the column of the register it goes to; nil where it is not used.
  public internal(set) var columns: [(heading: String, target: String?)] = []
  /// Rows read.
  public internal(set) var rows = 0
  /// Rows that begin a record.
  public internal(set) var created = 0
  /// Rows that change a record.
  public internal(set) var changed = 0
  /// Rows that change nothing.
  public internal(set) var unchanged = 0
  /// Rows that cannot be taken.
  public internal(set) var refused = 0
  /// What stands against the file as a whole: headings, a missing reason.
  public internal(set) var problems: [Problem] = []
  /// What stands against rows, at most `mostProblems`.
  public internal(set) var rowProblems: [RowProblem] = []
  /// All that stands against rows; a row may have several.
  public internal(set) var rowProblemCount = 0
  /// The plan by row, at most `mostRows`; long values are shortened.
  public internal(set) var plan: [PlannedChange] = []

  init(kind: String, file: String, form: RegisterForm) {
    self.kind = kind
    self.file = file
    self.form = form
  }

  mutating func add(_ planned: PlannedChange) {
    switch planned.action {
    case .create: created += 1
    case .change: changed += 1
    case .unchanged: unchanged += 1
    }
    if plan.count < ImportReport.mostRows { plan.append(planned.shortened) }
  }

  mutating func add(_ found: [(problem: Problem, column: String?)], line: Int) {
    refused += 1
    rowProblemCount += found.count
    for (problem, column) in found where rowProblems.count < ImportReport.mostProblems {
      rowProblems.append(RowProblem(problem, file: file, line: line, column: column))
    }
  }

  /// Why nothing may be written; nil when the plan may be carried out.
  ///
  /// - Parameter skippingErrors: whether rows that cannot be taken are left out; a heading that nobody knows and a
  ///   missing reason stay in the way.
  public func refusal(skippingErrors: Bool) -> Problem? {
    guard !problems.isEmpty || refused > 0 && !skippingErrors else { return nil }
    let first = problems.first ?? rowProblems.first?.problem
    let count = problems.count + rowProblemCount
    return Problem(
      "workspace.import-refused",
      what: "\(file) cannot be imported: \(count) \(count == 1 ? "problem" : "problems")",
      why: first?.what ?? "",
      mend: problems.isEmpty
        ? "mend the rows, or leave them out with --skip-errors" : first?.mend ?? "",
      places: problems.flatMap(\.places)
        + rowProblems.map {
          Place($0.file, line: $0.line, label: $0.column ?? "")
        })
  }
}
