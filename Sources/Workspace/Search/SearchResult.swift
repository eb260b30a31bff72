public import Duties
public import Ground

/// What a search found.
public struct SearchResult: Sendable {
  /// How many records match.
  public let total: Int
  /// The best of them, best first.
  public let matches: [SearchMatch]

  /// As JSON.
  public var json: JSON {
    .object([("total", .int(total)), ("matches", .array(matches.map(\.json)))])
  }
}

/// A record that was found, with where.
public struct SearchMatch: Sendable {
  /// The record.
  public let record: RecordState
  /// Pieces of its fields around the words found, the title first; none when no words were asked for.
  public let snippets: [Snippet]

  /// The record's name, kind, title and status, and the pieces.
  public var json: JSON {
    .object([
      ("record", .string(record.id.text)), ("kind", .string(record.id.kind)),
      ("title", .string(record.title)), ("status", JSON(record.status)),
      ("changed", .string(record.changed.utc)), ("snippets", .array(snippets.map(\.json))),
    ])
  }
}
