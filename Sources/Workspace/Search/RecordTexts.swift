internal import Duties
internal import Ground

/// The texts of a record that may be searched, each with the field it stands in.
enum RecordTexts {
  /// Gives each text to a body; hidden fields are left out.
  static func each(of record: RecordState, _ body: (_ field: String, _ text: String) -> Void) {
    body("id", record.id.text)
    if let status = record.status { body("status", status) }
    for (name, value) in record.fields where !RecordKind.hiddenFields.contains(name) {
      each(in: value, name, body)
    }
  }

  /// The texts inside a value: items of lists, leaves of trees.
  static func each(in value: JSON, _ name: String, _ body: (String, String) -> Void) {
    switch value {
    case .string(let text): body(name, text)
    case .int(let number): body(name, String(number))
    case .array(let values): for value in values { each(in: value, name, body) }
    case .object(let members): for (_, value) in members { each(in: value, name, body) }
    case .null, .bool, .number: break
    }
  }

  /// The field that a person knows the record by.
  static func titleField(of record: RecordState) -> String {
    record.text("name") == nil ? "title" : "name"
  }

  /// The fields of a record in the order of snippets: title, fields of its kind, others, status, id.
  static func order(of record: RecordState) -> [String] {
    let known = RecordKind.named(record.id.kind)?.shownFields.map(\.name) ?? []
    let others = record.fields.keys.filter { name in
      !known.contains(name) && !RecordKind.hiddenFields.contains(name)
    }
    let title = titleField(of: record)
    return [title] + known.filter { $0 != title && $0 != "status" }
      + others.filter { $0 != title && $0 != "status" }.sorted() + ["status", "id"]
  }

  /// The texts of one field.
  static func texts(of field: String, in record: RecordState) -> [String] {
    var texts: [String] = []
    if field == "id" { texts.append(record.id.text) }
    if field == "status", let status = record.status { texts.append(status) }
    guard !RecordKind.hiddenFields.contains(field), let value = record.fields[field] else {
      return texts
    }
    each(in: value, field) { texts.append($1) }
    return texts
  }
}
