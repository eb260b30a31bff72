public import Ground
public import Rulebook

/// On what terms a model is notified again when the facts behind a notification have changed.
///
/// The Act states no duty to notify again; the Guidelines do after arguments were accepted.
/// Source: Guidelines C(2025) 7719, ¶ 39 and 40 (numbering inferred).
public struct RenotificationRule: Sendable {
  /// What follows, in words.
  public let words: String
  /// Where it stands; nil for practice of this house.
  public let citation: Citation?
  /// What binds.
  public let force: Force

  /// What follows for a model.
  public init(_ model: RecordState, law: Law) {
    guard model.happened["arguments-accepted"] != nil,
      let citation = law.citation("guidelines/40/re-notification")
    else {
      words =
        "No legal text found asks to notify again for this reason; whether the Commission should know is for counsel to say."
      citation = nil
      force = .house
      return
    }
    words =
      "The Commission accepted arguments on this model: a substantial change, or a flaw in what it was told, is to be notified again."
    self.citation = citation
    force = citation.force
  }
}
