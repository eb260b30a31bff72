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
  public var compact: String { String(decoding: compactBytes, as: UTF8.self) }

  /// Compact text on one line as UTF-8, for writing many lines.
  public var compactBytes: [UInt8] { bytes { write(to: &$0) } }

  /// Indented text for people, two spaces a level.
  public var pretty: String {
    String(decoding: bytes { writePretty(to: &$0, level: 0) }, as: UTF8.self)
  }

  private func bytes(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(1024)
    write(&text)
    return text
  }

  /// The value of a member, when this is an object that has it.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { JSON.isSame($0.0, key) }?.1
  }

  /// Whether two texts have the same bytes; Swift's own equality merges texts that look alike.
  static func isSame(_ left: String, _ right: String) -> Bool {
    left == right && left.utf8.elementsEqual(right.utf8)
  }

  /// Equal when they are written alike, byte for byte, the order of members included.
  public static func == (left: JSON, right: JSON) -> Bool {
    left.compactBytes == right.compactBytes
  }

  /// Appends the compact text.
  func write(to text: inout [UInt8]) {
    switch self {
    case .array(let values):
      text.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { text.append(0x2C) }
        value.write(to: &text)
      }
      text.append(0x5D)
    case .object(let members):
      text.append(0x7B)
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(0x2C) }
        JSON.quote(member.0, to: &text)
        text.append(0x3A)
        member.1.write(to: &text)
      }
      text.append(0x7D)
    default: writeScalar(to: &text)
    }
  }

  private func writePretty(to text: inout [UInt8], level: Int) {
    switch self {
    case .array(let values) where !values.isEmpty:
      text.append(0x5B)
      for (index, value) in values.enumerated() {
        if index > 0 { text.append(0x2C) }
        JSON.newLine(level + 1, to: &text)
        value.writePretty(to: &text, level: level + 1)
      }
      JSON.newLine(level, to: &text)
      text.append(0x5D)
    case .object(let members) where !members.isEmpty:
      text.append(0x7B)
      for (index, member) in members.enumerated() {
        if index > 0 { text.append(0x2C) }
        JSON.newLine(level + 1, to: &text)
        JSON.quote(member.0, to: &text)
        text += [0x3A, 0x20]
        member.1.writePretty(to: &text, level: level + 1)
      }
      JSON.newLine(level, to: &text)
      text.append(0x7D)
    default: write(to: &text)
    }
  }

  private static func newLine(_ level: Int, to text: inout [UInt8]) {
    text.append(0x0A)
    for _ in 0..<(2 * level) { text.append(0x20) }
  }

  private func writeScalar(to text: inout [UInt8]) {
    switch self {
    case .bool(let value): text += (value ? "true" : "false").utf8
    case .int(let value): text += String(value).utf8
    case .number(let value):
      let isWhole = value == value.rounded() && abs(value) < 1e15
      // JSON has no word for what is no number.
      let word = isWhole ? String(Int(value)) : value.isFinite ? String(value) : "null"
      text += word.utf8
    case .string(let value): JSON.quote(value, to: &text)
    case .null, .array, .object: text += "null".utf8
    }
  }

  static func quote(_ value: String, to text: inout [UInt8]) {
    text.append(0x22)
    var value = value
    value.withUTF8 { bytes in
      // Most texts have nothing to escape; that no byte ends the search early lets many be looked at at once.
      let found = bytes.reduce(0 as UInt8) { $0 | (isEscaped($1) ? 1 : 0) }
      if found == 0 { return text.append(contentsOf: bytes) }
      var start = 0
      for index in bytes.indices {
        let byte = bytes[index]
        guard isEscaped(byte) else { continue }
        text += bytes[start..<index]
        escape(byte, to: &text)
        start = index + 1
      }
      text += UnsafeBufferPointer(rebasing: bytes[start...])
    }
    text.append(0x22)
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C
  }

  private static func escape(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case 0x22, 0x5C: text += [0x5C, byte]
    case 0x0A: text += "\\n".utf8
    case 0x0D: text += "\\r".utf8
    case 0x09: text += "\\t".utf8
    case 0x08: text += "\\b".utf8
    case 0x0C: text += "\\f".utf8
    default:
      let hex = String(byte, radix: 16)
      text += ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8
    }
  }
}
