internal import Documents
internal import Duties
internal import Ground
internal import Workspace

/// Pieces that several pages share.
enum Parts {
  /// A link.
  static func link(_ path: String, _ text: String) -> HTML { "<a href=\"\(path)\">\(text)</a>" }

  /// A link that looks like a button: the next thing to do.
  static func button(_ path: String, _ text: String) -> HTML {
    "<a class=\"button\" href=\"\(path)\">\(text)</a>"
  }

  /// Said wherever a sample stands among records that are meant.
  static let sample: HTML = "<span class=\"sample\">sample, made up</span>"

  /// Where one works on a record: for a model, an incident or a report its own page, where the next step stands.
  static func path(_ record: RecordID) -> String {
    switch record.kind {
    case RecordKind.model.name: "/models/" + record.key
    case RecordKind.incident.name: IncidentPages.path(record)
    case RecordKind.incidentReport.name: ProcedurePages.path(record)
    default: "/records/" + record.text
    }
  }

  /// A link to a record under its title.
  static func link(_ state: RecordState) -> HTML { link("/records/" + state.id.text, state.title) }

  /// A link to a record of a list under its title.
  static func link(_ row: RecordSummary) -> HTML { link("/records/" + row.id.text, row.title) }

  /// Said where there is nothing yet, with what can be done about it.
  static func empty(_ text: HTML) -> HTML { "<p class=\"empty\">\(text)</p>\n" }

  /// A list of terms.
  static func facts(_ facts: [(String, HTML)]) -> HTML {
    let items = facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as HTML }
    return "<dl class=\"facts\">\n\(items)</dl>\n"
  }

  /// A moment for readers, with its form for machines.
  static func moment(_ instant: Instant) -> HTML {
    let second = instant.local.secondOfDay
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return """
      <time datetime="\(instant.utc)">\(instant.day.words), \(two(second / 3600)):\
      \(two(second / 60 % 60)):\(two(second % 60))</time>
      """
  }

  /// When something was true.
  static func effective(_ effective: Effective) -> HTML {
    switch effective {
    case .day(let day): Component.day(day)
    case .moment(let moment): self.moment(moment)
    }
  }

  /// The value of a field.
  static func value(_ value: JSON) -> HTML {
    switch value {
    case .string(let text):
      if let id = RecordID(text), RecordKind.named(id.kind) != nil {
        return link("/records/" + text, text)
      }
      return text.contains("\n") || text.utf8.count > 400
        ? "<details><summary>\(text.utf8.count) bytes of text</summary><pre>\(text)</pre></details>"
        : Component.prose(text)
    case .bool(let answer): return answer ? "yes" : "no"
    case .int(let number): return "\(number)"
    case .array(let values) where values.isEmpty: return "none"
    case .array(let values) where values.contains { if case .object = $0 { true } else { false } }:
      return "\(values.map { self.value($0) })"
    case .array(let values): return .joined(values.map { self.value($0) }, by: "; ")
    case .object(let members):
      let lines = members.map { name, value -> HTML in
        "<div><dt>\(name.replacing("_", with: " "))</dt><dd>\(self.value(value))</dd></div>\n"
      }
      return "<dl class=\"tree\">\(lines)</dl>\n"
    case .null: return "—"
    default: return "\(value.compact)"
    }
  }

  /// How binding a rule is.
  static func force(_ force: Force) -> HTML {
    "<span class=\"force \(force.rawValue)\">\(force.rawValue)</span>"
  }

  /// A rule by its citation.
  static func rule(_ id: String?, _ citation: Citation?) -> HTML {
    guard let citation else { return "" }
    guard let id else { return "\(citation.text)" }
    return link("/law/" + id, citation.text)
  }
}
