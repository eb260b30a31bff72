/// The words of a sentence that say how others are meant.
struct SentenceMarks {
  private struct Mark: OptionSet {
    let rawValue: UInt16
    static let negation = Mark(rawValue: 1)
    static let filler = Mark(rawValue: 2)
    static let connector = Mark(rawValue: 4)
    static let hypothetical = Mark(rawValue: 8)
    static let harmless = Mark(rawValue: 16)
    /// Words that suggest something: a list such as “no deaths or injuries” is negated as a whole.
    static let matched = Mark(rawValue: 32)
    static let beginsClause = Mark(rawValue: 64)
    static let somebody = Mark(rawValue: 128)
    static let notDeath = Mark(rawValue: 256)

    /// Words that suggest a category by themselves.
    static func alone(_ category: IncidentCategory) -> Mark {
      switch category {
      case .death: Mark(rawValue: 512)
      case .health: Mark(rawValue: 1024)
      case .infrastructure: Mark(rawValue: 2048)
      case .rights: Mark(rawValue: 4096)
      case .propertyEnvironment: Mark(rawValue: 8192)
      case .cyberBreach: Mark(rawValue: 16384)
      }
    }
  }

  /// How far back a hypothetical word reaches.
  private static let hypotheticalReach = 5
  /// How far back somebody may stand who did something with a thing that ends.
  private static let somebodyReach = 8
  /// How far back a negation may stand, with nothing but fillers and lists between.
  private static let negationReach = 24

  private var marks: [Mark]
  private var hasDoubt = false
  private var idioms: [(range: Range<Int>, kind: WordKind)] = []

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
    case .harmless, .notDeath, .thingEnds:
      // Words on both sides of a comma are no idiom.
      let isWhole = !range.dropFirst().contains { marks[$0].contains(.beginsClause) }
      if isWhole { idioms.append((range, kind)) }
    case .somebody: add(.somebody, range)
    case .category: break
    }
  }

  /// Settles which idioms there are, when all words are marked.
  mutating func settle() {
    for (range, kind) in idioms {
      let next = range.upperBound
      let isFollowed = next < marks.count && !marks[next].contains(.beginsClause)
      if isFollowed, marks[next].contains(.somebody) { continue }
      let before = max(0, range.lowerBound - SentenceMarks.somebodyReach)..<range.lowerBound
      if kind == .thingEnds, isAny(.somebody, before) { continue }
      add(kind == .harmless ? .harmless : .notDeath, range)
    }
  }

  mutating func markMatched(_ match: WordTable.Match) {
    add(.matched, match.range)
    if let other = match.other {
      add(.matched, other)
    } else if case .category(let category) = match.kind {
      add(.alone(category), match.range)
    }
  }

  private mutating func add(_ mark: Mark, _ range: Range<Int>) {
    for index in range { marks[index].insert(mark) }
  }

  func isHarmless(_ match: WordTable.Match) -> Bool {
    let idioms: Mark = match.kind == .category(.death) ? [.harmless, .notDeath] : .harmless
    return isAny(idioms, match.range) || match.other.map { isAny(idioms, $0) } == true
  }

  /// Whether two words near each other say no more than one of them says alone, which is not denied.
  func isCovered(_ match: WordTable.Match) -> Bool {
    guard let other = match.other, case .category(let category) = match.kind else { return false }
    return [match.range, other].contains {
      isAny(.alone(category), $0) && reading($0) != .negated
    }
  }

  private func isAny(_ mark: Mark, _ range: Range<Int>) -> Bool {
    range.contains { !marks[$0].isDisjoint(with: mark) }
  }

  /// How a match is meant: what one of its parts denies, or only thinks of, is denied or thought of as a whole.
  func reading(_ match: WordTable.Match) -> CategorySuggestion.Reading {
    // “Hasn’t survived”: words that need their negation are not denied by it, nor by a second one.
    let isOwn = isAny(.negation, match.range) || match.other.map { isAny(.negation, $0) } == true
    let first = reading(match.range, mayBeDenied: !isOwn)
    guard first != .negated, let other = match.other else { return first }
    let second = reading(other, mayBeDenied: !isOwn)
    return second == .stated ? first : second
  }

  private func reading(
    _ range: Range<Int>, mayBeDenied: Bool = true
  ) -> CategorySuggestion.Reading {
    if mayBeDenied, !hasDoubt, isNegated(range.lowerBound) { return .negated }
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
