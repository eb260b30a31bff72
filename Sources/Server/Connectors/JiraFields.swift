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
