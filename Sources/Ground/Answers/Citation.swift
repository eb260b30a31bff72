/// Where a legal statement comes from, what it binds, and for which days it holds.
public struct Citation: Sendable, Hashable {
  /// Id of the rule, such as `ai-act/52/1`.
  public var id: String
  /// As lawyers write it, such as `Art. 52(1) AI Act`.
  public var text: String
  /// What binds.
  public var force: Force
  /// How well it was checked.
  public var confidence: Confidence
  /// First day on which it applies.
  public var from: Day
  /// First day on which it no longer applies in this form, if known.
  public var until: Day?
  /// Where the publisher keeps the text.
  public var link: String?

  /// A citation from its parts.
  public init(
    id: String, text: String, force: Force, confidence: Confidence, from: Day, until: Day? = nil,
    link: String? = nil
  ) {
    self.id = id
    self.text = text
    self.force = force
    self.confidence = confidence
    self.from = from
    self.until = until
    self.link = link
  }

  /// `Art. 52(1) AI Act (statute)`, with a mark when it was not verified.
  public var marked: String {
    let doubt = confidence == .primary ? "" : ", " + confidence.rawValue
    return text + " (" + force.rawValue + doubt + ")"
  }

  /// For documents: id, citation, force, confidence, validity and link.
  public var json: JSON {
    .object([
      ("id", .string(id)), ("citation", .string(text)), ("force", .string(force.rawValue)),
      ("confidence", .string(confidence.rawValue)), ("valid_from", .string(from.iso)),
      ("valid_until", JSON(until?.iso)), ("link", JSON(link)),
    ])
  }
}
