public import Duties
public import Ground

extension OpenWorkspace {
  /// Plans an import into a register; writes nothing.
  ///
  /// - Throws: what `RegisterImport` throws, `workspace.not-allowed`.
  public func planImport(
    _ kind: RecordKind, _ source: ByteSource, options: RegisterImport.Options,
    progress: ((Int) -> Void)? = nil
  ) async throws(Problem) -> ImportPlan {
    let actor = try await authorise(.write(kind))
    var records: [RecordState] = []
    for other in RecordKind.all where other.log == .regulatory || other.name == "person" {
      records += try await states(other)
    }
    let use = try RegisterImport(
      kind, options: options, actor: actor, today: surroundings.today)
    return try use.plan(source, register: RegisterLookup(records: records, key: options.key))
  }

  /// Carries out a plan, many rows in one transaction, and notes the import.
  ///
  /// A row whose record has changed since the plan ends the import with `store.version-conflict`; what was acknowledged
  /// before stays, and the same file imported again goes on from there.
  /// - Returns: How many records were begun or changed.
  public func carryOut(
    _ plan: ImportPlan, _ kind: RecordKind, skippingErrors: Bool = false,
    progress: ((Int) -> Void)? = nil
  ) async throws(Problem) -> Int {
    let changes = try plan.applicable(skippingErrors: skippingErrors)
    var done = 0
    while done < changes.count {
      let part = changes[done..<min(done + OpenWorkspace.rowsTogether, changes.count)]
      var commands: [RecordCommand] = []
      for change in part {
        let id = change.record ?? newID(kind)
        for (number, step) in change.steps.enumerated() {
          commands.append(
            RecordCommand(
              kind, id, step,
              expectedVersion: number == 0 ? change.version : nil))
        }
      }
      _ = try await record(commands)
      done += part.count
      progress?(done)
    }
    try await noteOperation(
      "register-imported", "\(done) records of the kind \(kind.name) imported",
      place: plan.report.file)
    return done
  }

  /// Rows that are written in one transaction.
  static let rowsTogether = 500

  /// The records of a kind as lines, the header first; notes the export.
  ///
  /// - Throws: `workspace.unknown-column`, `workspace.export-nul`, `workspace.not-allowed`.
  public func export(
    _ kind: RecordKind, columns: [String]? = nil, as form: RegisterForm, _ asOf: AsOf = .now,
    write: ([UInt8]) throws -> Void
  ) async throws -> Int {
    let export = try RegisterExport(kind, columns: columns, as: form)
    let states = try await states(kind, asOf)
    if !export.header.isEmpty { try write(export.header) }
    for state in states { try write(try export.line(state)) }
    return states.count
  }

  /// Looks for words in everything that the actor may read.
  ///
  /// - Throws: what `RecordSearch` throws.
  public func search(_ query: String, limit: Int = 50) async throws(Problem) -> SearchResult {
    let search = try RecordSearch(query)
    var records: [RecordState] = []
    for kind in RecordKind.all where kind.name != "access" { records += try await states(kind) }
    return search.matches(in: records, limit: limit)
  }
}
