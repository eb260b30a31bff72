internal import Ground

/// The head of an HTTP/1.1 message, as far as a witness needs it.
///
/// Source: RFC 9112.
struct HTTPHead {
  /// Request line or status line, in three parts.
  let start: [String]
  private let fields: [(name: String, value: String)]

  /// Most bytes of a head.
  static let mostBytes = 8 << 10

  /// Reads a head up to its empty line; nil when it is malformed.
  init?(_ bytes: some Collection<UInt8>) {
    guard let text = String(validating: Array(bytes), as: UTF8.self),
      text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 })
    else { return nil }
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0.last == "\r" ? $0.dropLast() : $0) }[...]
    while lines.last == "" { lines.removeLast() }
    guard let first = lines.popFirst() else { return nil }
    start = first.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
      .map(String.init)
    guard start.count == 3 else { return nil }
    var fields: [(name: String, value: String)] = []
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        line[..<colon].utf8.allSatisfy({ $0 > 0x20 })
      else { return nil }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      fields.append((line[..<colon].lowercased(), String(value)))
    }
    self.fields = fields
  }

  /// The value of a field that stands there once; nil otherwise.
  func value(_ name: String) -> String? {
    let values = fields.filter { $0.name == name }
    return values.count == 1 ? values.first?.value : nil
  }

  /// Whether a field stands there at all.
  func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

  /// The length of the body; 0 when it is not stated, nil when it is not plain.
  var contentLength: Int? {
    guard !has("transfer-encoding") else { return nil }
    return has("content-length") ? value("content-length").flatMap(Spelling.number) : 0
  }
}
