/// Pairs of words that suggest a category when they stand near each other in a sentence, in either order.
///
/// A row of `wiped/erased` and `registry/ledger` is such a pair. A phrase cannot say it: what was done and what it was done to
/// change places, and much may stand between.
struct WordPairs: Sendable {
  /// A row of the table.
  struct Pair: Sendable {
    let category: IncidentCategory
    /// The numbers of both entries in the vocabulary.
    let sides: [Int32]

    init(_ kind: String, one: String, other: String, _ vocabulary: inout Vocabulary) {
      guard let category = IncidentCategory(rawValue: kind), !one.isEmpty, !other.isEmpty else {
        preconditionFailure("a pair has a category and two sides: \(kind), \(one), \(other)")
      }
      self.category = category
      sides = [vocabulary.element(one[...]), vocabulary.element(other[...])]
    }
  }

  /// Where each side of each pair was seen last, counted over the whole text.
  struct Seen {
    fileprivate var places: [Int]
    fileprivate var begin = 0
  }

  /// How far apart two words may stand.
  static let reach = 9

  private let pairs: [Pair]
  private let firstNumber: Int
  /// Sides of pairs by the set of a word; the side `2n + 1` is the second of pair `n`.
  private let bySet: [[Int]]

  /// Pairs numbered behind the phrases of a table, with the sets of its trie.
  init(_ pairs: [Pair], after phrases: Int, _ sets: [[Int32]]) {
    self.pairs = pairs
    firstNumber = phrases
    var byElement: [Int32: [Int]] = [:]
    for (index, pair) in pairs.enumerated() {
      for (side, element) in pair.sides.enumerated() {
        byElement[element, default: []].append(2 * index + side)
      }
    }
    bySet = sets.map { $0.flatMap { byElement[$0] ?? [] } }
  }

  /// What is known before a text is read.
  var nothingSeen: Seen { Seen(places: Array(repeating: -1, count: 2 * pairs.count)) }

  /// Every pair that stands in a sentence; each word is looked at once.
  func found(
    in words: [NarrativeWords.Word], _ seen: inout Seen,
    _ each: (IncidentCategory, WordTable.Match) -> Void
  ) {
    for (index, word) in words.enumerated() {
      let here = seen.begin + index
      for side in bySet[word.set] {
        seen.places[side] = here
        let there = seen.places[side ^ 1]
        guard there >= seen.begin, there != here, here - there <= WordPairs.reach else { continue }
        let other = there - seen.begin
        let pair = pairs[side / 2]
        each(
          pair.category,
          WordTable.Match(
            phrase: firstNumber + side / 2, kind: .category(pair.category),
            range: other..<other + 1, other: index..<index + 1))
      }
    }
    seen.begin += words.count
  }
}
