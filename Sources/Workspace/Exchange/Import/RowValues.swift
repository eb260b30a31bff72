internal import Duties
internal import Ground

/// What a row states, read column by column; every value that cannot be read is told.
struct RowValues {
  /// When an event was true, with the heading of its column.
  typealias Event = (event: RecordEvent, effective: Effective, heading: String)

  /// Most times of one event in one row of JSON Lines.
  static let mostTimes = 1000

  /// The record that the row names.
  private(set) var id: RecordID?
  /// The version that the row was exported at.
  private(set) var version: Int?
  /// Who may read it.
  private(set) var confidentiality: Confidentiality?
  /// Texts of columns that follow from events and cannot be edited.
  private(set) var followed: [(column: RegisterColumn, text: String, heading: String)] = []
  /// Values of fields; null empties one.
  private(set) var fields: [(field: RecordField, value: JSON, heading: String)] = []
  /// When events were true.
  private(set) var events: [Event] = []
  /// Values that cannot be taken.
  private(set) var problems: [(problem: Problem, column: String?)] = []

  /// Reads a row.
  ///
  /// - Throws: what the look-up throws.
  init(
    _ row: FileRow, columns: [FileColumn], kind: RecordKind, register: RegisterLookup
  ) throws(Problem) {
    for (index, value) in row.values {
      let heading = columns[index].heading
      switch columns[index].target {
      case .ignored: continue
      case .unnamed:
        if !value.isEmpty { refuse(RowValues.unnamed, "") }
      case .column(.field(let field)): try read(field, value, heading, register)
      case .column(.event(let event)): read(event, value, heading)
      case .column(let column): read(column, value, heading, kind)
      }
    }
  }

  /// The value that the row gives to a field; nil when it gives none.
  func value(of name: String) -> JSON? { fields.first { $0.field.name == name }?.value }

  /// The heading of a field's column.
  func heading(of name: String) -> String? { fields.first { $0.field.name == name }?.heading }

  private mutating func refuse(_ problem: Problem, _ heading: String?) {
    problems.append((problem, heading))
  }

  private static let unnamed = Problem(
    "workspace.import-no-heading", what: "a value stands in a column without heading",
    why: "it is unclear what it is", mend: "give the column a heading, or empty it")

  private mutating func read(
    _ field: RecordField, _ value: FileValue, _ heading: String, _ register: RegisterLookup
  ) throws(Problem) {
    let read: JSON
    do throws(Problem) {
      read =
        switch value {
        case .cell(let text): try field.value(ofCell: text)
        case .member(let json): try field.value(ofMember: json)
        }
    } catch {
      return refuse(error, heading)
    }
    guard case .record(let kind) = field.form, case .string(let text) = read,
      RecordID(text)?.kind != kind
    else {
      fields.append((field, read, heading))
      return
    }
    let found = try register.named(kind, text)
    guard found.count == 1 else {
      return refuse(RowValues.unresolved(text, kind, found), heading)
    }
    fields.append((field, .string(found[0].text), heading))
  }

  private static func unresolved(_ text: String, _ kind: String, _ found: [RecordID]) -> Problem {
    let title = RecordKind.named(kind)?.title ?? kind
    return found.isEmpty
      ? Problem(
        "workspace.import-reference", what: "there is no \(title) “\(text.prefix(80))”",
        why: "the column refers to a record by its name or id",
        mend: "check the spelling, or import the \(title) first")
      : Problem(
        "workspace.import-reference", what: "“\(text.prefix(80))” names \(found.count) records",
        why: "it would be unclear which is meant",
        mend: "write the id: " + found.prefix(3).map(\.text).joined(separator: " or "))
  }

  private mutating func read(_ event: RecordEvent, _ value: FileValue, _ heading: String) {
    guard !value.isEmpty else { return }
    if case .member(.array(let times)) = value, times.count <= RowValues.mostTimes {
      for time in times { read(event, .member(time), heading) }
      return
    }
    let text = value.text.map(TableCell.trimmed) ?? ""
    guard let effective = Effective(text) else {
      return refuse(
        DayText.problem(text, of: "the day of “\(event.title)”")
          ?? Problem(
            "workspace.import-day",
            what: "“\(text.prefix(80))” is no day on which “\(event.title)” was true",
            why: "an event has a day, or a moment with its offset from UTC",
            mend: "write it like 2026-03-01 or 2026-03-01T02:00:00+01:00"),
        heading)
    }
    events.append((event, effective, heading))
  }

  private mutating func read(
    _ column: RegisterColumn, _ value: FileValue, _ heading: String, _ kind: RecordKind
  ) {
    guard !value.isEmpty else { return }
    let text = TableCell.trimmed(value.text ?? "")
    switch column {
    case .id:
      id = RecordID(text)
      if id?.kind != kind.name {
        refuse(
          Problem(
            "workspace.import-bad-id", what: "“\(text.prefix(80))” is no name of \(kind.titled)",
            why: "names look like \(kind.name)/k3v9qz7d2m5x",
            mend: "leave it empty to begin a new record, or match by a field with --key"),
          heading)
      }
    case .version:
      version = Int(text)
      if version == nil {
        refuse(
          Problem(
            "workspace.import-stale", what: "“\(text.prefix(80))” is no version",
            why: "it tells which state of the record the row was made from",
            mend: "export again, or ignore the column: --map \"\(heading)=-\""), heading)
      }
    case .confidentiality:
      confidentiality = Confidentiality(rawValue: text)
      if confidentiality == nil {
        let words = Confidentiality.allCases.map(\.rawValue).joined(separator: ", ")
        refuse(
          Problem(
            "workspace.import-bad-class", what: "“\(text.prefix(80))” is no class",
            why: "it says who may read the record", mend: "use " + words), heading)
      }
    default: followed.append((column, text, heading))
    }
  }
}
