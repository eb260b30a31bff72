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
    let lines = FieldMap.plain(text).split(separator: "\n", omittingEmptySubsequences: false)
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

  /// A value as it is compared.
  static func text(_ value: JSON) -> String {
    switch value {
    case .string(let text): return FieldMap.plain(text)
    case .int(let number): return String(number)
    case .number(let number):
      return number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
    case .bool(let answer): return answer ? "true" : "false"
    case .array(let values): return values.map(text).joined(separator: ", ")
    case .object:
      if value["type"]?.text == "doc" { return FieldMap.plain(words(value, depth: 0)) }
      return (value["value"] ?? value["name"] ?? value["id"]).map(text) ?? ""
    case .null: return ""
    }
  }

  private static let blocks: Set = [
    "paragraph", "heading", "listItem", "codeBlock", "blockquote", "tableRow", "rule",
  ]

  /// The words of a document, a line for each block.
  private static func words(_ node: JSON, depth: Int) -> String {
    guard depth < JSON.deepestNesting else { return "" }
    if let text = node["text"]?.text { return text }
    let kind = node["type"]?.text ?? ""
    if kind == "hardBreak" { return "\n" }
    guard case .array(let items)? = node["content"] else { return "" }
    let parts = items.map { words($0, depth: depth + 1) }
    let holdsBlocks = items.contains { blocks.contains($0["type"]?.text ?? "") }
    return parts.joined(separator: holdsBlocks ? "\n" : "")
  }
}
