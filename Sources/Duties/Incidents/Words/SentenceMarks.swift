/// The words of a sentence that say how others are meant.
struct SentenceMarks {
  private struct Mark: OptionSet {
    let rawValue: UInt8
    static let negation = Mark(rawValue: 1)
    static let filler = Mark(rawValue: 2)
    static let connector = Mark(rawValue: 4)
    static let hypothetical = Mark(rawValue: 8)
    static let harmless = Mark(rawValue: 16)
    /// Words that suggest something: a list such as “no deaths or injuries” is negated as a whole.
    static let matched = Mark(rawValue: 32)
    static let beginsClause = Mark(rawValue: 64)
  }

  /// How far back a hypothetical word reaches.
  private static let hypotheticalReach = 5
  /// How far back a negation may stand, with nothing but fillers and lists between.
  private static let negationReach = 24

  private var marks: [Mark]
  private var hasDoubt = false

  init(_ sentence: [NarrativeWords.Word]) {
    marks = sentence.map { $0.beginsClause ? .beginsClause : [] }
  }

  mutating func mark(_ kind: WordKind, _ range: Range<Int>) {
    switch kind {
    case .negation: add(.negation, range)
    case .filler: add(.filler, range)
    case .connector: add(.connector, range)
    case .hypothetical: add(.hypothetical, range)
    case .doubt: hasDoubt = true
    case .harmless:
      // Words on both sides of a comma are no idiom.
      let isWhole = !range.dropFirst().contains { marks[$0].contains(.beginsClause) }
      if isWhole { add(.harmless, range) }
    case .category: break
    }
  }

  mutating func markMatched(_ range: Range<Int>) { add(.matched, range) }

  private mutating func add(_ mark: Mark, _ range: Range<Int>) {
    for index in range { marks[index].insert(mark) }
  }

  func isHarmless(_ range: Range<Int>) -> Bool {
    range.contains { marks[$0].contains(.harmless) }
  }

  func reading(_ range: Range<Int>) -> CategorySuggestion.Reading {
    if !hasDoubt, isNegated(range.lowerBound) { return .negated }
    let before = max(0, range.lowerBound - SentenceMarks.hypotheticalReach)..<range.lowerBound
    return before.contains { marks[$0].contains(.hypothetical) } ? .hypothetical : .stated
  }

  /// Whether an odd number of negations stands right before a word, in the same clause.
  private func isNegated(_ start: Int) -> Bool {
    var count = 0
    var at = start
    let first = max(0, start - SentenceMarks.negationReach)
    while at > first, !marks[at].contains(.beginsClause) {
      at -= 1
      if marks[at].contains(.negation) {
        count += 1
        // “Neither killed nor hurt”: such a word denies what follows it, and needs no other.
        if marks[at].contains(.connector) { break }
        continue
      }
      let isListed = marks[at].contains(.matched) && marks[at + 1].contains(.connector)
      // “Nobody died or was hurt” is one list; behind its own negation a word needs no other.
      if count > 0, marks[at].contains(.connector) { break }
      let isPassed = !marks[at].isDisjoint(with: [.filler, .connector])
      guard isPassed || isListed else { break }
    }
    return count % 2 == 1
  }
}
