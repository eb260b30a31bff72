public import Duties
public import Ground

/// What an import would do for one row of its file.
public struct PlannedChange: Sendable {
  /// What becomes of the record.
  public enum Action: String, Sendable {
    case create, change, unchanged
  }

  /// A field before and after.
  public struct Difference: Sendable {
    /// The field's name.
    public let field: String
    /// Its value before; nil when it had none.
    public let old: JSON?
    /// Its value after; nil when it is emptied.
    public let new: JSON?
  }

  /// The number of the row, the header not counted.
  public let row: Int
  /// The line on which the row begins.
  public let line: Int
  /// What becomes of the record.
  public let action: Action
  /// The record that changes; nil when it is new.
  public let record: RecordID?
  /// The version on which the plan was made; nil when the record is new.
  public let version: Int?
  /// The name that a person knows it by, after the import.
  public let title: String
  /// The events to record, one after another; none when nothing changes.
  public let steps: [Change]
  /// The fields that get another value.
  public let differences: [Difference]
}

extension PlannedChange {
  /// Longest text of a value in a plan that is shown, in bytes; what is recorded is never shortened.
  static let longestShown = 4096

  /// As JSON: the row, the record, its events with their fields before and after.
  public var json: JSON {
    .object([
      ("row", .int(row)), ("line", .int(line)), ("action", .string(action.rawValue)),
      ("record", JSON(record?.text)), ("title", .string(title)),
      ("events", .array(steps.map(event))),
    ])
  }

  private func event(_ step: Change) -> JSON {
    let fields = step.set.map { name, _ in differences.first { $0.field == name } }
    return .object([
      ("event", .string(step.event)), ("effective", .string(step.effective.text)),
      ("corrects", .bool(step.corrects)), ("class", JSON(step.confidentiality?.rawValue)),
      ("fields", .array(fields.compactMap { $0?.json })),
    ])
  }

  /// The plan with long values shortened, to be kept and shown.
  var shortened: PlannedChange {
    PlannedChange(
      row: row, line: line, action: action, record: record, version: version,
      title: ImportText.short(title, PlannedChange.longestShown),
      steps: steps.map { step in
        var step = step
        step.set = step.set.map { ($0.0, .null) }
        return step
      },
      differences: differences.map {
        Difference(
          field: $0.field, old: $0.old.map(ImportText.short), new: $0.new.map(ImportText.short))
      })
  }
}

extension PlannedChange.Difference {
  var json: JSON {
    .object([("field", .string(field)), ("old", old ?? .null), ("new", new ?? .null)])
  }
}
