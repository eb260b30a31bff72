/// A JSON value whose objects keep the order in which they were written.
///
/// Numbers that must be exact (FLOP) are strings; `number` is for counts and ratios.
public enum JSON: Sendable, Equatable {
  case null
  case bool(Bool)
  case int(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  /// A string, or null for nil.
  public init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  /// An integer, or null for nil.
  public init(_ value: Int?) { self = value.map { .int($0) } ?? .null }

  /// A number, or null for nil and for values that JSON does not know.
  public init(_ value: Double?) {
    self = value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
  }

  /// A list of strings.
  public init(_ texts: [String]) { self = .array(texts.map { .string($0) }) }

  /// Compact text on one line (RFC 8259).
  public var compact: String {
    var text = ""
    write(to: &text, indent: nil)
    return text
  }

  /// Indented text for people, two spaces a level.
  public var pretty: String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  /// The value of a member, when this is an object that has it.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == key }?.1
  }

  public static func == (left: JSON, right: JSON) -> Bool { left.compact == right.compact }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    case .number(let value):
      text +=
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    case .string(let value): JSON.quote(value, to: &text)
    case .array(let values):
      JSON.list(values, "[", "]", to: &text, indent: indent) { value, text, indent in
        value.write(to: &text, indent: indent)
      }
    case .object(let members):
      JSON.list(members, "{", "}", to: &text, indent: indent) { member, text, indent in
        JSON.quote(member.0, to: &text)
        text += indent == nil ? ":" : ": "
        member.1.write(to: &text, indent: indent)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: String, _ close: String, to text: inout String, indent: Int?,
    each: (Element, inout String, Int?) -> Void
  ) {
    guard !elements.isEmpty else {
      text += open + close
      return
    }
    let inner = indent.map { $0 + 1 }
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: "  ", count: inner) }
      each(element, &text, inner)
    }
    if let indent { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
      text += value
    } else {
      for scalar in value.unicodeScalars { escape(scalar, to: &text) }
    }
    text += "\""
  }

  private static func escape(_ scalar: Unicode.Scalar, to text: inout String) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where scalar.value < 0x20:
      let hex = String(scalar.value, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: text.unicodeScalars.append(scalar)
    }
  }
}
