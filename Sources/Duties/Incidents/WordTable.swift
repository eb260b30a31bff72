internal import Compute

/// The table of words that suggest a category, and of words that change how they are read.
struct WordTable: Sendable {
  /// What a row is for.
  enum Kind: Hashable, Sendable {
    case category(IncidentCategory)
    /// Turns a word behind it into its opposite.
    case negation
    /// May stand between a negation and the word it negates.
    case filler
    /// Joins two words that one negation negates.
    case connector
    /// Takes the certainty from a negation in the same sentence.
    case doubt
    /// Says that something might happen or might have happened.
    case hypothetical
    /// A meaning that has nothing to do with harm.
    case harmless

    init?(_ name: String) {
      switch name {
      case "negation": self = .negation
      case "filler": self = .filler
      case "connector": self = .connector
      case "doubt": self = .doubt
      case "hypothetical": self = .hypothetical
      case "harmless": self = .harmless
      default:
        guard let category = IncidentCategory(rawValue: name) else { return nil }
        self = .category(category)
      }
    }
  }

  /// One place of a phrase.
  enum Element: Sendable {
    /// One word: one of these, or one that begins with one of these.
    case word(exact: Set<String>, stems: [String])
    /// Up to four words, whatever they are.
    case gap
  }

  /// A phrase of one row.
  struct Phrase: Sendable {
    let kind: Kind
    let elements: [Element]
  }

  /// Most words that a gap spans.
  static let widestGap = 4
  /// A stem has at least so many letters, which is how phrases are found by their first word.
  static let keyLength = 3

  /// The table of the program.
  static let embedded = WordTable(tableIncidentWords)

  private let phrases: [Phrase]
  private let byKey: [String: [Int]]

  init(_ text: String) {
    var phrases: [Phrase] = []
    var byKey: [String: [Int]] = [:]
    for row in Table(text).rows {
      guard let kind = Kind(row["kind"]) else {
        preconditionFailure("the table of words has a kind “\(row["kind"])”")
      }
      let elements = row["words"].split(separator: " ").map { WordTable.element(String($0)) }
      guard case .word(let exact, let stems)? = elements.first else {
        preconditionFailure("a phrase begins with a word")
      }
      for word in exact.union(stems) {
        byKey[WordTable.key(word), default: []].append(phrases.count)
      }
      phrases.append(Phrase(kind: kind, elements: elements))
    }
    self.phrases = phrases
    self.byKey = byKey.mapValues { Array(Set($0)).sorted() }
  }

  private static func element(_ text: String) -> Element {
    if text == ".." { return .gap }
    var exact: Set<String> = []
    var stems: [String] = []
    for word in text.split(separator: "/") {
      if word.hasSuffix("*") {
        precondition(word.count > keyLength, "a stem has at least \(keyLength) letters: \(word)")
        stems.append(String(word.dropLast()))
      } else {
        exact.insert(String(word))
      }
    }
    return .word(exact: exact, stems: stems)
  }

  private static func key(_ word: String) -> String { String(word.prefix(keyLength)) }

  /// Every phrase that stands in a sentence, with the places of its words.
  func found(in words: [NarrativeWords.Word]) -> [(kind: Kind, range: Range<Int>)] {
    words.indices.flatMap { start in
      (byKey[WordTable.key(words[start].plain)] ?? []).compactMap { index in
        let phrase = phrases[index]
        return end(of: phrase.elements[...], in: words, from: start).map {
          (phrase.kind, start..<$0)
        }
      }
    }
  }

  private func end(
    of elements: ArraySlice<Element>, in words: [NarrativeWords.Word], from start: Int
  ) -> Int? {
    guard let first = elements.first else { return start }
    let rest = elements.dropFirst()
    switch first {
    case .gap:
      for skipped in 0...WordTable.widestGap where start + skipped < words.count {
        if let end = end(of: rest, in: words, from: start + skipped) { return end }
      }
      return nil
    case .word(let exact, let stems):
      guard start < words.count else { return nil }
      let word = words[start].plain
      guard exact.contains(word) || stems.contains(where: word.hasPrefix) else { return nil }
      return end(of: rest, in: words, from: start + 1)
    }
  }
}
