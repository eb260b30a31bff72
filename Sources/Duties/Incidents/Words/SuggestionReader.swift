/// Gathers what sentence after sentence suggests.
struct SuggestionReader {
  /// How often words of one row, meant in one way, are taken down; each time they may be other words.
  private static let mostOfRow = 8

  private typealias Note = (words: String, reading: CategorySuggestion.Reading)

  private let text: UnsafeBufferPointer<UInt8>
  private let table: WordTable
  private var notes: [IncidentCategory: [Note]] = [:]
  private var seen: [SeenRow: Int] = [:]
  private var hits: [(category: IncidentCategory, match: WordTable.Match)] = []
  private var near: WordPairs.Seen

  private struct SeenRow: Hashable {
    let phrase: Int
    let reading: CategorySuggestion.Reading
  }

  init(_ text: UnsafeBufferPointer<UInt8>, _ table: WordTable) {
    self.text = text
    self.table = table
    near = table.pairs.nothingSeen
  }

  mutating func read(_ sentence: [NarrativeWords.Word]) {
    var marks = SentenceMarks(sentence)
    hits.removeAll(keepingCapacity: true)
    table.found(in: sentence) { match in
      if case .category(let category) = match.kind {
        hits.append((category, match))
      } else {
        marks.mark(match.kind, match.range)
      }
    }
    table.pairs.found(in: sentence, &near) { category, match in hits.append((category, match)) }
    marks.settle()
    hits.removeAll { marks.isHarmless($0.match) }
    for hit in hits { marks.markMatched(hit.match) }
    hits.removeAll { marks.isCovered($0.match) }
    for hit in hits { note(hit.category, hit.match, marks.reading(hit.match), sentence) }
  }

  private mutating func note(
    _ category: IncidentCategory, _ match: WordTable.Match, _ reading: CategorySuggestion.Reading,
    _ sentence: [NarrativeWords.Word]
  ) {
    let times = seen[SeenRow(phrase: match.phrase, reading: reading), default: 0]
    guard times < SuggestionReader.mostOfRow else { return }
    seen[SeenRow(phrase: match.phrase, reading: reading)] = times + 1
    var words = written(sentence[match.range])
    if let other = match.other { words += " … " + written(sentence[other]) }
    var list = notes[category] ?? []
    if list.contains(where: { $0.words == words && $0.reading == reading }) { return }
    if list.count < 2 * CategorySuggestion.mostWords || reading == .stated && !hasStated(list) {
      list.append((words, reading))
    }
    notes[category] = list
  }

  /// Words as the text has them.
  private func written(_ words: ArraySlice<NarrativeWords.Word>) -> String {
    words.map { String(String(decoding: text[$0.range], as: UTF8.self).prefix(40)) }
      .joined(separator: " ")
  }

  private func hasStated(_ list: [Note]) -> Bool { list.contains { $0.reading == .stated } }

  var suggested: [CategorySuggestion] {
    IncidentCategory.byUrgency.compactMap { category in
      let list = (notes[category] ?? []).filter { $0.reading != .negated }
      guard !list.isEmpty else { return nil }
      return suggestion(category, list, hasStated(list) ? .stated : .hypothetical)
    }
  }

  var setAside: [CategorySuggestion] {
    IncidentCategory.byUrgency.compactMap { category in
      let list = notes[category] ?? []
      guard !list.isEmpty, list.allSatisfy({ $0.reading == .negated }) else { return nil }
      return suggestion(category, list, .negated)
    }
  }

  private func suggestion(
    _ category: IncidentCategory, _ list: [Note], _ reading: CategorySuggestion.Reading
  ) -> CategorySuggestion {
    var words: [String] = []
    for item in list where !words.contains(item.words) { words.append(item.words) }
    return CategorySuggestion(
      category: category, words: Array(words.prefix(CategorySuggestion.mostWords)),
      reading: reading)
  }
}
