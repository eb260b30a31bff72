internal import Ground

/// What readers of JSON objects have in common.
enum ObjectReader {
  /// The objects of a JSON value: itself, or the items of a list; anything else is refused.
  static func objects(_ json: JSON, _ file: String) -> [(object: JSON?, problem: Problem?)] {
    guard case .array(let items) = json else { return [one(json, file, nil)] }
    return items.enumerated().map { one($1, file, $0 + 1) }
  }

  private static func one(
    _ json: JSON, _ file: String, _ number: Int?
  ) -> (object: JSON?, problem: Problem?) {
    if case .object = json { return (json, nil) }
    return (nil, notAnObject(Place(file, label: number.map { "item \($0)" } ?? "")))
  }

  static func notAnObject(_ place: Place) -> Problem {
    Problem(
      "workspace.intake-not-object", what: "this is no object of JSON",
      why: "each report is one object with its members", mend: "check the file",
      places: [place])
  }

  /// The text of a member; a member of another form is noted.
  static func text(_ json: JSON, _ name: String, _ report: inout IncomingReport) -> String {
    switch json[name] {
    case nil, .null: return ""
    case .string(let text): return text
    case .int(let number): return String(number)
    default:
      report.note(
        "workspace.intake-member", "“\(name)” is not a text", "read it in the original", at: name)
      return ""
    }
  }

  /// The texts of a member that is a list, or one text.
  static func texts(_ json: JSON?) -> [String] {
    switch json {
    case .string(let text): [text]
    case .array(let items): items.prefix(IncomingReport.mostHints).compactMap(\.asText)
    default: []
    }
  }

  /// An object as a file of its own.
  static func original(_ json: JSON, _ name: String) -> IncomingFile {
    IncomingFile(name + ".json", "application/json", json.compactBytes)
  }
}
