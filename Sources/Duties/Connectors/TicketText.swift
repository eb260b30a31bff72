public import Ground

/// Values of other systems as the texts by which they are compared.
public enum TicketText {
  /// A text as it is compared: line ends and spaces at the end differ from system to system.
  public static func plain(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
      String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
    let kept = lines.reversed().drop { $0.isEmpty }.reversed()
    return kept.joined(separator: "\n")
  }

  /// A value as it is compared: a text, a number, something with a value or a name, a document of Jira.
  public static func of(_ value: JSON) -> String {
    switch value {
    case .string(let text): return plain(text)
    case .int(let number): return String(number)
    case .number(let number):
      return number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
    case .bool(let answer): return answer ? "true" : "false"
    case .array(let values): return values.map(of).joined(separator: ", ")
    case .object:
      if value["type"]?.text == "doc" { return plain(words(value, depth: 0)) }
      return (value["value"] ?? value["name"] ?? value["id"]).map(of) ?? ""
    case .null: return ""
    }
  }

  private static let blocks: Set = [
    "paragraph", "heading", "listItem", "codeBlock", "blockquote", "tableRow", "rule",
  ]

  /// The words of a document, a line for each block.
  ///
  /// Source: Atlassian Document Format, version 1.
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
