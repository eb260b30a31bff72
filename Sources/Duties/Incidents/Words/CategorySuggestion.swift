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
    var narrative = narrative
    let table = WordTable.embedded
    return narrative.withUTF8 { text in
      var reader = SuggestionReader(text, table)
      var words = NarrativeWords(text, table: table)
      while words.next() { reader.read(words.sentence) }
      return (reader.suggested, reader.setAside)
    }
  }

  /// `{category, matched_words, reading}`.
  public var json: JSON {
    .object([
      ("category", .string(category.rawValue)), ("matched_words", JSON(words)),
      ("reading", .string(reading.rawValue)),
    ])
  }
}
