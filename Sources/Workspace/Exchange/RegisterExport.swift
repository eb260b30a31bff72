public import Duties
public import Ground

/// The records of one kind as a table or as JSON Lines, one record at a time.
///
/// Hidden fields never leave the workspace. Which records are written decides the caller, who knows what the actor may
/// read.
public struct RegisterExport: Sendable {
  private let kind: RecordKind
  private let form: RegisterForm
  private let columns: [RegisterColumn]
  private let headings: [String]
  private let isWhole: Bool

  /// An export of a kind.
  ///
  /// - Parameters:
  ///   - columns: headings in the order wished, such as `name` or `on:placed-on-market`; nil takes all.
  ///   - form: CSV or JSON Lines.
  /// - Throws: `workspace.unknown-column`, `workspace.duplicate-column`.
  public init(
    _ kind: RecordKind, columns: [String]? = nil, as form: RegisterForm = .csv(.comma)
  ) throws(Problem) {
    self.kind = kind
    self.form = form
    isWhole = columns == nil
    var chosen: [RegisterColumn] = []
    for name in columns ?? [] { chosen.append(try RegisterColumn.needed(name, of: kind)) }
    if columns == nil { chosen = RegisterColumn.all(of: kind) }
    self.columns = chosen
    headings = chosen.map { $0.heading(in: kind) }
    var seen: Set<String> = []
    for heading in headings where !seen.insert(heading).inserted {
      throw Problem(
        "workspace.duplicate-column", what: "the column \"\(heading)\" stands twice",
        why: "it would be unclear which one holds", mend: "keep one of them")
    }
  }

  /// The headings of the columns, in their order.
  public var columnNames: [String] { headings }

  /// The first line with its end; nothing for JSON Lines.
  public var header: [UInt8] {
    guard case .csv(let separator) = form else { return [] }
    return line(headings, separator)
  }

  /// The line of a record with its end.
  ///
  /// - Throws: `workspace.export-other-kind`; `workspace.export-nul` when a text holds the character NUL, at which
  ///   many readers of tables stop.
  public func line(_ state: RecordState) throws(Problem) -> [UInt8] {
    guard state.id.kind == kind.name else {
      throw Problem(
        "workspace.export-other-kind", what: "\(state.id.text) is no \(kind.title)",
        why: "a table holds the records of one kind", mend: "export each kind by itself")
    }
    guard case .csv(let separator) = form else { return json(state).compactBytes + [0x0A] }
    let cells = columns.map { cell($0, state) }
    if let index = cells.firstIndex(where: { $0.utf8.contains(0) }) {
      throw Problem(
        "workspace.export-nul",
        what: "\(headings[index]) of \(state.id.text) holds the character NUL",
        why: "many readers of tables stop there", mend: "export as JSON Lines, or mend the record")
    }
    return line(cells, separator)
  }

  private func cell(_ column: RegisterColumn, _ state: RecordState) -> String {
    switch column {
    case .id: state.id.text
    case .version: String(state.version)
    case .status: state.status ?? ""
    case .begun: state.begun.utc
    case .changed: state.changed.utc
    case .confidentiality: state.confidentiality.rawValue
    case .field(let field): state.fields[field.name].map(field.cell) ?? ""
    case .event(let event): state.happened[event.name]?.text ?? ""
    }
  }

  /// A line of RFC 4180, section 2.
  ///
  private func line(_ cells: [String], _ separator: Separator) -> [UInt8] {
    CSVLine.bytes(cells, separator.byte)
  }

  /// The whole state, or what was chosen of it; without hidden fields.
  private func json(_ state: RecordState) -> JSON {
    guard case .object(let members) = state.json else { return .null }
    let chosen = Set(headings)
    var shown: [(String, JSON)] = []
    for (name, value) in members {
      switch (name, value) {
      case ("fields", .object(let fields)):
        let kept = fields.filter { field in
          !RecordKind.hiddenFields.contains(field.0) && (isWhole || chosen.contains(field.0))
        }
        shown.append((name, .object(kept)))
      case ("since", .object(let days)):
        guard isWhole else { continue }
        shown.append((name, .object(days.filter { !RecordKind.hiddenFields.contains($0.0) })))
      case ("happened", .object(let events)), ("earlier", .object(let events)):
        let kept = events.filter { isWhole || chosen.contains("on:" + $0.0) }
        if isWhole || name == "happened" || !kept.isEmpty { shown.append((name, .object(kept))) }
      default:
        let heading = kind.field(name) == nil ? name : "record:" + name
        if isWhole || chosen.contains(heading) { shown.append((name, value)) }
      }
    }
    return .object(shown)
  }
}
