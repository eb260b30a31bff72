internal import Documents
internal import Duties
internal import Ground

/// One field of a record as a person fills it in: its label, how it is typed, an example.
struct FieldInput {
  let field: RecordField
  /// The name in the form.
  let name: String
  /// What was typed, or what the record says.
  let value: String
  /// Records that can be chosen, where the field names one: id and title.
  var choices: [(id: String, title: String)] = []
  /// Whether it must be filled in.
  var isRequired = false
  /// What no choice means.
  var empty = "not said"
  /// Further words that can be chosen.
  var further: [String] = []
  /// What stands below; nil is an example or how it is written.
  var help: String?

  private var label: HTML {
    let mark: HTML = isRequired ? " <span class=\"due\">(needed)</span>" : ""
    return "<label for=\"\(name)\">\(Typography.sentence(field.title))\(mark)</label>\n"
  }

  /// Label and control.
  var html: HTML {
    let control: HTML
    switch field.form {
    case .yesNo: control = select([("yes", "yes"), ("no", "no")])
    case .choice(let words): control = select(words.map { ($0, $0.replacing("-", with: " ")) })
    case _ where !choices.isEmpty: control = select(choices.map { ($0.id, $0.title) })
    case .day(loose: false) where further.isEmpty: control = input(type: "date")
    case .text
    where value.contains("\n") || value.utf8.count > 80 || FieldInput.long.contains(field.name):
      control = "<textarea id=\"\(name)\" name=\"\(name)\" rows=\"6\">\(value)</textarea>"
    default: control = input(type: "text")
    }
    return "\(label)\(control)\(hint)"
  }

  /// Fields that take more than a line.
  private static let long: Set<String> = [
    "narrative", "harm", "chain", "involvement", "response", "recommendation", "root_cause",
    "factors", "failed_mitigations", "patterns", "national_part", "remarks", "reasons",
  ]

  private func select(_ options: [(String, String)]) -> HTML {
    let words = options + further.map { ($0, $0) }
    let isUnknown = !value.isEmpty && !words.contains { $0.0 == value }
    let all = [("", empty)] + words + (isUnknown ? [(value, value)] : [])
    let items = all.map { word, title -> HTML in
      let chosen: HTML = word == value ? " selected" : ""
      return "<option value=\"\(word)\"\(chosen)>\(title)</option>"
    }
    return "<select id=\"\(name)\" name=\"\(name)\"\(described)>\(items)</select>"
  }

  private func input(type: HTML) -> HTML {
    let required: HTML = isRequired ? " required" : ""
    return
      "<input id=\"\(name)\" name=\"\(name)\" type=\"\(type)\" value=\"\(value)\"\(required)\(described)>"
  }

  private var described: HTML { words.isEmpty ? "" : " aria-describedby=\"\(name)-help\"" }

  private var hint: HTML {
    words.isEmpty ? "\n" : "<span class=\"note\" id=\"\(name)-help\">\(words)</span>\n"
  }

  private var words: String {
    if let help { return help }
    if !field.example.isEmpty { return "for example \(field.example)" }
    return switch field.form {
    case .list: "several are set apart by semicolons"
    case .day(loose: true): "a year, a month or a day: 2027, 2027-03, 2027-03-01"
    case .moment: "with its offset: 2026-03-01T02:00:00+01:00"
    default: ""
    }
  }

  /// A value as a person would type it.
  static func text(_ value: JSON?) -> String {
    switch value {
    case nil, .null?: ""
    case .string(let text)?: text
    case .bool(let answer)?: answer ? "yes" : "no"
    case .array(let values)?: values.map { text($0) }.joined(separator: "; ")
    case .some(let other): other.compact
    }
  }
}
