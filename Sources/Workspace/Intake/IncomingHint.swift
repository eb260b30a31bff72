public import Duties

/// What a source thinks of an event: shown to whoever triages it, never an answer.
public struct IncomingHint: Sendable, Equatable {
  /// What the words are about.
  public enum About: String, Sendable, CaseIterable {
    case status, category, severity, date, party, technique, link, other
  }

  /// What the words are about.
  public let about: About
  /// Where the source says it: a column or a member, and whose word it is where there are several.
  public let label: String
  /// The words of the source, on one line.
  public let words: String
  /// The category of harm that a person should look at because of the words; nil where they point at none.
  public let category: IncidentCategory?
  /// What the words must not be mistaken for; empty where they are plain.
  public let caution: String

  /// Longest words kept of a hint in characters; the rest stands in the original.
  public static let longestWords = 500
}
