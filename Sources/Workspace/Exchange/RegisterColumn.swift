internal import Duties
internal import Ground

/// A column of a register: what stands in it for each record.
enum RegisterColumn: Sendable {
  /// The record's name.
  case id
  /// Its newest version.
  case version
  /// Where it stands.
  case status
  /// When it was begun, as written.
  case begun
  /// When it was last changed, as written.
  case changed
  /// Who may read it.
  case confidentiality
  /// One of its fields.
  case field(RecordField)
  /// The day or moment on which an event last was true.
  case event(RecordEvent)

  private static let ofEveryRecord: [RegisterColumn] = [
    .id, .version, .status, .begun, .changed, .confidentiality,
  ]

  /// All columns of a kind in their order: of every record, fields, events.
  static func all(of kind: RecordKind) -> [RegisterColumn] {
    ofEveryRecord + kind.shownFields.map { .field($0) } + kind.events.map { .event($0) }
  }

  private var word: String {
    switch self {
    case .id: "id"
    case .version: "version"
    case .status: "status"
    case .begun: "begun"
    case .changed: "changed"
    case .confidentiality: "class"
    case .field(let field): field.name
    case .event(let event): event.name
    }
  }

  /// Its heading: `name`, `on:placed-on-market`; `record:status` where a field of the kind has the name already.
  func heading(in kind: RecordKind) -> String {
    switch self {
    case .field(let field): field.name
    case .event(let event): "on:" + event.name
    default: kind.field(word) == nil ? word : "record:" + word
    }
  }

  /// What a person reads, where it has a title beside its name.
  var title: String? {
    switch self {
    case .field(let field): field.title
    case .event(let event): event.title
    default: nil
    }
  }

  /// The column of a name: a heading, `record:status`, or an event without `on:`; nil when there is none.
  static func named(_ name: String, of kind: RecordKind) -> RegisterColumn? {
    let columns = all(of: kind)
    return columns.first { $0.heading(in: kind) == name }
      ?? columns.first { column in
        switch column {
        case .field: false
        case .event(let event): event.name == name
        default: "record:" + column.word == name
        }
      }
  }

  /// The column of a name.
  ///
  /// - Throws: `workspace.unknown-column`, with names that are near.
  static func needed(_ name: String, of kind: RecordKind) throws(Problem) -> RegisterColumn {
    if let column = named(name, of: kind) { return column }
    let headings = all(of: kind).map { $0.heading(in: kind) }
    let near = Spelling.near(name, among: headings)
    throw Problem(
      "workspace.unknown-column", what: "\(kind.titled) has no column “\(name.prefix(80))”",
      why: "its columns are " + headings.joined(separator: ", "),
      mend: near.isEmpty ? "choose one of them" : "did you mean " + near.joined(separator: ", "))
  }
}
