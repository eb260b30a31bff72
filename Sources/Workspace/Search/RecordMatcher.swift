internal import Duties
internal import Ground

/// How good a match is.
struct SearchRank: Comparable {
  /// Words that stand in the title.
  var inTitle = 0
  /// Words that stand somewhere as whole words.
  var whole = 0
  /// When the record last changed.
  var changed: Instant

  /// Less good.
  static func < (left: SearchRank, right: SearchRank) -> Bool {
    (left.inTitle, left.whole, left.changed) < (right.inTitle, right.whole, right.changed)
  }
}

/// Tries records on a query, one after another, in the same memory.
struct RecordMatcher {
  /// Where a word was found so far.
  private struct Finding {
    var isFound = false
    var isInTitle = false
    var isWhole = false
  }

  private let query: SearchQuery
  private let terms: [SearchTerm]
  private let shortest: Int
  private var findings: [Finding]
  private var folded = FoldedText()

  init(_ query: SearchQuery) {
    self.query = query
    terms = query.terms
    shortest = query.terms.map(\.word.count).min() ?? 0
    findings = Array(repeating: Finding(), count: query.terms.count)
  }

  /// How good a record matches; nil when it does not.
  mutating func rank(of record: RecordState) -> SearchRank? {
    guard isKindAsked(record), isTimeAsked(record) else { return nil }
    guard !terms.isEmpty else { return SearchRank(changed: record.changed) }
    for index in findings.indices { findings[index] = Finding() }
    let title = RecordTexts.titleField(of: record)
    look(in: record, title)
    var rank = SearchRank(changed: record.changed)
    for (term, finding) in zip(terms, findings) {
      guard finding.isFound != term.isExcluded else { return nil }
      rank.inTitle += finding.isInTitle ? 1 : 0
      rank.whole += finding.isWhole ? 1 : 0
    }
    return rank
  }

  private mutating func look(in record: RecordState, _ title: String) {
    RecordTexts.each(of: record) { field, text in
      look(for: field, text, isTitle: field == title)
    }
  }

  private mutating func look(for field: String, _ text: String, isTitle: Bool) {
    // Folding makes no text longer.
    guard text.utf8.count >= shortest else { return }
    folded.fold(text)
    for index in terms.indices {
      let term = terms[index]
      if let asked = term.field, asked != field { continue }
      if findings[index].isFound, findings[index].isWhole, findings[index].isInTitle || !isTitle {
        continue
      }
      var from = 0
      while let place = folded.place(of: term.word, from: from) {
        findings[index].isFound = true
        if isTitle { findings[index].isInTitle = true }
        if folded.isWhole(at: place, count: term.word.count) {
          findings[index].isWhole = true
          break
        }
        from = place + 1
      }
    }
  }

  private func isKindAsked(_ record: RecordState) -> Bool {
    guard !query.kinds.isEmpty || !query.excludedKinds.isEmpty else { return true }
    let kind = record.id.kind
    return (query.kinds.isEmpty || query.kinds.contains(kind))
      && !query.excludedKinds.contains(kind)
  }

  /// Whether one day of the record, of its last change or of an event, lies between those that are asked for.
  private func isTimeAsked(_ record: RecordState) -> Bool {
    guard query.before != nil || query.after != nil else { return true }
    func fits(_ day: Day) -> Bool {
      (query.before.map { day < $0 } ?? true) && (query.after.map { day > $0 } ?? true)
    }
    return fits(record.changed.day) || record.happened.values.contains { fits($0.day) }
  }
}
