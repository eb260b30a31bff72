public import Duties
internal import Ground

extension RecordKind {
  /// The fields that people may see in tables and searches, in their order.
  public var shownFields: [RecordField] {
    fields.filter { !RecordKind.hiddenFields.contains($0.name) }
  }

  /// The event that begins a record.
  var beginning: RecordEvent? { events.first { $0.begins } }

  /// The event by which fields of a record change; nil where they cannot.
  var changing: RecordEvent? {
    events.first {
      !$0.begins && ($0.name.hasSuffix("-changed") || $0.name.hasSuffix("-revised"))
    }
  }

  /// Whether a table can change its records: what the law asks to be kept, not access, operations and what was destroyed.
  var isImportable: Bool { log == .regulatory && name != "erasure" && !isComposed }

  /// Whether a table can begin a record: not those that hold what the program itself computed or sealed.
  var isBegunByImport: Bool { !["evidence", "opinion"].contains(name) }

  /// Fields that say where a sealed file lies and what it is; a table must not turn them to another file.
  var fixedFields: Set<String> {
    name == "evidence" ? ["file", "sha256", "bytes", "media_type", "stored"] : []
  }
}
