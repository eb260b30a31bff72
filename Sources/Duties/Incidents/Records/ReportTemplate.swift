public import Ground

/// A provider's own form of its reports: a text with named fields, or a word-processor file whose styles are taken.
public enum ReportTemplate {
  /// What a template is for.
  public enum Form: String, Sendable, CaseIterable {
    /// Markdown with named fields between double braces.
    case text
    /// A DOCX file whose styles are taken over, in base64.
    case styles
  }

  /// The names that a text may hold between double braces: `{{part-3}}`.
  public static let fields =
    [
      "title", "type", "as_of", "status", "sha256", "provider", "model", "incident", "considered",
      "causal_link", "categories", "dates",
    ] + (1...10).map { "part-\($0)" } + [
      "unknown", "measures", "other_reports", "bundled", "authorities", "national_part", "remarks",
      "next_report", "caution",
    ]

  /// Largest file of styles in bytes: with its base64 it fits into a text field.
  public static let largestStyles = 700 << 10

  /// The pieces of a text: as it stands, and names of fields.
  ///
  /// - Throws: `duties.unknown-template-field` for a name that there is not, with its line.
  public static func pieces(_ text: String) throws(Problem) -> [(text: Substring, field: String?)] {
    var pieces: [(text: Substring, field: String?)] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "{{") {
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else { break }
      let name = rest[open.upperBound..<close.lowerBound].filter { !$0.isWhitespace }
      guard fields.contains(name) else {
        let line = text[..<open.lowerBound].count { $0.isNewline } + 1
        throw Problem(
          "duties.unknown-template-field",
          what: "line \(line) of the template names a field “\(name.prefix(60))” that there is not",
          why: "the fields are " + fields.joined(separator: ", "),
          mend: "correct the name, or take the braces away",
          places: [Place("template", line: line)])
      }
      pieces.append((rest[..<open.lowerBound], name))
      rest = rest[close.upperBound...]
    }
    pieces.append((rest, nil))
    return pieces
  }

  /// Refuses a file that is no DOCX with styles.
  ///
  /// - Throws: `duties.not-a-docx`.
  public static func check(styles file: [UInt8]) throws(Problem) {
    let isZip = file.starts(with: [0x50, 0x4B, 0x03, 0x04])
    guard isZip, file.count <= largestStyles,
      file.firstRange(of: Array("word/styles.xml".utf8)) != nil
    else {
      throw Problem(
        "duties.not-a-docx", what: "this is no DOCX file with styles of at most 700 KiB",
        why: "its styles are taken over for reports",
        mend: "save an empty document with your styles as DOCX, without pictures")
    }
  }
}
