internal import Ground

/// What readers of JSON objects have in common.
enum ObjectReader {
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
    case .array(let items): items.prefix(IncomingReport.mostHints).compactMap(\.text)
    default: []
    }
  }

  /// An object as a file of its own.
  static func original(_ json: JSON, _ name: String) -> IncomingFile {
    IncomingFile(name + ".json", "application/json", json.compactBytes)
  }
}
