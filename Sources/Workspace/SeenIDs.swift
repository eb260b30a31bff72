internal import Duties
internal import Ground

/// The ids of a file of incidents, to tell those that stand there twice.
struct SeenIDs {
  /// The row of each id, by a digest of it, so that a long file takes little memory.
  private var rows: [Int: Int] = [:]
  /// Most ids that are remembered.
  private static let most = 1_000_000

  /// Notes an id; gives the row in which it stood before.
  mutating func take(_ id: JSON, _ row: Int) -> Int? {
    guard id != .null else { return nil }
    var hasher = Hasher()
    for byte in id.compactBytes { hasher.combine(byte) }
    let digest = hasher.finalize()
    if let first = rows[digest] { return first }
    if rows.count < SeenIDs.most { rows[digest] = row }
    return nil
  }

  /// The number that the member `id` of a line is, with every digit: as a number of JSON it is read as a double.
  static func written(_ line: UnsafeRawBufferPointer) -> String? {
    var depth = 0
    var at = 0
    while at < line.count {
      switch line[at] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        let start = at + 1
        at = end(ofText: start, line)
        let name = String(decoding: line[start..<at], as: UTF8.self)
        if depth == 1, IncidentFacts.plain(name) == "id", let number = number(behind: at + 1, line)
        {
          return number
        }
      default: break
      }
      at += 1
    }
    return nil
  }

  /// Where the quotation mark stands that ends a text.
  private static func end(ofText start: Int, _ line: UnsafeRawBufferPointer) -> Int {
    var at = start
    while at < line.count, line[at] != UInt8(ascii: "\"") {
      at += line[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(at, line.count)
  }

  /// The number behind a colon.
  private static func number(behind start: Int, _ line: UnsafeRawBufferPointer) -> String? {
    let spaces: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    let rest = line[min(start, line.count)...].drop { spaces.contains($0) }
    guard rest.first == UInt8(ascii: ":") else { return nil }
    let digits = rest.dropFirst().drop { spaces.contains($0) }.prefix {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || Array("+-.eE".utf8).contains($0)
    }
    return digits.isEmpty ? nil : String(decoding: digits, as: UTF8.self)
  }
}
