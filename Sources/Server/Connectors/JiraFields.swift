internal import Duties
internal import Ground
internal import Workspace

/// How Jira writes values: version 3 has documents for rich texts, version 2 plain text.
///
/// Source: Atlassian Document Format, version 1.
enum JiraFields {
  static func value(_ text: String, _ form: FieldRule.Form, isCloud: Bool) -> JSON {
    switch form {
    case .text: .string(text)
    case .rich: isCloud ? document(text) : .string(text)
    case .option: .object([("value", .string(text))])
    case .name: .object([("name", .string(text))])
    case .id: .object([("id", .string(text))])
    case .number: number(text)
    case .list: JSON([text])
    }
  }

  /// A label has no spaces.
  static func label(_ text: String) -> String { text.replacing(" ", with: "-") }

  /// Takes the label away that said something before and puts on what says it now; our marks and those of others stay.
  static func relabelling(from old: String?, to new: String) -> [JSON] {
    let (old, new) = (label(old ?? ""), label(new))
    var steps: [JSON] = []
    let isMark = old == Correlation.label || Correlation(old) != nil
    if !old.isEmpty, !isMark, old != new { steps.append(.object([("remove", .string(old))])) }
    if !new.isEmpty { steps.append(.object([("add", .string(new))])) }
    return steps
  }

  private static func number(_ text: String) -> JSON {
    if let whole = Int(text) { return .int(whole) }
    return Double(text).map { JSON.number($0) } ?? .string(text)
  }

  /// A document of one paragraph for each line.
  static func document(_ text: String) -> JSON {
    let lines = TicketText.plain(text).split(separator: "\n", omittingEmptySubsequences: false)
    let paragraphs = lines.map { line -> JSON in
      let content: [JSON] =
        line.isEmpty
        ? [] : [.object([("type", .string("text")), ("text", .string(String(line)))])]
      return .object([("type", .string("paragraph")), ("content", .array(content))])
    }
    return .object([
      ("type", .string("doc")), ("version", .int(1)), ("content", .array(paragraphs)),
    ])
  }
}
