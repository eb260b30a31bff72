internal import Ground

extension IncomingFormat {
  /// The form of a file by the beginning of what it holds.
  ///
  /// - Throws: `workspace.intake-unknown-format`.
  static func detected(_ head: UnsafeRawBufferPointer, _ path: String) throws(Problem)
    -> IncomingFormat
  {
    if head.has("PK\u{3}\u{4}") {
      throw unknown(path, "it is a workbook or an archive", "save the sheet as “CSV UTF-8”")
    }
    let text = Head(head)
    guard let first = text.first else { throw unknown(path, "it is empty", "check the file") }
    if first == 0x7B || first == 0x5B { return json(text) }
    if let names = text.mailFields, !names.isDisjoint(with: mailFields) { return .mail }
    if text.hasKey(in: ["incident-date", "case-studies", "case-study-type", "procedure"]) {
      return .atlas
    }
    // Elsewhere zeros are a sign of another encoding or of no text at all; in a mail they may stand.
    guard !head.prefix(4096).contains(0) else {
      throw unknown(path, "it is not text in UTF-8", "save it as UTF-8")
    }
    if let format = table(text) { return format }
    throw unknown(
      path, "its beginning is not that of any form that is read",
      "say which it is with --format; forms are "
        + allCases.map(\.rawValue).joined(separator: ", "))
  }

  private static func unknown(_ path: String, _ why: String, _ mend: String) -> Problem {
    Problem(
      "workspace.intake-unknown-format", what: "it is not known what \(path) is", why: why,
      mend: mend, places: [Place(path)])
  }

  static let mailFields: Set = [
    "from", "to", "received", "return-path", "delivered-to", "message-id", "mime-version",
    "subject", "date", "dkim-signature",
  ]

  /// An object of AVID or STIX tells so near its beginning; every other is this program's own form.
  private static func json(_ head: Head) -> IncomingFormat {
    if head.hasMember("data_type", "AVID") { return .avid }
    if head.hasMember("type", "bundle") { return .stix }
    return .jsonl
  }

  private static func table(_ head: Head) -> IncomingFormat? {
    let lines = head.lines
    if lines.prefix(10).contains(where: { $0.drop { $0 == "\"" }.hasPrefix(AIAAICTable.key) }) {
      return .aiaaic
    }
    guard let header = lines.first else { return nil }
    let headings = header.split(separator: ",").map { $0.filter { $0 != "\"" } }
    if AIIDTable.needed.allSatisfy(headings.contains) { return .aiid }
    return headings.contains(where: OwnRow.columns.contains) ? .csv : nil
  }
}

/// The beginning of a file, as text.
private struct Head {
  private let text: String
  let first: UInt8?

  /// How much is looked at.
  private static let mostBytes = 64 * 1024

  init(_ bytes: UnsafeRawBufferPointer) {
    text = String(decoding: bytes.prefix(Head.mostBytes), as: UTF8.self)
    first = text.utf8.first { $0 > 0x20 }
  }

  var lines: [Substring] { text.split(whereSeparator: \.isNewline) }

  /// The names of header fields before the first blank line, in small letters; nil where a line there is none.
  var mailFields: Set<String>? {
    var names: Set<String> = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      // A mailbox puts a line before each mail.
      if number == 0, line.hasPrefix("From ") { continue }
      if line.isEmpty || names.count >= 200 { break }
      if line.first == " " || line.first == "\t" { continue }
      guard let colon = line.utf8.firstIndex(of: 0x3A), colon > line.startIndex,
        line[..<colon].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
      else { break }
      names.insert(line[..<colon].lowercased())
    }
    return names.isEmpty ? nil : names
  }

  /// Whether a line begins with one of these keys, also as the first of a list's item.
  func hasKey(in keys: [String]) -> Bool {
    lines.contains { line in
      let bare = line.drop { $0 == " " || $0 == "-" }
      return keys.contains { bare.hasPrefix($0 + ":") }
    }
  }

  /// Whether a member of this name and text stands there, however it is spaced.
  func hasMember(_ name: String, _ value: String) -> Bool {
    var rest = text[...]
    while let range = rest.firstRange(of: "\"" + name + "\"") {
      rest = rest[range.upperBound...]
      let after = rest.drop { $0.isWhitespace }
      guard after.first == ":" else { continue }
      if after.dropFirst().drop(while: \.isWhitespace).hasPrefix("\"" + value + "\"") {
        return true
      }
    }
    return false
  }
}
