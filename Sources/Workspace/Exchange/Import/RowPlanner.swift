internal import Duties
internal import Ground

/// Decides row by row what an import does: begins records, changes them, or leaves them as they are.
///
/// Every step is tried on the record as it would then be, by the rules that decide when it is written.
struct RowPlanner {
  /// What becomes of a row.
  enum Outcome {
    case planned(PlannedChange)
    case refused([(problem: Problem, column: String?)])
  }

  let kind: RecordKind
  let options: RegisterImport.Options
  let actor: Actor
  let today: Day
  let register: RegisterLookup
  /// Whether a step asks for a reason, and none is given.
  private(set) var lacksReason = false
  // Lines of rows so far by a hash of the record or key they name: a million of them must fit in memory.
  private var seen: [Int: Int32] = [:]

  init(
    kind: RecordKind, options: RegisterImport.Options, actor: Actor, today: Day,
    register: RegisterLookup
  ) {
    self.kind = kind
    self.options = options
    self.actor = actor
    self.today = today
    self.register = register
  }

  /// The plan for a row.
  ///
  /// - Throws: what the look-up throws.
  mutating func plan(
    _ row: FileRow, number: Int, columns: [FileColumn]
  ) throws(Problem) -> Outcome {
    let values = try RowValues(row, columns: columns, kind: kind, register: register)
    guard values.problems.isEmpty else { return .refused(values.problems) }
    let state: RecordState?
    switch try existing(values) {
    case .success(let found): state = found
    case .failure(let refusal): return .refused([(refusal.problem, refusal.column)])
    }
    if let problem = repeated(values, state, line: row.line) { return .refused([(problem, nil)]) }
    let differences = differences(values, state)
    var problems = try unknown(differences, values)
    let steps: [Change]
    if let state {
      let change = changes(values, differences, state)
      steps = change.steps
      problems += refusals(values, differences, state, change)
    } else {
      steps = beginning(values, differences)
      problems += kind.isBegunByImport ? [] : [(cannotBegin, nil)]
    }
    guard problems.isEmpty else { return .refused(problems) }
    var after = state
    if let refusal = attempt(steps, &after, values) { return .refused([refusal]) }
    let hidden = overtaken(differences, after, values)
    guard hidden.isEmpty else { return .refused(hidden) }
    return .planned(
      PlannedChange(
        row: number, line: row.line,
        action: state == nil ? .create : steps.isEmpty ? .unchanged : .change, record: state?.id,
        version: state?.version, title: title(after, state), steps: steps,
        differences: differences))
  }

  private func title(_ after: RecordState?, _ state: RecordState?) -> String {
    after?.text("name") ?? after?.text("title") ?? state?.id.text ?? kind.title
  }

  private struct Refusal: Error {
    let problem: Problem
    let column: String?
  }

  /// The record that a row is about; nil when it is new.
  private func existing(_ values: RowValues) throws(Problem) -> Result<RecordState?, Refusal> {
    if let id = values.id {
      if let state = try register.record(id) { return .success(state) }
      let problem = Problem(
        "workspace.import-unknown-record", what: "there is no \(id.text)",
        why: "the row names a record that this workspace does not have or that you may not read",
        mend: "empty the cell to begin a new record")
      return .failure(Refusal(problem: problem, column: "id"))
    }
    guard !options.key.isEmpty else { return .success(nil) }
    var key: [(String, JSON)] = []
    for name in options.key {
      guard let value = values.value(of: name), !value.isSame(as: .null) else {
        let problem = Problem(
          "workspace.import-key", what: "\(name) is empty",
          why: "records are matched by it", mend: "fill it in, or name the record by its id")
        return .failure(Refusal(problem: problem, column: values.heading(of: name) ?? name))
      }
      key.append((name, value))
    }
    let found = try register.matching(kind.name, key)
    guard found.count > 1 else {
      guard let id = found.first else { return .success(nil) }
      return .success(try register.record(id))
    }
    let problem = Problem(
      "workspace.import-key",
      what: "\(found.count) records have this \(options.key.joined(separator: " and "))",
      why: "it would be unclear which one is meant",
      mend: "write the id: " + found.prefix(3).map(\.text).joined(separator: " or "))
    return .failure(Refusal(problem: problem, column: values.heading(of: options.key[0])))
  }

  private mutating func repeated(
    _ values: RowValues, _ state: RecordState?, line: Int
  ) -> Problem? {
    var hasher = Hasher()
    if let state {
      hasher.combine(state.id)
    } else if options.key.isEmpty {
      return nil
    } else {
      for name in options.key { hasher.combine(values.value(of: name)?.compact) }
    }
    let hash = hasher.finalize()
    guard let first = seen[hash] else {
      seen[hash] = Int32(clamping: line)
      return nil
    }
    return Problem(
      "workspace.import-twice", what: "the row is about the same record as line \(first)",
      why: "the second would be decided on what the first makes of it", mend: "keep one of them")
  }

  /// Takes the steps one after another on a copy of the record; gives what refuses one of them.
  private mutating func attempt(
    _ steps: [Change], _ state: inout RecordState?, _ values: RowValues
  ) -> (problem: Problem, column: String?)? {
    guard let id = state?.id ?? RecordID(kind.name + "/new") else { return nil }
    for step in steps {
      var step = step
      if kind.event(step.event)?.isApproval == true {
        return (approval, values.events.first { $0.event.name == step.event }?.heading)
      }
      let needsReason = kind.event(step.event)?.needsReason == true || step.corrects
      if needsReason, step.reason == nil {
        lacksReason = true
        step.reason = "to be given"
      }
      do throws(Problem) {
        let content = try kind.decide(step, on: state, actor: actor, today: today)
        let envelope = Envelope(
          record: id, version: (state?.version ?? 0) + 1, event: step.event,
          effective: step.effective, recorded: Instant(startOf: today), actor: actor,
          confidentiality: step.confidentiality ?? state?.confidentiality ?? kind.confidentiality)
        state = kind.applying(envelope, content: content, to: state)
      } catch {
        let field = error.places.first.flatMap { values.heading(of: $0.file) }
        let event = values.events.first { $0.event.name == step.event }?.heading
        return (error, field ?? event)
      }
    }
    return nil
  }
}
