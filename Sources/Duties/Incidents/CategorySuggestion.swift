public import Ground

/// What the words of a report suggest: a question to a person, never an answer.
public struct CategorySuggestion: Sendable, Equatable {
  /// How the words are meant, as far as can be told.
  public enum Reading: String, Sendable {
    /// As something that happened.
    case stated
    /// As something that might happen or might have happened.
    case hypothetical
    /// As something that did not happen: it suggests nothing, and is shown so that a person can tell.
    case negated
  }
  /// The category.
  public var category: IncidentCategory
  /// The words as the text has them, in order, without repetition.
  public var words: [String]
  /// How they are meant; one stated word is enough for `stated`.
  public var reading: Reading

  /// Most words shown for a category.
  public static let mostWords = 20

  /// What a text suggests, and what it only mentions in the negative; in the order of the categories.
  ///
  /// A word counts as negated only where a negation stands right before it, with nothing but fillers between, and the
  /// sentence shows no doubt; in every other case the question is asked.
  public static func read(
    _ narrative: String
  ) -> (suggested: [CategorySuggestion], setAside: [CategorySuggestion]) {
    var reader = SuggestionReader()
    var words = NarrativeWords(narrative)
    while let sentence = words.next() { reader.read(sentence) }
    return (reader.suggested, reader.setAside)
  }

  /// `{category, matched_words, reading}`.
  public var json: JSON {
    .object([
      ("category", .string(category.rawValue)), ("matched_words", JSON(words)),
      ("reading", .string(reading.rawValue)),
    ])
  }
}

/// Gathers what sentence after sentence suggests.
private struct SuggestionReader {
  /// How far back a hypothetical word reaches.
  private static let hypotheticalReach = 5
  private static let table = WordTable.embedded
  private var found: [IncidentCategory: [(words: String, reading: CategorySuggestion.Reading)]] =
    [:]

  mutating func read(_ sentence: [NarrativeWords.Word]) {
    let phrases = SuggestionReader.table.found(in: sentence)
    let harmless = phrases.filter { $0.kind == .harmless }.map(\.range)
    var marks = Marks(phrases, clauses: Set(sentence.indices.filter { sentence[$0].beginsClause }))
    let hits = phrases.compactMap { phrase -> (category: IncidentCategory, range: Range<Int>)? in
      guard case .category(let category) = phrase.kind,
        !harmless.contains(where: { $0.overlaps(phrase.range) })
      else { return nil }
      return (category, phrase.range)
    }
    for hit in hits { marks.matched.formUnion(hit.range) }
    for hit in hits { note(hit.category, hit.range, marks, sentence) }
  }

  private mutating func note(
    _ category: IncidentCategory, _ range: Range<Int>, _ marks: Marks,
    _ sentence: [NarrativeWords.Word]
  ) {
    let text = sentence[range].map { String($0.written.prefix(40)) }.joined(separator: " ")
    let reading = marks.reading(range, reach: SuggestionReader.hypotheticalReach)
    var list = found[category] ?? []
    if list.contains(where: { $0.words == text && $0.reading == reading }) { return }
    if list.count < 2 * CategorySuggestion.mostWords || reading == .stated && !hasStated(list) {
      list.append((text, reading))
    }
    found[category] = list
  }

  private func hasStated(
    _ list: [(words: String, reading: CategorySuggestion.Reading)]
  ) -> Bool { list.contains { $0.reading == .stated } }

  var suggested: [CategorySuggestion] {
    IncidentCategory.byUrgency.compactMap { category in
      let list = (found[category] ?? []).filter { $0.reading != .negated }
      guard !list.isEmpty else { return nil }
      return suggestion(category, list, hasStated(list) ? .stated : .hypothetical)
    }
  }

  var setAside: [CategorySuggestion] {
    IncidentCategory.byUrgency.compactMap { category in
      let list = found[category] ?? []
      guard !list.isEmpty, list.allSatisfy({ $0.reading == .negated }) else { return nil }
      return suggestion(category, list, .negated)
    }
  }

  private func suggestion(
    _ category: IncidentCategory,
    _ list: [(words: String, reading: CategorySuggestion.Reading)],
    _ reading: CategorySuggestion.Reading
  ) -> CategorySuggestion {
    var words: [String] = []
    for item in list where !words.contains(item.words) { words.append(item.words) }
    return CategorySuggestion(
      category: category, words: Array(words.prefix(CategorySuggestion.mostWords)),
      reading: reading)
  }
}

/// The words of a sentence that say how others are meant.
private struct Marks {
  private var negations: Set<Int> = []
  private var fillers: Set<Int> = []
  private var connectors: Set<Int> = []
  private let clauses: Set<Int>
  private var hypothetical: Set<Int> = []
  private var hasDoubt = false
  /// Words that suggest something: a list such as “no deaths or injuries” is negated as a whole.
  var matched: Set<Int> = []

  init(_ phrases: [(kind: WordTable.Kind, range: Range<Int>)], clauses: Set<Int>) {
    self.clauses = clauses
    for (kind, range) in phrases {
      switch kind {
      case .negation: negations.formUnion(range)
      case .filler: fillers.formUnion(range)
      case .connector: connectors.formUnion(range)
      case .hypothetical: hypothetical.formUnion(range)
      case .doubt: hasDoubt = true
      case .harmless, .category: break
      }
    }
  }

  func reading(_ range: Range<Int>, reach: Int) -> CategorySuggestion.Reading {
    if !hasDoubt, isNegated(range.lowerBound) { return .negated }
    let before = max(0, range.lowerBound - reach)..<range.lowerBound
    return before.contains(where: hypothetical.contains) ? .hypothetical : .stated
  }

  /// Whether an odd number of negations stands right before a word, in the same clause.
  private func isNegated(_ start: Int) -> Bool {
    var count = 0
    var at = start
    while at > 0, !clauses.contains(at) {
      at -= 1
      if negations.contains(at) {
        count += 1
        continue
      }
      let isListed = matched.contains(at) && connectors.contains(at + 1)
      guard fillers.contains(at) || connectors.contains(at) || isListed else { break }
    }
    return count % 2 == 1
  }
}
