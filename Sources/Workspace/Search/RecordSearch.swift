public import Duties
public import Ground

/// Finds records by words, phrases, fields, kinds and days among those that the actor may see.
///
/// All words must stand somewhere in a record; `field:word` looks in one field, `"a phrase"` for words side by side,
/// `-word` leaves out what holds it. Case and accents do not matter. `kind:model` may stand several times, for either;
/// `before:` and `after:` ask for a day of the record, on which it changed or an event was true, between them.
/// What lets a person in is never searched.
public struct RecordSearch: Sendable {
  /// Most pieces of text shown of a record.
  public static let mostSnippets = 3

  private let query: SearchQuery

  /// A search for what a person typed.
  ///
  /// - Throws: `workspace.search-empty`, `workspace.search-too-long`, `workspace.search-unknown-kind`,
  ///   `workspace.search-bad-day`.
  public init(_ query: String) throws(Problem) { self.query = try SearchQuery(query) }

  /// The records that hold what is asked for, the best first: words in the title before words elsewhere, whole words
  /// before parts of words, newer before older.
  ///
  /// - Parameters:
  ///   - records: those that the actor may read.
  ///   - limit: how many matches are given; all are counted.
  public func matches(in records: [RecordState], limit: Int = 50) -> SearchResult {
    var matcher = RecordMatcher(query)
    var found: [(index: Int, rank: SearchRank)] = []
    for (index, record) in records.enumerated() {
      if let rank = matcher.rank(of: record) { found.append((index, rank)) }
    }
    found.sort { left, right in
      left.rank == right.rank
        ? records[left.index].id < records[right.index].id : right.rank < left.rank
    }
    let matches = found.prefix(max(0, limit)).map { index, _ in
      SearchMatch(record: records[index], snippets: snippets(of: records[index]))
    }
    return SearchResult(total: found.count, matches: matches)
  }

  private func snippets(of record: RecordState) -> [Snippet] {
    var snippets: [Snippet] = []
    for field in RecordTexts.order(of: record) {
      let words = query.terms.filter { !$0.isExcluded && ($0.field ?? field) == field }.map(\.word)
      guard !words.isEmpty else { continue }
      for text in RecordTexts.texts(of: field, in: record) {
        guard let snippet = Snippet(field: field, text: text, words: words) else { continue }
        snippets.append(snippet)
        if snippets.count == RecordSearch.mostSnippets { return snippets }
        break
      }
    }
    return snippets
  }
}
