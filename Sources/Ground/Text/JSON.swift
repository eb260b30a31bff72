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
  public var compact: String { String(decoding: bytes(indent: nil), as: UTF8.self) }

  /// Compact text on one line as UTF-8, for writing many lines.
  public var compactBytes: [UInt8] { bytes(indent: nil) }

  /// Indented text for people, two spaces a level.
  public var pretty: String { String(decoding: bytes(indent: 0), as: UTF8.self) }

  private func bytes(indent: Int?) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(4096)
    write(to: &text, indent: indent)
    return text
  }

  /// The value of a member, when this is an object that has it.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == key }?.1
  }

  /// Equal when they are written alike, the order of members included.
  public static func == (left: JSON, right: JSON) -> Bool { left.compact == right.compact }

  private func write(to text: inout [UInt8], indent: Int?) {
    switch self {
    case .null: text += "null".utf8
    case .bool(let value): text += (value ? "true" : "false").utf8
    case .int(let value): text += String(value).utf8
    case .number(let value):
      let isWhole = value == value.rounded() && abs(value) < 1e15
      text += (isWhole ? String(Int(value)) : String(value)).utf8
    case .string(let value): JSON.quote(value, to: &text)
    case .array(let values):
      JSON.list(values, 0x5B, 0x5D, to: &text, indent: indent) { value, text, indent in
        value.write(to: &text, indent: indent)
      }
    case .object(let members):
      JSON.list(members, 0x7B, 0x7D, to: &text, indent: indent) { member, text, indent in
        JSON.quote(member.0, to: &text)
        text.append(0x3A)
        if indent != nil { text.append(0x20) }
        member.1.write(to: &text, indent: indent)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ open: UInt8, _ close: UInt8, to text: inout [UInt8], indent: Int?,
    each: (Element, inout [UInt8], Int?) -> Void
  ) {
    text.append(open)
    let inner = indent.map { $0 + 1 }
    for (index, element) in elements.enumerated() {
      if index > 0 { text.append(0x2C) }
      if let inner { newLine(inner, to: &text) }
      each(element, &text, inner)
    }
    if let indent, !elements.isEmpty { newLine(indent, to: &text) }
    text.append(close)
  }

  private static func newLine(_ level: Int, to text: inout [UInt8]) {
    text.append(0x0A)
    for _ in 0..<(2 * level) { text.append(0x20) }
  }

  private static func quote(_ value: String, to text: inout [UInt8]) {
    text.append(0x22)
    var value = value
    value.withUTF8 { bytes in
      var start = 0
      for (index, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        text += bytes[start..<index]
        escape(byte, to: &text)
        start = index + 1
      }
      text += bytes[start...]
    }
    text.append(0x22)
  }

  private static func escape(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case 0x22, 0x5C: text += [0x5C, byte]
    case 0x0A: text += "\\n".utf8
    case 0x0D: text += "\\r".utf8
    case 0x09: text += "\\t".utf8
    default:
      let hex = String(byte, radix: 16)
      text += ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8
    }
  }
}
