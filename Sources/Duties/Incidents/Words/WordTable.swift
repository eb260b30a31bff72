internal import Compute

/// The table of words that suggest a category, and of words that change how they are read.
struct WordTable: Sendable {
  /// A phrase of one row.
  struct Phrase: Sendable {
    let kind: WordKind
    /// Numbers of entries of the vocabulary; `gap` stands for up to four words, whatever they are.
    let elements: [Int32]
  }

  /// A phrase that stands in a sentence.
  struct Match {
    let phrase: Int
    let kind: WordKind
    /// Where its words stand.
    let range: Range<Int>
    /// The second place, for words that only stand near each other.
    var other: Range<Int>? = nil
  }

  static let gap: Int32 = -1
  /// Most words that a gap spans.
  static let widestGap = 4

  /// The table of the program.
  static let embedded = WordTable(tableIncidentWords, pairs: tableIncidentPairs)

  /// Finds the entries that a word is.
  let trie: WordTrie
  /// The set of entries of a number that the table does not name.
  let numberSet: Int
  private let phrases: [Phrase]
  /// Phrases by the set of their first word.
  private let beginning: [[Int]]
  /// Words that suggest something when they stand near each other.
  let pairs: WordPairs
  /// Words that are known with a slip of the pen.
  let slipped: SlippedWords

  init(_ text: String, pairs near: String) {
    var vocabulary = Vocabulary()
    let rows = Table(text).rows.map { (kind: $0["kind"], words: $0["words"]) }
    for row in rows where row.kind.hasPrefix("@") { vocabulary.define(row.kind, row.words) }
    phrases = rows.filter { !$0.kind.hasPrefix("@") && $0.kind != "slipped" }.map { row in
      guard let kind = WordKind(row.kind) else {
        preconditionFailure("the table of words has a kind “\(row.kind)”")
      }
      let elements = row.words.split(separator: " ").map { vocabulary.element($0) }
      precondition(elements.first != WordTable.gap, "a phrase begins with a word: \(row.words)")
      return Phrase(kind: kind, elements: elements)
    }
    let read = Table(near).rows.map {
      WordPairs.Pair($0["kind"], one: $0["one"], other: $0["other"], &vocabulary)
    }
    trie = vocabulary.trie
    slipped = SlippedWords(
      rows.filter { $0.kind == "slipped" }.flatMap { $0.words.split(separator: "/") }, trie)
    pairs = WordPairs(read, after: phrases.count, trie.sets)
    numberSet = trie.sets.firstIndex(of: vocabulary.numbers.sorted()) ?? 0
    var byElement: [Int32: [Int]] = [:]
    for (index, phrase) in phrases.enumerated() {
      if let first = phrase.elements.first { byElement[first, default: []].append(index) }
    }
    beginning = trie.sets.map { $0.flatMap { byElement[$0] ?? [] } }
  }

  /// Every phrase that stands in a sentence, with the places of its words.
  func found(in words: [NarrativeWords.Word], _ each: (Match) -> Void) {
    for start in words.indices {
      for index in beginning[words[start].set] {
        let phrase = phrases[index]
        guard let end = end(of: phrase.elements, 1, in: words, from: start + 1) else { continue }
        each(Match(phrase: index, kind: phrase.kind, range: start..<end))
      }
    }
  }

  private func end(
    of elements: [Int32], _ next: Int, in words: [NarrativeWords.Word], from start: Int
  ) -> Int? {
    guard next < elements.count else { return start }
    if elements[next] == WordTable.gap {
      for skipped in 0...WordTable.widestGap where start + skipped < words.count {
        if let end = end(of: elements, next + 1, in: words, from: start + skipped) { return end }
      }
      return nil
    }
    guard start < words.count, trie.sets[words[start].set].contains(elements[next]) else {
      return nil
    }
    return end(of: elements, next + 1, in: words, from: start + 1)
  }
}
