public import Duties
public import Ground

/// Reads a table or JSON Lines and plans what it would do to the records of a kind, row by row; writes nothing.
///
/// Memory does not grow with the file, save for twelve bytes a row, which find rows about the same record.
public struct RegisterImport: Sendable {
  /// Most rows of a file.
  public static let mostRows = 1_000_000
  /// Most changes that `plan` holds at once; `run` gives them one by one without this limit.
  public static let mostHeld = 100_000

  /// What a person decides about an import.
  public struct Options: Sendable {
    /// Headings and where they go, `Model name=name`; others are found by their names.
    public var map: [String]
    /// Fields by which rows without id find their record; none, and each such row begins one.
    public var key: [String]
    /// Why records change.
    public var reason: String?
    /// When changes were true whose day the file does not state; nil is today.
    public var effective: Effective?
    /// The form of the file; nil finds it out.
    public var form: RegisterForm?

    /// Options.
    public init(
      map: [String] = [], key: [String] = [], reason: String? = nil, effective: Effective? = nil,
      form: RegisterForm? = nil
    ) {
      self.map = map
      self.key = key
      self.reason = reason
      self.effective = effective
      self.form = form
    }
  }

  private let kind: RecordKind
  private let options: Options
  private let actor: Actor
  private let today: Day

  /// An import into a kind, decided by an actor on a day.
  ///
  /// - Throws: `workspace.import-not-possible`, `workspace.unknown-column`, `workspace.bad-column-map`.
  public init(
    _ kind: RecordKind, options: Options = Options(), actor: Actor, today: Day
  ) throws(Problem) {
    guard kind.isImportable else {
      throw Problem(
        "workspace.import-not-possible", what: "records of \(kind.title) are not imported",
        why: "they show who may act and what the program did", mend: "use their own commands")
    }
    _ = try ColumnMap(kind, wishes: options.map)
    for name in options.key {
      guard case .field = try RegisterColumn.needed(name, of: kind) else {
        throw Problem(
          "workspace.unknown-column", what: "records are not matched by \(name)",
          why: "a key is a field", mend: "use a field, such as name")
      }
    }
    self.kind = kind
    self.options = options
    self.actor = actor
    self.today = today
  }

  /// Plans what a file or a sender gives; `each` hears every row that can be taken, in the order of the file.
  ///
  /// Whether the plan may be carried out is known at the end: `ImportReport.refusal`.
  /// - Throws: `ground.file-*`, `workspace.import-not-table`, `workspace.empty-table`, `workspace.no-known-column`,
  ///   `workspace.import-too-many-rows`, `workspace.import-too-many-columns`, what the look-up and `each` throw.
  public func run(
    _ source: ByteSource, register: RegisterLookup, progress: ((Int) -> Void)? = nil,
    each: (PlannedChange) throws(Problem) -> Void = { _ in }
  ) throws(Problem) -> ImportReport {
    let path = source.name
    let lines = ByteLines(try source.stream(progress: progress))
    var map = try ColumnMap(kind, wishes: options.map)
    var rows = try FileRows(lines, form: options.form, map: &map)
    if case .csv = rows.form { try requireKnown(map, lines) }
    var planner = RowPlanner(
      kind: kind, options: options, actor: actor, today: today, register: register)
    var report = ImportReport(kind: kind.name, file: path, form: rows.form)
    while let reading = try rows.next(&map) {
      report.rows += 1
      guard report.rows <= RegisterImport.mostRows else { throw tooMany(path) }
      switch reading {
      case .refused(let line, let problems): report.add(problems, line: line)
      case .row(let row):
        switch try planner.plan(row, number: report.rows, columns: map.columns) {
        case .refused(let problems): report.add(problems, line: row.line)
        case .planned(let planned):
          report.add(planned)
          try each(planned)
        }
      }
    }
    if case .jsonLines = rows.form {
      map.finish(at: Place(path))
      if !map.columns.isEmpty { try requireKnown(map, lines) }
    }
    finish(&report, map, planner.lacksReason)
    return report
  }

  /// Plans a file and holds the changes.
  ///
  /// - Throws: as `run`; `workspace.import-too-many-changes`.
  public func plan(
    _ source: ByteSource, register: RegisterLookup
  ) throws(Problem) -> ImportPlan {
    var changes: [PlannedChange] = []
    func hold(_ change: PlannedChange) throws(Problem) {
      guard change.action != .unchanged else { return }
      guard changes.count < RegisterImport.mostHeld else {
        throw Problem(
          "workspace.import-too-many-changes",
          what: "the file makes more than \(RegisterImport.mostHeld) changes",
          why: "they are held in memory", mend: "split the file", places: [Place(source.name)])
      }
      changes.append(change)
    }
    let report = try run(source, register: register, each: hold)
    return ImportPlan(report: report, changes: changes)
  }

  private func requireKnown(_ map: ColumnMap, _ lines: ByteLines) throws(Problem) {
    let isKnown = map.columns.contains { column in
      if case .column = column.target { true } else { false }
    }
    guard !isKnown else { return }
    throw Problem(
      "workspace.no-known-column",
      what: "\(lines.path) has none of the columns that are understood",
      why: "columns are found by their names",
      mend: "name them "
        + RegisterColumn.all(of: kind).map { $0.heading(in: kind) }.joined(separator: ", ")
        + ", or map them: --map \"Heading=name\"", places: [Place(lines.path, line: 1)])
  }

  private func finish(_ report: inout ImportReport, _ map: ColumnMap, _ lacksReason: Bool) {
    report.columns = map.columns.map { column in
      guard case .column(let target) = column.target else { return (column.heading, nil) }
      return (column.heading, target.heading(in: kind))
    }
    report.problems = map.problems
    guard lacksReason else { return }
    report.problems.append(
      Problem(
        "workspace.import-needs-reason", what: "the import changes records and gives no reason",
        why: "whoever reads a record later must see why it changed", mend: "add --reason “…”",
        places: [Place(report.file)]))
  }

  private func tooMany(_ path: String) -> Problem {
    Problem(
      "workspace.import-too-many-rows",
      what: "\(path) has more than \(RegisterImport.mostRows) rows",
      why: "an import is decided as a whole", mend: "split the file", places: [Place(path)])
  }
}
