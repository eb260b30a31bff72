internal import Duties
internal import Ground

extension RowPlanner {
  func differences(
    _ values: RowValues, _ state: RecordState?
  ) -> [PlannedChange.Difference] {
    values.fields.compactMap { field, value, _ in
      let old = state?.fields[field.name]
      guard !value.isSame(as: old ?? .null) else { return nil }
      let isEmptied = value.isSame(as: .null)
      return PlannedChange.Difference(field: field.name, old: old, new: isEmptied ? nil : value)
    }
  }

  /// References by id to records that nobody finds.
  func unknown(
    _ differences: [PlannedChange.Difference], _ values: RowValues
  ) throws(Problem) -> [(problem: Problem, column: String?)] {
    var problems: [(problem: Problem, column: String?)] = []
    for difference in differences {
      guard case .record? = kind.field(difference.field)?.form,
        case .string(let text)? = difference.new, let id = RecordID(text)
      else { continue }
      guard try register.record(id) == nil else { continue }
      let problem = Problem(
        "workspace.import-reference", what: "there is no \(id.text)",
        why: "the column refers to a record by its name or id", mend: "check the id")
      problems.append((problem, values.heading(of: difference.field)))
    }
    return problems
  }

  var cannotBegin: Problem {
    Problem(
      "workspace.import-cannot-begin", what: "a table cannot begin a record of \(kind.title)",
      why: "the program itself makes, seals or computes what it holds",
      mend: "make it with its own command; then a table may change it, by id")
  }

  var approval: Problem {
    Problem(
      "workspace.import-approval", what: "an approval is not imported",
      why: "a person gives it, looking at the record", mend: "approve it with its own command")
  }

  /// What a row may not do to a record that exists.
  func refusals(
    _ values: RowValues, _ differences: [PlannedChange.Difference], _ state: RecordState,
    _ change: (steps: [Change], lacksEvent: Bool)
  ) -> [(problem: Problem, column: String?)] {
    if let version = values.version, version != state.version {
      guard !change.steps.isEmpty || change.lacksEvent else { return [] }
      let problem = Problem(
        "workspace.import-stale", what: "\(state.id.text) has changed since the row was exported",
        why: "the row is of version \(version), the record is at \(state.version)",
        mend: "export again and repeat the edit; --map \"version=-\" takes the row regardless")
      return [(problem, "version")]
    }
    var problems: [(problem: Problem, column: String?)] = []
    if change.lacksEvent {
      problems.append((cannotChange, differences.first.flatMap { values.heading(of: $0.field) }))
    }
    for difference in differences where kind.fixedFields.contains(difference.field) {
      let problem = Problem(
        "workspace.import-fixed-field", what: "\(difference.field) cannot be edited",
        why: "it says which sealed file the record stands for",
        mend: "add the other file as new evidence")
      problems.append((problem, values.heading(of: difference.field)))
    }
    for (column, text, heading) in values.followed {
      guard let kept = followed(column, state), kept != text else { continue }
      let problem = Problem(
        "workspace.import-read-only", what: "\(heading) is “\(kept)” and cannot be edited",
        why: "it follows from what happened to the record",
        mend: "record the event in its column, such as on:\(kind.events.last?.name ?? "event")")
      problems.append((problem, heading))
    }
    return problems
  }

  private var cannotChange: Problem {
    Problem(
      "workspace.import-no-change", what: "the fields of \(kind.titled) do not change",
      why: "its events are " + kind.events.map(\.name).joined(separator: ", "),
      mend: "record an event in its column, such as on:\(kind.events.last?.name ?? "event")")
  }

  /// Values that the record would not show, because others hold from a later day.
  func overtaken(
    _ differences: [PlannedChange.Difference], _ after: RecordState?, _ values: RowValues
  ) -> [(problem: Problem, column: String?)] {
    differences.compactMap { difference in
      let field = difference.field
      guard let after, !(after.fields[field] ?? .null).isSame(as: difference.new ?? .null) else {
        return nil
      }
      let day = after.since[field]?.iso ?? "a later day"
      let problem = Problem(
        "workspace.import-overtaken", what: "\(field) holds from \(day) on",
        why: "a value that is true from an earlier day does not replace it",
        mend: "give --on \(day) or a later day")
      return (problem, values.heading(of: field))
    }
  }

  private func followed(_ column: RegisterColumn, _ state: RecordState) -> String? {
    switch column {
    case .status: state.status ?? ""
    case .begun: state.begun.utc
    case .changed: state.changed.utc
    default: nil
    }
  }
}
