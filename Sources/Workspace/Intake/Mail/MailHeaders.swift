/// The header of a mail or of a part of it: folded lines made whole, names in small letters.
///
/// Source: RFC 5322, sections 2.2 and 3.6; RFC 2047 for words in other character sets.
struct MailHeaders: Sendable {
  /// Fields in order, as they were written.
  private(set) var fields: [(name: String, value: [UInt8])] = []
  /// Where the body begins.
  private(set) var bodyStart: Int

  /// Most fields of a header.
  static let mostFields = 1000
  /// Longest value of a field in bytes; the rest is passed over.
  static let longestValue = 64 * 1024

  init(_ bytes: ArraySlice<UInt8>) {
    var index = bytes.startIndex
    // A mailbox puts a line before each mail.
    if bytes.starts(with: "From ".utf8) { index = MailHeaders.line(bytes, from: index).next }
    bodyStart = bytes.endIndex
    while index < bytes.endIndex {
      let (line, next) = MailHeaders.line(bytes, from: index)
      if line.isEmpty {
        bodyStart = next
        return
      }
      guard take(line) else {
        // Without a blank line, what is no field is where the body begins.
        bodyStart = index
        return
      }
      index = next
    }
  }

  /// The line at a place without its end, and where the next begins.
  static func line(_ bytes: ArraySlice<UInt8>, from start: Int)
    -> (line: ArraySlice<UInt8>, next: Int)
  {
    let rest = bytes[start...]
    guard let end = rest.firstIndex(of: 0x0A) else { return (rest, bytes.endIndex) }
    let isCRLF = end > start && bytes[end - 1] == 0x0D
    return (bytes[start..<(isCRLF ? end - 1 : end)], end + 1)
  }

  private mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
    if line.first == 0x20 || line.first == 0x09 {
      guard let last = fields.indices.last else { return false }
      if fields[last].value.count < MailHeaders.longestValue {
        fields[last].value += line.prefix(MailHeaders.longestValue)
      }
      return true
    }
    guard let colon = line.firstIndex(of: 0x3A) else { return false }
    // Old programs put spaces before the colon.
    let bare = line[..<colon].reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed()
    guard !bare.isEmpty, bare.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
    let name = String(decoding: bare, as: UTF8.self).lowercased()
    if fields.count < MailHeaders.mostFields {
      fields.append((name, Array(line[(colon + 1)...].prefix(MailHeaders.longestValue))))
    }
    return true
  }

  /// The first field of a name, its words decoded; empty where there is none.
  func text(_ name: String) -> String {
    fields.first { $0.name == name }.map { EncodedWords.text($0.value) } ?? ""
  }

  /// All fields of a name.
  func texts(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map { EncodedWords.text($0.value) }
  }

  /// The first field of a name with its parameters.
  func parameters(_ name: String) -> MailParameters {
    MailParameters(fields.first { $0.name == name }?.value ?? [])
  }
}
